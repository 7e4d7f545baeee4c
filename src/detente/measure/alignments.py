"""Who would stand with whom: the landscape theory of aggregation on given or measured propensities."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import DataTooThin, UsageError
from detente.measure.events import known_codes, select_events
from detente.measure.landscape import EXACT_ACTORS, Minimum, anneal, find_minima
from detente.measure.parties import party_code
from detente.measure.periods import as_day
from detente.measure.propensities import read_propensities, read_sizes
from detente.measure.relations import gather_acts, relate
from detente.measure.result import Result
from detente.model import Tie

__all__ = ["Alignments", "Proposal", "alignments", "read_propensities", "read_sizes", "who_would_join"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Alignments(Result):
    """The landscape of two-bloc configurations of `actors`.

    `table`, one row a minimum and actor: `minimum` (0 is the lowest), `energy`, `basin` (share of all configurations
    that lead to it), `actor`, `size`, `bloc` (0 or 1), `defection_cost` (energy, were this actor alone to go over).
    `exact` says whether every configuration was looked at.
    """

    actors: tuple[str, ...] = ()
    sizes: Floats | None = None
    propensity: Floats | None = None
    minima: tuple[Minimum, ...] = ()
    exact: bool = True

    references: ClassVar[tuple[str, ...]] = ("axelrod_bennett1993", "kirkpatrick1983")

    def blocs(self, minimum: int = 0) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the two blocs of a minimum, the one with the first actor first."""
        sides = self.minima[minimum].sides
        first, second = (
            tuple(actor for actor, side in zip(self.actors, sides, strict=True) if side == which) for which in (0, 1)
        )
        return first, second

    def plot(self) -> Any:
        """Return the chart: the blocs of the lowest minimum, each actor by what its defection would cost."""
        from detente.measure.alignments_chart import draw_alignments

        return draw_alignments(self)

    def summary(self) -> str:
        """Return the minima and the shakiest actors in words."""
        how = "all configurations looked at" if self.exact else "annealed: lower ones may exist"
        count = len(self.minima)
        said = f"{len(self.actors)} actors, {count} local {'minimum' if count == 1 else 'minima'} ({how})."
        for number, minimum in enumerate(self.minima[:3]):
            first, second = (", ".join(bloc) or "nobody" for bloc in self.blocs(number))
            said += f" Energy {minimum.energy:.6g} (basin {minimum.basin:.0%}): {first} | {second}."
        loose = int(np.argmin(self.minima[0].costs))
        return said + f" Cheapest defection from the lowest: {self.actors[loose]} ({self.minima[0].costs[loose]:+.6g})."


@dataclass(frozen=True)
class Proposal(Result):
    """What a proposal would have faced on the day `on`.

    `table`, one row an invited actor: `actor`, `verdict` ("join", "refuse", "undecided"), `joins` (share of bootstrap
    samples in which it stands with the proposer), `score` (how the two stand, -10 to 10), `against_score` (how it
    stands with whom the proposal is against; null where nobody), `evidence` (faded acts and ties between it and these
    two). `landscape` is the landscape of the record as it is; `samples` the number of bootstrap samples.
    """

    proposer: str = ""
    against: str | None = None
    on: datetime.date | None = None
    samples: int = 0
    landscape: Alignments | None = None

    references: ClassVar[tuple[str, ...]] = ("axelrod_bennett1993", "efron1979", "goldstein1992")

    def plot(self) -> Any:
        """Return the chart: for each invited actor the share of samples in which it joins."""
        from detente.measure.alignments_chart import draw_proposal

        return draw_proposal(self)

    def summary(self) -> str:
        """Return who would have joined, who refused, and how sure that is, in words."""
        rows = self.table.to_pylist()
        parts = []
        for verdict, words in (("join", "with it"), ("refuse", "against it"), ("undecided", "undecided")):
            named = [f"{row['actor']} ({row['joins']:.0%})" for row in rows if row["verdict"] == verdict]
            if named:
                parts.append(f"{words}: {', '.join(named)}")
        aim = f" against {self.against}" if self.against else ""
        thin = [row["actor"] for row in rows if row["evidence"] < 1]
        said = f"A proposal of {self.proposer}{aim} on {self.on} would have found {'; '.join(parts)}."
        said += f" In brackets: the share of {self.samples} bootstrap samples of the record in which it stands with it."
        return said + (f" Less than one act of evidence on {', '.join(thin)}." if thin else "")


def alignments(
    propensity: Any = None,
    sizes: Mapping[str, float] | Any = None,
    *,
    actors: Sequence[str] | None = None,
    events: Any = None,
    on: datetime.date | str | int | None = None,
    ties: Sequence[Tie] = (),
    half_life: float = 3.0,
    status: Sequence[str] = ("actual",),
    seed: int = 0,
) -> Alignments:
    """Return the landscape of the two-bloc configurations of some actors.

    Give `propensity`: a square symmetric matrix with `actors`, a mapping of pairs, or a table or CSV path with the
    columns a, b, propensity; or `events` and a day `on`, from which it is measured (the score of `relations.relate`)
    for `actors`. `sizes` is a mapping, or a table or CSV path with actor and size (or strength); 1 each where left out.
    Every minimum is found for up to 25 actors; more are annealed from `seed`.

    UsageError for a matrix that is not square or not symmetric, a missing pair or size; DataTooThin below 2 actors.
    """
    if (propensity is None) == (events is None):
        raise UsageError("alignments: give either propensities, or events and a day")
    if events is not None:
        names, matrix = _measure(events, on, ties, actors, half_life, status)
    else:
        names, matrix = read_propensities(propensity, actors)
    if len(names) < 2:
        raise DataTooThin(f"{len(names)} actors; alignments need at least 2")
    weight = read_sizes(sizes, names)
    exact = len(names) <= EXACT_ACTORS
    pull = np.outer(weight, weight) * matrix
    np.fill_diagonal(pull, 0.0)
    minima = tuple(find_minima(pull) if exact else anneal(pull, seed=seed))
    return Alignments(_table(names, weight, minima), tuple(names), weight, matrix, minima, exact)


