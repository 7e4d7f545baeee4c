"""The counts of a panel as Ibis expressions, the same on DuckDB and on Spark (the `spark` extra)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa

from detente.errors import UsageError

__all__ = ["connect_spark", "count_dyads", "counts_on"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MICRO = 1_000_000


def count_dyads(events: Any, *, every: str = "year") -> Any:
    """Return the expression of (one, two, step, events, quad_1 … quad_4, scored, score) of directed dyads.

    `events` is an Ibis table in `EVENT_COLUMNS`; `step` the number of the period from the year 0; figures are whole
    millionths, so that every engine gives the same to the digit. Two-sided acts count once in each direction, acts
    whose date is a range are shared by days; acts that are not actual or have no two bounds are left out.
    """
    import ibis

    size = _MONTHS[every]
    told = events.filter(
        ibis.coalesce(events.status, "actual") == "actual", events.earliest.notnull(), events.latest.notnull()
    )
    far = ibis.cases((told.recipients.length() == 0, told.actors), else_=told.recipients)
    told = told.select(
        "earliest",
        "latest",
        "actors",
        quad=told.quad_class.cast("int32"),
        score=told.score.cast("float64"),
        far=far,
        first=((told.earliest.year() * 12 + told.earliest.month() - 1) // size).cast("int64"),
        last=((told.latest.year() * 12 + told.latest.month() - 1) // size).cast("int64"),
    )
    told = told.select("earliest", "latest", "quad", "score", "far", "first", "last", one=told.actors.unnest())
    told = told.select("earliest", "latest", "quad", "score", "first", "last", "one", two=told.far.unnest())
    told = told.filter(told.one != told.two)
    steps = ibis.range(told["first"], told["last"] + 1).unnest()
    told = told.select("earliest", "latest", "quad", "score", "one", "two", step=steps)
    start = _first_day(told.step * size)
    stop = _first_day((told.step + 1) * size)
    begin = ibis.greatest(told.earliest, start)
    after = ibis.least(told.latest + ibis.interval(days=1), stop).cast("date")
    width = (told.latest.delta(told.earliest, unit="day") + 1).cast("float64")
    weight = (after.delta(begin, unit="day") / width * _MICRO).round().cast("int64")
    told = told.select("quad", "one", "two", "step", "score", weight=weight)
    scored = (told.score * told.weight).round().cast("int64")
    told = told.mutate(scored_score=scored)
    quads = {f"quad_{n}": ibis.coalesce(told.weight.sum(where=told.quad == n), 0).cast("int64") for n in (1, 2, 3, 4)}
    return told.group_by("one", "two", "step").agg(
        events=told.weight.sum().cast("int64"),
        **quads,
        scored=ibis.coalesce(told.weight.sum(where=told.score.notnull()), 0).cast("int64"),
        score=told.scored_score.sum().cast("int64"),
    )


def counts_on(engine: Any, path: Path | str, *, every: str = "year") -> pa.Table:
    """Return the counts of `count_dyads` of Parquet files, in order of dyad and step, from an Ibis connection."""
    found = count_dyads(engine.read_parquet(str(path)), every=every)
    table = found.order_by("one", "two", "step").to_pyarrow()
    order = ["one", "two", "step", "events", "quad_1", "quad_2", "quad_3", "quad_4", "scored", "score"]
    return table.select(order)


def connect_spark(session: Any = None) -> Any:
    """Return an Ibis connection to `session`, or to a local Spark session of its own.

    UsageError where the `spark` extra is not installed.
    """
    try:
        import ibis
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("Spark needs pyspark and ibis: install detente[spark]") from error
    if session is None:
        # Workers of a local session run this very Python; on a cluster its own setting holds.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        session = (
            SparkSession.builder.appName("detente")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "false")
            .getOrCreate()
        )
    return ibis.pyspark.connect(session)


def _first_day(months: Any) -> Any:
    import ibis

    return ibis.date((months // 12).cast("int32"), (months % 12 + 1).cast("int32"), ibis.literal(1, "int32"))
