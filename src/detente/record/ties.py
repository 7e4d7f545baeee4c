"""Ties as rows of the record, and back; and the query for what stood on a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from detente.errors import UsageError
from detente.model import BoundedDate, Span, Tie, TieMoment, TieParty
from detente.record.rows import fetch_mappings, insert_rows

__all__ = ["TieQuery", "fetch_found_tie", "insert_ties", "select_ties"]


@dataclass(frozen=True, slots=True)
class TieQuery:
    """Which ties are asked for; what is None is not asked.

    `codes` are parties that must all be in the tie; `on` a day on which it may have stood, given its bounds;
    `known_on` asks for the record as it was at that moment.
    """

    codes: tuple[str, ...] = ()
    kind: str | None = None
    on: datetime.date | None = None
    document_id: str | None = None
    known_on: datetime.datetime | None = None

    def __post_init__(self) -> None:
        if len(set(self.codes)) < len(self.codes):
            raise UsageError(f"{self.codes[0]}: a state has no ties with itself (expected different parties)")


def insert_ties(
    connection: duckdb.DuckDBPyConnection,
    ties: Sequence[Tie],
    document_id: str | None,
    canonical: Mapping[str, str],
    now: datetime.datetime,
    corrects: str | None = None,
) -> None:
    """Append `ties`, found in the document of this id (None: joined from several).

    `corrects` is the id of the tie as it was found, where reviewers corrected it.
    """
    rows = [_tie_row(tie, document_id, canonical.get(tie.id, tie.id), now) for tie in ties]
    insert_rows(connection, "tie", [{**row, "corrects": corrects} for row in rows])


def fetch_found_tie(connection: duckdb.DuckDBPyConnection, tie_id: str) -> tuple[Tie, str | None] | None:
    """Return the tie of this id as it was last found, whatever was corrected since, and its document's id."""
    query = "FROM tie WHERE tie_id = $id AND corrects IS NULL ORDER BY recorded_at DESC LIMIT 1"
    rows = fetch_mappings(connection, query, {"id": tie_id})
    return (_read_tie(rows[0]), rows[0]["document_id"]) if rows else None


def select_ties(connection: duckdb.DuckDBPyConnection, query: TieQuery) -> list[Tie]:
    """Return the ties `query` asks for, in order of their opening; those older than the record come first."""
    tests = [test for field, test in _TESTS.items() if getattr(query, field)]
    values = {field: getattr(query, field) for field in _TESTS if getattr(query, field)}
    if "codes" in values:
        values["codes"] = list(query.codes)
    if query.known_on is None:
        tests.append("retired_at IS NULL")
    where = " AND ".join(tests)
    rows = fetch_mappings(
        connection,
        f"FROM tie WHERE {where} ORDER BY opened_earliest NULLS FIRST, opened_latest, kind, name, tie_id",
        values,
    )
    return [_read_tie(row) for row in rows]


_TESTS = {
    "codes": "list_has_all(codes, $codes)",
    "kind": "kind = $kind",
    "on": "(opened_earliest IS NULL OR opened_earliest <= $on) "
    "AND (NOT closed OR closed_latest IS NULL OR closed_latest >= $on)",
    "document_id": "document_id = $document_id",
    "known_on": "recorded_at <= $known_on AND (retired_at IS NULL OR retired_at > $known_on)",
}


def _tie_row(tie: Tie, document_id: str | None, canonical_id: str, now: datetime.datetime) -> dict[str, Any]:
    opened = tie.opened.when if tie.opened else None
    closed = tie.closed.when if tie.closed else None
    return {
        "tie_id": tie.id,
        "canonical_id": canonical_id,
        "document_id": document_id,
        "kind": tie.kind,
        "name": tie.name,
        "parties": [{"code": party.code, "role": party.role} for party in tie.parties],
        "terms": tie.terms,
        "outcome": tie.outcome,
        "moments": [_moment_row(moment) for moment in tie.moments],
        "codes": sorted({party.code for party in tie.parties}),
        "opened_earliest": opened.earliest if opened else None,
        "opened_latest": opened.latest if opened else None,
        "closed": tie.closed is not None,
        "closed_earliest": closed.earliest if closed else None,
        "closed_latest": closed.latest if closed else None,
        "recorded_at": now,
    }


def _moment_row(moment: TieMoment) -> dict[str, Any]:
    when = moment.when
    return {
        "change": moment.change,
        "outcome": moment.outcome,
        "dated": when is not None,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "date_words": when.text if when else None,
        "edtf": when.edtf if when else None,
        "calendar": when.calendar if when else None,
        "document_id": moment.document_id,
        "sentence": moment.sentence,
        "quote": moment.quote.text,
        "quote_start": moment.quote.start,
        "event_id": moment.event_id,
    }


def _read_tie(row: Mapping[str, Any]) -> Tie:
    return Tie(
        kind=row["kind"],
        name=row["name"],
        parties=tuple(TieParty(party["code"], party["role"]) for party in row["parties"]),
        moments=tuple(_read_moment(moment) for moment in row["moments"]),
        terms=row["terms"],
        outcome=row["outcome"],
    )


def _read_moment(row: Mapping[str, Any]) -> TieMoment:
    when = None
    if row["dated"]:
        when = BoundedDate(row["earliest"], row["latest"], row["date_words"], row["edtf"], row["calendar"])
    start = row["quote_start"]
    return TieMoment(
        change=row["change"],
        outcome=row["outcome"],
        when=when,
        document_id=row["document_id"],
        sentence=row["sentence"],
        quote=Span(start, start + len(row["quote"]), row["quote"]),
        event_id=row["event_id"],
    )
