"""Exact Bayesian change points for counts: every number and every place of changes, weighed at once."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import lgamma, log

import numpy as np
from numpy.typing import NDArray

__all__ = ["ChangePoints", "find_changes", "normal_evidence", "poisson_evidence"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ChangePoints:
    """What is known of the changes in a series of n steps.

    `number_probability[k]` is the probability that there are k changes; `places` the best places given the likeliest
    number (the first step of each new regime). About each place is a window, half way to the places beside it:
    `certainty[j]` is the probability that at least one change falls in the window, `intervals[j]` the first and last
    step of the shortest run that holds `level` of the chance of a change within it. `marginal[t]` is the probability
    that some change falls on step t.
    """

    number_probability: Floats
    places: tuple[int, ...]
    certainty: tuple[float, ...]
    intervals: tuple[tuple[int, int], ...]
    marginal: Floats


def poisson_evidence(counts: Floats, exposure: Floats, shape: float = 1.0) -> Floats:
    """Return L[i, j], the log evidence of steps i to j - 1 as one Poisson regime for each column of `counts`.

    `counts` (steps, kinds) may be fractional, where an event is shared over steps; `exposure` is 1 for a step that is
    covered and 0 for one that is not. The rate of each kind has a gamma prior with `shape` and the mean of the whole
    series, so that log evidence is, up to a constant of the data,
    shape·ln(rate) - lnΓ(shape) + lnΓ(shape + y) - (shape + y)·ln(rate + exposure).
    """
    size, kinds = counts.shape
    time = np.concatenate([[0.0], np.cumsum(exposure)])
    total = np.full((size + 1, size + 1), -np.inf)
    upper = np.triu_indices(size + 1, 1)
    gone = time[upper[1]] - time[upper[0]]
    value = np.zeros(len(gone))
    for kind in range(kinds):
        summed = np.concatenate([[0.0], np.cumsum(counts[:, kind] * exposure)])
        rate = shape * max(time[-1], 1.0) / max(summed[-1], 1.0)
        seen = summed[upper[1]] - summed[upper[0]]
        value += shape * log(rate) - lgamma(shape) + _log_gamma(shape + seen) - (shape + seen) * np.log(rate + gone)
    total[upper] = value
    return total


def normal_evidence(values: Floats, exposure: Floats) -> Floats:
    """Return L[i, j] as `poisson_evidence` does, for values with a mean and a variance of their own in each regime.

    The prior is normal-inverse-gamma, weak (worth one step), centred on the mean and variance of the whole series.
    `values` (steps, kinds); steps with no exposure are left out.
    """
    size, kinds = values.shape
    total = np.full((size + 1, size + 1), -np.inf)
    upper = np.triu_indices(size + 1, 1)
    time = np.concatenate([[0.0], np.cumsum(exposure)])
    steps = time[upper[1]] - time[upper[0]]
    value = np.zeros(len(steps))
    for kind in range(kinds):
        clean = np.where(exposure > 0, values[:, kind], 0.0)
        mean = clean.sum() / max(time[-1], 1.0)
        centred = np.where(exposure > 0, clean - mean, 0.0)
        variance = max(float((centred**2).sum() / max(time[-1], 1.0)), 1e-9)
        first = np.concatenate([[0.0], np.cumsum(centred)])
        second = np.concatenate([[0.0], np.cumsum(centred**2)])
        one, two = first[upper[1]] - first[upper[0]], second[upper[1]] - second[upper[0]]
        shape = 1.0 + steps / 2
        scale = variance / 2 + 0.5 * (two - one**2 / (1.0 + steps))
        value += -0.5 * np.log1p(steps) + log(variance / 2) - shape * np.log(np.maximum(scale, 1e-12))
        value += _log_gamma(shape) - steps / 2 * log(2 * np.pi)
    total[upper] = value
    return total


def find_changes(
    evidence: Floats, most: int, expected: float = 3.0, level: float = 0.9, spacing: int = 1
) -> ChangePoints:
    """Return the change points of a series whose regimes have the log `evidence` [i, j] (steps i to j - 1).

    All placings of 0 to `most` changes are summed exactly by dynamic programming (Fearnhead 2006). The prior of the
    number of changes is Poisson with mean `expected`; given the number, each placing with regimes of at least
    `spacing` steps is as likely as the next. `level` is the mass of the intervals.
    """
    size = len(evidence) - 1
    most = max(0, min(most, size // spacing - 1))
    allowed = _spaced(evidence, spacing)
    ahead, behind = _sums(allowed, most)
    prior = np.array([k * log(expected) - lgamma(k + 1) - _log_placings(size, k, spacing) for k in range(most + 1)])
    log_number = ahead[:, size] + prior
    number = np.exp(log_number - log_number.max())
    number /= number.sum()
    marginal = np.zeros(size)
    for k in range(1, most + 1):
        if number[k] > 1e-6:
            marginal += number[k] * _place_probability(ahead, behind, k).sum(axis=0)[:size]
    places = _best_places(allowed, int(np.argmax(number)))
    windows = _windows(places, size)
    return ChangePoints(
        number,
        places,
        tuple(_certainty(allowed, window, prior, log_number) for window in windows),
        tuple(_interval(marginal, window, level) for window in windows),
        np.minimum(marginal, 1.0),
    )


def _windows(places: tuple[int, ...], size: int) -> list[tuple[int, int]]:
    edges = [1, *((a + b + 1) // 2 for a, b in itertools.pairwise(places)), size]
    return list(itertools.pairwise(edges)) if places else []


def _certainty(evidence: Floats, window: tuple[int, int], prior: Floats, log_number: Floats) -> float:
    """Return the probability of some change in `window` (end open): one less the share of placings without any."""
    barred = evidence.copy()
    barred[window[0] : window[1]] = -np.inf
    ahead, _ = _sums(barred, len(prior) - 1)
    top = log_number.max()
    return float(1 - np.exp(ahead[:, -1] + prior - top).sum() / np.exp(log_number - top).sum())


def _log_gamma(value: Floats) -> Floats:
    """Return lnΓ of values above 0, by Stirling's series eight steps up (numpy has none of its own)."""
    below = sum(np.log(value + step) for step in range(8))
    far = value + 8
    series = 1 / (12 * far) - 1 / (360 * far**3) + 1 / (1260 * far**5)
    return np.asarray((far - 0.5) * np.log(far) - far + 0.5 * log(2 * np.pi) + series - below)


