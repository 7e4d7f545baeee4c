"""PLOVER JSON, one object a line: the names of the present manual, and those of the 2016 gold-standard file."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from detente.exchange.codelists import read_list
from detente.exchange.importer import Chunk, Reading, Reject
from detente.exchange.parties import cameo_code, country_code
from detente.exchange.rows import make_row, make_table, read_day
from detente.model import STATUSES, BoundedDate
from detente.refdata.plover import event_types

if TYPE_CHECKING:
    import duckdb

__all__ = ["PLOVER"]

_OLD_NAMES = {
    "source": "actor",
    "target": "recipient",
    "eventText": "event_text",
    "textInfo": "text_info",
    "citeInfo": "cite_info",
    "dateCoded": "coded_date",
    "eventLoc": "event_loc",
    "actorText": "entity_text",
    "textStory": "text_story",
}


@dataclass(frozen=True)
class _PloverImporter:
    name: str = "plover"
    dataset: str = "PLOVER"
    title: str = "PLOVER JSON lines"
    citation: str = "Open Event Data Alliance (2023). PLOVER: Political Language Ontology for Verifiable Event Records."
    has_header: bool = False
    quoted: bool = False
    whole: bool = False

    def recognises(self, head: bytes) -> bool:
        """Return whether the first line is an object with an event and a date."""
        try:
            first = json.loads(head.split(b"\n", 1)[0])
        except ValueError:
            return False
        return isinstance(first, dict) and "event" in first and "date" in first

    def read(self, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
        """Return the events of `chunk`; empty lines are no records."""
        del connection  # nothing to look up in tables
        rows: list[dict[str, Any]] = []
        rejects: list[Reject] = []
        for line, text in enumerate(chunk.data.decode("utf-8", "replace").split("\n"), start=chunk.first_line):
            if not text.strip():
                continue
            try:
                given = _renamed(json.loads(text))
                row = _read(given, f"{chunk.part.split('@')[0]}:{line}")
            except (ValueError, TypeError, AttributeError, KeyError):
                rejects.append(Reject(chunk.path, line, "is not a JSON object of a PLOVER event", text))
                continue
            if isinstance(row, str):
                rejects.append(Reject(chunk.path, line, row, text))
            else:
                rows.append({**row, "dataset": self.dataset})
        return Reading(make_table(rows), len(rows) + len(rejects), rejects)


def _renamed(value: Any) -> Any:
    """Return `value` with the old field names replaced, all the way down."""
    if isinstance(value, dict):
        return {_OLD_NAMES.get(key, key): _renamed(each) for key, each in value.items()}
    return [_renamed(each) for each in value] if isinstance(value, list) else value


def _read(given: dict[str, Any], place: str) -> dict[str, Any] | str:
    """Return the row of an event, or why it has none."""
    first = read_day(str(given.get("date", "")))
    if first is None:
        return "has no date that exists"
    last = read_day(str(given.get("enddate") or "")) or first
    if last < first:
        return f"ends on {last}, before it begins on {first}"
    code, modes = _event(given.get("event")), _texts(given.get("mode"))
    found = _known().get(code.upper())
    info = _first(given.get("text_info"))
    sides = {side: _entities(given.get(side), first) for side in ("actor", "recipient")}
    start, end = info.get("start"), info.get("end")
    written = given.get("edtf")
    cite = _first(given.get("cite_info"))
    return make_row(
        f"plover:{given.get('id') or place}",
        "",
        found[0] if found else None,
        BoundedDate.between(first, last, edtf=written if isinstance(written, str) else ""),
        [party for party, _ in sides["actor"]],
        [party for party, _ in sides["recipient"]],
        modes[0] if modes else (found[1] if found else None),
        original_code=" ".join([code, *modes]),
        actor_text=[words for _, words in sides["actor"]],
        recipient_text=[words for _, words in sides["recipient"]],
        place=_place(given.get("event_loc")),
        content=", ".join(_texts(given.get("context"))) or _word(given.get("comment")),
        quote=_word(given.get("text")),
        trigger=_word(given.get("event_text")),
        trigger_start=start if type(start) is int and 0 <= start < 1 << 31 else None,
        trigger_end=end if type(end) is int and 0 <= end < 1 << 31 else None,
        source=_word(cite.get("url") or cite.get("publication") or given.get("link")),
        document_title=_word(cite.get("title")),
        coder=_word(given.get("coder")),
        status=given["status"] if given.get("status") in STATUSES else "actual",  # a field that our own export adds
    )


@cache
def _known() -> dict[str, tuple[str | None, str | None]]:
    now: dict[str, tuple[str | None, str | None]] = {name: (name, None) for name in event_types()}
    return now | {row["old"]: (row["event_type"] or None, row["mode"] or None) for row in read_list("plover_names")}


def _event(given: Any) -> str:
    if isinstance(given, dict):
        given = given.get("category") or given.get("event") or given.get("code")
    if not isinstance(given, str) or not given:
        raise ValueError("an event needs a category")
    return given


def _entities(given: Any, day: datetime.date) -> list[tuple[str, str]]:
    """Return each entity's party and words."""
    found = []
    for entity in given if isinstance(given, list) else [given] if given else []:
        if isinstance(entity, str):
            entity = {"code": entity}
        code = str(entity.get("code") or entity.get("entity_code") or "").strip()
        words = str(entity.get("entity_text") or code)
        # Our own export writes COW abbreviations and says so; anyone else's codes are ISO or CAMEO.
        party = entity.get("cow") or country_code(code, "iso3", day) or next(iter(cameo_code(code, day)), None)
        found.append((str(party or f"X:{words}"), words))
    return found


def _place(given: Any) -> str | None:
    place = _first(given)
    return _word(place.get("resolved_place") or place.get("extracted_place") or (given or None))


def _word(given: Any) -> str | None:
    """Return a text or number as text, the first of several, and nothing for what is neither."""
    given = given[0] if isinstance(given, list) and given else given
    return str(given) if isinstance(given, (str, int, float)) and not isinstance(given, bool) else None


def _first(given: Any) -> dict[str, Any]:
    given = given[0] if isinstance(given, list) and given else given
    return given if isinstance(given, dict) else {}


def _texts(given: Any) -> list[str]:
    return [str(each) for each in given if each] if isinstance(given, list) else [given] if given else []


PLOVER = _PloverImporter()
