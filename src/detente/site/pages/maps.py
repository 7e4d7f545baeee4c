"""The map of a day: its borders as nearly as free data allows, coloured by how states stood with one of them."""

from __future__ import annotations

import datetime
from typing import Any

from starlette.requests import Request

from detente.errors import UsageError
from detente.measure.events import select_events
from detente.measure.relations import gather_acts, relate
from detente.site.answer import Answer, Crumb
from detente.site.asked import asked_day, asked_text, read_party
from detente.site.borders import SHOWN_HEIGHT, WIDTH, shapes_on
from detente.site.naming import party_name
from detente.site.places import gather_places, place_fields
from detente.site.room import Room

__all__ = ["map_page", "relations_of"]

COLUMNS = ("code", "name", "relation", "score", "evidence", "url")
BANDS = ((2.0, "close"), (0.5, "friendly"), (-0.5, "mixed"), (-2.0, "strained"), (-99.0, "hostile"))
"""Where one shade ends and the next begins, on the scale of event scores (-10 to 10)."""


def map_page(room: Room, request: Request) -> Answer:
    """The map of a day (`on`), coloured by the relations of a state (`of`), with its places with another (`with`)."""
    day = asked_day(request) or room.catalogue.counts().last or datetime.date.today()
    code, other = asked_parties(room, request)
    spots = gather_places(room.catalogue.store, code, other, day) if code and other else []
    relations = relations_of(room, code, day) if code else {}
    rows: list[dict[str, Any]] = [
        {
            "code": each,
            "name": party_name(each, day),
            "relation": band_of(score),
            "score": round(score, 2),
            "evidence": round(weight, 2),
            "url": room.links.dyad(code, each),
        }
        for each, (score, weight) in sorted(relations.items(), key=lambda item: -item[1][0])
        if code
    ]
    bands = {row["code"]: row["relation"] for row in rows}
    name = party_name(code, day) if code else ""
    return Answer(
        "map.html",
        f"The world on {day.isoformat()}" + (f", as {name} stood with it" if name else ""),
        {"shapes": shapes_on(day), "bands": bands, "rows": rows, "on": day, "of": code, "width": WIDTH,
         "height": SHOWN_HEIGHT, "levels": [level for _, level in BANDS], "other": other,
         "known": [spot for spot in spots if spot.place], "open": [spot for spot in spots if not spot.place]},
        {"on": day, "of": code, "with": other, "places": place_fields(spots)},
        COLUMNS,
        rows,
        [Crumb("Map", room.links.map)],
    )  # fmt: skip


def asked_parties(room: Room, request: Request) -> tuple[str | None, str | None]:
    """Return whose relations are asked for (the party most told of, where none is), and the other of its places.

    UsageError where they are one.
    """
    of, beside = asked_text(request, "of"), asked_text(request, "with")
    other = read_party(beside) if beside else None
    code = read_party(of) if of else next((each for each in room.catalogue.parties() if each != other), None)
    if other is not None and other == code:
        raise UsageError(f"{code}: a state has no dyad with itself (expected two different parties)")
    return code, other


def relations_of(room: Room, code: str, day: datetime.date) -> dict[str, tuple[float, float]]:
    """Return how each party stood with `code` on a day: score (-10 to 10) and the faded number of acts behind it."""
    table = room.catalogue.scored_events(code, day)
    ties = [tie for tie in room.catalogue.ties() if code in {side.code for side in tie.parties}]
    acts = gather_acts(select_events(table, ("actual",)))
    actors = sorted({*acts.parties, *(side.code for tie in ties for side in tie.parties), code})
    found = relate(acts, ties, day, actors)
    place = actors.index(code)
    return {
        other: (float(found.score[place, number]), float(found.weight[place, number]))
        for number, other in enumerate(actors)
        if other != code and found.weight[place, number] > 0.01
    }


def band_of(score: float) -> str:
    """Return the word for a score of relations.

    >>> band_of(3.0), band_of(0.0), band_of(-6.0)
    ('close', 'mixed', 'hostile')
    """
    return next(word for least, word in BANDS if score >= least)
