"""Ranking who will be acted upon next, for a whole data set: recurrence and its kin, weighed by what has worked."""

from __future__ import annotations

import time as clock
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import DataTooThin, UsageError
from detente.measure.features import Candidates, RuleTable, describe_candidates
from detente.measure.histories import Histories, both_ways
from detente.measure.kinship import Kinship
from detente.measure.mixing import Mixer, fit_mixer
from detente.measure.quadruples import Quadruples

__all__ = ["RankScores", "Ranker", "evaluate_ranker", "score_ranks"]

Ints = NDArray[np.int64]

HALF_LIVES = (1.0, 4.0, 16.0, 64.0, 1e6)
_WARM_UP = 0.05  # share of the facts that are only learned from, not asked about
_REFRESHES = 24


@dataclass(frozen=True, slots=True)
class RankScores:
    """Mean reciprocal rank and the shares of answers ranked within the first 1, 3 and 10, over `questions`."""

    mrr: float
    hits1: float
    hits3: float
    hits10: float
    questions: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Question:
    """ "Who did subject do relation to at time?", with the objects it did it to."""

    subject: int
    relation: int
    objects: Ints


def score_ranks(ranks: NDArray[np.float64], seconds: float = 0.0) -> RankScores:
    """Return the scores of ranks counted from 1 (a tie counts as the middle of those tied).

    >>> score_ranks(np.array([1.0, 2.0, 20.0])).hits3
    0.6666666666666666
    """
    first, third, tenth = (float((ranks <= limit).mean()) for limit in (1, 3, 10))
    return RankScores(float((1 / ranks).mean()), first, third, tenth, len(ranks), seconds)


