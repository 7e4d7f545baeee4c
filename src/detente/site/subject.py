"""What a correction is about: an event or a tie, its name, and its fields as they stand."""

from __future__ import annotations

from typing import Any

from detente.errors import RecordError
from detente.model import STATUSES
from detente.record.corrections import EVENT_FIELDS, REMARK, STANDS, TIE_FIELDS
from detente.refdata.plover import event_types
from detente.site.naming import act_words, date_words, party_name
from detente.site.room import Room
from detente.ties.rules import kinds

__all__ = ["EMPTY", "FIELDS", "list_tellings", "name_subject", "standing_fields", "subject_words"]

FIELDS = {"event": (*EVENT_FIELDS, REMARK), "tie": (*TIE_FIELDS, REMARK)}
HINTS = {
    "actors": "names or codes, with a semicolon between",
    "recipients": "names or codes, with a semicolon between; nothing for an act without direction",
    "date": "ISO, EDTF or words: 1979-10-15, 1979-10, 1950/1953, May 1969",
    "opened": "ISO, EDTF or words: 1950-02-14, 1950, May 1969",
    "closed": "ISO, EDTF or words; “stands” for a tie that nothing has closed",
    "name": "what the tie is called",
    "remark": "free words, which change no value",
}
EMPTY = ("recipients", "mode", "date", "opened")
"""The fields that a correction may leave without a value."""


def standing_fields(room: Room, kind: str, subject: str) -> list[dict[str, str]]:
    """Return the fields that can be corrected, each with its value as it stands and how a new one is written."""
    fields = FIELDS[kind]
    if kind == "event":
        row = room.catalogue.event_row(subject) or {}
        if row.get("origin") != "coded":
            fields = (REMARK,)
        stands = {**row, "date": row.get("edtf")}
        codes = {"event_type": ", ".join(event_types()), "status": ", ".join(STATUSES)}
        kept = event_types().get(row.get("event_type") or "")
        codes["mode"] = ", ".join(kept.mode_scores) if kept and kept.mode_scores else "this type has none"
    else:
        joined = room.catalogue.joined_tie(subject)
        assert joined is not None
        tie, codes = joined.tie, {"outcome": ", ".join(kinds()[joined.tie.kind].outcomes)}
        opened, closed = (each.when if each else None for each in (tie.opened, tie.closed))
        ends = str(closed or "day not told") if tie.closed else STANDS
        stands = {"name": tie.name, "outcome": tie.outcome, "opened": str(opened or ""), "closed": ends}
    return [
        {"name": field, "stands": _plain(stands.get(field)), "hint": codes.get(field) or HINTS.get(field, "")}
        for field in fields
    ]


def list_tellings(room: Room, kind: str, subject: str) -> tuple[str, ...]:
    """Return the ids that a correction of an event or a tie is about; RecordError where the record holds none."""
    if kind == "event" and room.catalogue.event_row(subject):
        return (subject,)
    joined = room.catalogue.joined_tie(subject) if kind == "tie" else None
    if joined is None:
        raise RecordError(f"{subject!r}: no such {kind} in the record (expected an id it holds)")
    return tuple(joined.tellings)


def name_subject(room: Room, kind: str, subject: str) -> str:
    """Return what an event or a tie is called in a list: who, what and when; its id where it is in the record no more.

    An id that a correction replaced is followed to what stands.
    """
    standing = room.record.store.canonical_id(subject)
    if kind == "tie":
        joined = room.catalogue.joined_tie(subject) or room.catalogue.joined_tie(standing)
        return joined.tie.name if joined else f"tie {subject}"
    row = room.catalogue.event_row(subject) or room.catalogue.event_row(standing)
    if row is None:
        return f"event {subject}"
    actors, recipients = (
        ", ".join(party_name(code, row["earliest"]) for code in row[side]) for side in ("actors", "recipients")
    )
    who = f"{actors} → {recipients}" if recipients else actors
    return f"{who}: {act_words(row)}, {date_words(row['earliest'], row['latest'])}"


def subject_words(room: Room, kind: str, subject: str) -> str:
    """Return the words that tell of an event or a tie; empty where there are none."""
    if kind == "event":
        return str((room.catalogue.event_row(subject) or {}).get("quote") or "")
    joined = room.catalogue.joined_tie(subject)
    return next((moment.quote.text for moment in joined.tie.moments), "") if joined else ""


def _plain(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value or "")
