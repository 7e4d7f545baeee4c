"""Who is like whom: entities placed in a space by whom they deal with, so that what is new can be told from kin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.measure.histories import Histories

__all__ = ["KINSHIP_FEATURES", "Kinship"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

KINSHIP_FEATURES = 4
_SHARPNESS = 0.5


class Kinship:
    """Places of the entities as of one moment, from the leading eigenvectors of their matrix of dealings.

    The matrix holds ln(1 + faded count of facts) of each pair, divided by the roots of both degrees, as in spectral
    clustering; `places` are unit rows. `relation_side[k]` is the mean place of the subjects of the relation-object
    pair k of `histories`, shrunk towards 0 by one subject.
    """

    def __init__(self, histories: Histories, time: int, dimensions: int = 48, rounds: int = 6, seed: int = 0) -> None:
        counts = histories.of_triple.at(slice(None), time)[:, -2:].sum(axis=1)
        subjects = np.repeat(np.arange(histories.entities), np.diff(histories.subject_start))
        objects = histories.triple_object
        known = counts > 1e-3
        subjects, objects, kinds, weight = (
            subjects[known],
            objects[known],
            histories.triple_relation[known],
            counts[known],
        )
        self.places = _spectral(subjects, objects, np.log1p(weight), histories.entities, dimensions, rounds, seed)
        keys = np.repeat(np.arange(2 * histories.relations), np.diff(histories.relation_start)) * histories.entities
        keys += histories.pair_object
        place = np.searchsorted(keys, kinds * histories.entities + objects)
        light = np.log1p(weight)
        self.relation_side = _sum_rows(place, light[:, None] * self.places[subjects], len(keys))
        self.relation_side /= (np.bincount(place, light, len(keys)) + 1)[:, None].astype(np.float32)
        self._keys, self._entities = keys, histories.entities

    def near(self, subject: int, number: int) -> Ints:
        """Return the `number` entities placed nearest to `subject`."""
        likeness = self.places @ self.places[subject]
        number = min(number, len(likeness) - 1)
        return np.argpartition(likeness, -number)[-number:].astype(np.int64)

    def describe(
        self, subject: int, relation: int, answers: Ints, seen: Ints, weight: Floats, same: NDArray[np.bool_]
    ) -> Floats:
        """Return (answers, 4): likeness to the subject, to what it did this act to, to all it dealt with, and of the
        subject to those that did this act to the answer. `seen`, `weight`, `same` are the subject's triples."""
        out = np.zeros((len(answers), KINSHIP_FEATURES), np.float32)
        mine = self.places[answers]
        out[:, 0] = mine @ self.places[subject]
        out[:, 1] = mine @ _mean(self.places, seen[same], weight[same])
        out[:, 2] = mine @ _mean(self.places, seen, weight)
        keys = relation * self._entities + answers
        rows = np.searchsorted(self._keys, keys)
        rows[rows == len(self._keys)] = 0
        found = self._keys[rows] == keys
        out[found, 3] = self.relation_side[rows[found]] @ self.places[subject]
        return out


def _mean(places: Floats, rows: Ints, weight: Floats) -> Floats:
    if not len(rows):
        return np.zeros(places.shape[1], np.float32)
    weight = np.log1p(weight)
    return np.asarray(weight @ places[rows] / (weight.sum() + 0.1), np.float32)


def _sum_rows(keys: Ints, rows: Floats, size: int) -> Floats:
    order = np.argsort(keys, kind="stable")
    distinct, starts = np.unique(keys[order], return_index=True)
    out = np.zeros((size, rows.shape[1]), np.float32)
    if len(distinct):
        out[distinct] = np.add.reduceat(rows[order], starts, axis=0)
    return out


def _spectral(
    subjects: Ints, objects: Ints, weight: Floats, size: int, dimensions: int, rounds: int, seed: int
) -> Floats:
    dimensions = min(dimensions, max(2, size // 2))
    degree = np.bincount(subjects, weight, size) + np.bincount(objects, weight, size) + 1
    scaled = (weight / np.sqrt(degree[subjects] * degree[objects])).astype(np.float32)
    order = np.argsort(subjects, kind="stable")
    left, right, value = subjects[order], objects[order], scaled[order][:, None]
    distinct, starts = np.unique(left, return_index=True)
    base = np.random.default_rng(seed).standard_normal((size, dimensions)).astype(np.float32)
    space = np.linalg.qr(base)[0]
    stretch = np.zeros(dimensions)
    for _ in range(rounds):
        moved = 0.3 * space  # the shift keeps negative eigenvalues from taking the lead
        if len(distinct):
            moved[distinct] += np.add.reduceat(value * space[right], starts, axis=0)
        space, upper = np.linalg.qr(moved)
        stretch = np.abs(np.diag(upper))
    placed = space * (np.maximum(stretch - 0.3, 0) ** _SHARPNESS)
    norm = np.linalg.norm(placed, axis=1, keepdims=True)
    return np.asarray(placed / np.maximum(norm, 1e-9) * (norm > 1e-7), np.float32)
