"""Forecasts for a whole data set: likely recipients, likely acts, and the benchmark's scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from detente.errors import UsageError
from detente.measure.quadruples import Quadruples, from_events, read_quadruples
from detente.measure.ranker import Ranker, evaluate_ranker
from detente.measure.result import Result

__all__ = ["RankingScores", "likely_acts", "likely_recipients", "score_ranking"]


@dataclass(frozen=True)
class RankingScores(Result):
    """How well the ranker and plain recurrence rank the true answers of the test part.

    `table`, one row a method ("model", "recurrence"): `mrr`, `hits1`, `hits3`, `hits10` (time-aware filtered, objects
    and subjects both asked for), `questions`. `seconds` is the time both took together.
    """

    questions: int = 0
    seconds: float = 0.0

    references: ClassVar[tuple[str, ...]] = ("gastinger2024", "liu2022")

    def plot(self) -> Any:
        """Return bars of the scores of both methods."""
        from detente.measure.forecast_chart import draw_ranking

        return draw_ranking(self)

    def summary(self) -> str:
        """Return the figures and the protocol in words."""
        model, plain = self.table.to_pylist()
        return (
            f"Filtered MRR {model['mrr']:.4f} (recurrence {plain['mrr']:.4f}), Hits@1 {model['hits1']:.4f},"
            f" Hits@3 {model['hits3']:.4f}, Hits@10 {model['hits10']:.4f} on {self.questions:,} questions in"
            f" {self.seconds:.0f} s. Single step: all facts before a time are known when it is asked about; other true"
            " answers at the same time are left out; all entities compete; ties count half."
        )


def score_ranking(source: Quadruples | str | Path | Any, *, fit: int = 20_000, seed: int = 0) -> RankingScores:
    """Return the benchmark scores on the test part of `source`, with those of recurrence beside them.

    `source`: a folder with train.txt, valid.txt, test.txt (see `read_quadruples`), quadruples, or an event table, which
    is split by time. `fit` is how many questions before the test the weights are learned on.
    """
    model, plain = evaluate_ranker(_data(source), fit, seed)
    rows = [
        {
            "method": method,
            "mrr": scores.mrr,
            "hits1": scores.hits1,
            "hits3": scores.hits3,
            "hits10": scores.hits10,
            "questions": scores.questions,
        }
        for method, scores in (("model", model), ("recurrence", plain))
    ]
    return RankingScores(pa.Table.from_pylist(rows), model.questions, model.seconds)


def likely_recipients(source: Quadruples | str | Path | Any, actor: str, act: str, top: int = 10) -> pa.Table:
    """Return the likeliest recipients of `act` by `actor` in the step after the last of `source`.

    Columns `recipient`, `probability` (over the candidates), `times` (how often it happened before). UsageError for an
    actor or act the data do not know.
    """
    ranker, time = _learned(_data(source))
    data = ranker.data
    subject, relation = _place(actor, data.entities, "actor"), _place(act, data.relations, "act")
    found = ranker.candidates(subject, relation, time)
    assert ranker.mixer is not None
    scores = ranker.mixer.score(found.features).astype(np.float64)
    mass = np.exp(scores - scores.max())
    mass /= mass.sum()
    past = data.facts[(data.facts[:, 0] == subject) & (data.facts[:, 1] == relation), 2]
    order = np.argsort(-mass, kind="stable")[:top]
    return pa.table(
        {
            "recipient": pa.array([data.entities[int(found.objects[row])] for row in order], pa.string()),
            "probability": pa.array(mass[order]),
            "times": pa.array([int((past == found.objects[row]).sum()) for row in order], pa.int64()),
        }
    )


def likely_acts(source: Quadruples | str | Path | Any, actor: str, recipient: str, top: int = 10) -> pa.Table:
    """Return the likeliest acts of `actor` towards `recipient` in the step after the last of `source`.

    Columns `act`, `expected` (a rate a step, from the rules that fire and their confidence), `times`.
    """
    data = _data(source)
    ranker, time = _learned(data)
    subject, target = _place(actor, data.entities, "actor"), _place(recipient, data.entities, "recipient")
    kinds, objects, counts, _ = ranker.histories.about_subject(subject, time)
    mine = objects == target
    fired = ranker.rules.confidence[:, : len(data.relations)][:, :, kinds[mine]] * counts[mine].T[:, None, :]
    expected = fired.sum(axis=2).mean(axis=0)
    past = data.facts[(data.facts[:, 0] == subject) & (data.facts[:, 2] == target), 1]
    order = [int(row) for row in np.argsort(-expected, kind="stable")[:top] if expected[row] > 0]
    return pa.table(
        {
            "act": pa.array([data.relations[row] for row in order], pa.string()),
            "expected": pa.array(expected[order], pa.float64()),
            "times": pa.array([int((past == row).sum()) for row in order], pa.int64()),
        }
    )


def _data(source: Quadruples | str | Path | Any) -> Quadruples:
    if isinstance(source, Quadruples):
        return source
    if isinstance(source, (str, Path)) and not str(source).endswith(".parquet"):
        return read_quadruples(source)
    return from_events(source)


def _learned(data: Quadruples) -> tuple[Ranker, int]:
    """Return a ranker that has seen everything, its weights fitted on the last of it, and the time of the next step."""
    last = int(data.facts[-1, 3])
    ranker = Ranker(data, until=last + 1)
    for _ in ranker.run():
        pass
    ranker.finish()
    return ranker, last + 1


def _place(name: str, names: tuple[str, ...], what: str) -> int:
    if name not in names:
        raise UsageError(f"{what} {name!r} is not in the data: expected one of {', '.join(names[:8])} …")
    return names.index(name)
