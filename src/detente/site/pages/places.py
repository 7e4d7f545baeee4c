"""The places of two parties: on the map, in a table with their events, and the words that name none we know."""

from __future__ import annotations

import datetime

from starlette.requests import Request

from detente.site.answer import Answer, Crumb
from detente.site.asked import asked_day, read_pair
from detente.site.borders import outlines, shapes_on
from detente.site.frame import frame_places
from detente.site.naming import party_name
from detente.site.places import PLACE_FIELDS, gather_places, place_fields
from detente.site.room import Room

__all__ = ["places"]


def places(room: Room, request: Request) -> Answer:
    """Where the events between two parties were, as far as they may have happened by a day (`on`)."""
    a, b = read_pair(request.path_params["pair"], room.catalogue.parties())
    until = asked_day(request)
    spots = gather_places(room.catalogue.store, a, b, until)
    day = until or max((spot.last for spot in spots if spot.last), default=None) or datetime.date.today()
    known = [spot for spot in spots if spot.place]
    frame = frame_places(known)
    shapes = [
        shape
        for shape in shapes_on(day)
        if outlines()[shape.outline].meets(frame.x, frame.y, frame.width, frame.height)
    ]
    name = f"{party_name(a)} and {party_name(b)}"
    return Answer(
        "places.html",
        f"{party_name(a, day)} and {party_name(b, day)}: places",
        {"a": a, "b": b, "on": day, "until": until, "shapes": shapes, "frame": frame,
         "known": known, "open": [spot for spot in spots if not spot.place]},
        {"a": a, "b": b, "on": until},
        PLACE_FIELDS,
        place_fields(spots),
        [Crumb("Dyads", room.links.dyads), Crumb(name, room.links.dyad(a, b)),
         Crumb("Places", room.links.dyad_places(a, b))],
    )  # fmt: skip
