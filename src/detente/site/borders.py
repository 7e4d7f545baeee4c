"""The borders of a day, as shapes already projected (Equal Earth): their list is in `maps`, their outlines in the one
drawing that all maps share."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.refdata.spell import read_day
from detente.site.naming import party_name, state_of

__all__ = ["HEIGHT", "SHOWN_HEIGHT", "WIDTH", "Outline", "Shape", "outlines", "shapes_on"]

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


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline of the drawing: its SVG path data, in tenths of the map's units, and the box it lies in, in units."""

    path: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, x: float, y: float, width: float, height: float) -> bool:
        """Return whether some of it may lie in the piece of the map from `x`, `y`."""
        return self.left <= x + width and self.right >= x and self.top <= y + height and self.bottom >= y


@cache
def outlines() -> Mapping[str, Outline]:
    """Return the outlines of the drawing that all maps share, by id."""
    text = files("detente.site").joinpath("static/borders.svg").read_text("utf-8")
    return {name: _outline(path) for name, path in re.findall(r'<path id="(\w+)"[^>]* d="([^"]+)"', text)}


def _outline(path: str) -> Outline:
    x = y = 0
    across, down = [], []
    for ring in path.split("z")[:-1]:
        numbers = [int(each) for each in re.findall(r"-?\d+", ring)]
        x, y = x + numbers[0], y + numbers[1]
        far, low = x, y
        across.append(far)
        down.append(low)
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            far, low = far + dx, low + dy
            across.append(far)
            down.append(low)
    return Outline(path, min(across) / 10, min(down) / 10, max(across) / 10, max(down) / 10)


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
