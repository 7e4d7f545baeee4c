"""The line an account moves along: which of its dates follow each other, and which only look back or ahead.

A date without a year ("On August 28") is of the year that lets the account go on most smoothly from the date before to
the date after; a date far off the line ("the 1967 borders") is one it names in passing. Both are settled together, by
the cheapest path through all the dates of a document (Viterbi; a few of the best paths are kept at each date).
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.model import BoundedDate

__all__ = ["Mark", "Reading", "Step", "draw_line"]

KEPT = 6
"""Paths kept at each date."""
MONTH = 30.0
_FURTHEST = 3.2
"""The cost of a leap, however far: about two years."""
_BACK, _FRESH = 1.5, 0.7
"""How much dearer it is to go back than on, within a paragraph and at its first date."""


Reading = Callable[[BoundedDate | None, BoundedDate | None], Sequence[BoundedDate]]
"""What a phrase can mean, given where the account is and the date named before it in the same sentence."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A date phrase on its way into the line: what it can mean, given where the account is, and how dear it is.

    `passing` is the cost of taking it for a date named in passing; 0 keeps it off the line always. `fresh` marks the
    first date of a paragraph that names its year, where an account goes back more readily.
    """

    read: Reading
    sentence: int
    passing: float
    fresh: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What a mark was taken to mean, whether the line goes through it, and where the line was before."""

    when: BoundedDate | None
    on_line: bool
    before: BoundedDate | None


@dataclass(slots=True)
class _Path:
    cost: float
    now: BoundedDate | None
    named: BoundedDate | None
    sentence: int
    step: Step | None
    back: _Path | None


def draw_line(marks: Sequence[Mark], start: BoundedDate | None) -> list[Step]:
    """Return what each of `marks` means on the cheapest line from `start`."""
    paths = [_Path(0.0, start, start, -1, None, None)]
    for mark in marks:
        onward: dict[tuple[object, ...], _Path] = {}
        for path in paths:
            for following in _go_on(path, mark):
                key = _place(following.now), _place(following.named)
                if key not in onward or following.cost < onward[key].cost:
                    onward[key] = following
        paths = sorted(onward.values(), key=lambda path: path.cost)[:KEPT]
    steps: list[Step] = []
    last: _Path | None = paths[0]
    while last is not None and last.step is not None:
        steps.append(last.step)
        last = last.back
    return steps[::-1]


def _place(when: BoundedDate | None) -> tuple[object, object] | None:
    return (when.earliest, when.latest) if when else None


def _go_on(path: _Path, mark: Mark) -> list[_Path]:
    named = path.named if path.sentence == mark.sentence else None
    readings = mark.read(path.now, named)
    if not readings:
        return [_Path(path.cost, path.now, path.named, path.sentence, Step(None, False, path.now), path)]
    onward = []
    for when in readings:
        gap = _gap(path.now, when, _FRESH if mark.fresh else _BACK)
        if mark.passing:
            step = Step(when, True, path.now)
            onward.append(_Path(path.cost + gap, when, when, mark.sentence, step, path))
        step = Step(when, False, path.now)
        aside = path.cost + mark.passing + (0.0 if len(readings) == 1 else gap)
        onward.append(_Path(aside, path.now or when, when, mark.sentence, step, path))
    return onward


def _gap(now: BoundedDate | None, when: BoundedDate, back: float) -> float:
    """Return the cost of going on from one date to another: nothing while they overlap, more to go back than on."""
    if now is None:
        return 0.0
    if when.earliest and now.latest and when.earliest > now.latest:
        return min(math.log1p(_days(now.latest, when.earliest) / MONTH), _FURTHEST)
    if when.latest and now.earliest and when.latest < now.earliest:
        return back * min(0.5 + math.log1p(_days(when.latest, now.earliest) / MONTH), _FURTHEST)
    return 0.0


def _days(first: datetime.date, last: datetime.date) -> int:
    return (last - first).days
