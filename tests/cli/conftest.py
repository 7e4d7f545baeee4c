"""The command line as tests use it: in this process, or as a user starts it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli.app import app

EXAMPLE = Path(str(files("detente"))) / "examples/alliance-and-rift.json"
Run = Callable[..., "Outcome"]


class Outcome:
    """What a command gave: its exit code and what it printed."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def refused(self, *words: str) -> bool:
        """Return whether it ended in exactly one line that holds `words`, with code 2 and nothing printed."""
        one_line = self.err.count("\n") == 1 and self.err.startswith("detente: ")
        return self.code == 2 and not self.out and one_line and all(word in self.err for word in words)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, in an empty folder, on a record there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_RECORD", raising=False)

    def run_command(*arguments: str | Path, columns: int = 80) -> Outcome:
        done = CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": str(columns)})
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Outcome(done.exit_code, done.stdout, done.stderr)

    return run_command


@pytest.fixture
def start(tmp_path: Path) -> Run:
    """Run a command as a process of its own."""

    def start_command(*arguments: str | Path) -> Outcome:
        line = [sys.executable, "-c", "from detente.cli import main; main()", *map(str, arguments)]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False)
        return Outcome(done.returncode, done.stdout, done.stderr)

    return start_command
