"""A dyad's course: counts by quad class and type, conflict-cooperation scores and the temperature of relations."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.errors import DataTooThin, UsageError
from detente.measure.coverage import Coverage, covered_periods
from detente.measure.engines import check_engine, connect_spark
from detente.measure.events import EventFrame
from detente.measure.periods import Periods, as_day, make_periods, spread
from detente.measure.result import Result
from detente.measure.tallies import Tallies, tally_dyad, tally_on

__all__ = ["QUAD_COLUMNS", "Series", "decayed_sum", "series"]

QUAD_COLUMNS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Series(Result):
    """The course of relations between `a` and `b`.

    `table`, one row a period (and direction, where `directed`): `period` and `until` (first and last day), `label`,
    `direction` ("CHN > RUS"; "CHN - RUS" where not directed), `covered`, `events` and the four quad classes (counts;
    an event whose date is a range is shared over it), `score_sum`, `score_mean` and `temperature` (Goldstein scale;
    the mean is null where no event has a score). All figures are null where not `covered`. `types` has `period`,
    `direction`, `event_type`, `events`. `undated` counts the happenings that have no two bounds and so no place;
    `names` are the parties as they were asked for.
    """

    a: str = ""
    b: str = ""
    every: str = "quarter"
    directed: bool = False
    half_life: float = 1.0
    coverage: Coverage = ()
    undated: int = 0
    types: pa.Table = field(default_factory=lambda: pa.table({}))
    events: EventFrame | None = field(default=None, repr=False)
    names: tuple[str, str] = ("", "")

    references: ClassVar[tuple[str, ...]] = ("plover", "goldstein1992", "brandes2009")

    def column(self, name: str, direction: str | None = None) -> NDArray[np.float64]:
        """Return a column as floats, NaN where null; of one `direction` where the series is directed."""
        table = self.table
        if direction is not None:
            table = table.filter(pc.equal(table.column("direction"), direction))
        return np.array(table.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)

    @property
    def directions(self) -> tuple[str, ...]:
        """The directions the table holds."""
        return (f"{self.a} > {self.b}", f"{self.b} > {self.a}") if self.directed else (f"{self.a} - {self.b}",)

    def plot(self, ties: Sequence[Any] = (), turning_points: Any = None) -> Any:
        """Return the chart: temperature above, events below with their quotes, `ties` as bands, turning points."""
        from detente.measure.series_chart import draw_series

        return draw_series(self, ties, turning_points)

    def summary(self) -> str:
        """Return the span, the counts by class, the coldest and the warmest period in words."""
        counts = {name: float(np.nansum(self.column(name))) for name in ("events", *QUAD_COLUMNS)}
        first, last = self.coverage[0][0], self.coverage[-1][1]
        kinds = ", ".join(f"{counts[name]:.0f} {name.replace('_', ' ')}" for name in QUAD_COLUMNS)
        said = f"{' and '.join(self.names)}, {first} to {last}: {counts['events']:.0f} events ({kinds})."
        temperature = self.column("temperature")
        if np.isfinite(temperature).any():
            labels = self.table.column("label").to_pylist()
            low, high = int(np.nanargmin(temperature)), int(np.nanargmax(temperature))
            said += (
                f" Temperature was lowest in {labels[low]} ({temperature[low]:+.1f})"
                f" and highest in {labels[high]} ({temperature[high]:+.1f})."
            )
        if self.undated:
            said += f" {self.undated} more without a bounded date are left out."
        return said


def series(
    events: Any,
    a: str,
    b: str,
    *,
    every: str = "quarter",
    directed: bool = False,
    start: datetime.date | str | int | None = None,
    end: datetime.date | str | int | None = None,
    half_life: float = 1.0,
    status: Sequence[str] = ("actual",),
    coverage: Coverage | None = None,
    engine: str = "duckdb",
) -> Series:
    """Return the series of dealings between `a` and `b` (names or codes).

    `events`: Arrow, Parquet or DuckDB in `EVENT_COLUMNS`. `every`: day, week, month, quarter, year or decade.
    Undirected, each happening counts once; directed, it counts for the direction it has, a two-sided act once in
    each. An event whose date is a range is shared over the periods by days, so that a column sums to the number of
    events. `start` and `end` (inclusive) narrow the span; periods that `coverage` (default: the spans of the dyad's
    own documents and data sets) does not touch are null.

    Temperature is the decayed mean score, on Goldstein's scale (-10 to 10): T(t) = S(t) / (1 + N(t)), where the sum of
    scores and the number of scored acts each fade, X(t) = X(t-1) · 2^(-d/h) + x(t), with d the days of a period and
    h the `half_life` in years (the decay of Brandes, Lerner and Snijders 2009). The 1 is one act of score 0, so that
    relations go back to neutral as the evidence fades.

    `engine` "spark" counts the acts of Parquet files as a Spark job (the `spark` extra): the figures are the same to
    the digit, the result holds no single `events`, and so the chart has no quotes.

    DataTooThin where no dated event is left, or the span lies outside coverage; EntityError for an unknown party.

    >>> series(record_events, "China", "Soviet Union", every="year").summary()  # doctest: +SKIP
    """
    if half_life <= 0:
        raise UsageError(f"half_life={half_life}: expected years above 0")
    check_engine(engine)
    told = tally_on(connect_spark(), events, a, b, status) if engine == "spark" else tally_dyad(events, a, b, status)
    one, other = told.parties
    covered = tuple(coverage) if coverage is not None else told.coverage
    if not covered or not len(told.tallies):
        raise DataTooThin(f"{one} and {other}: {len(told.tallies)} dated events; a series needs at least 1")
    first, last = _bounds(covered, told.tallies, start, end)
    periods = make_periods(every, first, last)
    parts = [(f"{one} - {other}", told.tallies)]
    if directed:
        there, back = told.tallies.take(told.tallies.forward), told.tallies.take(told.tallies.backward)
        parts = [(f"{one} > {other}", there), (f"{other} > {one}", back)]
    known = covered_periods(covered, periods)
    tables = [_measure(part, direction, periods, known, half_life) for direction, part in parts]
    types = [_count_types(part, direction, periods) for direction, part in parts]
    return Series(
        pa.concat_tables(tables),
        one,
        other,
        every,
        directed,
        half_life,
        covered,
        told.undated,
        pa.concat_tables(types),
        told.frame,
        (a, b),
    )


def _bounds(
    coverage: Coverage,
    acts: Tallies,
    start: datetime.date | str | int | None,
    end: datetime.date | str | int | None,
) -> tuple[datetime.date, datetime.date]:
    begin, finish = as_day(start, "start"), as_day(end, "end", last=True)
    low = min(coverage[0][0], acts.earliest.min().astype(datetime.date))
    high = max(coverage[-1][1], acts.latest.max().astype(datetime.date))
    first, last = begin or low, finish or high
    if first > last and begin and finish:
        raise UsageError(f"from {first} to {last}: the first day comes after the last")
    if first > high or last < low:
        raise DataTooThin(f"{first if begin else '…'} to {last if finish else '…'}: the record covers {low} to {high}")
    return first, last


def decayed_sum(values: NDArray[np.float64], days: NDArray[np.float64], half_life_days: float) -> NDArray[np.float64]:
    """Return T with T[t] = T[t-1] · 2^(-days[t] / half_life_days) + values[t].

    >>> decayed_sum(np.array([8.0, 0.0, 0.0]), np.ones(3), 1.0).tolist()
    [8.0, 4.0, 2.0]
    """
    kept = 0.0
    result = np.empty(len(values))
    for step, (value, fade) in enumerate(zip(values, np.exp2(-days / half_life_days), strict=True)):
        kept = kept * fade + value
        result[step] = kept
    return result


def _measure(acts: Tallies, direction: str, periods: Periods, covered: NDArray[np.bool_], half_life: float) -> pa.Table:
    event, period, weight = spread(acts.earliest, acts.latest, periods)
    weight = weight * acts.count[event]
    size = len(periods)
    counts = np.bincount(period, weight, size).astype(float)  # whole numbers where there is no event
    known = covered | (counts > 0)
    scored = np.isfinite(acts.score[event])
    score = np.where(scored, acts.score[event], 0.0)
    total = np.bincount(period, weight * score, size).astype(float)
    scored_weight = np.bincount(period, weight * scored, size).astype(float)
    days = (periods.edges[1:] - periods.edges[:-1]).astype(float)
    columns: dict[str, Any] = {
        "period": pa.array(periods.starts),
        "until": pa.array(periods.ends),
        "label": pa.array([periods.label(number) for number in range(size)]),
        "direction": pa.array([direction] * size),
        "covered": pa.array(known),
        "events": pa.array(counts, mask=~known),
    }
    for number, name in enumerate(QUAD_COLUMNS, start=1):
        of_class = np.bincount(period, weight * (acts.quad[event] == number), size).astype(float)
        columns[name] = pa.array(of_class, mask=~known)
    columns["score_sum"] = pa.array(total, mask=~known)
    mean = np.divide(total, scored_weight, out=np.zeros(size), where=scored_weight > 0)
    columns["score_mean"] = pa.array(mean, mask=~known | (scored_weight <= 0))
    fade = half_life * _DAYS_A_YEAR
    temperature = decayed_sum(total, days, fade) / (1 + decayed_sum(scored_weight, days, fade))
    columns["temperature"] = pa.array(temperature, mask=~known)
    return pa.table(columns)


def _count_types(acts: Tallies, direction: str, periods: Periods) -> pa.Table:
    event, period, weight = spread(acts.earliest, acts.latest, periods)
    counts: dict[tuple[int, str], float] = {}
    for row, step, share in zip(event, period, weight * acts.count[event], strict=True):
        key = int(step), acts.kind[row] or ""
        counts[key] = counts.get(key, 0.0) + float(share)
    ordered = sorted(counts)
    return pa.table(
        {
            "period": pa.array(periods.starts[[step for step, _ in ordered]]),
            "direction": pa.array([direction] * len(ordered), pa.string()),
            "event_type": pa.array([kind or None for _, kind in ordered], pa.string()),
            "events": pa.array([counts[key] for key in ordered], pa.float64()),
        }
    )
