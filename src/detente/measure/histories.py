"""What is known of every pair and relation before a moment: counts that fade at several half-lives, kept as it streams.

Each fact (s, r, o) is also held as (o, r + R, s), so that a question after the subject is one after the object.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["Histories", "both_ways"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_NEVER = -(10**9)


def both_ways(facts: Ints, relations: int) -> Ints:
    """Return `facts` and their inverses in order of time, each once."""
    inverse = facts[:, [2, 1, 0, 3]] + np.array([0, relations, 0, 0])
    doubled = np.unique(np.concatenate([facts, inverse]), axis=0)
    return np.asarray(doubled[np.argsort(doubled[:, 3], kind="stable")])


class _Fading:
    """Counts of keys that halve at each of several half-lives, brought up to date only where they are touched."""

    def __init__(self, keys: int, half_lives: Floats) -> None:
        self.half_lives = half_lives
        self.counts = np.zeros((keys, len(half_lives)), np.float32)
        self.last = np.full(keys, _NEVER, np.int64)

    def at(self, rows: slice | Ints, time: int) -> Floats:
        """Return the counts of `rows` as they have faded by `time`."""
        gone = (time - self.last[rows]).astype(np.float32)[:, None]
        return np.asarray(self.counts[rows] * np.exp2(-gone / self.half_lives), np.float32)

    def add(self, rows: Ints, time: int) -> None:
        """Count one more for each of `rows` (which may repeat) at `time`."""
        keys, number = np.unique(rows, return_counts=True)
        self.counts[keys] = self.at(keys, time) + number[:, None]
        self.last[keys] = time


class Histories:
    """The streaming state over a fixed set of facts.

    `facts` (both ways, in order of time) say which triples will ever occur, so that each has a row of its own; what a
    row holds at any moment comes only from facts already passed to `advance`.
    """

    def __init__(self, facts: Ints, entities: int, relations: int, half_lives: tuple[float, ...]) -> None:
        self.entities, self.relations = entities, relations
        self.half_lives = np.array(half_lives, np.float32)
        self.facts = facts
        triples, self.triple = np.unique(facts[:, :3], axis=0, return_inverse=True)
        self.triple = self.triple.reshape(-1)
        self.subject_start = np.searchsorted(triples[:, 0], np.arange(entities + 1))
        self.triple_relation, self.triple_object = triples[:, 1], triples[:, 2]
        pairs, self.pair = np.unique(facts[:, 1] * entities + facts[:, 2], return_inverse=True)
        self.pair = self.pair.reshape(-1)
        self.relation_start = np.searchsorted(pairs // entities, np.arange(2 * relations + 1))
        self.pair_object = pairs % entities
        self.of_triple = _Fading(len(triples), self.half_lives)
        self.of_pair = _Fading(len(pairs), self.half_lives)
        self.of_object = _Fading(entities, self.half_lives)

    def batches(self) -> Iterator[tuple[int, Ints]]:
        """Yield each time with the row numbers of its facts, in order."""
        times, starts = np.unique(self.facts[:, 3], return_index=True)
        ends = [*starts[1:], len(self.facts)]
        for time, start, end in zip(times, starts, ends, strict=True):
            yield int(time), np.arange(start, end)

    def advance(self, time: int, rows: Ints) -> None:
        """Learn the facts `rows`, which happened at `time`."""
        self.of_triple.add(self.triple[rows], time)
        self.of_pair.add(self.pair[rows], time)
        self.of_object.add(self.facts[rows, 2], time)

    def about_subject(self, subject: int, time: int) -> tuple[Ints, Ints, Floats, Ints]:
        """Return relation, object, faded counts and last time of every triple of `subject` seen before `time`."""
        rows = np.arange(self.subject_start[subject], self.subject_start[subject + 1])
        rows = rows[self.of_triple.last[rows] > _NEVER]
        counts = self.of_triple.at(rows, time)
        return self.triple_relation[rows], self.triple_object[rows], counts, self.of_triple.last[rows]

    def about_relation(self, relation: int, time: int) -> tuple[Ints, Floats]:
        """Return the objects that `relation` has had before `time`, and their faded counts."""
        rows = np.arange(self.relation_start[relation], self.relation_start[relation + 1])
        rows = rows[self.of_pair.last[rows] > _NEVER]
        return self.pair_object[rows], self.of_pair.at(rows, time)
