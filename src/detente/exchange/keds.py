"""KEDS and TABARI text output: one event a line, date, source, target, code and label, with comment lines between.

A line is `790415 IRQ IRN 121 (CRITICIZE) ...` or the same with tabs; dates are YYMMDD or YYYYMMDD. Codes are WEIS in
most KEDS sets (whatever the file is called) and CAMEO in later ones. Comment lines begin with `#`, `;` or `//`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.exchange.codelists import read_list
from detente.exchange.importer import Chunk, Reading, Reject
from detente.exchange.parties import cameo_code
from detente.exchange.rows import make_row, make_table, read_day
from detente.model import BoundedDate

if TYPE_CHECKING:
    import duckdb

__all__ = ["KEDS", "TABARI"]

_LINE = re.compile(
    r"\s*(?P<date>\d{6}|\d{8}|\d{4}-\d\d-\d\d)\s+(?P<actor>\S+)\s+(?P<recipient>\S+)\s+(?P<code>\S+)(?P<rest>.*)"
)
_COMMENT = ("#", ";", "//")


@dataclass(frozen=True)
class _TextImporter:
    name: str
    dataset: str
    title: str
    citation: str
    codes: str
    has_header: bool = False
    quoted: bool = False
    whole: bool = False

    def recognises(self, head: bytes) -> bool:
        """Return whether most of the first lines are events whose codes are of this importer's list."""
        lines = [line for line in head.decode("latin-1").splitlines()[:50] if line.strip()]
        found = [match["code"] for line in lines if (match := _LINE.fullmatch(line))]
        known = {row["code"] for row in read_list(self.codes)}
        return bool(found) and len(found) * 2 >= len(lines) and sum(code in known for code in found) >= 0.7 * len(found)

    def read(self, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
        """Return the events of `chunk`; comment lines and empty ones are no records."""
        del connection  # nothing to look up in tables
        rows: list[dict[str, Any]] = []
        rejects: list[Reject] = []
        codes = {row["code"]: row for row in read_list(self.codes)}
        for line, text in _lines(chunk):
            match = _LINE.fullmatch(text)
            day = read_day(match["date"]) if match else None
            if match is None or day is None:
                reason = "is no event line" if match is None else "has no date that exists"
                rejects.append(Reject(chunk.path, line, reason, text))
                continue
            found = codes.get(match["code"], {})
            rows.append(
                make_row(
                    f"{self.name}:{chunk.part.split('@')[0]}:{line}",
                    self.dataset,
                    found.get("event_type") or None,
                    BoundedDate.day(day),
                    cameo_code(match["actor"], day),
                    cameo_code(match["recipient"], day),
                    found.get("mode") or None,
                    original_code=match["code"],
                    actor_text=[match["actor"]],
                    recipient_text=[match["recipient"]],
                    content=match["rest"].strip() or None,
                )
            )
        return Reading(make_table(rows), len(rows) + len(rejects), rejects)


def _lines(chunk: Chunk) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(chunk.data.decode("latin-1").splitlines(), start=chunk.first_line):
        if text.strip() and not text.lstrip().startswith(_COMMENT):
            yield line, text


KEDS = _TextImporter(
    name="keds",
    dataset="KEDS",
    title="KEDS text with WEIS codes",
    citation="Philip A. Schrodt and Deborah J. Gerner (1994). Validity Assessment of a Machine-Coded Event Data Set for"
    " the Middle East, 1982-92. American Journal of Political Science 38(3): 825-854.",
    codes="weis",
)

TABARI = _TextImporter(
    name="tabari",
    dataset="TABARI",
    title="TABARI text with CAMEO codes",
    citation="Philip A. Schrodt (2009). TABARI: Textual Analysis by Augmented Replacement Instructions. University of"
    " Kansas.",
    codes="cameo",
)
