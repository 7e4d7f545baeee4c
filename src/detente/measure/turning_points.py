"""Where a dyad's course turns: exact change points with their uncertainty, and the events that fall on them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import DataTooThin, UsageError
from detente.measure.chances import Chance, find_chances
from detente.measure.changepoints import ChangePoints, find_changes, normal_evidence, poisson_evidence
from detente.measure.regimes import Regime, split_regimes
from detente.measure.result import Result
from detente.measure.series import Series, series

__all__ = ["Chance", "Regime", "TurningPoint", "TurningPoints", "turning_points"]

MODELS = ("poisson", "normal", "pelt")
_DENSE = 8.0  # events a period above which counts are treated as a continuous quantity
_MOST_STEPS = 1500


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A change: the first day of the new regime, the days its credible interval spans, the probability that there is a
    change about there at all (None where the method gives none), "better", "worse" or "quieter", and the events."""

    day: datetime.date
    label: str
    earliest: datetime.date
    latest: datetime.date
    probability: float | None
    kind: str
    events: pa.Table = field(repr=False)


@dataclass(frozen=True)
class TurningPoints(Result):
    """The turning points of a dyad.

    `table`, one row a turning point: `day` (first of the new regime), `label`, `earliest`, `latest` (of the credible
    interval of mass `level`; null for "pelt"), `probability`, `kind`, `cooperation_before`, `cooperation_after`,
    `conflict_before`, `conflict_after` (acts a year), `score_before`, `score_after` (a year) and `evidence` (list of
    words and quotes of the events that fall on it). `course` is the series it rests on.
    """

    points: tuple[TurningPoint, ...] = ()
    regimes: tuple[Regime, ...] = ()
    chances: tuple[Chance, ...] = ()
    number_probability: tuple[float, ...] = ()
    model: str = "poisson"
    level: float = 0.9
    course: Series | None = None

    references: ClassVar[tuple[str, ...]] = ("fearnhead2006", "chib1998", "goldstein1992")

    def cite(self) -> str:
        """Return the references; those of PELT where it was the model."""
        from detente.measure.sources import cite

        return cite("killick2012", "truong2020", "goldstein1992") if self.model == "pelt" else super().cite()

    def plot(self, ties: Sequence[Any] = ()) -> Any:
        """Return the chart of the course with regimes, turning points, lost chances and `ties`."""
        if self.course is None:
            raise UsageError("these turning points hold no series to draw")
        return self.course.plot(ties, self)

    def summary(self) -> str:
        """Return the regimes in order, the turning points with their intervals, and the chances lost, in words."""
        if self.course is None or not self.regimes:
            return "No series."
        who = " and ".join(self.course.names)
        told = [
            f"{regime.first.year} to {regime.last.year}: {regime.tone}"
            f" ({regime.cooperation:.1f} acts of cooperation and {regime.conflict:.1f} of conflict a year)"
            for regime in self.regimes
        ]
        lines = [f"{who}: {'; '.join(told)}."]
        for point in self.points:
            sure = (
                ""
                if point.probability is None
                else f" ({point.earliest:%Y-%m} to {point.latest:%Y-%m}; {point.probability:.0%} sure of a change)"
            )
            lines.append(f"Turns {point.kind} in {point.label}{sure}.")
        lines += [
            f"A chance lost, {chance.first:%Y-%m} to {chance.last:%Y-%m}:"
            f" {', '.join(chance.opened_by)}, ended by {chance.closed_by}."
            for chance in self.chances
        ]
        return " ".join(lines)


