"""The commands that tell what stands between states."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.coding.handcoded import read_handcoded
from detente.reading import read_document
from detente.ties.find import find_ties
from detente.workbench import Record
from tests.cli.conftest import EXAMPLE, Run

Filled = Callable[..., object]


@pytest.fixture
def filled(run: Run) -> Run:
    """Run commands on a record of the example, coded by hand."""
    [document] = read_document(EXAMPLE)
    events = read_handcoded(EXAMPLE.with_suffix(".events.jsonl"), document)
    with Record(Path("record.duckdb")) as record:
        record.store.add(document, events, find_ties(document, events))
    return run


def test_ties_on_a_day_are_printed_and_given_to_programs(filled: Run) -> None:
    shown = filled("ties", "China", "Soviet Union", "--on", "1955-06-01", columns=140)
    assert shown.code == 0
    assert "alliance" in shown.out
    lines = filled("ties", "China", "Soviet Union", "--on", "1955-06-01", "--format", "jsonl").out.splitlines()
    assert "alliance" in {json.loads(line)["kind"] for line in lines}
    rows = list(csv.DictReader(filled("ties", "China", "--format", "csv").out.splitlines()))
    assert {"tie_id", "opened_earliest", "outcome"} <= set(rows[0])
    assert all("CHN" in row["parties"].split(";") for row in rows)


def test_changes_between_two_days_tell_why(filled: Run) -> None:
    shown = filled("ties", "China", "Soviet Union", "--between", "1950-01-01", "1950-12-31", columns=140)
    assert "alliance opened" in shown.out
    assert "treaty of friendship" in " ".join(shown.out.split())


def test_the_state_of_relations_is_a_page_or_json(filled: Run) -> None:
    page = filled("state-of-relations", "China", "Soviet Union", "--on", "1955-06-01", columns=140)
    assert page.out.startswith("CHN and RUS on 1955-06-01: score ")
    for head in ("Standing:", "Asked and not met:", "Proposed:", "Last acts:"):
        assert head in page.out
    told = json.loads(filled("state-of-relations", "China", "Russia", "--on", "1955-06-01", "-f", "json").out)
    assert told["parties"] == ["CHN", "RUS"]
    assert all(moment["quote"] for tie in told["standing"] for moment in tie["moments"])
    assert {act["document"] for act in told["recent"]} <= set(told["sources"])


def test_the_record_is_held_beside_a_data_set(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "rivalries.csv"
    path.write_text("rivalry,ccode1,ccode2,start,end\nChina-USSR,365,710,1958,1989\n")
    shown = filled("compare", "--with", "rivalries", path, "China", "Soviet Union", "--format", "jsonl")
    rows = [json.loads(line) for line in shown.out.splitlines()]
    assert {row["where"] for row in rows} >= {"both"}
    assert filled("compare", "--with", "alliances", path).refused("use atop")
    assert filled("compare", "--with", "atop", path).refused("none of the columns")


def test_reviewers_join_and_split(filled: Run) -> None:
    lines = filled("show", "China", "Soviet Union", "--format", "jsonl").out.splitlines()
    first, second = (json.loads(line)["event_id"] for line in lines[:2])
    joined = filled("join", first, second, "--who", "M. Weber", "--why", "the same")
    assert f"lead to {min(first, second)}" in joined.out
    assert "0 led elsewhere before" in filled("reconcile").out
    assert "split by M. Weber" in filled("split", first, second, "--who", "M. Weber").out
    assert filled("join", first, "nothing", "--who", "M. Weber").refused("no such event or tie")


BAD = [
    (("ties", "China", "China", "--on", "1979-10-15"), "different"),
    (("ties", "China", "Atlantis"), "Atlantis"),
    (("ties", "China", "Russia", "--on", "1979-02-30"), "1979-02-30"),
    (("ties", "China", "Russia", "--between", "1980-01-01", "1979-01-01"), "comes after"),
    (("ties", "China", "--between", "1979-01-01", "1980-01-01"), "two states"),
    (("state-of-relations", "China", "China", "--on", "1979-10-15"), "itself"),
    (("state-of-relations", "China", "Russia", "--on", "1979-13-01"), "1979-13-01"),
]


@pytest.mark.parametrize(("arguments", "word"), BAD)
def test_bad_input_ends_in_one_line(filled: Run, arguments: tuple[str, ...], word: str) -> None:
    assert filled(*arguments).refused(word)
