"""An import that is killed again and again ends with exactly the rows of one that was left alone."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.exchange.formats import find_importer
from detente.exchange.importing import Destination, ParquetFolder, import_files
from detente.workbench import Record
from tests.exchange.samples import gdelt_line


class Killed(BaseException):
    """Stands for a signal: nothing in the library catches it."""


def rows_of(folder: Path) -> pa.Table:
    files = sorted(folder.glob("part-*.parquet"))
    return pa.concat_tables([pq.read_table(file).replace_schema_metadata(None) for file in files]).sort_by("event_id")


def write_file(path: Path, count: int) -> Path:
    lines = [gdelt_line(n) if n % 7 else gdelt_line(n, sqldate="19891399") for n in range(1, count + 1)]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_fifty_kills_between_steps_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, drawn = write_file(tmp_path / "events.csv", 400), random.Random(1)
    alone = import_files(find_importer("gdelt"), [path], ParquetFolder(tmp_path / "alone"), chunk_bytes=1500)
    kills = 0
    steps: dict[str, int] = {"left": 0}

    def step(*_: object) -> None:
        steps["left"] -= 1
        if steps["left"] < 0:
            raise Killed

    write, replace = pq.write_table, Path.replace

    def half_written(table: pa.Table, where: Path, **options: object) -> None:
        Path(where).write_bytes(b"half of a file")
        step()
        write(table, where, **options)
        step()

    def replaced(self: Path, target: Path) -> Path:
        step()
        return replace(self, target)

    monkeypatch.setattr(pq, "write_table", half_written)
    monkeypatch.setattr(Path, "replace", replaced)
    while True:
        steps["left"] = drawn.randrange(0, 6) if kills < 50 else 10**9
        destination: Destination = ParquetFolder(tmp_path / "killed")
        try:
            report = import_files(find_importer("gdelt"), [path], destination, chunk_bytes=1500)
            break
        except Killed:
            kills += 1
    assert kills == 50
    assert report.kept + report.rejected == report.records == 400
    assert (report.kept, report.rejected) == (alone.kept, alone.rejected)
    assert rows_of(tmp_path / "killed").equals(rows_of(tmp_path / "alone"))
    assert (tmp_path / "killed/rejects.jsonl").read_text() == (tmp_path / "alone/rejects.jsonl").read_text()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("suffix", ["", ".duckdb"], ids=["parquet", "record"])
def test_a_process_killed_fifty_times_at_random_ends_with_the_same_rows(tmp_path: Path, suffix: str) -> None:
    path = write_file(tmp_path / "events.csv", 2000)
    command = [sys.executable, "-m", "tests.exchange.killed", str(path), str(tmp_path), suffix, "50"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    hits = [int(each) for each in done.stdout.split()]
    assert sum(hits) == 50
    alone = told_by(tmp_path / f"alone{suffix}")
    for number in range(len(hits)):
        rows, rejects = told_by(tmp_path / f"{number}{suffix}")
        assert rows.num_rows == 2000 - 2000 // 7
        assert rows.equals(alone[0])
        assert rejects == alone[1]


def told_by(place: Path) -> tuple[pa.Table, list[str]]:
    """Return the rows of an import, in order of their ids, and the lines of its rejects."""
    if place.suffix == ".duckdb":
        with Record(place, read_only=True) as record:
            rows = record.events().to_arrow().drop_columns(["recorded_at"]).sort_by("event_id")
        return rows, place.with_suffix(".jsonl").read_text().splitlines()
    return rows_of(place), (place / "rejects.jsonl").read_text().splitlines()
