"""Turning points: exact sums against brute force, planted breaks, and the story of the reference page."""

from __future__ import annotations

import itertools
from math import comb, exp, factorial

import numpy as np
import pyarrow as pa
import pytest

from detente.errors import DataTooThin, UsageError
from detente.measure.changepoints import find_changes, normal_evidence, poisson_evidence
from detente.measure.turning_points import turning_points
from detente.model import Tie
from tests.measure.conftest import act, make_table


def _by_enumeration(evidence: np.ndarray, most: int, expected: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the probability of each number of changes and of each place, from every placing one by one."""
    size = len(evidence) - 1
    number, marginal = np.zeros(most + 1), np.zeros(size)
    for k in range(most + 1):
        prior = expected**k / factorial(k) / comb(size - 1, k)
        for places in itertools.combinations(range(1, size), k):
            edges = [0, *places, size]
            mass = prior * exp(sum(evidence[i, j] for i, j in itertools.pairwise(edges)))
            number[k] += mass
            marginal[list(places)] += mass
    return number / number.sum(), marginal / number.sum()


@pytest.mark.parametrize("kind", ["poisson", "normal"])
def test_dynamic_programming_equals_enumeration(kind: str) -> None:
    counts = np.array([[0, 1], [1, 0], [0, 0], [4, 0], [3, 1], [5, 0], [1, 2], [0.5, 2]], float)
    exposure = np.array([1, 1, 0, 1, 1, 1, 1, 1], float)
    evidence = poisson_evidence(counts, exposure) if kind == "poisson" else normal_evidence(counts, exposure)
    found = find_changes(evidence, most=4, expected=2.0)
    number, marginal = _by_enumeration(evidence, 4, 2.0)
    assert found.number_probability == pytest.approx(number)
    assert found.marginal == pytest.approx(marginal, abs=1e-9)


@pytest.mark.parametrize("kind", ["poisson", "normal"])
def test_a_planted_break_is_found_and_lies_in_its_interval(kind: str) -> None:
    random = np.random.default_rng(5)
    counts = np.concatenate([random.poisson(2, (40, 1)), random.poisson(9, (40, 1))]).astype(float)
    evidence = (
        poisson_evidence(counts, np.ones(80)) if kind == "poisson" else normal_evidence(np.sqrt(counts), np.ones(80))
    )
    found = find_changes(evidence, most=6, expected=1.0)
    assert len(found.places) == 1 and abs(found.places[0] - 40) <= 1
    assert found.intervals[0][0] <= 40 <= found.intervals[0][1]
    assert found.certainty[0] > 0.99


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    random = np.random.default_rng(11)
    held = 0
    for _ in range(150):
        place = int(random.integers(10, 30))
        counts = np.concatenate([random.poisson(1, (place, 1)), random.poisson(4, (40 - place, 1))]).astype(float)
        found = find_changes(poisson_evidence(counts, np.ones(40)), most=1, expected=1000.0, level=0.8)
        held += found.intervals[0][0] <= place <= found.intervals[0][1]
    assert 0.72 <= held / 150 <= 0.95


def test_flat_counts_have_no_turning_point() -> None:
    counts = np.random.default_rng(1).poisson(3, (60, 2)).astype(float)
    found = find_changes(poisson_evidence(counts, np.ones(60)), most=5, expected=1.0)
    assert found.places == ()


def test_the_story_of_the_reference_page(seed_events: pa.Table) -> None:
    found = turning_points(seed_events, "CHN", "RUS")
    assert [regime.tone for regime in found.regimes] == [
        "cool", "quiet", "worst", "quiet", "cool", "better", "better still",
    ]  # fmt: skip
    assert [(point.day.year, point.kind) for point in found.points] == [
        (1961, "quieter"), (1967, "worse"), (1970, "quieter"), (1976, "worse"), (1982, "better"), (1986, "better"),
    ]  # fmt: skip
    assert [(chance.first.year, chance.last.year) for chance in found.chances] == [(1979, 1980)]
    fighting = found.points[1].events.column("trigger").to_pylist()
    assert {"Riots", "clashes"} <= set(fighting)
    assert all(point.earliest <= point.day <= point.latest for point in found.points)


def test_the_picture_holds_the_story(seed_events: pa.Table, seed_ties: list[Tie]) -> None:
    pytest.importorskip("altair")
    drawn = turning_points(seed_events, "CHN", "RUS").plot(seed_ties).to_json()
    for words in (
        "worst",
        "a chance lost, 1979-80",
        "better still",
        "broken off",
        "serious Sino-Soviet border clashes",
    ):
        assert words in drawn


def test_dense_counts_take_the_normal_model_and_pelt_agrees() -> None:
    random = np.random.default_rng(3)
    rows = []
    for year in range(1950, 1980):
        kind, count = ("ACCUSE", 30) if year < 1965 else ("CONSULT", 45)
        rows += [act(kind, "AAA", "BBB", f"{year}-{random.integers(1, 13):02d}-01") for _ in range(count)]
    table = make_table(rows)
    found = turning_points(table, "AAA", "BBB", every="year")
    assert found.model == "normal" and [point.day.year for point in found.points] == [1965]
    pytest.importorskip("ruptures")
    assert [point.day.year for point in turning_points(table, "AAA", "BBB", every="year", model="pelt").points] == [
        1965
    ]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({}, DataTooThin, "at least 5 events and 4 periods"),
        ({"model": "magic"}, UsageError, "expected auto, poisson"),
        ({"level": 1.5}, UsageError, "between 0 and 1"),
    ],
)
def test_too_little_or_impossible_is_refused(options: dict[str, object], error: type[Exception], words: str) -> None:
    table = make_table([act("AID", "AAA", "BBB", "1960-01-01"), act("AID", "AAA", "BBB", "1970-01-01")])
    with pytest.raises(error, match=words):
        turning_points(table, "AAA", "BBB", **options)  # type: ignore[arg-type]