def turning_points(
    events: Any,
    a: str,
    b: str,
    *,
    every: str = "quarter",
    model: str = "auto",
    most: int = 10,
    expected: float | None = None,
    level: float = 0.9,
    least: int | None = None,
    start: datetime.date | str | int | None = None,
    end: datetime.date | str | int | None = None,
    status: Sequence[str] = ("actual",),
    half_life: float = 1.0,
) -> TurningPoints:
    """Return where the dealings of `a` and `b` change, with credible intervals and the events on each change.

    The acts of cooperation and of conflict a period are modelled together. `model` "poisson" (exact Bayesian, for
    sparse counts), "normal" (the same on the square roots of dense counts), "pelt" (ruptures, no intervals) or "auto"
    (by the density). `most` is the largest number of changes, `expected` the mean of the Poisson prior of
    their number (default: one in five years, at least one), `least` the shortest regime in periods (default: a year),
    `level` the mass of the intervals. Other arguments as for `series`.

    DataTooThin below 5 dated events or 4 covered periods.
    """
    if model not in ("auto", *MODELS):
        raise UsageError(f"model={model!r}: expected auto, {', '.join(MODELS)}")
    if not 0 < level < 1:
        raise UsageError(f"level={level}: expected a probability between 0 and 1")
    course = series(events, a, b, every=every, start=start, end=end, status=status, half_life=half_life)
    covered = np.array(course.table.column("covered").to_pylist(), bool)
    counts = np.nan_to_num(_sides(course))
    if counts.sum() < 5 or covered.sum() < 4:
        raise DataTooThin(
            f"{course.a} and {course.b}: {counts.sum():.0f} events in {covered.sum()} covered periods;"
            " turning points need at least 5 events and 4 periods"
        )
    if len(counts) > _MOST_STEPS:
        raise UsageError(f"{len(counts)} periods of a {every}: choose a longer one (at most {_MOST_STEPS} periods)")
    if model == "auto":
        model = "normal" if counts[covered].sum(axis=1).mean() > _DENSE else "poisson"
    spacing = least if least is not None else {"day": 30, "week": 26, "month": 12, "quarter": 4}.get(every, 1)
    hoped = expected or max(1.0, _years(course) / 5)
    if model == "pelt":
        found = _find_with_pelt(counts, spacing, most)
    else:
        found = _find(counts, covered.astype(float), model, most, hoped, level, spacing)
    found = replace(found, places=_settle(found, counts))
    regimes = split_regimes(course, counts, covered, found.places)
    points = tuple(_point(course, found, number, regimes, model) for number in range(len(found.places)))
    chances = find_chances(course, regimes)
    return TurningPoints(
        _table(points, regimes),
        points,
        regimes,
        chances,
        tuple(float(value) for value in found.number_probability),
        model,
        level,
        course,
    )


def _sides(course: Series) -> NDArray[np.float64]:
    cooperation = course.column("verbal_cooperation") + course.column("material_cooperation")
    conflict = course.column("verbal_conflict") + course.column("material_conflict")
    return np.stack([cooperation, conflict], axis=1)


def _years(course: Series) -> float:
    starts, untils = course.table.column("period").to_pylist(), course.table.column("until").to_pylist()
    return float((untils[-1] - starts[0]).days / 365.25)


def _find(
    counts: NDArray[np.float64],
    exposure: NDArray[np.float64],
    model: str,
    most: int,
    expected: float,
    level: float,
    spacing: int,
) -> ChangePoints:
    evidence = (
        poisson_evidence(counts, exposure)
        if model == "poisson"
        else normal_evidence(np.sqrt(counts + 3 / 8), exposure)  # Anscombe's transform: near constant variance
    )
    return find_changes(evidence, most, expected, level, spacing)


def _settle(found: ChangePoints, counts: NDArray[np.float64]) -> tuple[int, ...]:
    """Move each change that opens on empty periods to the first period with acts, while its interval allows it.

    Where nothing happens for a time, its places are about as likely as each other: the one with evidence is shown.
    """
    busy = counts.sum(axis=1)
    places = list(found.places)
    edges = [*found.places[1:], len(counts)]
    for number, (place, (_, high)) in enumerate(zip(found.places, found.intervals, strict=True)):
        if busy[place : edges[number]].sum() < 0.5:  # a regime that is quiet begins where it falls quiet
            continue
        acts = np.flatnonzero(busy[place : min(high + 1, edges[number])] >= 0.25)
        places[number] = place + int(acts[0]) if len(acts) else place
    return tuple(places)


