"""A process that is killed in the middle of a document leaves the record as it was before that document."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.record import Store

ROOT = Path(__file__).resolve().parents[2]
COUNTS = "SELECT (FROM document SELECT count(*)), (FROM event SELECT count(*)), (FROM event_dyad SELECT count(*)), (FROM tie SELECT count(*))"  # noqa: E501


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, stderr=subprocess.PIPE)


@pytest.mark.parametrize("step", ["insert_document", "insert_events", "insert_ties"])
def test_a_killed_process_leaves_whole_documents_only(path: Path, step: str) -> None:
    process = start("tests.record.killed", str(path), step)
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, complaint.decode()
    with Store(path) as store:
        assert store.connection.execute(COUNTS).fetchall() == [(1, 2, 2, 1)]
        assert [row["name"] for row in store.documents()] == ["rivers"]


def test_a_process_killed_at_any_time_leaves_whole_documents_only(path: Path) -> None:
    code = (
        "import sys; from detente.record import Store; from tests.record.conftest import *\n"
        "store = Store(sys.argv[1])\n"
        "for number in range(100_000):\n"
        "    document = make_document(f'{number}-{sys.argv[2]}')\n"
        "    store.add(document, (events := make_events(document)), [make_tie(document, events[0])])\n"
    )
    chance = random.Random(1969)
    for round_ in range(3):
        process = subprocess.Popen([sys.executable, "-c", code, str(path), str(round_)], cwd=ROOT)
        deadline = time.monotonic() + 60
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5 + chance.random())
        process.kill()
        process.wait(timeout=60)
        with Store(path) as store:
            documents, events, dyads, ties = store.connection.execute(COUNTS).fetchall()[0]
        assert (events, dyads, ties) == (2 * documents, 2 * documents, documents)


def test_a_killed_process_leaves_a_record_that_can_be_read_at_once(path: Path) -> None:
    start("tests.record.killed", str(path), "insert_ties").communicate(timeout=120)
    with Store(path, read_only=True) as store:
        assert len(store.events()) == 2
