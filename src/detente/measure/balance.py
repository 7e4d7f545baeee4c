"""Structural balance of a signed network: its triads, and the least number of ties against the grain."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import UsageError
from detente.measure.landscape import all_energies, anneal, sides_of

__all__ = ["Frustration", "Triad", "check_signs", "frustration_index", "signed_triads"]

Signs = NDArray[np.int64]
_EXACT = 22


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors (numbers) that all stand in some relation; balanced where the product of the signs is positive."""

    actors: tuple[int, int, int]
    signs: tuple[int, int, int]

    @property
    def balanced(self) -> bool:
        """Whether it has an even number of negative relations."""
        return self.signs[0] * self.signs[1] * self.signs[2] > 0


@dataclass(frozen=True, slots=True)
class Frustration:
    """The frustration index: the least number of relations whose removal leaves a balanced network (Harary 1959).

    `low` and `high` bound it; they are equal where it is exact. `sides` (0 or 1) is a division that reaches `high`.
    """

    low: int
    high: int
    sides: tuple[int, ...]

    @property
    def exact(self) -> bool:
        """Whether the bounds meet."""
        return self.low == self.high


def check_signs(signs: NDArray[np.int64]) -> Signs:
    """Return `signs` as whole numbers -1, 0, 1; UsageError where it is not a square, symmetric matrix of these."""
    matrix = np.asarray(signs)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise UsageError(f"sign matrix of shape {matrix.shape}: expected a square one")
    if not np.array_equal(matrix, matrix.T) or not np.isin(matrix, (-1, 0, 1)).all() or np.diag(matrix).any():
        raise UsageError("sign matrix: expected -1, 0 or 1, the same both ways, and 0 of each with itself")
    return matrix.astype(np.int64)


def signed_triads(signs: Signs) -> list[Triad]:
    """Return all triads of the network, in order.

    >>> signed_triads(np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]]))[0].balanced
    False
    """
    size = len(signs)
    found = []
    for a, b in itertools.combinations(range(size), 2):
        if not signs[a, b]:
            continue
        for c in np.flatnonzero(signs[a, b + 1 :] * signs[b, b + 1 :]) + b + 1:
            triple = (int(signs[a, b]), int(signs[a, c]), int(signs[b, c]))
            found.append(Triad((a, b, int(c)), triple))
    return found


def frustration_index(signs: Signs, seconds: float = 10.0) -> Frustration:
    """Return the frustration index of the network; exact for each connected part of up to 22 actors.

    Larger parts are solved as a whole-number program with the cuts of Aref, Mason and Wilson where scipy is at hand
    (`seconds` each), which mostly is exact too; without it, triads that share no relation bound it from below and
    annealing from above. Actors with one relation at most never matter and are set aside first.
    """
    signs = check_signs(signs)
    sides = np.zeros(len(signs), np.int64)
    low = high = 0
    for part in _parts(signs):
        core = _core(signs, part)
        if len(core) > 2:
            below, above, found = _solve(signs[np.ix_(core, core)], seconds)
            low, high = low + below, high + above
            sides[core] = found
        _follow(signs, part, core or part[:1], sides)
    return Frustration(low, high, tuple(int(side) for side in sides))


def _parts(signs: Signs) -> list[list[int]]:
    left, parts = set(range(len(signs))), []
    while left:
        part, edge = [], [min(left)]
        left.discard(edge[0])
        while edge:
            actor = edge.pop()
            part.append(actor)
            fresh = [int(other) for other in np.flatnonzero(signs[actor]) if int(other) in left]
            left.difference_update(fresh)
            edge += fresh
        parts.append(sorted(part))
    return parts


def _core(signs: Signs, part: list[int]) -> list[int]:
    """Return the actors left when those with fewer than two relations are taken away again and again."""
    core = list(part)
    while core:
        degree = (signs[np.ix_(core, core)] != 0).sum(axis=1)
        kept = [actor for actor, count in zip(core, degree, strict=True) if count > 1]
        if len(kept) == len(core):
            break
        core = kept
    return core


def _follow(signs: Signs, part: list[int], placed: list[int], sides: Signs) -> None:
    """Put each actor outside the core on the side its one relation towards the core asks for."""
    done, edge = set(placed), list(placed)
    while edge:
        actor = edge.pop()
        for other in np.flatnonzero(signs[actor]):
            if int(other) in part and int(other) not in done:
                sides[other] = sides[actor] if signs[actor, other] > 0 else 1 - sides[actor]
                done.add(int(other))
                edge.append(int(other))


def _solve(signs: Signs, seconds: float) -> tuple[int, int, NDArray[np.int64]]:
    negative = int((signs < 0).sum() // 2)
    if len(signs) <= _EXACT:
        energy = all_energies(signs.astype(float))
        best = int(energy.argmin())
        value = negative + round(float(energy[best]) / 2)
        return value, value, sides_of(best, len(signs))
    lowest = anneal(signs.astype(float), starts=200)[0]
    high = negative + round(lowest.energy / 2)
    low = max(_disjoint_triads(signs), _program_bound(signs, high, seconds))
    return min(low, high), high, np.array(lowest.sides)


def _disjoint_triads(signs: Signs) -> int:
    """Return how many unbalanced triads can be picked, one by one, that share no relation: each needs a change."""
    used: set[tuple[int, int]] = set()
    count = 0
    for triad in signed_triads(signs):
        pairs = list(itertools.combinations(triad.actors, 2))
        if not triad.balanced and not used.intersection(pairs):
            used.update(pairs)
            count += 1
    return count


def _program_bound(signs: Signs, high: int, seconds: float) -> int:
    """Return a lower bound from the whole-number program; 0 where scipy is not installed."""
    try:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array
    except ImportError:
        return 0
    pairs = [(int(a), int(b)) for a, b in zip(*np.nonzero(np.triu(signs)), strict=True)]
    column = {pair: len(signs) + number for number, pair in enumerate(pairs)}
    rows: list[tuple[dict[int, float], float]] = []
    for (a, b), edge in column.items():
        if signs[a, b] > 0:
            rows += [({edge: 1.0, a: -1.0, b: 1.0}, 0.0), ({edge: 1.0, a: 1.0, b: -1.0}, 0.0)]
        else:
            rows += [({edge: 1.0, a: -1.0, b: -1.0}, -1.0), ({edge: 1.0, a: 1.0, b: 1.0}, 1.0)]
    for triad in signed_triads(signs):
        if not triad.balanced:
            rows.append(({column[pair]: 1.0 for pair in itertools.combinations(triad.actors, 2)}, 1.0))
    size = len(signs) + len(pairs)
    data = [(row, key, value) for row, (terms, _) in enumerate(rows) for key, value in terms.items()]
    matrix = csr_array(
        ([value for _, _, value in data], ([row for row, _, _ in data], [key for _, key, _ in data])),
        shape=(len(rows), size),
    )
    whole = np.array([1] * len(signs) + [0] * len(pairs))
    cost = np.array([0.0] * len(signs) + [1.0] * len(pairs))
    solved = milp(
        cost,
        constraints=LinearConstraint(matrix, lb=np.array([bound for _, bound in rows]), ub=np.inf),
        integrality=whole,
        bounds=Bounds(0, 1),
        options={"time_limit": seconds},
    )
    bound = solved.fun if solved.status == 0 else getattr(solved, "mip_dual_bound", None)
    return min(high, int(np.ceil(bound - 1e-6))) if bound is not None else 0
