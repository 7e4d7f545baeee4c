"""Events as rows of the record, and back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from detente.errors import RecordError
from detente.model import BoundedDate, Event, Party, Span
from detente.record.rows import fetch_mappings, insert_rows

__all__ = ["dyads_of", "fetch_event", "fetch_events", "fetch_found_event", "insert_events", "write_dyads"]


def insert_events(
    connection: duckdb.DuckDBPyConnection,
    events: Sequence[Event],
    canonical: Mapping[str, str],
    now: datetime.datetime,
    corrects: str | None = None,
) -> None:
    """Append `events`, each under the happening that `canonical` gives for its id (else its own id).

    `corrects` is the id of the event as it was found, where reviewers corrected it.
    """
    if not events:
        return
    numbers = connection.execute("SELECT nextval('event_number') FROM range($1)", [len(events)]).fetchall()
    rows = [
        {**_event_row(event, number, canonical.get(event.id, event.id), now), "corrects": corrects}
        for event, (number,) in zip(events, numbers, strict=True)
    ]
    insert_rows(connection, "event", rows)
    dyads = [
        {"code_a": one, "code_b": other, "event_no": row["event_no"]}
        for row in rows
        for one, other in dyads_of(row["actors"], row["recipients"])
    ]
    insert_rows(connection, "event_dyad", dyads)


def dyads_of(actors: Sequence[str], recipients: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs of parties that an event stands between, the lesser code first, sorted.

    A two-sided event stands between all its parties, a one-sided one between each actor and each recipient.

    >>> dyads_of(["RUS", "CHN"], [])
    [('CHN', 'RUS')]
    >>> dyads_of(["USA", "UKG"], ["RUS"])
    [('RUS', 'UKG'), ('RUS', 'USA')]
    """
    near, far = actors or recipients, recipients or actors
    alone = len(near) == len(far) == 1
    pairs = {(min(one, other), max(one, other)) for one in near for other in far if one != other or alone}
    return sorted(pairs)


def write_dyads(connection: duckdb.DuckDBPyConnection, table: str, dyads: str, first: int, last: int) -> None:
    """Write what `dyads_of` gives for the events numbered `first` to `last` of `table` into `dyads`, in bulk."""
    connection.execute(
        f"""
        INSERT INTO {dyads}
        WITH sides AS (
            SELECT event_no, CASE WHEN len(actors) = 0 THEN recipients ELSE actors END AS near,
                CASE WHEN len(recipients) = 0 THEN actors ELSE recipients END AS far
            FROM {table} WHERE event_no BETWEEN $1 AND $2
        ), singles AS (
            SELECT event_no, unnest(near) AS one, far, len(near) = 1 AND len(far) = 1 AS alone FROM sides
        ), pairs AS (
            SELECT event_no, one, unnest(far) AS other, alone FROM singles
        )
        SELECT DISTINCT least(one, other) AS code_a, greatest(one, other) AS code_b, event_no
        FROM pairs WHERE one <> other OR alone ORDER BY ALL
        """,
        [first, last],
    )


def fetch_event(connection: duckdb.DuckDBPyConnection, event_id: str) -> Event:
    """Return the coded event of this id, as corrected; RecordError where the record does not hold it."""
    live = "FROM event WHERE $id IN (event_id, corrects) AND retired_at IS NULL ORDER BY event_id <> $id"
    rows = fetch_mappings(connection, live, {"id": event_id})
    if not rows:
        raise RecordError(f"{event_id!r}: no such event in the record (expected the id of a coded event)")
    return _read_event(rows[0])


def fetch_events(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Event]:
    """Return the events of a document, in the order of their triggers."""
    query = "FROM event WHERE document_id = $id AND retired_at IS NULL ORDER BY trigger_start, event_no"
    return [_read_event(row) for row in fetch_mappings(connection, query, {"id": document_id})]


def fetch_found_event(connection: duckdb.DuckDBPyConnection, event_id: str) -> Event | None:
    """Return the event of this id as its coder last found it, whatever was corrected since; None where none did."""
    query = "FROM event WHERE event_id = $id AND corrects IS NULL ORDER BY recorded_at DESC LIMIT 1"
    rows = fetch_mappings(connection, query, {"id": event_id})
    return _read_event(rows[0]) if rows else None


def _event_row(event: Event, number: int, canonical_id: str, now: datetime.datetime) -> dict[str, Any]:
    when = event.when
    return {
        "event_no": number,
        "event_id": event.id,
        "canonical_id": canonical_id,
        "document_id": event.document_id,
        "sentence": event.sentence,
        "event_type": event.event_type,
        "mode": event.mode,
        "status": event.status,
        "actors": [party.code for party in event.actors],
        "recipients": [party.code for party in event.recipients],
        "actor_text": [_words(party) for party in event.actors],
        "recipient_text": [_words(party) for party in event.recipients],
        "actor_spans": [_place(party) for party in event.actors],
        "recipient_spans": [_place(party) for party in event.recipients],
        "dated": when is not None,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "edtf": str(when) if when else None,
        "calendar": when.calendar if when else None,
        "date_words": when.text if when else None,
        **_span_columns("date_text", "date_start", event.date_text),
        **_span_columns("place", "place_start", event.place),
        **_span_columns("content", "content_start", event.content),
        **_span_columns("trigger", "trigger_start", event.trigger),
        **_span_columns("quote", "quote_start", event.quote),
        "confidence": event.confidence,
        "coder": event.coder,
        "coder_version": event.coder_version,
        "recorded_at": now,
    }


def _words(party: Party) -> str | None:
    return party.span.text if party.span else None


def _place(party: Party) -> dict[str, Any]:
    return {"start": party.span.start if party.span else None, "reason": party.reason}


def _span_columns(text: str, start: str, span: Span | None) -> dict[str, Any]:
    return {text: span.text if span else None, start: span.start if span else None}


def _read_event(row: Mapping[str, Any]) -> Event:
    when = None
    if row["dated"]:
        when = BoundedDate(row["earliest"], row["latest"], row["date_words"], row["edtf"], row["calendar"])
    return Event(
        document_id=row["document_id"],
        sentence=row["sentence"],
        quote=_given_span(row["quote"], row["quote_start"]),
        trigger=_given_span(row["trigger"], row["trigger_start"]),
        event_type=row["event_type"],
        actors=_read_parties(row, "actor"),
        recipients=_read_parties(row, "recipient"),
        mode=row["mode"],
        status=row["status"],
        when=when,
        date_text=_read_span(row["date_text"], row["date_start"]),
        place=_read_span(row["place"], row["place_start"]),
        content=_read_span(row["content"], row["content_start"]),
        confidence=row["confidence"],
        coder=row["coder"],
        coder_version=row["coder_version"],
    )


def _read_parties(row: Mapping[str, Any], side: str) -> tuple[Party, ...]:
    told = zip(row[f"{side}s"], row[f"{side}_text"], row[f"{side}_spans"], strict=True)
    return tuple(Party(code, _read_span(text, place["start"]), place["reason"]) for code, text, place in told)


def _read_span(text: str | None, start: int | None) -> Span | None:
    return None if text is None or start is None else _given_span(text, start)


def _given_span(text: str, start: int) -> Span:
    return Span(start, start + len(text), text)