def _spaced(evidence: Floats, spacing: int) -> Floats:
    size = len(evidence)
    step = np.arange(size)
    return np.where(step[None, :] - step[:, None] >= spacing, evidence, -np.inf)


def _sum_logs(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis))


def _sums(evidence: Floats, most: int) -> tuple[Floats, Floats]:
    """Return the log sums over all placings: of k changes before step t, and of k changes from step t on."""
    ahead = [evidence[0]]
    behind = [evidence[:, -1]]
    for _ in range(most):
        ahead.append(_sum_logs(ahead[-1][:, None] + evidence, axis=0))
        behind.append(_sum_logs(evidence + behind[-1][None, :], axis=1))
    return np.array(ahead), np.array(behind)


def _place_probability(ahead: Floats, behind: Floats, number: int) -> Floats:
    """Return, for each of `number` changes, the probability that it falls on each step."""
    size = ahead.shape[1]
    if not number:
        return np.zeros((0, size))
    rows = np.array([ahead[j] + behind[number - 1 - j] for j in range(number)])
    rows -= rows.max(axis=1, keepdims=True)
    mass = np.exp(rows)
    return np.asarray(mass / mass.sum(axis=1, keepdims=True))


def _best_places(evidence: Floats, number: int) -> tuple[int, ...]:
    """Return the likeliest placing of `number` changes, by backtracking."""
    best = evidence[0]
    came: list[NDArray[np.int64]] = []
    for _ in range(number):
        paths = best[:, None] + evidence
        came.append(paths.argmax(axis=0))
        best = paths.max(axis=0)
    place, places = len(evidence) - 1, []
    for steps in reversed(came):
        place = int(steps[place])
        places.append(place)
    return tuple(reversed(places))


def _interval(marginal: Floats, window: tuple[int, int], level: float) -> tuple[int, int]:
    """Return the shortest run of steps that holds `level` of the mass of `marginal` in `window` (end open)."""
    mass = marginal[window[0] : window[1]]
    summed = np.concatenate([[0.0], np.cumsum(mass / mass.sum())])
    best = (0, len(mass) - 1)
    for first in range(len(mass)):
        last = int(np.searchsorted(summed, summed[first] + level - 1e-12)) - 1
        if last < len(mass) and last - first < best[1] - best[0]:
            best = (first, max(last, first))
    return best[0] + window[0], best[1] + window[0]


def _log_placings(size: int, number: int, spacing: int) -> float:
    free = size - (number + 1) * (spacing - 1) - 1
    return lgamma(free + 1) - lgamma(number + 1) - lgamma(free - number + 1)
