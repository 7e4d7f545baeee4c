"""Corrections that reviewers accepted: rows of the corrected values beside those of what was found, which stay.

A correction is a judgement on an event or a tie as it was found. What was found is retired, not edited; the row in its
place names it in `corrects`. So every query shows the corrected values, `known_on` shows what was known before, and
taking the judgement back puts the found values in place again. Where the corrected value has another id, the old one
leads to it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import duckdb

from detente.errors import UsageError
from detente.model import STATUSES, Event, Party, Span, Tie, TieMoment
from detente.record.events import fetch_found_event, insert_events
from detente.record.judgements import canonical_ids, lead_ids, list_judgements
from detente.record.ties import fetch_found_tie, insert_ties
from detente.refdata.plover import event_type
from detente.resolving.edtf import read_edtf

__all__ = [
    "EVENT_FIELDS",
    "REMARK",
    "STANDS",
    "TIE_FIELDS",
    "apply_corrections",
    "correct_event",
    "correct_tie",
    "current_ids",
    "found_id",
]

EVENT_FIELDS = ("event_type", "mode", "actors", "recipients", "date", "status")
TIE_FIELDS = ("name", "outcome", "opened", "closed")
REMARK = "remark"
STANDS = "stands"
"""The value of `closed` for a tie that nothing has closed."""
REASON = "corrected by a reviewer"

Value = TypeVar("Value", Event, Tie)


def correct_event(event: Event, change: Mapping[str, Any]) -> Event:
    """Return `event` with the fields in `change` replaced; the words it was read from stay.

    `event_type`, `mode` ("" for none) and `status` are codes, `actors` and `recipients` lists of party codes, `date`
    is EDTF ("" for undated). UsageError or DateError where a value is not of its field.
    """
    known = {field: value for field, value in change.items() if field != REMARK}
    _require_fields(known, EVENT_FIELDS)
    new: dict[str, Any] = {}
    if "event_type" in known or "mode" in known:
        kind = event_type(str(known.get("event_type", event.event_type)))
        mode = known.get("mode", event.mode) or None
        if "mode" in known and mode and mode not in kind.mode_scores:
            expected = ", ".join(kind.mode_scores) or "none: the type has no modes"
            raise UsageError(f"{mode!r} is not a mode of {kind.name} (expected {expected})")
        new |= {
            "event_type": kind.name,
            "mode": mode if mode in kind.mode_scores or kind.name == event.event_type else None,
        }
    if "status" in known:
        if known["status"] not in STATUSES:
            raise UsageError(f"{known['status']!r} is not a status (expected one of {', '.join(STATUSES)})")
        new["status"] = known["status"]
    for side in ("actors", "recipients"):
        if side in known:
            new[side] = _parties(known[side], getattr(event, side))
    if "date" in known:
        new["when"] = read_edtf(known["date"]) if known["date"] else None
    try:
        return replace(event, **new)
    except ValueError as error:
        raise UsageError(f"{error} (expected an act between two)") from error


def correct_tie(tie: Tie, change: Mapping[str, Any]) -> Tie:
    """Return `tie` with the fields in `change` replaced; the words that tell of it stay.

    `name` and `outcome` are words, `opened` and `closed` EDTF; `closed` may be "stands", `opened` "" where it is not
    told. A moment that no words tell of has an empty quote. UsageError or DateError where a value is not of its field.
    """
    known = {field: value for field, value in change.items() if field != REMARK}
    _require_fields(known, TIE_FIELDS)
    new = {field: known[field] for field in ("name", "outcome") if field in known}
    if not new.get("name", tie.name).strip():
        raise UsageError("a tie without a name (expected words for it)")
    moments = list(tie.moments)
    for field in ("opened", "closed"):
        if field in known:
            moments = _redate(moments, field, known[field], new.get("outcome", tie.outcome))
    corrected = replace(tie, moments=tuple(moments), **new)
    start, end = (each.when if each else None for each in (corrected.opened, corrected.closed))
    if start and end and start.earliest and end.latest and start.earliest > end.latest:
        raise UsageError(f"closed {end} before it opened, {start} (expected from before to)")
    return corrected


def _redate(moments: list[TieMoment], change: str, value: str, outcome: str) -> list[TieMoment]:
    told = [each for each in moments if each.change == change]
    rest = [each for each in moments if each.change != change]
    if value == STANDS and change == "closed":
        if not rest:
            raise UsageError("the tie is known by its end alone (expected the day of it)")
        return rest
    when = read_edtf(value) if value else None
    # A moment that was not told stands where the tie's first words do, without words of its own.
    place = moments[0] if change == "opened" else moments[-1]
    silent = replace(
        place, change=change, outcome=outcome, event_id=None, quote=Span(place.quote.start, place.quote.start, "")
    )
    moment = replace(told[0] if told else silent, when=when)
    return [moment, *rest] if change == "opened" else [*rest, moment]


def apply_corrections(connection: duckdb.DuckDBPyConnection, subjects: Iterable[str], now: datetime.datetime) -> None:
    """Make the rows of `subjects` (ids of events or ties as found) what the accepted corrections of each say.

    Later ones go over earlier ones; without any the found values stand. UsageError where they cannot hold together.
    """
    for subject in subjects:
        accepted = [
            each
            for each in list_judgements(connection, subject, "accepted")
            if each.kind == "correction" and set(each.change or {}) - {REMARK}
        ]
        change: dict[str, Any] = {}
        for each in accepted:
            change |= dict(each.change or {})
        said_by = accepted[-1].id if accepted else None
        event = fetch_found_event(connection, subject)
        if event is not None:
            _replace(connection, "event", event, correct_event(event, change), said_by, now, insert_events)
        elif found := fetch_found_tie(connection, subject):
            tie, document_id = found
            _replace(
                connection, "tie", tie, correct_tie(tie, change), said_by, now,
                lambda one, values, leads, now, corrects, of=document_id: insert_ties(
                    one, values, of, leads, now, corrects
                ),
            )  # fmt: skip


def found_id(connection: duckdb.DuckDBPyConnection, subject: str) -> str:
    """Return the id of an event or a tie as it was found: that which `subject` corrects, else `subject`."""
    rows = connection.execute(
        """
        SELECT corrects FROM event WHERE event_id = $id AND corrects IS NOT NULL
        UNION ALL SELECT corrects FROM tie WHERE tie_id = $id AND corrects IS NOT NULL LIMIT 1
        """,
        {"id": subject},
    ).fetchall()
    return str(rows[0][0]) if rows else subject


def current_ids(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the ids of all that stands corrected, by the ids they were found under; those that are the same too."""
    rows = connection.execute(
        """
        SELECT corrects, event_id FROM event WHERE corrects IS NOT NULL AND retired_at IS NULL
        UNION ALL SELECT corrects, tie_id FROM tie WHERE corrects IS NOT NULL AND retired_at IS NULL
        """
    ).fetchall()
    return dict(rows)