def _find_with_pelt(counts: NDArray[np.float64], spacing: int, most: int) -> ChangePoints:
    try:
        import ruptures
    except ImportError as error:
        raise UsageError("model='pelt' needs ruptures: pip install ruptures (Python below 3.14)") from error
    signal = np.sqrt(counts + 3 / 8)
    penalty = 2 * np.log(len(signal)) * signal.var(axis=0).sum()
    ends = ruptures.Pelt(model="l2", min_size=max(spacing, 1), jump=1).fit(signal).predict(pen=penalty)
    places = tuple(int(end) for end in ends[:-1])[:most]
    number = np.zeros(len(places) + 1)
    number[-1] = 1.0
    marginal = np.zeros(len(counts))
    marginal[list(places)] = 1.0
    return ChangePoints(number, places, (1.0,) * len(places), tuple((p, p) for p in places), marginal)


def _point(course: Series, found: ChangePoints, number: int, regimes: tuple[Regime, ...], model: str) -> TurningPoint:
    starts, untils = course.table.column("period").to_pylist(), course.table.column("until").to_pylist()
    place = found.places[number]
    low, high = found.intervals[number]
    low, high = min(low, place), max(min(high, len(starts) - 1), place)
    before, after = regimes[number], regimes[number + 1]
    kind = "quieter" if after.tone == "quiet" else "better" if after.score > before.score else "worse"
    return TurningPoint(
        starts[place],
        course.table.column("label")[place].as_py(),
        starts[low],
        untils[high],
        None if model == "pelt" else found.certainty[number],
        kind,
        _evidence(course, starts[place], untils[place], kind),
    )


def _evidence(course: Series, first: datetime.date, last: datetime.date, kind: str) -> pa.Table:
    """Return the events of the new regime's first year that speak for the change, dated tightest first."""
    frame = course.events
    assert frame is not None
    until = np.datetime64(max(last, first + datetime.timedelta(days=365)), "D")
    falls = (frame.latest >= np.datetime64(first, "D")) & (frame.earliest <= until)
    falls &= (frame.latest - frame.earliest).astype(int) <= 3 * 366
    wanted = np.isin(frame.quad, (3, 4) if kind == "worse" else (1, 2))
    rows = np.flatnonzero(falls & wanted)
    if not len(rows):
        rows = np.flatnonzero(falls)
    order = np.lexsort((frame.earliest[rows].astype(int), (frame.latest - frame.earliest)[rows].astype(int)))
    return frame.take(rows[order]).table


def _words(table: pa.Table, row: int) -> str:
    for column in ("content", "trigger", "event_type"):
        value = table.column(column)[row].as_py()
        if value:
            return str(value)
    return "an act"


def _table(points: tuple[TurningPoint, ...], regimes: tuple[Regime, ...]) -> pa.Table:
    columns: dict[str, Any] = {
        "day": pa.array([point.day for point in points], pa.date32()),
        "label": pa.array([point.label for point in points], pa.string()),
        "earliest": pa.array([None if p.probability is None else p.earliest for p in points], pa.date32()),
        "latest": pa.array([None if p.probability is None else p.latest for p in points], pa.date32()),
        "probability": pa.array([point.probability for point in points], pa.float64()),
        "kind": pa.array([point.kind for point in points], pa.string()),
    }
    for name in ("cooperation", "conflict", "score"):
        before = [getattr(regime, name) for regime in regimes[:-1]]
        after = [getattr(regime, name) for regime in regimes[1:]]
        columns[f"{name}_before"] = pa.array(before[: len(points)], pa.float64())
        columns[f"{name}_after"] = pa.array(after[: len(points)], pa.float64())
    columns["evidence"] = pa.array(
        [[_quote(point.events, row) for row in range(min(5, point.events.num_rows))] for point in points],
        pa.list_(pa.string()),
    )
    return pa.table(columns)


def _quote(table: pa.Table, row: int) -> str:
    quote = table.column("quote")[row].as_py()
    return f"{_words(table, row)}: {quote}" if quote else _words(table, row)
