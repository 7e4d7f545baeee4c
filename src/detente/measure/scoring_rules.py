"""Scores for forecasts: lower is better, and nobody does better by saying other than they think."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["brier", "crps", "weighted_quantile"]

Floats = NDArray[np.float64]


def brier(probability: Floats, outcome: Floats) -> float:
    """Return the mean squared distance of probabilities from outcomes of 0 or 1 (Brier 1950).

    >>> brier(np.array([0.5, 1.0]), np.array([1.0, 1.0]))
    0.125
    """
    return float(np.mean((np.asarray(probability) - np.asarray(outcome)) ** 2))


def crps(values: Floats, weights: Floats, outcome: float) -> float:
    """Return the continuous ranked probability score of a weighted ensemble: E|X - y| - E|X - X'| / 2.

    Gneiting and Raftery (2007, eq. 21). `weights` sum to one.

    >>> crps(np.array([1.0]), np.array([1.0]), 3.0)
    2.0
    """
    order = np.argsort(values)
    x, w = values[order], weights[order]
    below = np.cumsum(w)
    # E|X - X'| from the steps between neighbours: each is crossed by pairs on either side of it
    spread = 2 * float(np.sum(below[:-1] * (1 - below[:-1]) * np.diff(x)))
    return float(np.sum(w * np.abs(x - outcome)) - spread / 2)


def weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """Return the least value with at least `share` of the weight at or below it."""
    order = np.argsort(values)
    place = int(np.searchsorted(np.cumsum(weights[order]), share * weights.sum() - 1e-12))
    return float(values[order][min(place, len(values) - 1)])
