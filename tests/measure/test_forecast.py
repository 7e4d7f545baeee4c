"""Forecasts of a dyad: proper scores, planted courses, baselines beside the model, and no peeking ahead."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DataTooThin, UsageError
from detente.measure import forecast as module
from detente.measure.forecast import METHODS, forecast
from detente.measure.scoring_rules import brier, crps, weighted_quantile
from detente.measure.series import QUAD_COLUMNS
from tests.measure.conftest import act, make_table

VALUES = st.lists(st.floats(-50, 50), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.floats(-60, 60))
def test_crps_is_the_area_between_the_two_distributions(values: list[float], outcome: float) -> None:
    ensemble = np.array(values)
    grid = np.linspace(-70, 70, 28_001)
    share = (ensemble[None, :] <= grid[:, None]).mean(axis=1)
    area = float((((share - (grid >= outcome)) ** 2).sum()) * (grid[1] - grid[0]))
    assert crps(ensemble, np.full(len(values), 1 / len(values)), outcome) == pytest.approx(area, abs=0.05)


def test_scores_are_proper() -> None:
    truth = np.array([1, 1, 1, 0], float)
    assert brier(np.full(4, 0.75), truth) < min(brier(np.full(4, p), truth) for p in (0.5, 0.6, 0.9, 1.0))
    assert weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([0.1, 0.8, 0.1]), 0.5) == 1.0


def _course(seed: int = 0) -> pa.Table:
    """Thirty years: conflict until 1965, then cooperation."""
    random = np.random.default_rng(seed)
    rows = []
    for year in range(1950, 1980):
        kind = "ACCUSE" if year < 1965 else "CONSULT"
        rows += [act(kind, "AAA", "BBB", f"{year}-06-01") for _ in range(random.integers(0, 3) + 1)]
        if random.random() < 0.2:
            rows.append(act("AID", "AAA", "BBB", f"{year}-07-01"))
    return make_table(rows)


def test_the_model_follows_the_change_and_beats_climatology() -> None:
    found = forecast(_course(), "AAA", "BBB", every="year", steps=2)
    first = {row["method"]: row for row in found.table.to_pylist() if row["step"] == 1}
    assert first["model"]["verbal_cooperation"] > 0.75 > first["climatology"]["verbal_cooperation"]
    assert first["model"]["verbal_conflict"] < 0.25
    scores = {row["method"]: row for row in found.evaluation.to_pylist() if row["step"] == 1}  # type: ignore[union-attr]
    assert set(scores) == set(METHODS)
    assert scores["model"]["brier"] < scores["climatology"]["brier"]
    assert scores["model"]["crps"] <= scores["climatology"]["crps"]


def test_probabilities_and_periods_make_sense() -> None:
    rows = forecast(_course(), "AAA", "BBB", every="year", steps=3).table.to_pylist()
    assert all(0 <= row[name] <= 1 for row in rows for name in QUAD_COLUMNS)
    assert all(row["score_low"] <= row["score"] <= row["score_high"] for row in rows)
    assert sorted({row["period"].isoformat() for row in rows}) == ["1980-01-01", "1981-01-01", "1982-01-01"]


def test_no_forecast_of_the_past_knows_its_future() -> None:
    """Changing what happens after an origin must not change what is said at it."""
    random = np.random.default_rng(2)
    outcome, score = (random.random((20, 4)) < 0.4).astype(float), random.normal(size=20)
    for length in (8, 15):
        before = module._chances(outcome[:length], 1), module._ensembles(score[:length], 1)
        changed, moved = outcome.copy(), score.copy()
        changed[length:], moved[length:] = 1 - changed[length:], moved[length:] + 100
        after = module._chances(changed[:length], 1), module._ensembles(moved[:length], 1)
        assert all(np.array_equal(before[0][method], after[0][method]) for method in METHODS)
        assert all(np.array_equal(before[1][method][0], after[1][method][0]) for method in METHODS)


def test_the_reference_page_says_honestly_how_it_did(seed_events: pa.Table) -> None:
    said = forecast(seed_events, "CHN", "RUS", every="year", steps=1).summary()
    assert "Brier score" in said and ("beats the best baseline" in said or "does not beat" in said)


def test_too_little_is_refused() -> None:
    with pytest.raises(DataTooThin, match="needs at least 12"):
        forecast(make_table([act("AID", "AAA", "BBB", "1960-01-01")]), "AAA", "BBB")
    with pytest.raises(UsageError, match="at least 1 period"):
        forecast(_course(), "AAA", "BBB", steps=0)
