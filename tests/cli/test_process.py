"""The command as a user starts it: exit codes, one line and no traceback, signals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from detente.record import Store
from tests.cli.conftest import EXAMPLE, Run

MAIN = [sys.executable, "-c", "from detente.cli import main; main()"]


def test_help_names_every_command(start: Run) -> None:
    done = start("--help")
    assert done.code == 0
    for command in ("add", "show", "code", "documents", "remove", "evaluate", "who", "when"):
        assert f"\n  {command} " in done.out


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['detente', '--help']\n"
        "from detente.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted({'duckdb', 'pyarrow', 'numpy', 'pandas', 'onnxruntime', 'lxml'} & sys.modules.keys()))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()[-1] == ""


def test_version(start: Run) -> None:
    assert start("--version").out.startswith("detente ")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"junk " * 2000, "not a DuckDB file"), (b"", "not a DuckDB file"), (None, "no such record")],
)
def test_a_record_that_is_none_ends_in_one_line(start: Run, tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "record.duckdb").write_bytes(content)
    assert start("show").refused("record.duckdb", words)


def test_a_newer_record_ends_in_one_line(start: Run, tmp_path: Path) -> None:
    with Store(tmp_path / "record.duckdb") as store:
        store.connection.execute("UPDATE record_format SET version = 1000")
    assert start("add", EXAMPLE).refused("record.duckdb", "newer")


def test_a_locked_record_ends_in_one_line(start: Run, tmp_path: Path) -> None:
    with Store(tmp_path / "record.duckdb"):
        assert start("add", EXAMPLE).refused("record.duckdb", f"locked by process {os.getpid()}")


def test_a_missing_folder_ends_in_one_line(start: Run) -> None:
    assert start("add", EXAMPLE, "--record", "nowhere/record.duckdb").refused("nowhere", "folder does not exist")


def test_an_unknown_option_is_refused(start: Run) -> None:
    done = start("show", "--colour", "red")
    assert done.code == 2 and "--colour" in done.err and "Traceback" not in done.err


def test_an_interrupt_keeps_what_was_added(tmp_path: Path) -> None:
    done = _add_notes(tmp_path, "    kept = keep(*arguments, **named)\n    interrupt()\n    return kept\n")
    assert done.returncode == 130
    assert done.stderr == "detente: interrupted; what was done before is kept\n"
    with Store(tmp_path / "record.duckdb") as store:
        assert len(store.documents()) == 1


@pytest.mark.parametrize(
    "swallow",
    [
        pytest.param("pass", id="lost"),
        pytest.param("raise duckdb.CatalogException('Table with name incoming does not exist!')", id="misnamed"),
    ],
)
def test_an_interrupt_that_a_library_swallows_is_heeded(tmp_path: Path, swallow: str) -> None:
    swallowed = f"    try: interrupt()\n    except KeyboardInterrupt: {swallow}\n    return keep(*arguments, **named)\n"
    done = _add_notes(tmp_path, swallowed)
    assert (done.returncode, done.stderr) == (130, "detente: interrupted; what was done before is kept\n")


def _add_notes(folder: Path, body: str) -> subprocess.CompletedProcess[str]:
    """Add notes by a program in which `body` stands for what the store does with each: `keep` it, `interrupt`."""
    _write_notes(folder, 3)
    program = (
        "import os, signal, duckdb\n"
        "from detente.record import Store\n"
        "def interrupt(): os.kill(os.getpid(), signal.SIGINT)\n"
        f"def add(*arguments, keep=Store.add, **named):\n{body}"
        "Store.add = add\n"
        "from detente.cli import main; main()\n"
    )
    line = [sys.executable, "-c", program, "add", "."]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=240, check=False)


def _write_notes(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"In 1950 China met the Soviet Union for talks, number {number}.")


def test_a_reader_that_goes_away_is_no_error(start: Run, tmp_path: Path) -> None:
    _write_notes(tmp_path, 200)
    start("add", ".")
    process = subprocess.Popen(
        [*MAIN, "show", "--format", "jsonl"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(timeout=60)
