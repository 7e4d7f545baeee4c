"""The gazetteer and the map, held to each other: a city lies within the outline of the state it is said to be in."""

from __future__ import annotations

import datetime
import itertools
import json
import math
from collections import defaultdict
from importlib.resources import files

import pytest

from detente.errors import EntityError
from detente.refdata.gazetteer import Place, load_gazetteer
from detente.refdata.states import find_state
from detente.site.projection import project

DAY = datetime.date(2020, 1, 1)
NEAR = 1.5
"""How far outside an outline, which is simplified, a coast may lie: in units of the map, of some 40 km each."""
APART = {"Hargeisa", "Berbera", "Pago Pago", "Nassau"}
"""In lands drawn as no state's, or on islands too small to draw."""
Point = tuple[float, float]


@pytest.fixture(scope="module")
def outlines() -> dict[str, list[list[Point]]]:
    """The rings of each state of the day, from the TopoJSON, projected."""
    topology = json.loads(files("detente.site").joinpath("static/borders.topojson").read_text("utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        steps = list(itertools.accumulate(arc, lambda at, step: (at[0] + step[0], at[1] + step[1])))
        arcs.append([(x * sx + tx, y * sy + ty) for x, y in steps])
    found = defaultdict(list)
    for shape in topology["objects"]["borders"]["geometries"]:
        said = shape["properties"]
        if not (said["from"] or "0") <= DAY.isoformat() <= (said["to"] or "9"):
            continue
        many = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for ring in itertools.chain.from_iterable(many):
            points = [point for each in ring for point in (arcs[each] if each >= 0 else arcs[~each][::-1])]
            found[said["code"]].append([project(y, x) for x, y in points])
    return dict(found)


def inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    crossed = False
    for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
            crossed = not crossed
    return crossed


def distance(point: Point, ring: list[Point]) -> float:
    x, y = point
    least = math.inf
    for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True):
        long = (c - a) ** 2 + (d - b) ** 2
        at = max(0.0, min(1.0, ((x - a) * (c - a) + (y - b) * (d - b)) / long)) if long else 0.0
        least = min(least, math.hypot(a + at * (c - a) - x, b + at * (d - b) - y))
    return least


def states_of(place: Place) -> set[str]:
    codes = set()
    for land in (place.name,) if place.kind == "country" else place.within:
        try:
            codes.add(find_state(land, DAY).stateabb)
        except EntityError:
            continue
    return codes


def test_cities_lie_in_the_states_they_are_said_to_be_in(outlines: dict[str, list[list[Point]]]) -> None:
    held, wrong = 0, set()
    for place in load_gazetteer():
        rings = [ring for code in states_of(place) for ring in outlines.get(code, ())]
        if not rings or place.kind not in ("city", "site"):
            continue
        held += 1
        at = project(place.latitude, place.longitude)
        if not any(inside(at, ring) for ring in rings) and min(distance(at, ring) for ring in rings) > NEAR:
            wrong.add(place.name)
    assert wrong <= APART
    assert held > 500
