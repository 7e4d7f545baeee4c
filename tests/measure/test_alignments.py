"""Landscape theory: energies and minima against brute force, the published case of Syria, and proposals."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DataTooThin, FormatError, UsageError
from detente.measure.alignments import alignments, who_would_join
from detente.measure.landscape import all_energies, anneal, find_minima, flip_costs, sides_of
from detente.model import Tie
from tests.measure.conftest import act, make_table


def _energy(pull: np.ndarray, sides: tuple[int, ...]) -> float:
    """The sum over ordered pairs in different blocs, as Axelrod and Bennett write it."""
    pairs = itertools.permutations(range(len(pull)), 2)
    return sum(float(pull[i, j]) for i, j in pairs if sides[i] != sides[j])


@st.composite
def pulls(draw: st.DrawFn) -> np.ndarray:
    size = draw(st.integers(2, 7))
    values = draw(st.lists(st.integers(-6, 6), min_size=size * size, max_size=size * size))
    matrix = np.array(values, float).reshape(size, size)
    matrix = np.triu(matrix, 1)
    return matrix + matrix.T


@settings(max_examples=60, deadline=None)
@given(pulls())
def test_energies_and_minima_equal_brute_force(pull: np.ndarray) -> None:
    size = len(pull)
    energy = all_energies(pull)
    by_sides = {tuple(sides_of(number, size).tolist()): value for number, value in enumerate(energy)}
    assert all(value == pytest.approx(_energy(pull, sides)) for sides, value in by_sides.items())
    lower = {
        sides
        for sides in by_sides
        if all(_energy(pull, (*sides[:i], 1 - sides[i], *sides[i + 1 :])) >= _energy(pull, sides) for i in range(size))
    }
    found = find_minima(pull)
    assert {minimum.sides for minimum in found} == lower
    assert sum(minimum.basin for minimum in found) == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(pulls())
def test_the_cost_of_a_defection_is_the_energy_it_adds(pull: np.ndarray) -> None:
    sides = sides_of(2 ** (len(pull) - 1) - 1, len(pull))
    costs = flip_costs(pull, sides)
    for actor in range(len(pull)):
        other = sides.copy()
        other[actor] = 1 - other[actor]
        assert costs[actor] == pytest.approx(_energy(pull, tuple(other)) - _energy(pull, tuple(sides)))


def test_blocks_do_not_change_the_basins(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    pull = random.normal(size=(12, 12))
    pull = np.triu(pull, 1) + np.triu(pull, 1).T
    whole = find_minima(pull)
    monkeypatch.setattr("detente.measure.landscape._BLOCK", 16)
    assert find_minima(pull) == whole


def test_annealing_finds_the_lowest() -> None:
    random = np.random.default_rng(2)
    for _ in range(5):
        pull = random.normal(size=(14, 14))
        pull = np.triu(pull, 1) + np.triu(pull, 1).T
        assert anneal(pull)[0].energy == pytest.approx(find_minima(pull)[0].energy)


def test_the_syrian_war_of_2016(shared: Path) -> None:
    """Furnas and Axelrod: 11 actors, 1,024 configurations, one minimum; its energy from a sum written out here."""
    folder = shared / "reference" / "benchmarks" / "syria2016"
    found = alignments(folder / "propensity.csv", folder / "actors.csv")
    with (folder / "actors.csv").open() as lines:
        sizes = {row["actor"]: float(row["strength"]) for row in csv.DictReader(lines)}
    with (folder / "propensity.csv").open() as lines:
        pairs = [(row["a"], row["b"], float(row["propensity"])) for row in csv.DictReader(lines)]
    energies = {}
    others = [actor for actor in found.actors if actor != "US"]
    for bits in itertools.product((0, 1), repeat=10):
        side = {"US": 0, **dict(zip(others, bits, strict=True))}
        energies[tuple(side[actor] for actor in found.actors)] = sum(
            2 * sizes[a] * sizes[b] * value for a, b, value in pairs if side[a] != side[b]
        )
    best = min(energies, key=energies.__getitem__)
    assert len(energies) == 1024
    assert len(found.minima) == 1 and found.minima[0].sides == best
    assert found.minima[0].energy == energies[best] == -83_200
    assert set(found.blocs()[1]) == {"Tur", "ISIS", "Nursa"}


def test_the_asian_collective_security_system(seed_events: pa.Table, seed_ties: list[Tie]) -> None:
    """What the page tells: Vietnam was the Soviet Union's ally, Cambodia China's; most of Asia refused."""
    invited = ["DRV", "CAM", "JPN", "USA", "AFG"]
    found = who_would_join(seed_events, "RUS", invited, "1979-10-15", against="CHN", ties=seed_ties, samples=200)
    verdicts = dict(zip(invited, found.table.column("verdict").to_pylist(), strict=True))
    assert verdicts == {"DRV": "join", "CAM": "refuse", "JPN": "refuse", "USA": "refuse", "AFG": "undecided"}
    assert "Less than one act of evidence on AFG" in found.summary()


def test_thin_evidence_is_less_sure() -> None:
    def ask(acts: int) -> float:
        rows = [act("ACCUSE", "RUS", "JPN", f"1979-0{1 + number}-01") for number in range(acts)]
        rows += [act("AID", "RUS", "JPN", "1979-03-01"), act("ASSAULT", "CHN", "RUS", "1979-01-01")]
        table = make_table(rows)
        joined = who_would_join(table, "RUS", ["JPN"], "1979-12-31", against="CHN", samples=200)
        return float(joined.table.column("joins")[0].as_py())

    assert ask(1) > ask(8)


def test_from_events_and_given_scores_agree(seed_events: pa.Table) -> None:
    found = alignments(events=seed_events, on="1979-10-15", actors=["CHN", "RUS", "DRV", "CAM"])
    again = alignments(found.propensity, actors=["CHN", "RUS", "DRV", "CAM"])
    assert found.minima == again.minima


def test_more_than_25_actors_are_annealed() -> None:
    sides = np.array([1, -1] * 15)
    found = alignments(np.outer(sides, sides) - np.eye(30))
    assert not found.exact and found.minima[0].energy == -2 * 15 * 15


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"propensity": [[0, 1, 2], [1, 0, 3]]}, UsageError, r"shape \(2, 3\): expected a square one"),
        ({"propensity": [[0, 1], [2, 0]], "actors": ["A", "B"]}, UsageError, "A and B: 1 one way, 2 the other"),
        ({"propensity": [[0, 1], [1]]}, UsageError, "all of one length"),
        ({"propensity": {("A", "B"): 1.0, ("B", "C"): 1.0}}, UsageError, "A and C is missing"),
        ({"propensity": {("A", "B"): 1.0, ("B", "A"): 2.0}}, UsageError, "the same both ways"),
        ({"propensity": {("A", "B"): 1.0}, "sizes": {"A": 1}}, UsageError, "no size for B"),
        ({"propensity": pa.table({"a": ["A"], "b": ["B"]})}, FormatError, "lacks propensity"),
        ({"propensity": "nowhere.csv"}, FormatError, "there is no such file"),
        ({"propensity": [[0.0]]}, DataTooThin, "at least 2"),
        ({}, UsageError, "either propensities, or events"),
    ],
)
def test_bad_input_is_refused_in_one_line(arguments: dict[str, object], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        alignments(**arguments)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
