"""The Office of the Historian's lists: visits of foreign leaders to the United States, and travels of its own.

A visit is `CONSULT, visit` of the visitor's state to the host; a travel of the president or secretary of state is one
of the United States to the country (public domain, github.com/HistoryAtState/visits and /travels).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from detente.errors import FormatError
from detente.exchange.importer import Chunk, Reading, Reject
from detente.exchange.parties import named_state
from detente.exchange.rows import make_row, make_table, read_day
from detente.model import BoundedDate

if TYPE_CHECKING:
    import duckdb

__all__ = ["VISITS"]

_HOST = "United States"


@dataclass(frozen=True)
class _Visits:
    name: str = "visits"
    dataset: str = "Visits and travels"
    title: str = "visits and travels of the Office of the Historian"
    citation: str = (
        "Office of the Historian, US Department of State. Visits by Foreign Leaders; Travels of the President; Travels"
        " of the Secretary of State. history.state.gov/departmenthistory."
    )
    has_header: bool = False
    quoted: bool = False
    whole: bool = True

    def recognises(self, head: bytes) -> bool:
        """Return whether the root is `visits` or `trips`."""
        return b"<visits" in head[:2000] or b"<trips" in head[:2000]

    def read(self, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
        """Return the visits or travels of the file, one a row; FormatError where it is not whole XML."""
        del connection  # nothing to look up in tables
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(chunk.data, parser)
        except etree.XMLSyntaxError as error:
            raise FormatError(chunk.path, error.lineno, "is not whole XML", expected="a list of visits") from error
        rows: list[dict[str, Any]] = []
        rejects: list[Reject] = []
        for element in root:
            if element.tag not in ("visit", "trip"):
                continue
            row = _read(element)
            if isinstance(row, str):
                text = _text(element)
                rejects.append(Reject(chunk.path, _line(element), row, text))
            else:
                rows.append({**row, "dataset": self.dataset})
        return Reading(make_table(rows), len(rows) + len(rejects), rejects)


def _read(element: Any) -> dict[str, Any] | str:
    """Return the row of a visit or travel, or why it has none."""
    said = {child.tag: _text(child) for child in element}
    first, last = read_day(said.get("start-date", "")), read_day(said.get("end-date", ""))
    if first is None:
        return "has no date that exists"
    if last is not None and last < first:
        return f"ends on {last}, before it begins on {first}"
    when = BoundedDate.between(first, last or first)
    away = said.get("from") if element.tag == "visit" else said.get("country")
    parties = [_party(name, first) for name in _countries(away or "")]
    host = [_party(_HOST, first)]
    incoming = element.tag == "visit"
    guest = said.get("visitor", "") if incoming else said.get("name", "")
    return make_row(
        f"{'visit' if incoming else 'travel'}:{element.get('role') or 'visitor'}:{said.get('id', element.sourceline)}",
        "",
        "CONSULT",
        when,
        parties if incoming else host,
        host if incoming else parties,
        "visit",
        original_code=element.tag,
        actor_text=[f"{guest} [{away}]" if incoming else guest],
        recipient_text=[_HOST] if incoming else [away or ""],
        place=said.get("locale"),
        content=said.get("description") or said.get("remarks"),
        source="Office of the Historian",
    )


def _line(element: Any) -> int:
    return int(element.sourceline or 1)


def _text(element: Any) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _countries(text: str) -> Iterator[str]:
    yield from [text.strip()] if text.strip() else []


def _party(name: str, day: Any) -> str:
    return named_state(name, day) or f"X:{name}"


VISITS = _Visits()
