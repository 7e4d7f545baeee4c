"""Reciprocity: planted answers are told, silence is told, and what is too thin is refused."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from detente.errors import DataTooThin, UsageError
from tests.measure.conftest import act, make_table

pytest.importorskip("statsmodels")

from detente.measure.reciprocity import reciprocity


def _answers(kind: str, months: int = 240, seed: int = 0) -> pa.Table:
    """AAA acts by routine; BBB answers it a month later in kind, inversely or not at all."""
    random = np.random.default_rng(seed)
    rows, mood, before = [], 0.0, 0.0
    for month in range(months):
        day = f"{1960 + month // 12}-{month % 12 + 1:02d}-15"
        mood = 0.6 * mood + random.normal(scale=3)
        pull = {"in kind": 0.8, "inversely": -0.8, "none": 0.0}[kind]
        for actor, other, score in (("AAA", "BBB", mood), ("BBB", "AAA", pull * before + random.normal(scale=2))):
            rows.append(act("CONSULT", actor, other, day, score=float(np.clip(score, -10, 10))))
        before = mood
    return make_table(rows)


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        ("in kind", "reciprocity", "BBB answered AAA in kind"),
        ("inversely", "inverse response", "BBB answered AAA inversely"),
        ("none", "none", "no reciprocity either way"),
    ],
)
def test_planted_answers_are_told(kind: str, answer: str, words: str) -> None:
    found = reciprocity(_answers(kind), "AAA", "BBB")
    assert found.answer("BBB", "AAA") == answer and found.answer("AAA", "BBB") == "none"
    assert found.routine("AAA", "BBB")
    assert words in found.summary()


def test_bands_hold_the_planted_response() -> None:
    found = reciprocity(_answers("in kind"), "AAA", "BBB", criterion="bic")
    assert found.responses is not None
    rows = [r for r in found.responses.to_pylist() if (r["cause"], r["effect"]) == ("AAA > BBB", "BBB > AAA")]
    assert rows[1]["low"] < 0.8 * 3 < rows[1]["high"]  # one standard deviation of AAA's shocks is 3
    assert rows[0]["response"] == 0 and all(row["low"] <= row["response"] <= row["high"] for row in rows)


def test_a_triangle_has_six_flows() -> None:
    random = np.random.default_rng(1)
    rows = []
    for month in range(200):
        day = f"{1960 + month // 12}-{month % 12 + 1:02d}-15"
        for actor, other in (("A", "B"), ("B", "A"), ("A", "C"), ("C", "A"), ("B", "C"), ("C", "B")):
            rows.append(act("CONSULT", actor, other, day, score=float(random.normal(scale=3))))
    found = reciprocity(make_table(rows), "A", "B", "C", most_lags=2)
    assert found.table.num_rows == 36
    assert found.summary().count(":") >= 3


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"every": "decade"}, DataTooThin, "reciprocity needs at least"),
        ({"criterion": "best"}, UsageError, "expected one of aic"),
        ({"value": "mood"}, UsageError, "expected one of score_sum"),
        ({"third": "AAA"}, UsageError, "three different parties"),
    ],
)
def test_too_thin_or_impossible_is_refused(options: dict[str, object], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        reciprocity(_answers("none", 60), "AAA", "BBB", **options)  # type: ignore[arg-type]


def test_a_flow_that_never_varies_is_refused() -> None:
    rows = [act("CONSULT", "AAA", "BBB", f"{year}-01-01") for year in range(1900, 1960)]
    with pytest.raises(DataTooThin, match="never varies"):
        reciprocity(make_table(rows), "AAA", "BBB", every="year")
