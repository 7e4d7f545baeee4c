"""The codebook: the PLOVER event types, and a page each with its events."""

from __future__ import annotations

from starlette.requests import Request

from detente.errors import RecordError
from detente.record import EventQuery
from detente.refdata.plover import event_types, quad_classes
from detente.site.answer import Answer, Crumb, Paging
from detente.site.asked import PAGE, asked_page
from detente.site.moved import Moved
from detente.site.pages.chronology import EVENT_FIELDS, event_fields, list_events
from detente.site.room import Room

__all__ = ["codebook", "event_type"]

COLUMNS = ("event_type", "label", "quad_class", "quad_class_name", "score", "cameo", "events")


def codebook(room: Room, request: Request) -> Answer:
    """The event types with their classes and scores."""
    counted = room.catalogue.event_types()
    rows = [
        {
            "event_type": each.name,
            "label": each.label,
            "quad_class": each.quad_class,
            "quad_class_name": quad_classes()[each.quad_class],
            "score": each.score,
            "cameo": each.cameo,
            "events": counted.get(each.name, 0),
        }
        for each in event_types().values()
    ]
    crumbs = [Crumb("Codebook", room.links.codebook)]
    return Answer("codebook.html", "Codebook", {"rows": rows}, {}, COLUMNS, rows, crumbs)


def event_type(room: Room, request: Request) -> Answer:
    """An event type: what it means, its modes, and its events."""
    asked, page = request.path_params["type"], asked_page(request)
    found = event_types().get(asked.upper())
    if found is None:
        raise RecordError(f"{asked[:60]!r} is not a PLOVER event type (expected one of {', '.join(event_types())})")
    if asked != found.name:
        raise Moved(room.links.event_type(found.name))
    rows = list_events(room, EventQuery(event_type=found.name, limit=PAGE, offset=(page - 1) * PAGE))
    return Answer(
        "event_type.html",
        found.name,
        {"type": found, "rows": rows},
        {
            "event_type": found.name,
            "label": found.label,
            "quad_class": found.quad_class,
            "score": found.score,
            "cameo": found.cameo,
            "modes": dict(found.mode_scores),
        },
        EVENT_FIELDS,
        event_fields(rows, room),
        [Crumb("Codebook", room.links.codebook), Crumb(found.name, room.links.event_type(found.name))],
        paging=Paging(page, PAGE, room.catalogue.count_events(found.name)),
    )
