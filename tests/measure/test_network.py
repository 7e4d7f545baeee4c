"""Signed networks: the published course of six powers, balance as an algebra, and the network of the reference page."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DataTooThin, UsageError
from detente.measure.balance import frustration_index, signed_triads
from detente.measure.network import network, network_course, signed_network
from detente.measure.powers import CHANGES, powers_course, powers_in
from detente.model import Tie
from tests.measure.conftest import act, make_table


@st.composite
def sign_matrices(draw: st.DrawFn) -> np.ndarray:
    size = draw(st.integers(3, 9))
    upper = draw(
        st.lists(st.sampled_from([-1, 0, 1]), min_size=size * (size - 1) // 2, max_size=size * (size - 1) // 2)
    )
    matrix = np.zeros((size, size), np.int64)
    matrix[np.triu_indices(size, 1)] = upper
    return matrix + matrix.T


def _against_the_grain(signs: np.ndarray, sides: tuple[int, ...]) -> int:
    pairs = itertools.combinations(range(len(signs)), 2)
    return sum(1 for a, b in pairs if signs[a, b] * (1 if sides[a] == sides[b] else -1) < 0)


@pytest.mark.parametrize("year", CHANGES)
def test_six_powers_as_published(year: int) -> None:
    """Antal, Krapivsky and Redner (2006): two unbalanced triads at each change up to 1904, none of the 20 in 1907."""
    found = powers_in(year)
    assert len(found.unbalanced) == (0 if year == 1907 else 2)
    assert year != 1907 or (len(found.triads) == 20 and found.frustration is not None and found.frustration.high == 0)


def test_the_powers_end_in_the_two_alliances() -> None:
    last = powers_course().networks[-1]
    assert last.frustration is not None
    sides = dict(zip(last.names, last.frustration.sides, strict=True))
    assert sides["UKG"] == sides["FRN"] == sides["RUS"] != sides["GMY"] == sides["AUH"] == sides["ITA"]


@settings(max_examples=60, deadline=None)
@given(sign_matrices())
def test_the_frustration_index_is_the_least_over_all_divisions(signs: np.ndarray) -> None:
    found = frustration_index(signs)
    least = min(_against_the_grain(signs, sides) for sides in itertools.product((0, 1), repeat=len(signs)))
    assert found.exact and found.high == least == _against_the_grain(signs, found.sides)


@settings(max_examples=40, deadline=None)
@given(sign_matrices(), st.randoms())
def test_relabelling_changes_no_index(signs: np.ndarray, random: object) -> None:
    order = list(range(len(signs)))
    random.shuffle(order)  # type: ignore[attr-defined]
    other = signs[np.ix_(order, order)]
    assert frustration_index(other).high == frustration_index(signs).high
    assert sorted(t.balanced for t in signed_triads(other)) == sorted(t.balanced for t in signed_triads(signs))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([-1, 1]), min_size=3, max_size=40), st.integers(0, 2**31))
def test_a_balanced_network_has_no_frustration_at_any_size(sides: list[int], seed: int) -> None:
    signs = np.outer(sides, sides) * np.random.default_rng(seed).integers(0, 2, (len(sides), len(sides)))
    signs = np.triu(signs, 1) + np.triu(signs, 1).T
    found = frustration_index(signs)
    assert (found.low, found.high) == (0, 0)
    assert all(triad.balanced for triad in signed_triads(signs))


def test_large_networks_have_bounds_that_hold() -> None:
    random = np.random.default_rng(4)
    sides = random.choice([-1, 1], 40)
    signs = np.triu(np.outer(sides, sides) * (random.random((40, 40)) < 0.3), 1)
    flipped = random.choice(np.flatnonzero(signs), 7, replace=False)
    signs.flat[flipped] *= -1
    signs = (signs + signs.T).astype(np.int64)
    found = frustration_index(signs, seconds=5)
    assert 0 < found.low <= found.high <= 7
    assert _against_the_grain(signs, found.sides) == found.high


def test_the_reference_page_in_october_1979(seed_events: pa.Table, seed_ties: list[Tie]) -> None:
    found = network(seed_events, "1979-10-15", ties=seed_ties)
    signs = {(row["a"], row["b"]): row["sign"] for row in found.table.to_pylist()}
    assert signs["CHN", "RUS"] == -1 and signs["DRV", "RUS"] == 1 and signs["CHN", "DRV"] == -1
    assert "CAM, CHN, JPN, USA | DRV, RUS" in found.summary()


def test_the_course_follows_the_acts() -> None:
    rows = [act("AID", a, b, "1960-01-01") for a, b in (("A", "B"), ("B", "C"))]
    rows += [act("ASSAULT", "A", "C", "1962-01-01"), act("ASSAULT", "A", "C", "1962-02-01")]
    course = network_course(make_table(rows), every="year", half_life=10)
    assert course.table.column("unbalanced").to_pylist() == [0, 0, 1]
    assert course.table.column("frustration_high").to_pylist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        (np.ones((2, 3), int), "expected a square one"),
        (np.array([[0, 1], [-1, 0]]), "the same both ways"),
        ({("A", "Z"): 1}, "expected names among A, B"),
    ],
)
def test_impossible_signs_are_refused(signs: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        signed_network(["A", "B"], signs)  # type: ignore[arg-type]


def test_too_few_relations_are_refused() -> None:
    with pytest.raises(DataTooThin, match="a network needs at least 3"):
        network(make_table([act("AID", "A", "B", "1960-01-01")]), "1961-01-01")


def test_pictures_are_drawn(seed_events: pa.Table, tmp_path: object) -> None:
    pytest.importorskip("altair")
    assert "Who stood with whom" in network(seed_events, 1979).plot().to_json()
    assert "unbalanced triads" in powers_course().plot().to_json()
