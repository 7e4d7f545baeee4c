"""ICEWS: events coded from news, 1995 to April 2023 (doi:10.7910/DVN/28075).

An `Event ID` is not unique (145,312 occur twice up to September 2018): an event is its id with its day. Countries are
names; some releases write CAMEO codes without the leading zero.
"""

from __future__ import annotations

import duckdb

from detente.exchange.codelists import join_event, words_of
from detente.exchange.importer import Chunk, Reading
from detente.exchange.naming import register_names
from detente.exchange.tabular import TabularImporter

__all__ = ["ICEWS"]

_CODE = (
    "CASE WHEN length(raw.cameo_code) = 2 THEN '0' || raw.cameo_code"
    " WHEN raw.cameo_code IN (SELECT code FROM cameo) THEN raw.cameo_code"
    " WHEN '0' || raw.cameo_code IN (SELECT code FROM cameo) THEN '0' || raw.cameo_code ELSE raw.cameo_code END"
)


def _party(side: str, state: str) -> str:
    return (
        f"CASE WHEN {state} IS NOT NULL AND NOT regexp_matches(coalesce(raw.{side}_sectors, ''), '(?i)rebel|insurgent"
        f"|separatist|dissident') THEN [{state}] WHEN coalesce(raw.{side}_name, '') = '' THEN []::VARCHAR[]"
        f" ELSE ['X:' || raw.{side}_name] END"
    )


class _Icews(TabularImporter):
    def read(self, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
        """Return what `chunk` holds, its countries looked up by name."""
        register_names(connection)
        return super().read(chunk, connection)


ICEWS = _Icews(
    name="icews",
    dataset="ICEWS",
    title="ICEWS events",
    citation="Elizabeth Boschee et al. (2015). ICEWS Coded Event Data. Harvard Dataverse, doi:10.7910/DVN/28075.",
    required=("event_id", "event_date", "cameo_code", "source_country", "target_country"),
    optional=("intensity", "publisher", "city", "country", "sentence_number", "story_id", "event_text"),
    types={"event_date": "DATE", "intensity": "DOUBLE", "sentence_number": "INTEGER"},
    synonyms={"source_sector": "source_sectors", "target_sector": "target_sectors", "sentence_num": "sentence_number"},
    select={
        "event_id": "'icews:' || raw.event_id || '@' || raw.event_date",
        "event_type": "event.event_type",
        "mode": "event.mode",
        "quad_class": "event.quad",
        "score": "coalesce(raw.intensity, scale.score)",
        "original_code": "raw.cameo_code",
        "actors": _party("source", "one.stateabb"),
        "recipients": _party("target", "two.stateabb"),
        "actor_text": words_of("raw.source_name", "raw.source_country"),
        "recipient_text": words_of("raw.target_name", "raw.target_country"),
        "earliest": "CASE WHEN raw.event_id IS NOT NULL THEN raw.event_date END",
        "latest": "raw.event_date",
        "edtf": "raw.event_date::VARCHAR",
        "place": "nullif(concat_ws(', ', raw.city, raw.country), '')",
        "content": "nullif(raw.event_text, '')",
        "source": "nullif(raw.publisher, '')",
        "document_id": "'icews-story:' || nullif(raw.story_id, '')",
        "sentence": "raw.sentence_number",
    },
    joins=join_event("cameo", _CODE)
    + " LEFT JOIN country_name AS one ON one.name = lower(raw.source_country)"
    + " LEFT JOIN country_name AS two ON two.name = lower(raw.target_country)",
)
