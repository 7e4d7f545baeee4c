"""A small network that learns how to weigh the features of candidates: one hidden layer beside a straight path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Mixer", "fit_mixer"]

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Mixer:
    """The weights: score(x) = relu(z·hidden + bias)·out + z·straight, with z the features, centred and scaled."""

    mean: Floats
    scale: Floats
    hidden: Floats
    bias: Floats
    out: Floats
    straight: Floats

    def score(self, features: Floats) -> Floats:
        """Return one score a row of `features` (n, features); only differences within a question mean anything."""
        z = (features - self.mean) / self.scale
        return np.asarray(np.maximum(z @ self.hidden + self.bias, 0) @ self.out + z @ self.straight, np.float32)


def fit_mixer(
    questions: list[tuple[Floats, int]], hidden: int = 32, passes: int = 12, rate: float = 3e-3, seed: int = 0
) -> Mixer:
    """Return the mixer that makes the true candidates of `questions` likeliest (softmax over each question's rows).

    `questions`: (features of the candidates, row of the true one). Adam, in batches of 64 questions, with a rate that
    falls to 0 along a cosine; the same `seed` gives the same weights.
    """
    random = np.random.default_rng(seed)
    width = questions[0][0].shape[1]
    sample = np.concatenate([questions[i][0] for i in random.permutation(len(questions))[:500]]).astype(np.float32)
    mean, scale = sample.mean(axis=0), sample.std(axis=0) + 0.05
    weights = [
        (random.standard_normal((width, hidden)) / np.sqrt(width)).astype(np.float32),
        np.zeros(hidden, np.float32),
        (random.standard_normal(hidden) * 0.1).astype(np.float32),
        np.zeros(width, np.float32),
    ]
    first, second = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    steps = passes * -(-len(questions) // 64)
    done = 0
    for _ in range(passes):
        order = random.permutation(len(questions))
        for begin in range(0, len(order), 64):
            batch = [questions[i] for i in order[begin : begin + 64]]
            slopes = _slopes(weights, batch, mean, scale)
            done += 1
            now = rate * 0.5 * (1 + np.cos(np.pi * done / steps))
            for i, slope in enumerate(slopes):
                first[i] = 0.9 * first[i] + 0.1 * slope
                second[i] = 0.99 * second[i] + 0.01 * slope**2
                step = first[i] / (1 - 0.9**done) / (np.sqrt(second[i] / (1 - 0.99**done)) + 1e-8)
                weights[i] = (weights[i] - now * (step + 1e-3 * weights[i])).astype(np.float32)
    return Mixer(mean, scale, *weights)


def _slopes(weights: list[Floats], batch: list[tuple[Floats, int]], mean: Floats, scale: Floats) -> list[Floats]:
    hidden, bias, out, straight = weights
    sizes = np.array([len(rows) for rows, _ in batch])
    starts = np.cumsum(sizes) - sizes
    z = (np.concatenate([rows for rows, _ in batch]).astype(np.float32) - mean) / scale
    pre = z @ hidden + bias
    active = np.maximum(pre, 0)
    score = active @ out + z @ straight
    score -= np.repeat(np.maximum.reduceat(score, starts), sizes)
    mass = np.exp(score)
    push = mass / np.repeat(np.add.reduceat(mass, starts), sizes)
    push[starts + np.array([true for _, true in batch])] -= 1
    push = (push / len(batch)).astype(np.float32)
    back = np.outer(push, out) * (pre > 0)
    return [z.T @ back, back.sum(axis=0), active.T @ push, z.T @ push]
