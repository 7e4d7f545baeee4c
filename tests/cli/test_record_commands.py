"""`add`, `show`, `documents`, `remove`: the main job from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detente.model import EVENT_COLUMNS
from tests.cli.conftest import EXAMPLE, Run


@pytest.fixture
def added(run: Run) -> Run:
    """The commands, on a record that holds the example."""
    assert run("add", EXAMPLE).code == 0
    return run


def test_add_closes_with_what_was_done(run: Run, tmp_path: Path) -> None:
    done = run("add", EXAMPLE)
    assert done.code == 0
    assert done.out.startswith("1 document, ")
    for noun in ("sentences", "events", " s\n"):
        assert noun in done.out
    assert (tmp_path / "record.duckdb").exists()


def test_adding_twice_says_that_nothing_is_new(added: Run) -> None:
    assert added("add", EXAMPLE).out.startswith("nothing new: 1 document already in the record, unchanged")


def test_record_is_chosen_by_option_or_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("add", EXAMPLE, "--record", "mine.duckdb").code == 0
    monkeypatch.setenv("DETENTE_RECORD", str(tmp_path / "mine.duckdb"))
    assert "alliance-and-rift" in run("documents", "--format", "jsonl").out


def test_some_failed_and_the_rest_are_added(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run("add", "empty.txt", EXAMPLE)
    assert done.code == 1
    assert done.err.count("\n") == 1 and "empty.txt: is empty" in done.err
    assert done.out.startswith("1 document, ") and "1 failed" in done.out


def test_all_failed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert run("add", "empty.txt").code == 2


def test_a_missing_path_leaves_no_record_behind(run: Run, tmp_path: Path) -> None:
    assert run("add", "nowhere.txt").refused("nowhere.txt", "does not exist")
    assert not (tmp_path / "record.duckdb").exists()


def test_a_missing_path_does_not_keep_the_others_out(run: Run) -> None:
    done = run("add", EXAMPLE, "nowhere.txt")
    assert done.code == 1
    assert "nowhere.txt: does not exist" in done.err
    assert done.out.startswith("1 document")


@pytest.mark.parametrize("columns", [80, 140])
def test_show_fits_the_terminal(added: Run, columns: int) -> None:
    done = added("show", "China", "Soviet Union", columns=columns)
    assert done.code == 0
    assert max(len(line) for line in done.out.splitlines()) <= columns
    assert "CHN" in done.out and "RUS" in done.out
    assert done.out.rstrip().endswith("events")


def test_show_gives_json_lines(added: Run) -> None:
    rows = [json.loads(line) for line in added("show", "China", "--format", "jsonl").out.splitlines()]
    assert rows and all(list(row) == EVENT_COLUMNS.names for row in rows)
    assert all("CHN" in row["actors"] + row["recipients"] for row in rows)


def test_show_gives_csv(added: Run) -> None:
    events = added("show", "--format", "jsonl").out.count("\n")
    rows = list(csv.DictReader(io.StringIO(added("show", "--format", "csv").out)))
    assert len(rows) == events
    assert rows[0].keys() == set(EVENT_COLUMNS.names)


def test_show_writes_parquet_to_a_file(added: Run, tmp_path: Path) -> None:
    done = added("show", "--format", "parquet", "--output", "events.parquet")
    assert (done.code, done.out) == (0, "")
    assert pq.read_table(tmp_path / "events.parquet").schema.equals(EVENT_COLUMNS)
    assert not list(tmp_path.glob("*.part"))


def test_show_filters(added: Run) -> None:
    everything = added("show", "--format", "jsonl").out.splitlines()
    sixties = added("show", "--from", "1960", "--to", "1969", "--format", "jsonl").out.splitlines()
    assert 0 < len(sixties) < len(everything)
    kind = json.loads(everything[0])["event_type"]
    typed = added("show", "--type", kind.lower(), "--format", "jsonl").out.splitlines()
    assert {json.loads(line)["event_type"] for line in typed} == {kind}
    assert len(added("show", "--limit", "1", "--format", "jsonl").out.splitlines()) == 1
    assert added("show", "--known-on", "1999-01-01").out == "0 events\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "Atlantis"], ["Atlantis"]),
        (["show", "China", "CHN"], ["CHN"]),
        (["show", "--from", "1972-02-30"], ["1972-02-30"]),
        (["show", "--from", "1970", "--to", "1969"], ["1970", "1969"]),
        (["show", "--type", "DANCE"], ["DANCE", "CONSULT"]),
        (["show", "--status", "doubtful"], ["doubtful", "actual"]),
        (["show", "--format", "csv", "--output", "nowhere/events.csv"], ["nowhere"]),
        (["remove", "nothing"], ["nothing"]),
        (["add", "nowhere/*.html"], ["nowhere"]),
    ],
)
def test_bad_questions_end_in_one_line(added: Run, arguments: list[str], words: list[str]) -> None:
    assert added(*arguments).refused(*words)


def test_documents_are_listed_and_removed(added: Run) -> None:
    (row,) = (json.loads(line) for line in added("documents", "--format", "jsonl").out.splitlines())
    assert row["name"] == "alliance-and-rift" and row["events"] > 0
    assert row["document_id"] in added("documents").out
    assert added("remove", row["document_id"][:8]).out == "1 document removed\n"
    assert added("show").out == "0 events\n"
    assert added("documents", "--format", "jsonl").out == ""


def test_folders_and_globs_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cables" / "may").mkdir(parents=True)
    for number, place in enumerate(("cables", "cables/may")):
        (tmp_path / place / f"{number}.txt").write_text(
            f"In 195{number} China met the Soviet Union in Geneva for talks."
        )
    assert run("add", "cables").out.startswith("2 documents, ")
    assert run("add", "cables/*.txt").out.startswith("nothing new: 1 document ")


def test_markup_in_a_document_is_only_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sly.txt").write_text("China met the Soviet Union [bold]in[/bold] Moscow [/red] for talks in 1957.")
    run("add", "sly.txt")
    assert run("show").code == 0
    assert run("documents").code == 0
