"""What speaks for each possible answer to "who will s do r to at t?": recurrence, kindred acts, and sheer frequency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.measure.histories import Histories
from detente.measure.kinship import KINSHIP_FEATURES, Kinship

__all__ = ["Candidates", "RuleTable", "describe_candidates", "feature_count"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

_CONTEXT = 5


class RuleTable:
    """How often "s did q to o" is followed by "s does r to o", for every pair of relations and each half-life.

    `confidence[h, r, q]` is (as of the last `settle`) the faded count of (s, q, o) on true answers over that on all
    objects of s, when s was asked about r: the confidence of the one-step rules of TLogic (Liu and others 2022), with
    fading counts.
    """

    def __init__(self, half_lives: int, relations: int) -> None:
        self.hits = np.zeros((half_lives, 2 * relations, 2 * relations), np.float32)
        self.total = np.zeros((half_lives, 2 * relations, 2 * relations), np.float32)
        self.confidence = np.zeros_like(self.hits)

    def learn(self, relation: int, kinds: Ints, counts: Floats, true: NDArray[np.bool_]) -> None:
        """Count one question: the `kinds` and `counts` of the subject's triples, and whether each came true."""
        size = self.hits.shape[1]
        for half in range(len(self.hits)):
            self.total[half, relation] += np.bincount(kinds, counts[:, half], size)
            if true.any():
                self.hits[half, relation] += np.bincount(kinds[true], counts[true, half], size)

    def settle(self) -> None:
        """Bring the confidences up to date, shrunk towards 0 by two occasions."""
        self.confidence = self.hits / (self.total + 2)


@dataclass(frozen=True)
class Candidates:
    """The objects that something speaks for, in order of number, and a row of features for each."""

    objects: Ints
    features: Floats


def feature_count(half_lives: int) -> int:
    """Return the number of features for that many half-lives."""
    return 6 * half_lives + 5 + KINSHIP_FEATURES + _CONTEXT


def describe_candidates(
    histories: Histories,
    rules: RuleTable,
    kinship: Kinship,
    asked: int,
    subject: tuple[Ints, Ints, Floats, Ints],
    relation: int,
    time: int,
    popular: int = 150,
    kin: int = 50,
) -> Candidates:
    """Return the candidates for one question and their features.

    `subject` is what `Histories.about_subject` gives. Candidates are all objects the subject has dealt with and the
    `popular` likeliest of the relation. Features, for each half-life: the fading count of the same triple, of any act
    on the object, of the object with this relation and of the object at all (logarithms), the sum and the largest of
    the rules that fire; then how long ago the same act and any act were, the inverse act, and what is common to the
    whole question (how much is known of the subject, the relation and the pair).
    """
    kinds, objects, counts, last = subject
    related, related_counts = histories.about_relation(relation, time)
    if len(related) > popular:
        weight = related_counts.sum(axis=1)
        kept = np.argpartition(weight, -popular)[-popular:]
    else:
        kept = np.arange(len(related))
    answers = np.unique(np.concatenate([objects, related[kept], kinship.near(asked, kin)]))
    size, halves = len(answers), len(histories.half_lives)
    if not size:
        return Candidates(answers, np.zeros((0, feature_count(halves)), np.float32))
    place = np.searchsorted(answers, objects)
    same = kinds == relation
    inverse = kinds == (relation + histories.relations) % (2 * histories.relations)
    out = np.zeros((size, feature_count(halves)), np.float32)
    confidence = rules.confidence[:, relation]
    fired = counts.T * confidence[:, kinds]
    one = np.minimum(counts.T, 1.0) * confidence[:, kinds]
    pair_total = related_counts.sum(axis=0) + 1
    pair_place = np.searchsorted(answers, related)
    inside = pair_place < size
    inside[inside] = answers[pair_place[inside]] == related[inside]
    popularity = histories.of_object.at(answers, time)
    for half in range(halves):
        out[:, half] = np.log1p(np.bincount(place[same], counts[same, half], size))
        out[:, halves + half] = np.log1p(np.bincount(place, counts[:, half], size))
        out[:, 2 * halves + half] = np.log1p(np.bincount(place, fired[half], size) * 10)
        best = np.zeros(size, np.float32)
        np.maximum.at(best, place, one[half])
        out[:, 3 * halves + half] = np.log1p(best * 10)
        with_relation = np.bincount(pair_place[inside], related_counts[inside, half], size)
        out[:, 4 * halves + half] = np.log((with_relation + 0.1) / pair_total[half]) + 5
        out[:, 5 * halves + half] = np.log((popularity[:, half] + 0.1) / (popularity[:, half].sum() + 1)) + 5
    rest = 6 * halves
    out[:, rest] = _recency(place[same], last[same], time, size)
    out[:, rest + 1] = _recency(place, last, time, size)
    out[:, rest + 2] = np.log1p(np.bincount(place[inverse], counts[inverse, 0], size))
    out[:, rest + 3] = np.log1p(np.bincount(place[inverse], counts[inverse, -1], size))
    out[:, rest + 4] = np.log1p(np.bincount(place, minlength=size))
    out[:, rest + 5 : rest + 5 + KINSHIP_FEATURES] = kinship.describe(
        asked, relation, answers, objects, counts[:, -2], same
    )
    out[:, rest + 5 + KINSHIP_FEATURES :] = _context(counts, same, pair_total, size)
    return Candidates(answers, out)


def _recency(place: Ints, last: Ints, time: int, size: int) -> Floats:
    newest = np.full(size, -(10**9), np.int64)
    np.maximum.at(newest, place, last)
    return np.asarray(1.0 / (time - newest), np.float32)


def _context(counts: Floats, same: NDArray[np.bool_], pair_total: Floats, size: int) -> Floats:
    known = np.log1p(counts[:, -1].sum())
    repeated = np.log1p(counts[same, -1].sum())
    recent = np.log1p(counts[same, 0].sum())
    context = [known, repeated, recent, np.log1p(pair_total[-1]), np.log1p(size)]
    return np.asarray(np.array(context) / 4, np.float32)
