"""The borders of a day, as shapes already projected (Equal Earth): their list is in `maps`, their outlines in the one
drawing that all maps share."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.refdata.spell import read_day
from detente.site.naming import party_name, state_of

__all__ = ["HEIGHT", "SHOWN_HEIGHT", "WIDTH", "Shape", "shapes_on"]

WIDTH, HEIGHT = 1000, 487
SHOWN_HEIGHT = 432
"""How far down there is land: Antarctica is not drawn."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A piece of the map: whose it is ("" for land of no state in the list), the id of its outline in the drawing, the
    days it holds, what is approximate about it, and whether its state was in the state system on the day."""

    code: str
    name: str
    outline: str
    start: datetime.date | None
    end: datetime.date | None
    note: str = ""
    sovereign: bool = True


@cache
def _shapes() -> tuple[Shape, ...]:
    rows = json.loads(files("detente.site").joinpath("maps/shapes.json").read_text("utf-8"))["shapes"]
    return tuple(
        Shape(
            row["code"], row["name"], row["shape"], read_day(row["from"]), read_day(row["to"], last=True), row["note"]
        )
        for row in rows
    )


def shapes_on(day: datetime.date) -> list[Shape]:
    """Return the shapes of a day, each with the name its state had."""
    return [_named(each, day) for each in _shapes() if (each.start or day) <= day <= (each.end or day)]


def _named(shape: Shape, day: datetime.date) -> Shape:
    found = state_of(shape.code)
    if found is None:
        return Shape(shape.code, shape.name, shape.outline, shape.start, shape.end, shape.note, sovereign=False)
    sovereign = found.in_system(day)
    name = party_name(shape.code, day) if sovereign else shape.name
    return Shape(shape.code, name, shape.outline, shape.start, shape.end, shape.note, sovereign)
