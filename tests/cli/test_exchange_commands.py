"""Event data in and out from the command line."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from typer.testing import CliRunner

from detente.cli.app import app
from detente.cli.exchange import FORMATS
from detente.exchange.formats import IMPORTERS
from detente.workbench import Record
from tests.exchange.samples import SAMPLES, gdelt_line

runner = CliRunner()


def run(*arguments: object) -> tuple[int, str]:
    result = runner.invoke(app, [str(each) for each in arguments])
    return result.exit_code, result.output


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    path = tmp_path / "events.CSV"
    lines = [gdelt_line(n, sqldate=f"198905{10 + n}", eventcode="042" if n < 4 else "999") for n in range(1, 5)]
    path.write_text("\n".join(lines) + "\nbroken\n")
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


def test_the_help_names_every_format() -> None:
    assert FORMATS.split(", ") == [each.name for each in IMPORTERS]
    assert FORMATS.split(", ")[-1] in run("import", "--help")[1]


def test_importing_again_changes_nothing(imported: Path) -> None:
    path = imported.parent / "events.CSV"
    rejects = imported.parent / "no.jsonl"
    before = rejects.read_text()
    code, said = run("import", "gdelt", path, "--record", imported, "--rejects", rejects)
    assert (code, rejects.read_text()) == (0, before)
    assert "4 kept, 1 rejected; 1 unknown codes in 1 places" in said
    assert "1 event 999" in said
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


def test_a_data_set_is_listed_cited_and_taken_out(imported: Path) -> None:
    code, said = run("documents", "--record", imported)
    assert code == 0
    assert "GDELT" in said and "Leetaru" in said
    code, said = run("documents", "--datasets", "-f", "csv", "--record", imported)
    assert (code, said.splitlines()[1].split(",")[0]) == (0, '"GDELT"')
    code, said = run("panel", "--dyads", "active", "--dataset", "GDELT", "--cite", "--record", imported)
    assert "told by GDELT" in said
    assert "GDELT: Kalev Leetaru" in said
    assert run("panel", "--dataset", "", "--record", imported)[0] == 2  # nothing was coded from documents
    for command in (("panel",), ("export", "csv", "-o", imported.parent / "none.csv")):
        code, said = run(*command, "--dataset", "ICEWS", "--record", imported)
        assert (code, said) == (2, "detente: 'ICEWS': no such data set in the record (expected one of GDELT)\n")
    assert run("remove", "--dataset", "GDELT", "--record", imported) == (0, "GDELT removed\n")
    with Record(imported, read_only=True) as record:
        assert len(record.events()) == len(record.datasets()) == 0
    code, said = run("remove", "--dataset", "GDELT", "--record", imported)
    assert (code, said.count("\n")) == (2, 1)


def test_events_of_parquet_are_cited_too(tmp_path: Path) -> None:
    (tmp_path / "events.CSV").write_text(gdelt_line(1) + "\n")
    run("import", "gdelt", tmp_path / "events.CSV", "--to", tmp_path / "out")
    code, said = run("panel", "--events", tmp_path / "out", "--dyads", "active", "--cite")
    assert code == 0
    assert said.splitlines()[-1].startswith("GDELT: Kalev Leetaru")


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
        (("export", "csv", "-o", "x", "--events", "none.parquet", "--actor", "China"), "--events: expected no choice"),
        (("panel", "--events", "none.parquet", "--dataset", "GDELT"), "--dataset: expected the events of a record"),
        (("remove",), "nothing to remove"),
        (("export", "xml", "-o", "x", "--events", "none.parquet"), "'xml' is not a form"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], said: str) -> None:
    code, output = run(*arguments)
    assert code == 2
    assert said in output
    assert "Traceback" not in output
