"""The commands of the measures: a summary, a table and a picture each; one clear line for bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from detente.cli.app import app
from tests.measure.gallery import EVENTS, EXCHANGE

pytest.importorskip("altair")
pytest.importorskip("statsmodels")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measures")
    pq.write_table(EVENTS, folder / "events.parquet")
    pq.write_table(EXCHANGE, folder / "exchange.parquet")
    (folder / "propensity.csv").write_text("a,b,propensity\nA,B,1\nA,C,-1\nB,C,-2\n")
    (folder / "sizes.csv").write_text("actor,size\nA,1\nB,2\nC,3\n")
    return folder


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("series China 'Soviet Union' --events events.parquet --every year", "Temperature was lowest in 1969"),
        ("turning-points China 'Soviet Union' --events events.parquet", "A chance lost, 1979"),
        ("network --on 1979-10-15 --events events.parquet", "Least frustrated division"),
        ("network --every decade --events events.parquet", "most unbalanced triads"),
        (
            "reciprocity 'United States' 'Soviet Union' --events exchange.parquet",
            "asymmetric: USA answered RUS in kind",
        ),
        ("alignments --propensities propensity.csv --sizes sizes.csv", "1 local minimum"),
        ("alignments --events events.parquet --on 1979-10 --proposer RUS --against CHN --actor DRV", "with it: DRV"),
        ("forecast China 'Soviet Union' --events events.parquet --every year --steps 1", "Brier score"),
    ],
)
def test_each_says_and_draws(files: Path, monkeypatch: pytest.MonkeyPatch, command: str, words: str) -> None:
    import shlex

    monkeypatch.chdir(files)
    picture = files / "picture.svg"
    picture.unlink(missing_ok=True)
    shown = CliRunner().invoke(app, [*shlex.split(command), "--plot", "picture.svg", "--cite"])
    assert shown.exit_code == 0, shown.output
    assert words in " ".join(shown.output.split())
    assert picture.read_text().startswith("<svg")


def test_the_table_goes_to_other_programs(files: Path) -> None:
    arguments = ["series", "CHN", "RUS", "--events", str(files / "events.parquet"), "--every", "year", "-f", "jsonl"]
    shown = CliRunner().invoke(app, arguments)
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    between = [row for row in EVENTS.to_pylist() if {"CHN", "RUS"} <= {*row["actors"], *row["recipients"]}]
    assert len(rows) == 31 and sum(row["events"] for row in rows) == pytest.approx(len(between))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["series", "China", "Atlantis"], "'Atlantis'"),
        (["series", "China", "PRC"], "two different parties"),
        (["series", "China", "Soviet Union", "--from", "1800", "--to", "1810"], "the record covers"),
        (["turning-points", "China", "Japan"], "at least 5 events"),
        (["forecast", "China"], "expected two states"),
        (["alignments"], "expected --propensities CSV"),
        (["series", "China", "Soviet Union", "--plot", "picture.bmp"], ".svg, .png"),
    ],
)
def test_bad_input_gives_one_line_and_exit_2(files: Path, arguments: list[str], words: str) -> None:
    shown = CliRunner().invoke(app, [*arguments, "--events", str(files / "events.parquet")])
    assert shown.exit_code == 2
    assert words in shown.stderr and len(shown.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("turning-points CHN RUS --events events.parquet --engine spark", "turning points needs single events"),
        ("network --on 1979 --events events.parquet --engine spark", "a network needs single events"),
        ("series CHN RUS --engine spark", "--engine spark: expected --events PARQUET"),
        ("series CHN RUS --engine flink", "expected one of duckdb, spark"),
    ],
)
def test_an_engine_that_cannot_is_one_line(
    files: Path, monkeypatch: pytest.MonkeyPatch, command: str, words: str
) -> None:
    monkeypatch.chdir(files)
    shown = CliRunner().invoke(app, command.split())
    assert shown.exit_code == 2
    assert words in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_a_folder_of_parquet_is_as_good_as_a_file(files: Path, tmp_path: Path) -> None:
    for number, rows in enumerate((EVENTS.slice(0, 9), EVENTS.slice(9))):
        pq.write_table(rows, tmp_path / f"part-{number}.parquet")
    given = ["series", "CHN", "RUS", "-f", "csv", "--events"]
    whole, parts = (CliRunner().invoke(app, [*given, str(at)]) for at in (files / "events.parquet", tmp_path))
    assert (parts.exit_code, parts.stdout) == (0, whole.stdout)