def who_would_join(
    events: Any,
    proposer: str,
    invited: Sequence[str],
    on: datetime.date | str | int,
    *,
    against: str | None = None,
    ties: Sequence[Tie] = (),
    sizes: Mapping[str, float] | Any = None,
    half_life: float = 3.0,
    samples: int = 400,
    sure: float = 0.8,
    status: Sequence[str] = ("actual",),
    seed: int = 0,
) -> Proposal:
    """Return what a proposal of `proposer` to `invited` (and aimed `against` someone) would have faced on a day.

    The landscape of all of them is solved on the record of that day and on `samples` bootstrap samples of it (events
    and ties drawn with replacement, Efron 1979). An actor joins, or refuses, where it stands with the proposer in at
    least (at most one less) the share `sure` of the samples; else it is undecided. An actor with no relation to
    anyone counts as half. DataTooThin where the record holds no act or tie among them.
    """
    day = as_day(on, "on", last=True)
    assert day is not None
    frame = select_events(events, status)
    known = known_codes(events) | {party.code for tie in ties for party in tie.parties}
    named = [proposer, *invited, *([against] if against else [])]
    codes = [party_code(name, known) for name in named]
    if len(set(codes)) < len(codes):
        raise UsageError(f"{', '.join(codes)}: the same party is named twice")
    if len(codes) > 18:
        raise UsageError(f"{len(codes)} parties: a proposal is weighed for at most 18")
    weight = read_sizes(sizes, codes)
    acts = gather_acts(frame)
    now = relate(acts, ties, day, codes, half_life)
    if not now.weight.any():
        raise DataTooThin(f"0 acts or ties among {', '.join(codes)} by {day}; a proposal needs some")
    random = np.random.default_rng(seed)
    shares = np.zeros(len(codes))
    for _ in range(samples):
        times = np.bincount(random.integers(0, max(len(frame), 1), len(frame)), minlength=len(frame)).astype(float)
        drawn = [ties[i] for i in random.integers(0, len(ties), len(ties))] if ties else []
        sample = relate(acts, drawn, day, codes, half_life, times)
        shares += _stands_with_first(np.outer(weight, weight) * sample.score)
    shares /= samples
    count = len(invited)
    aim = len(codes) - 1 if against else None
    joins = shares[1 : 1 + count]
    evidence = now.weight[0] + (now.weight[aim] if aim is not None else 0)
    table = pa.table(
        {
            "actor": pa.array(codes[1 : 1 + count]),
            "verdict": pa.array(["join" if j >= sure else "refuse" if j <= 1 - sure else "undecided" for j in joins]),
            "joins": pa.array(joins),
            "score": pa.array(now.score[0, 1 : 1 + count]),
            "against_score": pa.array([None] * count if aim is None else now.score[aim, 1 : 1 + count], pa.float64()),
            "evidence": pa.array(evidence[1 : 1 + count]),
        }
    )
    landscape = alignments(now.score, dict(zip(codes, weight, strict=True)), actors=codes)
    return Proposal(table, codes[0], codes[aim] if aim is not None else None, day, samples, landscape)


def _stands_with_first(pull: Floats) -> Floats:
    """Return 1 for each actor with actor 0 in the lowest minimum, 0 apart, and ½ where nothing relates them at all."""
    np.fill_diagonal(pull, 0.0)
    lowest = find_minima(pull)[0]
    with_first = 1.0 - np.array(lowest.sides)
    linked, edge = {0}, [0]
    while edge:
        for other in np.flatnonzero(pull[edge.pop()]):
            if int(other) not in linked:
                linked.add(int(other))
                edge.append(int(other))
    loose = np.array([actor not in linked for actor in range(len(pull))])
    return np.where(loose, 0.5, with_first)


def _measure(
    events: Any,
    on: datetime.date | str | int | None,
    ties: Sequence[Tie],
    actors: Sequence[str] | None,
    half_life: float,
    status: Sequence[str],
) -> tuple[list[str], Floats]:
    day = as_day(on, "on", last=True)
    if day is None or not actors:
        raise UsageError("alignments from events: expected a day `on` and the `actors` to align")
    known = known_codes(events) | {party.code for tie in ties for party in tie.parties}
    codes = [party_code(name, known) for name in actors]
    if len(set(codes)) < len(codes):
        raise UsageError(f"{', '.join(codes)}: the same party is named twice")
    found = relate(gather_acts(select_events(events, status)), ties, day, codes, half_life)
    if not found.weight.any():
        raise DataTooThin(f"0 acts or ties among {', '.join(codes)} by {day}; alignments need some")
    return codes, found.score


def _table(names: Sequence[str], sizes: Floats, minima: Sequence[Minimum]) -> pa.Table:
    return pa.table(
        {
            "minimum": pa.array([number for number in range(len(minima)) for _ in names], pa.int32()),
            "energy": pa.array([one.energy for one in minima for _ in names], pa.float64()),
            "basin": pa.array([one.basin for one in minima for _ in names], pa.float64()),
            "actor": pa.array([name for _ in minima for name in names], pa.string()),
            "size": pa.array([float(size) for _ in minima for size in sizes], pa.float64()),
            "bloc": pa.array([side for one in minima for side in one.sides], pa.int8()),
            "defection_cost": pa.array([cost for one in minima for cost in one.costs], pa.float64()),
        }
    )
