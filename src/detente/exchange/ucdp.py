"""UCDP GED: one row an event of organised violence; its dates are bounds already.

A government is its state by its Gleditsch-Ward number, or by its name in files that lack that column.
"""

from __future__ import annotations

import duckdb

from detente.exchange.codelists import join_party
from detente.exchange.importer import Chunk, Reading
from detente.exchange.parties import register_governments
from detente.exchange.tabular import TabularImporter

__all__ = ["UCDP_GED"]

_FIRST = "try_cast(substr(raw.date_start, 1, 10) AS DATE)"
_LAST = "try_cast(substr(raw.date_end, 1, 10) AS DATE)"


def _party(side: str, state: str) -> str:
    return (
        f"CASE WHEN {state} IS NOT NULL THEN [{state}]"
        f" WHEN government(raw.{side}, {_FIRST}) IS NOT NULL THEN [government(raw.{side}, {_FIRST})]"
        f" WHEN coalesce(raw.{side}, '') IN ('', 'Civilians')"
        f" THEN []::VARCHAR[] ELSE ['X:' || raw.{side}] END"
    )


class _Ged(TabularImporter):
    def read(self, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
        """Return what `chunk` holds, its governments looked up by name where they have no number."""
        register_governments(connection)
        return super().read(chunk, connection)


UCDP_GED = _Ged(
    name="ucdp-ged",
    dataset="UCDP GED",
    title="UCDP Georeferenced Event Dataset",
    citation="Ralph Sundberg and Erik Melander (2013). Introducing the UCDP Georeferenced Event Dataset. Journal of"
    " Peace Research 50(4): 523-532.",
    delimiter=",",
    quoted=True,
    whole=False,
    required=("id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "best"),
    optional=("gwnoa", "gwnob", "where_description", "country", "source_article", "conflict_name", "event_clarity"),
    select={
        "event_id": "'ucdp:' || raw.id",
        "event_type": "'ASSAULT'",
        "quad_class": "4",
        "score": "-10.0",
        "original_code": "'violence ' || raw.type_of_violence",
        "actors": _party("side_a", "one.stateabb"),
        "recipients": _party("side_b", "two.stateabb"),
        "actor_text": "[raw.side_a]",
        "recipient_text": "[raw.side_b]",
        "earliest": f"CASE WHEN raw.id IS NOT NULL THEN {_FIRST} END",
        "latest": _LAST,
        "edtf": f"CASE WHEN {_FIRST} = {_LAST} THEN {_FIRST}::VARCHAR ELSE {_FIRST} || '/' || {_LAST} END",
        "place": "nullif(concat_ws(', ', nullif(raw.where_description, ''), nullif(raw.country, '')), '')",
        "content": "concat_ws('; ', nullif(raw.conflict_name, ''), 'deaths (best estimate): ' || raw.best)",
        "source": "nullif(raw.source_article, '')",
    },
    joins=join_party("one", "gw", "raw.gwnoa", _FIRST) + join_party("two", "gw", "raw.gwnob", _FIRST),
)
