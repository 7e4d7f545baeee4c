"""What runs as a Spark job, on a local session: measures equal to DuckDB's to the digit, documents coded alike."""

from __future__ import annotations

import datetime
import random
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from detente.cli.app import app
from detente.measure.panels import panel
from detente.measure.reciprocity import reciprocity
from detente.measure.series import series
from detente.workbench import write_coded
from tests.measure.conftest import act, make_table

pytestmark = pytest.mark.spark
STATES = ["CHN", "RUS", "USA", "IND"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Parquet of 600 acts drawn by chance: ranges, several parties, tellings of one happening, other statuses."""
    pytest.importorskip("pyspark")
    drawn, rows = random.Random(7), []
    for number in range(600):
        first = datetime.date(1960, 1, 1) + datetime.timedelta(drawn.randrange(3000))
        last = first + datetime.timedelta(drawn.choice([0, 0, 0, 1, 40, 500]))
        actors, recipients = (
            drawn.sample(STATES, drawn.choice([1, 1, 1, 2])),
            drawn.sample(STATES, drawn.choice([0, 1])),
        )
        kind = drawn.choice(["ACCUSE", "AID", "ASSAULT", "CONSULT"])
        row = act(kind, " ".join(actors), " ".join(recipients), str(first), str(last), event_id=f"e{number:04}")
        row["status"] = drawn.choice(["actual", "actual", "planned", None])
        row["document_id"] = f"d{number % 3}"
        row["canonical_id"] = f"e{drawn.randrange(number + 1):04}" if drawn.random() < 0.2 else None
        rows.append(row)
    path = tmp_path_factory.mktemp("spark") / "events.parquet"
    pq.write_table(make_table(rows), path)
    return path


@pytest.mark.parametrize(
    "options",
    [
        {"every": "month", "directed": True},
        {"every": "quarter", "status": ("actual", "planned")},
        {"every": "year", "unit": "state", "dyads": "all"},
    ],
)
def test_panels_are_equal_to_the_digit(path: Path, options: dict[str, Any]) -> None:
    options = {"dyads": "active", **options}
    assert panel(path, engine="spark", **options).table.equals(panel(path, **options).table)


def test_series_are_equal_to_the_digit(path: Path) -> None:
    here, there = (series(path, "China", "RUS", directed=True, engine=engine) for engine in ("duckdb", "spark"))
    assert there.table.equals(here.table)
    assert there.types.equals(here.types)
    assert (there.coverage, there.undated, there.summary()) == (here.coverage, here.undated, here.summary())


def test_reciprocity_is_equal_to_the_digit(path: Path) -> None:
    pytest.importorskip("statsmodels")
    here, there = (reciprocity(path, "CHN", "RUS", every="quarter", engine=engine) for engine in ("duckdb", "spark"))
    assert there.table.equals(here.table)


def test_the_command_line_takes_the_engine(path: Path) -> None:
    given = ["series", "China", "USSR", "--every", "year", "--format", "csv", "--events", str(path)]
    there, here = (CliRunner().invoke(app, [*given, "--engine", engine]) for engine in ("spark", "duckdb"))
    assert (there.exit_code, there.stdout) == (0, here.stdout)


def test_a_job_codes_as_one_process_does(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    example = str(files("detente") / "examples/alliance-and-rift.json")
    (tmp_path / "empty.json").write_text("")
    here = write_coded([example], tmp_path / "here")
    given = ["code", example, str(tmp_path / "empty.json"), "--out", str(tmp_path / "there"), "--engine", "spark"]
    there = CliRunner().invoke(app, given)
    assert there.exit_code == 1  # one file failed, the other is coded
    assert there.stderr.count("empty.json") == 1
    assert f"{here.sentences} sentences, {here.events} events" in there.stdout
    written = {path.name: path.read_text() for path in (tmp_path / "there").rglob("*.jsonl")}
    assert written == {path.name: path.read_text() for path in (tmp_path / "here").glob("*.jsonl")}
