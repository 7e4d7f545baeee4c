"""The stretches between turning points, and their tone."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.measure.series import Series

__all__ = ["Regime", "split_regimes"]


@dataclass(frozen=True, slots=True)
class Regime:
    """A stretch between two turning points: `first` to `last` day, acts of cooperation and of conflict a year, the
    score a year and `tone`: "quiet", "worst" (the lowest score of all), "cool", "mixed", "better" or "better still".
    """

    first: datetime.date
    last: datetime.date
    cooperation: float
    conflict: float
    score: float
    tone: str


def split_regimes(
    course: Series, counts: NDArray[np.float64], covered: NDArray[np.bool_], places: tuple[int, ...]
) -> tuple[Regime, ...]:
    """Return the regimes of `course` that begin at the periods `places`.

    `counts` has the acts of cooperation and of conflict a period, `covered` whether the period is covered.
    """
    starts, untils = course.table.column("period").to_pylist(), course.table.column("until").to_pylist()
    score = np.nan_to_num(course.column("score_sum"))
    edges = [0, *places, len(counts)]
    figures = []
    for first, last in itertools.pairwise(edges):
        part = slice(first, last)
        days = sum((untils[i] - starts[i]).days + 1 for i in range(first, last) if covered[i])
        years = max(days / 365.25, 1e-9)
        cooperation, conflict = counts[part].sum(axis=0) / years
        figures.append((starts[first], untils[last - 1], cooperation, conflict, float(score[part].sum()) / years))
    worst = min(figure[4] for figure in figures)
    regimes: list[Regime] = []
    for figure in figures:
        tone = _tone(figure[2], figure[3])
        if figure[4] == worst and worst < 0 and tone != "better":
            tone = "worst"
        if tone == "better" and regimes and regimes[-1].tone.startswith("better") and figure[4] > regimes[-1].score:
            tone = "better still"
        regimes.append(Regime(*figure, tone))
    return tuple(regimes)


def _tone(cooperation: float, conflict: float) -> str:
    acts = cooperation + conflict
    if acts < 0.25:
        return "quiet"
    share = cooperation / acts
    return "better" if share >= 0.6 else "mixed" if share >= 0.4 else "cool"
