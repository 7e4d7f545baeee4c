"""The picture of a signed network, and of its balance over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.measure.charts import CONFLICT, COOPERATION, INK, WIDTH, altair, finish

if TYPE_CHECKING:
    from detente.measure.network import Network, NetworkCourse

__all__ = ["draw_course", "draw_network"]


def draw_network(network: Network) -> Any:
    """Return the chart of one network."""
    alt = altair()
    assert network.signs is not None and network.frustration is not None
    linked = (network.signs != 0).any(axis=1)
    spots = _places(network.signs, network.frustration.sides)
    number = {name: i for i, name in enumerate(network.names)}
    lines = [
        {
            "x": float(spots[number[row["a"]], 0]), "y": float(spots[number[row["a"]], 1]),
            "x2": float(spots[number[row["b"]], 0]), "y2": float(spots[number[row["b"]], 1]),
            "relation": "friendly" if row["sign"] > 0 else "hostile",
            "pair": f"{row['a']} - {row['b']}", "score": row["score"],
        }
        for row in network.table.to_pylist()
    ]  # fmt: skip
    dots = [
        {"x": float(spots[i, 0]), "y": float(spots[i, 1]), "name": name, "side": int(network.frustration.sides[i])}
        for i, name in enumerate(network.names)
        if linked[i]
    ]
    flat = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    reach = max(0.35, float(np.abs(spots[:, 1]).max())) + 0.15
    x = alt.X("x:Q", axis=flat, scale=alt.Scale(domain=[-1.12, 1.12]))
    y = alt.Y("y:Q", axis=flat, scale=alt.Scale(domain=[-reach, reach]))
    edge = (
        alt.Chart(alt.Data(values=lines))
        .mark_rule(opacity=0.75)
        .encode(
            x, y, x2="x2:Q", y2="y2:Q", tooltip=["pair:N", "relation:N", alt.Tooltip("score:Q", format="+.1f")],
            color=alt.Color(
                "relation:N", title=None,
                scale=alt.Scale(domain=["friendly", "hostile"], range=[COOPERATION, CONFLICT]),
            ),
            strokeDash=alt.StrokeDash(
                "relation:N", title=None, scale=alt.Scale(domain=["friendly", "hostile"], range=[[1, 0], [6, 4]])
            ),
            strokeWidth=alt.condition("datum.relation == 'friendly'", alt.value(2.2), alt.value(1.6)),
        )
    )  # fmt: skip
    base = alt.Chart(alt.Data(values=dots))
    dot = base.mark_circle(size=900, color="white", stroke=INK, strokeWidth=1.4, opacity=1).encode(x, y)
    name = base.mark_text(fontSize=11, fontWeight="bold", color=INK).encode(x, y, text="name:N")
    count = len(network.unbalanced)
    index = network.frustration
    said = f"{index.high}" if index.exact else f"{index.low} to {index.high}"
    when = f", {network.on}" if network.on else ""
    return finish(
        alt.layer(edge, dot, name).properties(width=WIDTH, height=160 + 220 * reach),
        f"Who stood with whom{when}",
        f"{count} of {len(network.triads)} triads unbalanced; least number of relations against the grain: {said}",
    )


def _places(signs: NDArray[np.int64], sides: tuple[int, ...]) -> NDArray[np.float64]:
    """Return places on two arcs, one a side, with those that share friends beside each other."""
    size = len(signs)
    spots = np.zeros((size, 2))
    linked = (signs != 0).any(axis=1)
    _, vectors = np.linalg.eigh(signs.astype(float))
    order = vectors[:, -2] if size > 1 else np.zeros(size)
    groups = [[i for i in range(size) if linked[i] and sides[i] == side] for side in (0, 1)]
    if not groups[0] or not groups[1]:
        members = sorted(groups[0] or groups[1], key=lambda i: order[i])
        for place, actor in enumerate(members):
            angle = 2 * np.pi * place / max(len(members), 1)
            spots[actor] = np.cos(angle), np.sin(angle)
        return spots
    for members, middle in zip(groups, (np.pi, 0.0), strict=True):
        members.sort(key=lambda i: order[i])
        reach = min(0.72 * np.pi, 0.42 * len(members))
        for place, actor in enumerate(members):
            share = (place + 0.5) / len(members) - 0.5
            angle = middle + share * reach * (1 if middle else -1)
            spots[actor] = np.cos(angle), np.sin(angle)
    return spots


def draw_course(course: NetworkCourse) -> Any:
    """Return the chart of a network's course: relations above, triads and frustration below."""
    alt = altair()
    rows = course.table.to_pylist()
    for row in rows:
        row["on"] = row["on"].isoformat()
    x = alt.X("on:T", title=None, axis=alt.Axis(grid=False))

    def lines(columns: dict[str, tuple[str, str]], title: str, height: int) -> Any:
        layers = []
        top = max(row[column] for row in rows for column in columns)
        whole = list(range(0, top + 1, max(1, top // 4)))
        for column, (label, colour) in columns.items():
            base = alt.Chart(alt.Data(values=[{"on": row["on"], "count": row[column], "what": label} for row in rows]))
            end = alt.Chart(alt.Data(values=[{"on": rows[0]["on"], "count": rows[0][column], "what": label}]))
            y = alt.Y("count:Q", title=title, axis=alt.Axis(values=whole, format="d"))
            layers.append(base.mark_line(color=colour, strokeWidth=2, interpolate="step-after").encode(x, y))
            layers.append(
                end.mark_text(align="left", dx=3, dy=-8, fontSize=11.5, color=colour).encode(x, y, text="what:N")
            )
        return alt.layer(*layers).properties(width=WIDTH, height=height)

    above = lines({"positive": ("friendly", COOPERATION), "negative": ("hostile", CONFLICT)}, "relations", 150)
    below = lines(
        {"unbalanced": ("unbalanced triads", INK), "frustration_high": ("frustration", "#009E73")}, "count", 130
    )
    return finish(alt.vconcat(above, below, spacing=18), "The network's course", "Relations, and how far from balance")
