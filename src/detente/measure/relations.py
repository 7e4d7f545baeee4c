"""How each two parties stand on a day: the faded scores of their acts and the ties between them, as one number."""

from __future__ import annotations

import datetime
import itertools
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from detente.errors import UsageError
from detente.measure.events import EventFrame
from detente.model import Tie

__all__ = ["Acts", "Relations", "gather_acts", "relate", "standing_ties", "tie_scores"]

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Acts:
    """Every pair of parties of every scored, dated event, once a pair: row of the event, the two parties' numbers, the
    day it is reckoned from (the middle of its bounds) and its score."""

    parties: tuple[str, ...]
    event: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    day: NDArray[np.float64]
    score: NDArray[np.float64]


@dataclass(frozen=True)
class Relations:
    """How `actors` stand: `score[i, j]` (-10 to 10, symmetric), `weight[i, j]` the faded number of acts behind it."""

    actors: tuple[str, ...]
    score: NDArray[np.float64]
    weight: NDArray[np.float64]


@cache
def tie_scores() -> dict[str, tuple[float, float]]:
    """Return the score and weight of each kind of tie while it stands.

    >>> tie_scores()["war"]
    (-10.0, 2.0)
    """
    rows = tomllib.loads(files("detente.measure").joinpath("data/tie_scores.toml").read_text(encoding="utf-8"))
    return {kind: (row["score"], row["weight"]) for kind, row in rows.items()}


def gather_acts(frame: EventFrame) -> Acts:
    """Return the acts of `frame` as pairs: an actor with each recipient, or the actors of a two-sided act together."""
    keep = np.flatnonzero(frame.dated & np.isfinite(frame.score))
    actors, recipients = frame.table.column("actors").to_pylist(), frame.table.column("recipients").to_pylist()
    rows: list[tuple[int, str, str]] = []
    for row in keep.tolist():
        if recipients[row]:
            pairs = {tuple(sorted((a, b))) for a in actors[row] for b in recipients[row] if a != b}
        else:
            pairs = set(itertools.combinations(sorted(set(actors[row])), 2))
        rows += [(row, a, b) for a, b in sorted(pairs)]
    parties = tuple(sorted({name for _, a, b in rows for name in (a, b)}))
    number = {name: place for place, name in enumerate(parties)}
    event = np.array([row for row, _, _ in rows], np.int64)
    middle = (frame.earliest.astype(np.int64) + frame.latest.astype(np.int64)) / 2
    return Acts(
        parties,
        event,
        np.array([number[a] for _, a, _ in rows], np.int64),
        np.array([number[b] for _, _, b in rows], np.int64),
        middle[event],
        frame.score[event],
    )


def standing_ties(ties: Iterable[Tie], on: datetime.date) -> list[Tie]:
    """Return the ties that may stand on that day: opened by then (or older than the record) and not yet closed."""
    return [
        tie
        for tie in ties
        if not (tie.opened and tie.opened.when and tie.opened.when.earliest and tie.opened.when.earliest > on)
        and not (tie.closed and tie.closed.when and tie.closed.when.latest and tie.closed.when.latest < on)
    ]


def relate(
    acts: Acts,
    ties: Sequence[Tie],
    on: datetime.date,
    actors: Sequence[str],
    half_life: float = 3.0,
    times: NDArray[np.float64] | None = None,
) -> Relations:
    """Return how `actors` stand on the day `on`.

    score = Σ w·s / (1 + Σ w), over acts up to that day with w = 2^(-age / half_life in years), and over standing ties
    with the weight and score of their kind. The 1 is one act of score 0: thin evidence stays near 0. `times` says how
    often each event counts (a bootstrap sample); once where not given.
    """
    if half_life <= 0:
        raise UsageError(f"half_life={half_life}: expected years above 0")
    size = len(actors)
    place = {code: number for number, code in enumerate(actors)}
    known = np.array([place.get(code, -1) for code in acts.parties], np.int64)
    first, second = (known[side] if len(acts.parties) else side for side in (acts.first, acts.second))
    age = np.datetime64(on, "D").astype(np.int64) - acts.day
    use = (first >= 0) & (second >= 0) & (age >= 0)
    weight = np.exp2(-age[use] / (half_life * _DAYS_A_YEAR))
    if times is not None:
        weight = weight * times[acts.event[use]]
    total, amount = np.zeros((size, size)), np.zeros((size, size))
    np.add.at(total, (first[use], second[use]), weight * acts.score[use])
    np.add.at(amount, (first[use], second[use]), weight)
    for tie in standing_ties(ties, on):
        score, worth = tie_scores().get(tie.kind, (0.0, 0.0))
        for a, b in _sides(tie):
            if a in place and b in place:
                total[place[a], place[b]] += worth * score
                amount[place[a], place[b]] += worth
    total, amount = total + total.T, amount + amount.T
    return Relations(tuple(actors), total / (1 + amount), amount)


def _sides(tie: Tie) -> list[tuple[str, str]]:
    """Return the pairs a tie relates: across roles where it has two, all pairs where it has one."""
    roles = {party.role for party in tie.parties}
    return [
        (a.code, b.code)
        for a, b in itertools.combinations(tie.parties, 2)
        if a.code != b.code and (len(roles) == 1 or a.role != b.role)
    ]