def _replace(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    found: Value,
    value: Value,
    said_by: str | None,
    now: datetime.datetime,
    insert: Callable[..., None],
) -> None:
    """Retire the live rows of what was found and of what corrected it, and append the row of `value`."""
    key = f"{table}_id"
    live: list[tuple[str, str | None]] = connection.execute(
        f"SELECT {key}, corrects FROM {table} WHERE retired_at IS NULL AND $id IN ({key}, corrects)", {"id": found.id}
    ).fetchall()
    corrected = said_by is not None
    if not live or (not corrected and live == [(found.id, None)]):
        return  # what is no longer in the record, or was never corrected
    taken = connection.execute(
        f"""
        SELECT 1 FROM {table} WHERE retired_at IS NULL AND {key} = $new AND $id NOT IN ({key}, coalesce(corrects, ''))
        """,
        {"new": value.id, "id": found.id},
    ).fetchall()
    if taken:
        raise UsageError(f"{value.id}: the record holds this {table} already (expected one that it does not tell of)")
    connection.execute(
        f"UPDATE {table} SET retired_at = $now WHERE retired_at IS NULL AND $id IN ({key}, corrects)",
        {"now": now, "id": found.id},
    )
    old = {found.id, *(str(each) for each, _ in live)} - {value.id}
    leads = _rename(connection, old, value.id, said_by, now)
    insert(connection, [value], leads, now, corrects=found.id if corrected else None)


def _rename(
    connection: duckdb.DuckDBPyConnection, old: set[str], new: str, said_by: str | None, now: datetime.datetime
) -> Mapping[str, str]:
    """Make `old` ids, and what leads to them, lead to `new`, which leads where they led; return where it leads."""
    before = canonical_ids(connection, [*old, new])
    ahead = [to for to in before.values() if to not in old and to != new]
    rows = connection.execute(
        "SELECT old_id FROM identity WHERE retired_at IS NULL AND canonical_id IN (SELECT unnest($1))", [list(old)]
    ).fetchall()
    leads = dict.fromkeys({*old, *(each for (each,) in rows)} - {new}, new)
    if leads or new in before:
        lead_ids(connection, {**leads, new: ahead[0] if ahead else new}, said_by, now)
    return {new: ahead[0]} if ahead else {}


def _require_fields(change: Mapping[str, Any], expected: Sequence[str]) -> None:
    if strange := [field for field in change if field not in expected]:
        raise UsageError(f"{strange[0][:60]!r} is not a field (expected one of {', '.join(expected)})")


def _parties(codes: Any, before: Sequence[Party]) -> tuple[Party, ...]:
    """Return the parties of `codes`; those that were there keep their words and reasons."""
    held = {party.code: party for party in before}
    return tuple(held.get(code, Party(code, None, REASON)) for code in dict.fromkeys(codes))