class Ranker:
    """Streams through a data set in order of time, learns, and then answers questions about what comes next.

    At every moment only facts before it are known (the single-step protocol of the benchmarks). The rules and the
    places of the entities are brought up to date a score of times; the weights are fitted once, on the last `fit`
    questions before `until`, each answered from what was known at its own time.
    """

    def __init__(self, data: Quadruples, until: int | None = None, fit: int = 20_000, seed: int = 0) -> None:
        self.data = data
        self.relations, self.entities = len(data.relations), len(data.entities)
        self.facts = both_ways(data.facts, self.relations)
        self.until = int(data.test[0, 3]) if until is None else until
        self._random, self._seed = np.random.default_rng(seed), seed
        self.histories = Histories(self.facts, self.entities, self.relations, HALF_LIVES)
        self.rules = RuleTable(len(HALF_LIVES), self.relations)
        self.kinship: Kinship | None = None
        self.mixer: Mixer | None = None
        before = np.searchsorted(self.facts[:, 3], self.until)
        if before < 50:
            raise DataTooThin(f"{before // 2} facts before the first question; a ranking needs at least 25")
        self._fit_from = int(self.facts[before - min(fit, int(before * 0.5)), 3])
        self._ask_from = int(self.facts[int(before * _WARM_UP), 3])
        self._refreshed = -(10**9)
        self._refresh_every = max(1, int(self.facts[-1, 3] + 1) // _REFRESHES)
        self._examples: list[tuple[NDArray[np.float32], int]] = []

    def run(self) -> Iterator[tuple[int, _Question, Candidates]]:
        """Learn up to `until`, fit, and yield each later question with its candidates, learning as time goes on."""
        for time, rows in self.histories.batches():
            if time >= self.until and self.mixer is None:
                self._fit()
            if time >= self._ask_from:
                self._refresh(time)
                for question, candidates in self._ask(time, self.facts[rows]):
                    if time >= self.until:
                        yield time, question, candidates
                    else:
                        self._keep(question, candidates)
            self.histories.advance(time, rows)

    def finish(self) -> None:
        """Fit, where the data ended before `until`, and bring rules and places up to date."""
        if self.mixer is None:
            self._fit()
        self._refreshed = -(10**9)
        self._refresh(int(self.facts[-1, 3]) + 1)

    def _refresh(self, time: int) -> None:
        if time - self._refreshed >= self._refresh_every:
            self.rules.settle()
            self.kinship = Kinship(self.histories, time)
            self._refreshed = time

    def _ask(self, time: int, facts: Ints) -> Iterator[tuple[_Question, Candidates]]:
        """Yield the questions of one time that are to be answered or learned from; count all of them for the rules."""
        assert self.kinship is not None
        for subject, of_subject in _grouped(facts, 0):
            known = self.histories.about_subject(subject, time)
            for relation, group in _grouped(of_subject, 1):
                question = _Question(subject, relation, group[:, 2])
                if time >= self._fit_from:
                    yield question, self.candidates(question.subject, relation, time, known)
                self.rules.learn(relation, known[0], known[2], np.isin(known[1], question.objects))

    def candidates(
        self, subject: int, relation: int, time: int, known: tuple[Ints, Ints, NDArray[np.float32], Ints] | None = None
    ) -> Candidates:
        """Return the candidates for "who will subject do relation to at time?" from what is known by now."""
        if self.kinship is None:
            raise UsageError("the ranker has learned nothing yet: run it first")
        about = known if known is not None else self.histories.about_subject(subject, time)
        return describe_candidates(self.histories, self.rules, self.kinship, subject, about, relation, time)

    def _keep(self, question: _Question, candidates: Candidates, most: int = 160) -> None:
        """Keep an example for each true object: its features first, then those of candidates that did not come true."""
        true = np.isin(candidates.objects, question.objects)
        false = np.flatnonzero(~true)
        for row in np.flatnonzero(true):
            drawn = self._random.choice(false, most, replace=False) if len(false) > most else false
            if len(drawn):
                features = candidates.features[np.concatenate([[row], drawn])]
                self._examples.append((features.astype(np.float16), 0))

    def _fit(self) -> None:
        if len(self._examples) < 20:
            raise DataTooThin(f"{len(self._examples)} repeated questions to learn from; a ranking needs at least 20")
        self.mixer = fit_mixer(self._examples, seed=self._seed)
        self._examples = []


def evaluate_ranker(data: Quadruples, fit: int = 20_000, seed: int = 0) -> tuple[RankScores, RankScores]:
    """Return the scores of the ranker and of plain recurrence on the test part, objects and subjects both asked for.

    Protocol: when time t is asked about, all facts before t are known and none of t; ranks are time-aware filtered
    (other true answers of the same question at the same t are left out); every entity of the data set competes; ties
    count half. Recurrence ranks by how lately the same fact was, then by how often the relation had that object
    (after Gastinger and others 2024).
    """
    started = clock.perf_counter()
    ranker = Ranker(data, fit=fit, seed=seed)
    ranks: list[float] = []
    plain: list[float] = []
    for _, question, candidates in ranker.run():
        assert ranker.mixer is not None
        scores = ranker.mixer.score(candidates.features) if len(candidates.objects) else np.zeros(0, np.float32)
        last, often = candidates.features[:, 6 * len(HALF_LIVES)], candidates.features[:, 5 * len(HALF_LIVES) - 1]
        recurrence = last * 1e3 + often
        ranks += _ranks(question, candidates, scores, ranker.entities)
        plain += _ranks(question, candidates, recurrence, ranker.entities)
    seconds = clock.perf_counter() - started
    return score_ranks(np.array(ranks), seconds), score_ranks(np.array(plain), seconds)


def _ranks(question: _Question, candidates: Candidates, scores: NDArray[np.float32], entities: int) -> list[float]:
    """Return the filtered rank of each true object; those nobody put forward share the places after the candidates."""
    true = np.isin(candidates.objects, question.objects)
    rivals = scores[~true]
    mine = dict(zip(candidates.objects[true].tolist(), scores[true].tolist(), strict=True))
    missed = len(question.objects) - len(mine)
    behind = len(rivals) + (entities - len(candidates.objects) - missed) / 2 + 1
    return [
        1 + float((rivals > mine[entity]).sum()) + float((rivals == mine[entity]).sum()) / 2
        if entity in mine
        else behind
        for entity in question.objects.tolist()
    ]


def _grouped(facts: Ints, column: int) -> Iterator[tuple[int, Ints]]:
    ordered = facts[np.argsort(facts[:, column], kind="stable")]
    keys, starts = np.unique(ordered[:, column], return_index=True)
    yield from zip(keys.tolist(), np.split(ordered, starts[1:]), strict=True)
