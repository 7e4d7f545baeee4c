"""The landscape of two-bloc configurations: energies, minima, basins; exact to 25 actors, annealed beyond.

A configuration puts each of n actors in one of two blocs. Its energy is the sum over ordered pairs i, j of
size_i · size_j · propensity_ij · d_ij, with d = 1 where i and j are in different blocs, else 0 (Axelrod and Bennett
1993): lower where enemies are apart and friends together. It is written with bit k set where actor k + 1 stands apart
from actor 0, so that there are 2^(n-1) of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["EXACT_ACTORS", "Minimum", "all_energies", "anneal", "find_minima", "flip_costs", "sides_of"]

Floats = NDArray[np.float64]
EXACT_ACTORS = 25
_BLOCK = 1 << 15


@dataclass(frozen=True, slots=True)
class Minimum:
    """A configuration that no single actor's change of side betters.

    `sides` holds 0 or 1 for each actor (actor 0 has 0), `energy` its energy, `basin` the share of all configurations
    (sampled ones, where annealed) from which steepest descent ends in it, `costs[i]` what energy it would cost if
    actor i alone went over.
    """

    sides: tuple[int, ...]
    energy: float
    basin: float
    costs: tuple[float, ...]


def sides_of(configuration: int, actors: int) -> NDArray[np.int64]:
    """Return the side, 0 or 1, of each actor in the configuration of that number.

    >>> sides_of(0b101, 4).tolist()
    [0, 1, 0, 1]
    """
    return np.array([0, *((configuration >> bit) & 1 for bit in range(actors - 1))])


def all_energies(pull: Floats) -> Floats:
    """Return the energy of every configuration, by number; `pull` (n, n) is size_i · size_j · propensity_ij.

    Each actor doubles the array: beside the actors before it, it adds what it pulls on those of the other side.

    >>> all_energies(np.array([[0.0, 2.0], [2.0, 0.0]])).tolist()
    [0.0, 4.0]
    """
    energy = np.zeros(1)
    for actor in range(1, len(pull)):
        apart = np.zeros(1)  # what this actor pulls on earlier actors that stand apart from actor 0
        for earlier in range(1, actor):
            apart = np.concatenate([apart, apart + pull[actor, earlier]])
        energy = np.concatenate([energy + 2 * apart, energy + 2 * (pull[actor, :actor].sum() - apart)])
    return energy


def flip_costs(pull: Floats, sides: NDArray[np.int64]) -> Floats:
    """Return what energy changes if each actor alone went over to the other side."""
    apart = (sides[:, None] != sides[None, :]).astype(float)
    return np.asarray(2 * (pull * (1 - 2 * apart)).sum(axis=1) - 2 * np.diag(pull))


def find_minima(pull: Floats) -> list[Minimum]:
    """Return every local minimum, lowest energy first, for up to 25 actors.

    A configuration is a minimum where no neighbour (one actor on the other side) is lower; of equals in a plateau each
    is one. The basin of a minimum is found by steepest descent from every configuration (of equal descents the actor
    of the lowest number goes over).
    """
    actors = len(pull)
    energy = all_energies(pull)
    size = len(energy)
    tolerance = 1e-9 * max(float(np.abs(pull).sum()), 1.0)
    towards = _steepest(energy, actors, tolerance)
    still = towards == np.arange(size, dtype=np.int32)
    while True:
        further = towards[towards]
        if np.array_equal(further, towards):
            break
        towards = further
    minima = np.flatnonzero(still)
    basins = np.bincount(towards, minlength=size)[minima] / size
    found = [
        Minimum(
            tuple(int(side) for side in sides_of(int(number), actors)),
            float(energy[number]),
            float(basin),
            tuple(float(cost) for cost in flip_costs(pull, sides_of(int(number), actors))),
        )
        for number, basin in zip(minima, basins, strict=True)
    ]
    return sorted(found, key=lambda minimum: (minimum.energy, minimum.sides))


def _steepest(energy: Floats, actors: int, tolerance: float) -> NDArray[np.int32]:
    """Return, for each configuration, its lowest neighbour; itself where none is lower.

    In blocks that stay in the processor's cache: a neighbour is in the same block, or at the same place of another.
    """
    size = len(energy)
    width = min(size, _BLOCK)
    inside = np.arange(width, dtype=np.int32)
    towards = np.arange(size, dtype=np.int32)
    for start in range(0, size, width):
        here = energy[start : start + width]
        lowest = here - tolerance
        goes = towards[start : start + width]
        mirror = size - start - width  # actor 0 going over is all the others going over
        turned = energy[mirror : mirror + width][::-1]
        better = turned < lowest
        lowest[better] = turned[better]
        goes[better] = (size - 1 - start - inside)[better]
        for bit in range(actors - 1):
            step = 1 << bit
            other = here.take(inside ^ step) if step < width else energy[start ^ step : (start ^ step) + width]
            better = other < lowest
            np.copyto(lowest, other, where=better)
            np.copyto(goes, (start + inside) ^ step, where=better)
    return towards


def anneal(pull: Floats, starts: int = 400, sweeps: int = 60, seed: int = 0) -> list[Minimum]:
    """Return the local minima that `starts` annealed runs end in, lowest first; basins are shares of the runs.

    Each run cools geometrically over `sweeps` passes through the actors, then descends (Kirkpatrick and others 1983).
    There is no promise that the lowest is the lowest of all.
    """
    random = np.random.default_rng(seed)
    actors = len(pull)
    clean = pull - np.diag(np.diag(pull))
    spin = random.choice([-1.0, 1.0], (starts, actors))
    scale = float(np.abs(clean).sum(axis=1).mean()) or 1.0
    for heat in scale * np.geomspace(1.0, 0.01, sweeps):
        for actor in random.permutation(actors):
            cost = 2 * spin[:, actor] * (spin @ clean[actor])
            go = random.random(starts) < np.exp(-np.clip(cost / heat, 0, 700))
            spin[go, actor] *= -1
    while True:
        cost = 2 * spin * (spin @ clean)
        best = cost.argmin(axis=1)
        move = cost[np.arange(starts), best] < -1e-9 * scale
        if not move.any():
            break
        spin[np.flatnonzero(move), best[move]] *= -1
    sides = (spin * spin[:, :1] < 0).astype(np.int64)
    distinct, counts = np.unique(sides, axis=0, return_counts=True)
    found = []
    for row, count in zip(distinct, counts, strict=True):
        apart = row[:, None] != row[None, :]
        found.append(
            Minimum(
                tuple(int(side) for side in row),
                float(clean[apart].sum()),
                float(count / starts),
                tuple(float(cost) for cost in flip_costs(clean, row)),
            )
        )
    return sorted(found, key=lambda minimum: (minimum.energy, minimum.sides))
