"""The commands of the reading room."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_record_is_written_as_a_site(run: Run) -> None:
    Path("note.txt").write_text("In May 1969, China attacked the Soviet Union.\n")
    assert run("add", "note.txt", "--coder", "lexicon").code == 0
    done = run("export-site", "site")
    assert done.code == 0 and done.out.endswith("files in site\n")
    assert (Path("site") / "dyads" / "CHN-RUS.html").exists()


def test_a_room_that_writes_has_one_process(run: Run) -> None:
    Path("note.txt").write_text("In May 1969, China attacked the Soviet Union.\n")
    run("add", "note.txt", "--coder", "lexicon")
    assert run("serve", "--workers", "2", "--review").refused("--workers 2 and --review")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_room_is_open_until_it_is_interrupted(run: Run, tmp_path: Path, workers: str) -> None:
    (tmp_path / "note.txt").write_text("In May 1969, China attacked the Soviet Union.\n")
    run("add", "note.txt", "--coder", "lexicon")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-c", "from detente.cli import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen([*line, "--workers", workers], cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert "China" in get_page(f"http://127.0.0.1:{port}/dyads/CHN-RUS")
        server.send_signal(signal.SIGINT)
        said = server.communicate(timeout=120)[1]
    assert f"is open at http://127.0.0.1:{port}/" in said and "Traceback" not in said


def get_page(address: str) -> str:
    """Return a page as soon as it is answered."""
    deadline = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
