"""POLECAT: events coded from news in many languages, 2018 on (doi:10.7910/DVN/AJGVIT).

Files differ in their columns (extra ones, empty ones at the end, "Event Intensity" for "Intensity") and some are in
Latin-1: columns go by name. Parties carry ISO 3166 codes and COW numbers.
"""

from __future__ import annotations

from detente.exchange.codelists import join_party, words_of
from detente.exchange.tabular import TabularImporter

__all__ = ["POLECAT"]


def _party(side: str, state: str) -> str:
    return (
        f"CASE WHEN {state}_cow.stateabb IS NOT NULL THEN [{state}_cow.stateabb]"
        f" WHEN {state}.stateabb IS NOT NULL THEN [{state}.stateabb]"
        f" WHEN coalesce(nullif(raw.{side}_country, ''), nullif(raw.{side}_name, '')) IS NULL THEN []::VARCHAR[]"
        f" ELSE ['X:' || coalesce(nullif(raw.{side}_country, ''), raw.{side}_name)] END"
    )


POLECAT = TabularImporter(
    name="polecat",
    dataset="POLECAT",
    title="POLECAT events",
    citation="Andrew Halterman, Benjamin E. Bagozzi, Andreas Beger, Philip A. Schrodt and Grace I. Scarborough (2023)."
    " PLOVER and POLECAT: A New Political Event Ontology and Dataset. Data: Harvard Dataverse, doi:10.7910/DVN/AJGVIT.",
    required=("event_id", "event_date", "event_type", "event_mode", "actor_country", "recipient_country"),
    optional=(
        *("intensity", "quad_code", "actor_cow", "recipient_cow", "actor_name", "recipient_name", "placename"),
        *("country", "source", "contexts", "actor_name_raw", "recipient_name_raw"),
    ),
    synonyms={"event_intensity": "intensity"},
    types={"event_date": "DATE", "intensity": "DOUBLE"},
    select={
        "event_id": "'polecat:' || raw.event_id",
        "event_type": "known.event_type",
        "mode": "coalesce(known.mode, nullif(lower(raw.event_mode), ''))",
        "quad_class": "scale.quad",
        "score": "coalesce(raw.intensity, scale.score)",
        "original_code": "concat_ws(' ', nullif(raw.event_type, ''), nullif(raw.event_mode, ''))",
        "actors": _party("actor", "one"),
        "recipients": _party("recipient", "two"),
        "actor_text": words_of("coalesce(nullif(raw.actor_name_raw, ''), raw.actor_name)", "raw.actor_country"),
        "recipient_text": words_of(
            "coalesce(nullif(raw.recipient_name_raw, ''), raw.recipient_name)", "raw.recipient_country"
        ),
        "earliest": "CASE WHEN raw.event_id IS NOT NULL THEN raw.event_date END",
        "latest": "raw.event_date",
        "edtf": "raw.event_date::VARCHAR",
        "place": "nullif(concat_ws(', ', raw.placename, raw.country), '')",
        "content": "nullif(raw.contexts, '')",
        "source": "nullif(raw.source, '')",
    },
    joins=" LEFT JOIN plover_name AS known ON known.old = upper(raw.event_type)"
    " LEFT JOIN plover_scale AS scale ON scale.event_type = known.event_type AND scale.mode = ''"
    + join_party("one_cow", "cown", "raw.actor_cow", "raw.event_date")
    + join_party("two_cow", "cown", "raw.recipient_cow", "raw.event_date")
    + join_party("one", "iso3", "raw.actor_country", "raw.event_date")
    + join_party("two", "iso3", "raw.recipient_country", "raw.event_date"),
)
