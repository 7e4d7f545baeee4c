"""Event data in and out from the command line."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from typer.testing import CliRunner

from detente.cli.app import app
from detente.workbench import Record
from tests.exchange.samples import SAMPLES, gdelt_line

runner = CliRunner()


def run(*arguments: object) -> tuple[int, str]:
    result = runner.invoke(app, [str(each) for each in arguments])
    return result.exit_code, result.output


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    path = tmp_path / "events.CSV"
    path.write_text("\n".join(gdelt_line(n, sqldate=f"198905{10 + n}") for n in range(1, 5)) + "\nbroken\n")
    code, said = run("import", "auto", path, "--record", tmp_path / "r.duckdb", "--rejects", tmp_path / "no.jsonl")
    assert code == 0
    assert "5 records read, 4 kept, 1 rejected" in said
    return tmp_path / "r.duckdb"


def test_imported_events_answer_as_coded_ones_do(imported: Path) -> None:
    with Record(imported, read_only=True) as record:
        events = record.events("China", "Soviet Union")
        assert {(row.origin, row.dataset) for row in events} == {("imported", "GDELT")}
        assert record.series("China", "Soviet Union", every="year").column("events").tolist() == [4.0]
    code, said = run("state-of-relations", "China", "USSR", "--on", "1989-06-01", "--record", imported)
    assert code == 0
    assert "CONSULT" in said or "visit" in said.lower()


def test_importing_again_changes_nothing(imported: Path) -> None:
    path = imported.parent / "events.CSV"
    rejects = imported.parent / "no.jsonl"
    before = rejects.read_text()
    code, said = run("import", "gdelt", path, "--record", imported, "--rejects", rejects)
    assert (code, rejects.read_text()) == (0, before)
    assert "4 kept" in said
    with Record(imported, read_only=True) as record:
        assert len(record.events()) == 4


def test_a_panel_for_stata_and_as_csv(imported: Path) -> None:
    folder = imported.parent
    code, said = run("panel", "--dyads", "active", "--record", imported, "-o", folder / "p.dta")
    assert (code, said) == (0, "")
    (row,) = pandas.read_stata(folder / "p.dta").to_dict("records")
    assert (row["ccode1"], row["ccode2"], row["year"], row["events"]) == (365, 710, 1989, 4)
    code, said = run("panel", "--dyads", "active", "--record", imported)
    assert said.splitlines()[0].replace('"', "").startswith("ccode1,ccode2,year")


def test_export(imported: Path) -> None:
    code, said = run("export", "plover", "-o", imported.parent / "p.jsonl", "--record", imported)
    assert (code, (imported.parent / "p.jsonl").read_text().count("\n")) == (0, 4)
    assert "4 events as plover" in said


def test_into_parquet(tmp_path: Path) -> None:
    sample = next(each for each in SAMPLES if each.importer == "keds")
    (tmp_path / "gulf.txt").write_bytes(sample.data)
    code, said = run("import", "keds", tmp_path / "gulf.txt", "--to", tmp_path / "out")
    assert code == 0
    assert "3 kept, 2 rejected" in said
    code, said = run("panel", "--events", tmp_path / "out", "--dyads", "active")
    assert code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "herring", "x.csv"), "'herring' is not a format"),
        (("import", "auto", "no-such-file.csv"), "no-such-file.csv: cannot be read"),
        (("panel", "--dyads", "relevant", "--events", "none.parquet"), "expected contiguity"),
        (("export", "xml", "-o", "x", "--events", "none.parquet"), "'xml' is not a form"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], said: str) -> None:
    code, output = run(*arguments)
    assert code == 2
    assert said in output
    assert "Traceback" not in output
