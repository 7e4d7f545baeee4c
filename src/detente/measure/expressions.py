"""The counts of a panel as Ibis expressions, the same on DuckDB and on Spark (the `spark` extra)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from detente.measure.dyad_counts import FIGURES, MICRO

__all__ = ["are_joined", "count_parties", "counts_on", "one_telling", "with_status"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_KEYS = ("actors", "recipients", "earliest", "latest")


def count_parties(
    events: Any,
    *,
    every: str = "year",
    directed: bool = True,
    alone: bool = False,
    status: Sequence[str] = ("actual",),
    joined: bool = False,
) -> Any:
    """Return the expression of (one, two, step, events, quad_1 … quad_4, scored, score) that `add_counts` makes.

    `events` is an Ibis table in `EVENT_COLUMNS`, `joined` whether some of its rows are tellings of one happening;
    `step` the number of the period from the year 0. Figures are whole millionths, summed in the order of `add_counts`
    (acts alike in parties and dates first), so that every engine gives the same to the digit.
    """
    import ibis

    size = _MONTHS[every]
    told = with_status(one_telling(events) if joined else events, status)
    told = told.filter(told.earliest.notnull(), told.latest.notnull())
    shared = _share(_pair(_gather(told), directed, alone), size)
    weight = ibis.cases((shared.within, MICRO), else_=shared.weight).cast("int64")
    part = (shared.score * (shared.weight.cast("float64") / MICRO)).round().cast("int64")
    shared = shared.mutate(
        **{name: (shared[name] * weight).cast("int64") for name in FIGURES if name != "score"},
        score=ibis.cases((shared.within, shared.score), else_=part),
    )
    return shared.group_by("one", "two", "step").agg(**{name: shared[name].sum().cast("int64") for name in FIGURES})


def counts_on(
    events: Any,
    *,
    every: str = "year",
    directed: bool = True,
    alone: bool = False,
    status: Sequence[str] = ("actual",),
) -> pa.Table:
    """Return the counts of `count_parties` of an Ibis table, in order of parties and step, from its engine."""
    joined = are_joined(events)
    found = count_parties(events, every=every, directed=directed, alone=alone, status=status, joined=joined)
    table = found.order_by("one", "two", "step").to_pyarrow()
    return table.select(["one", "two", "step", *FIGURES]).cast(
        pa.schema([("one", pa.string()), ("two", pa.string()), *((name, pa.int64()) for name in ("step", *FIGURES))])
    )


def with_status(events: Any, status: Sequence[str]) -> Any:
    """Return the events whose status is one of `status`; one that says none is actual."""
    import ibis

    return events.filter(ibis.coalesce(events.status, "actual").isin(list(status)))


def are_joined(events: Any) -> bool:
    """Return whether some rows are tellings of a happening that another row tells of too."""
    joined = events.filter(events.canonical_id.notnull(), events.canonical_id != events.event_id).limit(1)
    return bool(joined.count().execute())


def one_telling(events: Any) -> Any:
    """Return of several tellings of a happening one that names its parties, the one whose date is tightest."""
    import ibis

    nameless = events.actors.length() == 0
    width = events.latest.delta(events.earliest, unit="day")
    window = ibis.window(
        group_by=[ibis.coalesce(events.canonical_id, events.event_id)],
        order_by=[nameless.asc(nulls_first=False), width.asc(nulls_first=False), events.event_id],
    )
    ranked = events.mutate(telling=ibis.row_number().over(window))
    return ranked.filter(ranked.telling == 0).drop("telling")


def _gather(told: Any) -> Any:
    """Return acts alike in parties and dates as one row, with their figures summed."""
    import ibis

    nobody = ibis.literal([], type="array<string>")
    told = told.select(
        "actors",
        "earliest",
        "latest",
        recipients=ibis.coalesce(told.recipients, nobody),
        quad=told.quad_class.cast("int32"),
        micro=(told.score.cast("float64") * MICRO).round().cast("int64"),
    )
    quads = {f"quad_{n}": (told.quad == n).ifelse(1, 0).sum().cast("int64") for n in (1, 2, 3, 4)}
    return told.group_by(*_KEYS).agg(
        events=told.count().cast("int64"),
        **{name: ibis.coalesce(value, 0) for name, value in quads.items()},
        scored=told.micro.count().cast("int64"),
        score=told.micro.sum().cast("int64"),
    )


def _pair(told: Any, directed: bool, alone: bool) -> Any:
    """Return a row for each pair that the acts stand between (with `alone`, for each party), once."""
    import ibis

    figures = [*_KEYS, *FIGURES]
    if alone:
        paired = told.select(*figures, one=told.actors.concat(told.recipients).unnest())
        return paired.mutate(two=ibis.null("string")).distinct()
    far = ibis.cases((told.recipients.length() == 0, told.actors), else_=told.recipients)
    paired = told.select(*figures, far=far, one=told.actors.unnest())
    paired = paired.select(*figures, "one", two=paired.far.unnest())
    paired = paired.filter(paired.one != paired.two)
    if not directed:
        lesser, greater = ibis.least(paired.one, paired.two), ibis.greatest(paired.one, paired.two)
        paired = paired.mutate(one=lesser, two=greater)
    return paired.distinct()


def _share(paired: Any, size: int) -> Any:
    """Return a row for each period that an act falls in, with its `weight` there in millionths."""
    import ibis

    first, last = (
        ((bound.year() * 12 + bound.month() - 1) // size).cast("int64") for bound in (paired.earliest, paired.latest)
    )
    shared = paired.mutate(within=first == last, step=ibis.range(first, last + 1).unnest())
    start, stop = _first_day(shared.step * size), _first_day((shared.step + 1) * size)
    begin = ibis.greatest(shared.earliest, start)
    after = ibis.least((shared.latest + ibis.interval(days=1)).cast("date"), stop)
    width = (shared.latest.delta(shared.earliest, unit="day") + 1).cast("float64")
    weight = (after.delta(begin, unit="day").cast("float64") / width * MICRO).round().cast("int64")
    return shared.mutate(weight=weight)


def _first_day(months: Any) -> Any:
    import ibis

    return ibis.date((months // 12).cast("int32"), (months % 12 + 1).cast("int32"), ibis.literal(1, "int32"))
