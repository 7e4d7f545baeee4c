"""The picture of a dyad: temperature above, each act with its quote below it, and what stood between the two."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.measure.charts import CONFLICT, COOPERATION, INK, MUTED, WIDTH, altair, finish
from detente.model import Tie

if TYPE_CHECKING:
    from detente.measure.series import Series
    from detente.measure.turning_points import TurningPoints

__all__ = ["draw_series"]

_TONE_COLOURS = {"quiet": "#F4F4F4", "cool": "#FBE3D3", "worst": "#F3B78F", "mixed": "#EFEAE2"}
_WARM_COLOURS = {"better": "#DCEBF6", "better still": "#B5D6EC"}
_MOST_EVENTS = 2000
_MOST_TIES = 14


def draw_series(course: Series, ties: Sequence[Tie] = (), turning: TurningPoints | None = None) -> Any:
    """Return the chart of `course`; with the regimes of `turning` as shades, its points as rules, `ties` as bands."""
    alt = altair()
    starts, untils = course.table.column("period").to_pylist(), course.table.column("until").to_pylist()
    span = alt.Scale(domain=[_stamp(starts[0]), _stamp(untils[-1])], nice=False)
    panels = [_temperature(alt, course, turning, span)]
    if course.events is not None and 0 < len(course.events) <= _MOST_EVENTS:
        panels.append(_acts(alt, course, span))
    bands = _tie_rows(course, ties, starts[0], untils[-1])
    if bands:
        panels.append(_bands(alt, bands, span))
    chart = alt.vconcat(*panels, spacing=22).resolve_scale(color="independent")
    first, last = starts[0].year, untils[-1].year
    subtitle = [
        f"Temperature: mean conflict-cooperation score of the acts (Goldstein scale, -10 to +10), by {course.every};"
        f" an act's weight halves every {_years(course.half_life)}"
    ]
    if turning is not None:
        subtitle.append("Shades: regimes between turning points; dashed: turning points with their likely range")
    return finish(chart, f"{' and '.join(course.names)}, {first} to {last}", subtitle)


def _years(half_life: float) -> str:
    return "year" if half_life == 1 else f"{half_life:g} years"


def _stamp(day: datetime.date) -> str:
    return day.isoformat()


def _time(alt: Any, field: str, scale: Any, labels: bool = True) -> Any:
    return alt.X(f"{field}:T", title=None, scale=scale, axis=alt.Axis(labels=labels, grid=False, tickCount=12))


def _temperature(alt: Any, course: Series, turning: TurningPoints | None, scale: Any) -> Any:
    rows = []
    untils = course.table.column("until").to_pylist()
    labels = course.table.column("label").to_pylist()
    directions = course.table.column("direction").to_pylist()
    for until, label, direction, value in zip(untils, labels, directions, course.column("temperature"), strict=True):
        known = bool(np.isfinite(value))
        rows.append(
            {
                "day": _stamp(until),
                "period": label,
                "direction": direction,
                "temperature": float(value) if known else None,
                "warm": max(float(value), 0.0) if known else None,
                "cold": min(float(value), 0.0) if known else None,
            }
        )
    base = alt.Chart(alt.Data(values=rows))
    x = _time(alt, "day", scale)
    number = alt.Axis(tickCount=6, labelExpr="datum.value > 0 ? '+' + datum.value : datum.label")
    values = [row["temperature"] for row in rows if row["temperature"] is not None]
    room = 1.75 if turning is not None else 1.1
    top, low = max([*values, 2.0]) * room, min([*values, -2.0]) * 1.1
    y_scale = alt.Scale(domain=[low, top], nice=False)
    title = "temperature"
    layers = _regimes(alt, turning, scale, low, top) if turning is not None else []
    if course.directed:
        line = base.mark_line(strokeWidth=2).encode(
            x,
            alt.Y("temperature:Q", title=title, scale=y_scale),
            alt.Color("direction:N", title=None, scale=alt.Scale(range=[COOPERATION, "#CC79A7"])),
        )
        return alt.layer(*layers, line).properties(width=WIDTH, height=210)
    for field, colour in (("warm", COOPERATION), ("cold", CONFLICT)):
        layers.append(
            base.mark_area(color=colour, opacity=0.75, line={"color": colour, "strokeWidth": 1.5}).encode(
                x,
                alt.Y(f"{field}:Q", title=title, scale=y_scale, axis=number),
                tooltip=["period:N", alt.Tooltip("temperature:Q", format="+.1f")],
            )
        )
    layers += _marks(alt, turning, scale, low, top) if turning is not None else []
    return alt.layer(*layers).properties(width=WIDTH, height=210)


def _regimes(alt: Any, turning: TurningPoints, scale: Any, low: float, top: float) -> list[Any]:
    colours = {**_TONE_COLOURS, **_WARM_COLOURS}
    rows = [
        {
            "from": _stamp(regime.first),
            "to": _stamp(regime.last + datetime.timedelta(days=1)),
            "mid": _stamp(regime.first + (regime.last - regime.first) / 2),
            "tone": regime.tone,
            "colour": colours.get(regime.tone, "#F4F4F4"),
            "low": low,
            "top": top,
        }
        for regime in turning.regimes
    ]
    base = alt.Chart(alt.Data(values=rows))
    shade = base.mark_rect(opacity=0.9).encode(
        _time(alt, "from", scale),
        x2="to:T",
        y=alt.Y("low:Q", title="temperature"),
        y2="top:Q",
        color=alt.Color("colour:N", scale=None),
    )
    label = base.mark_text(baseline="top", dy=4, fontSize=11.5, fontStyle="italic", color=INK).encode(
        _time(alt, "mid", scale), alt.Y("top:Q"), alt.Text("tone:N")
    )
    return [shade, label]


def _marks(alt: Any, turning: TurningPoints, scale: Any, low: float, top: float) -> list[Any]:
    rows = [
        {
            "day": _stamp(point.day),
            "from": _stamp(point.earliest),
            "to": _stamp(point.latest),
            "label": point.label,
            "kind": point.kind,
            "sure": point.probability,
            "low": low,
            "top": top,
            "at": top - (0.17 + 0.055 * (number % 2)) * (top - low),
        }
        for number, point in enumerate(turning.points)
    ]
    base = alt.Chart(alt.Data(values=rows))
    tips = ["label:N", "kind:N", alt.Tooltip("sure:Q", format=".0%"), "from:T", "to:T"]
    rule = base.mark_rule(strokeDash=[4, 3], color=INK, strokeWidth=1).encode(
        _time(alt, "day", scale), y="low:Q", y2="top:Q", tooltip=tips
    )
    reach = base.mark_rule(color=INK, strokeWidth=2, opacity=0.35).encode(
        _time(alt, "from", scale), x2="to:T", y="at:Q"
    )
    word = base.mark_text(align="left", baseline="middle", dx=4, dy=-6, fontSize=10.5, color=INK).encode(
        _time(alt, "day", scale), alt.Y("at:Q"), alt.Text("label:N")
    )
    chances = [
        {
            "from": _stamp(chance.first),
            "to": _stamp(chance.last),
            "mid": _stamp(chance.first + (chance.last - chance.first) / 2),
            "low": 0.0,
            "at": top * 0.34,
            "label": f"a chance lost, {_span_of_years(chance.first, chance.last)}",
            "tip": f"{', '.join(chance.opened_by)}; ended by {chance.closed_by}",
        }
        for chance in turning.chances
    ]
    if not chances:
        return [rule, reach, word]
    opening = alt.Chart(alt.Data(values=chances))
    stem = opening.mark_rule(color=INK, strokeWidth=1).encode(_time(alt, "mid", scale), y="low:Q", y2="at:Q")
    dot = opening.mark_bar(color=INK, height=4).encode(_time(alt, "from", scale), x2="to:T", y="low:Q", tooltip="tip:N")
    said = opening.mark_text(
        align="center", baseline="bottom", dy=-3, fontSize=11, fontWeight="bold", color=INK
    ).encode(_time(alt, "mid", scale), alt.Y("at:Q"), alt.Text("label:N"))
    return [rule, reach, word, stem, dot, said]


def _span_of_years(first: datetime.date, last: datetime.date) -> str:
    return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year % 100:02d}"


def _acts(alt: Any, course: Series, scale: Any) -> Any:
    frame = course.events
    assert frame is not None
    rows = []
    for row in range(len(frame)):
        if not np.isfinite(frame.score[row]):
            continue
        first, last = frame.earliest[row].astype(datetime.date), frame.latest[row].astype(datetime.date)
        record = frame.table.slice(row, 1).to_pylist()[0]
        rows.append(
            {
                "from": _stamp(first),
                "to": _stamp(last),
                "mid": _stamp(first + (last - first) / 2),
                "score": float(frame.score[row]),
                "side": "cooperation" if frame.quad[row] in (1, 2) else "conflict",
                "act": record["event_type"],
                "who": " and ".join(record["actors"])
                + (f" → {' and '.join(record['recipients'])}" if record["recipients"] else ""),
                "quote": record["quote"] or record["trigger"] or "",
            }
        )
    base = alt.Chart(alt.Data(values=rows))
    colour = alt.Color(
        "side:N",
        title=None,
        legend=None,
        scale=alt.Scale(domain=["cooperation", "conflict"], range=[COOPERATION, CONFLICT]),
    )
    axis = alt.Axis(values=[-10, -5, 0, 5, 10], labelExpr="datum.value > 0 ? '+' + datum.value : datum.label")
    y = alt.Y("score:Q", title="score", scale=alt.Scale(domain=[-10.5, 10.5]), axis=axis)
    tips = ["who:N", "act:N", alt.Tooltip("score:Q", format="+.1f"), "from:T", "to:T", "quote:N"]
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=MUTED, strokeWidth=0.7).encode(y="zero:Q")
    reach = base.mark_rule(strokeWidth=1.5, opacity=0.45).encode(_time(alt, "from", scale), y, x2="to:T", color=colour)
    dot = base.mark_circle(size=46, opacity=0.8).encode(_time(alt, "mid", scale), y, color=colour, tooltip=tips)
    return alt.layer(zero, reach, dot).properties(
        width=WIDTH, height=120, title=alt.TitleParams("Acts (a line where the date is a range)", **_small())
    )


def _small() -> dict[str, Any]:
    return {"fontSize": 12.5, "fontWeight": "normal", "color": MUTED, "anchor": "start", "offset": 6}


def _tie_rows(course: Series, ties: Sequence[Tie], first: datetime.date, last: datetime.date) -> list[dict[str, Any]]:
    rows = []
    for tie in ties:
        codes = {party.code for party in tie.parties}
        if not {course.a, course.b} <= codes:
            continue
        opened = tie.opened.when.earliest if tie.opened and tie.opened.when else None
        closed = tie.closed.when.latest if tie.closed and tie.closed.when else None
        begin, finish_ = max(opened or first, first), min(closed or last, last)
        if begin <= finish_:
            name = tie.name if len(tie.name) <= 44 else f"{tie.name[:43]}…"
            rows.append(
                {
                    "from": _stamp(begin),
                    "to": _stamp(finish_),
                    "name": f"{tie.kind}: {name}",
                    "outcome": tie.outcome,
                    "length": (finish_ - begin).days,
                    "order": begin.isoformat(),
                }
            )
    rows.sort(key=lambda row: (row["order"], row["name"]))
    return rows[:_MOST_TIES]


def _bands(alt: Any, rows: list[dict[str, Any]], scale: Any) -> Any:
    names = list(dict.fromkeys(row["name"] for row in rows))
    halfway = _halfway(scale)
    for row in rows:
        row["left"] = row["from"] > halfway
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("name:N", sort=names, title=None, axis=None)
    tips = ["name:N", "outcome:N", "from:T", "to:T"]
    bar = base.mark_bar(height=5, color=MUTED, opacity=0.85).encode(
        _time(alt, "from", scale), x2="to:T", y=y, tooltip=tips
    )
    text = {"fontSize": 10.5, "color": INK, "baseline": "bottom", "dy": -3}
    said = "datum.name + (datum.outcome ? ' (' + datum.outcome + ')' : '')"
    after = (
        base.transform_filter("!datum.left")
        .transform_calculate(said=said)
        .mark_text(align="left", **text)
        .encode(_time(alt, "from", scale), y, alt.Text("said:N"))
    )
    before = (
        base.transform_filter("datum.left")
        .transform_calculate(said=said)
        .mark_text(align="right", **text)
        .encode(_time(alt, "to", scale), y, alt.Text("said:N"))
    )
    return alt.layer(bar, after, before).properties(
        width=WIDTH, height=22 * len(names), title=alt.TitleParams("What stood between them", **_small())
    )


def _halfway(scale: Any) -> str:
    first, last = (datetime.date.fromisoformat(day) for day in scale.domain)
    return (first + (last - first) / 2).isoformat()
