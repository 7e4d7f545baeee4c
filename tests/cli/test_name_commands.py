"""`who` and `when`: answers with reasons."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_who_answers_with_a_reason(run: Run) -> None:
    done = run("who", "Peking", "--on", "1965-05-01", columns=140)
    assert done.code == 0
    assert done.out.splitlines()[0] == "Peking: CHN"
    (answer,) = (
        a for a in map(json.loads, run("who", "Peking", "--format", "jsonl").out.splitlines()) if a["possible"]
    )
    assert answer["code"] == "CHN" and answer["reason"]


def test_who_does_not_know(run: Run) -> None:
    assert run("who", "Atlantis").refused("Atlantis")


def test_who_wants_a_real_day(run: Run) -> None:
    assert run("who", "Peking", "--on", "1965-02-30").refused("1965-02-30")


def test_when_gives_bounds(run: Run) -> None:
    (line,) = run("when", "September 1979", "--format", "jsonl").out.splitlines()
    answer = json.loads(line)
    assert (answer["earliest"], answer["latest"], answer["edtf"]) == ("1979-09-01", "1979-09-30", "1979-09")
    assert "1979-09-30" in run("when", "September 1979").out


def test_when_knows_no_date(run: Run) -> None:
    assert run("when", "herring").refused("herring")


def test_every_command_takes_a_record(run: Run) -> None:
    assert run("who", "China", "--on", "1965-05-01", "--record", "elsewhere.duckdb").code == 0
