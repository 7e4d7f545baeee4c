"""The chart of cooperation and conflict: drawn on the server as bars, and as a Vega-Lite specification to explore."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from detente.refdata.plover import quad_classes

__all__ = ["Bar", "Bars", "draw_bars", "write_vega_lite"]

WIDTH, HEIGHT, MARGIN = 960.0, 260.0, 40.0
COLOURS = {1: "#8fbcbb", 2: "#1f6f78", 3: "#e0a27e", 4: "#a63a1b"}
"""Light for words, dark for deeds; told apart also without red and green."""

Years = Sequence[tuple[int | None, int | None, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """The events of one class in one year: the outline of a rectangle as an SVG path, and what it says in words."""

    outline: str
    said: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing: its bars by quad class, the height of its zero line, its ticks (place, label), the place of the day
    asked for, and its table: (year, events of classes 1 to 4)."""

    bars: dict[int, list[Bar]]
    zero: float
    years: tuple[tuple[float, int], ...]
    counts: tuple[tuple[float, int], ...]
    marker: float | None
    table: tuple[tuple[int, tuple[int, int, int, int]], ...]
    width: float = WIDTH
    height: float = HEIGHT


def draw_bars(years: Years, day: datetime.date) -> Bars | None:
    """Return the bars of the events a year, cooperation above the line and conflict below; None without any."""
    counts = _by_year(years)
    if not counts:
        return None
    first, last = min(counts), max(counts)
    step = (WIDTH - MARGIN) / (last - first + 1)
    up = max(row[0] + row[1] for row in counts.values())
    down = max(row[2] + row[3] for row in counts.values())
    scale = (HEIGHT - 50) / max(1, up + down)
    zero = 12 + up * scale
    bars: dict[int, list[Bar]] = {kind: [] for kind in COLOURS}
    for year, row in sorted(counts.items()):
        x = MARGIN + (year - first) * step
        for near, far, sign in ((2, 1, -1), (4, 3, 1)):
            inner, outer = row[near - 1] * scale, row[far - 1] * scale
            top = zero - inner if sign < 0 else zero
            for kind, y, height in ((near, top, inner), (far, top - outer if sign < 0 else zero + inner, outer)):
                if row[kind - 1]:
                    bars[kind].append(_bar(f"{year}: {row[kind - 1]} {quad_classes()[kind]}", x, y, step, height))
    place = day.year + (day.timetuple().tm_yday - 1) / 366
    marker = MARGIN + (place - first) * step if first <= place <= last + 1 else None
    gap = next((gap for gap in (1, 2, 5, 10, 20, 50, 100) if (last - first) / gap <= 10), 200)
    ticks = tuple((MARGIN + (year - first + 0.5) * step, year) for year in range(first, last + 1) if year % gap == 0)
    marks = tuple((zero - sign * count * scale, count) for sign, count in ((1, up), (-1, down)) if count)
    table = tuple((year, row) for year, row in sorted(counts.items()))
    return Bars(bars, zero, ticks, marks, marker, table)


def _bar(said: str, x: float, y: float, step: float, height: float) -> Bar:
    width = max(1.0, min(step * 0.8, 26))
    return Bar(f"M{x + (step - width) / 2:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z", said)


def _by_year(years: Years) -> dict[int, tuple[int, int, int, int]]:
    counts: dict[int, list[int]] = {}
    for year, kind, events in years:
        if year is not None and kind in COLOURS:
            counts.setdefault(year, [0, 0, 0, 0])[kind - 1] += events
    return {year: (row[0], row[1], row[2], row[3]) for year, row in counts.items()}


def write_vega_lite(years: Years, title: str) -> bytes:
    """Return the same chart as a Vega-Lite specification (version 6), with its data in it."""
    values = [
        {"year": year, "class": quad_classes()[kind + 1], "events": count if kind < 2 else -count, "count": count}
        for year, row in sorted(_by_year(years).items())
        for kind, count in enumerate(row)
        if count
    ]
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": f"Events a year between {title}: cooperation above the line, conflict below.",
        "width": "container",
        "height": 260,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "transparent",
        "data": {"values": values},
        "params": [{"name": "years", "select": {"type": "interval", "encodings": ["x"]}, "bind": "scales"}],
        "mark": {"type": "bar", "tooltip": True, "clip": True},
        "encoding": {
            "x": {"field": "year", "type": "quantitative", "title": None, "axis": {"format": "d", "grid": False}},
            "y": {"field": "events", "type": "quantitative", "title": "conflict · cooperation"},
            "color": {
                "field": "class", "type": "nominal", "title": None, "legend": {"orient": "bottom"},
                "scale": {"domain": list(quad_classes().values()), "range": list(COLOURS.values())},
            },
            "tooltip": [{"field": "year", "format": "d"}, {"field": "class"}, {"field": "count", "title": "events"}],
        },
    }  # fmt: skip
    return json.dumps(specification, ensure_ascii=False).encode()
