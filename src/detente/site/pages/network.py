"""The network of a day: who stands with whom, drawn around a circle, with its table."""

from __future__ import annotations

import datetime
import math
from typing import Any

from starlette.requests import Request

from detente.errors import DataTooThin
from detente.measure.network import Network, network
from detente.site.answer import Answer, Crumb
from detente.site.asked import asked_day
from detente.site.naming import party_name
from detente.site.room import Room

__all__ = ["network_page"]

SIZE, RADIUS, MOST, NAMED = 760, 270, 40, 12
COLUMNS = ("a", "b", "name_a", "name_b", "sign", "score", "weight", "url")


def network_page(room: Room, request: Request) -> Answer:
    """The signed network of a day (`on`): friends, foes, and how far they divide in two camps."""
    day = asked_day(request) or room.catalogue.counts().last or datetime.date.today()
    try:
        found: Network | None = network(
            room.catalogue.scored_events(None, day), day, ties=room.catalogue.ties(), most=MOST
        )
    except DataTooThin:
        found = None
    rows: list[dict[str, Any]] = [
        {
            **{name: row[name] for name in ("a", "b", "sign", "score", "weight")},
            "name_a": party_name(row["a"], day),
            "name_b": party_name(row["b"], day),
            "url": room.links.dyad(row["a"], row["b"]),
        }
        for row in (found.table.to_pylist() if found else ())
    ]
    rows = [{name: row[name] for name in COLUMNS} for row in sorted(rows, key=lambda row: (-row["score"], row["a"]))]
    return Answer(
        "network.html",
        f"Who stood with whom on {day.isoformat()}",
        {
            "on": day,
            "rows": rows,
            "size": SIZE,
            **_drawing(found, rows, day),
            "said": _say(found, day) if found else "",
        },
        {"on": day},
        COLUMNS,
        rows,
        [Crumb("Network", room.links.network)],
    )


def _say(found: Network, day: datetime.date) -> str:
    """Return in words how many relations there are, how far they balance, and the two camps that divide them best."""
    assert found.frustration is not None
    signs = found.table.column("sign").to_pylist()
    friends, unbalanced, worst = sum(1 for sign in signs if sign > 0), len(found.unbalanced), found.frustration
    linked = {name for column in ("a", "b") for name in found.table.column(column).to_pylist()}
    camps: dict[int, list[str]] = {}
    for code, side in zip(found.names, worst.sides, strict=True):
        if code in linked:
            camps.setdefault(side, []).append(party_name(code, day))
    said = [f"{len(linked)} parties, {_count(friends, 'friendly relation')} and {len(signs) - friends} hostile."]
    if found.triads:
        verb = "is" if unbalanced == 1 else "are"
        said.append(f"{unbalanced} of {_count(len(found.triads), 'triangle')} {verb} out of balance.")
    if len(camps) == 2 and len(linked) <= NAMED:
        sides = " against ".join(", ".join(sorted(names)) for names in camps.values())
        exact = str(worst.high) if worst.exact else f"between {worst.low} and {worst.high}"
        said.append(f"The division that fits them best is {sides}; {exact} of the relations do not fit it.")
    return " ".join(said)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _drawing(found: Network | None, rows: list[dict[str, Any]], day: datetime.date) -> dict[str, Any]:
    """Return the places of the actors around a circle, those of one side together, and the lines between them."""
    if found is None or found.actors is None:
        return {"nodes": [], "lines": []}
    actors = sorted(found.actors.to_pylist(), key=lambda row: (row["side"], row["community"], row["actor"]))
    linked = {code for row in rows for code in (row["a"], row["b"])}
    actors = [row for row in actors if row["actor"] in linked]
    nodes, middle = {}, SIZE / 2
    for number, row in enumerate(actors):
        angle = 2 * math.pi * number / max(1, len(actors)) - math.pi / 2
        x, y = math.cos(angle), math.sin(angle)
        nodes[row["actor"]] = {
            "code": row["actor"], "name": party_name(row["actor"], day), "side": row["side"],
            "x": round(middle + RADIUS * x, 1), "y": round(middle + RADIUS * y, 1),
            "tx": round(middle + (RADIUS + 16) * x, 1), "ty": round(middle + (RADIUS + 20) * y + 5 + 8 * y, 1),
            "anchor": "start" if x > 0.2 else "end" if x < -0.2 else "middle",
        }  # fmt: skip
    lines = [{**row, "from": nodes[row["a"]], "to": nodes[row["b"]]} for row in rows]
    return {"nodes": list(nodes.values()), "lines": lines}
