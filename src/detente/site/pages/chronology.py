"""Events as the pages list them, and `/events`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request

from detente.errors import UsageError
from detente.model import STATUSES
from detente.record import EventQuery
from detente.refdata.plover import event_type as plover_type
from detente.site.answer import Answer, Crumb, Paging
from detente.site.asked import PAGE, asked_day, asked_page, asked_text, read_party
from detente.site.room import Room

__all__ = ["EVENT_FIELDS", "SHOWN", "event_fields", "events", "list_events"]

EVENT_FIELDS = (
    "event_id", "url", "date", "earliest", "latest", "actors", "recipients", "event_type", "mode", "quad_class",
    "score", "status", "trigger", "quote", "document_id", "document_title", "sentence", "source", "dataset",
    "confidence", "canonical_id",
)  # fmt: skip
SHOWN = (
    *(name for name in EVENT_FIELDS if name not in ("url", "date")), "edtf", "origin", "original_code", "trigger_start",
    "trigger_end", "quote_start",
)  # fmt: skip
"""The columns that a chronology and its twins show."""


def event_fields(rows: Iterable[Mapping[str, Any]], room: Room) -> list[dict[str, Any]]:
    """Return events in the fields of the twins."""
    return [
        {
            name: room.links.event(row["event_id"])
            if name == "url"
            else (row["edtf"] or "")
            if name == "date"
            else row[name]
            for name in EVENT_FIELDS
        }
        for row in rows
    ]


def list_events(room: Room, query: EventQuery) -> list[dict[str, Any]]:
    """Return the rows of a query, in `EVENT_COLUMNS`, with the trigger's place in its quote."""
    rows: list[dict[str, Any]] = room.catalogue.chronology(query).to_arrow().to_pylist()
    return rows


def events(room: Room, request: Request) -> Answer:
    """The chronology of the whole record, by one party or two (`with`), type, status and days."""
    page = asked_page(request)
    kind, status = asked_text(request, "type"), asked_text(request, "status")
    if status is not None and status not in STATUSES:
        raise UsageError(f"{status!r} is not a status (expected one of {', '.join(STATUSES)})")
    parties = [read_party(text) for name in ("party", "with") if (text := asked_text(request, name))]
    chosen = EventQuery(
        a=parties[0] if parties else None,
        b=parties[1] if len(parties) > 1 else None,
        earliest=asked_day(request, "from", first=True),
        latest=asked_day(request, "to"),
        event_type=plover_type(kind).name if kind else None,
        status=status,
        limit=PAGE,
        offset=(page - 1) * PAGE,
    )
    rows = list_events(room, chosen)
    return Answer(
        "events.html",
        "Chronology",
        {"rows": rows, "statuses": STATUSES},
        {},
        EVENT_FIELDS,
        event_fields(rows, room),
        [Crumb("Chronology", room.links.events)],
        paging=Paging(page, PAGE, room.catalogue.store.count_events(chosen)),
    )
