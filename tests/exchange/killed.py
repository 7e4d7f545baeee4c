"""Import a file again and again in processes that are killed at random moments; run as a process by `test_killed.py`.

usage: killed.py FILE FOLDER SUFFIX KILLS

Each import goes into `FOLDER/NSUFFIX`, a record (SUFFIX ".duckdb") or a folder of Parquet (SUFFIX ""). It is run in a
fork of this process, which has everything imported and no threads, and killed by SIGKILL; then it is run again. One
that ends before KILLS are dealt out is followed by a new one; the last is left alone after its last kill. Prints how
many kills hit each.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from detente.exchange.codelists import connect
from detente.exchange.formats import find_importer
from detente.exchange.importing import ParquetFolder, import_files
from detente.workbench import Record, import_events

CHUNK_BYTES = 4000


def import_into(path: Path, place: Path) -> None:
    """Import the file at `path` in small chunks into a record, or else a folder of Parquet."""
    importer = find_importer("gdelt")
    if place.suffix == ".duckdb":
        with Record(place) as record:
            import_events(record, importer, [path], rejects=place.with_suffix(".jsonl"), chunk_bytes=CHUNK_BYTES)
    else:
        import_files(importer, [path], ParquetFolder(place), chunk_bytes=CHUNK_BYTES)


def start(work: Callable[[], object]) -> int:
    """Run `work` in a fork of this process and return its number."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return child


def seconds_of(work: Callable[[], object]) -> float:
    """Return how long `work` takes when it is left alone."""
    began = time.monotonic()
    _, status = os.waitpid(start(work), 0)
    assert status == 0
    return time.monotonic() - began


def is_killed(work: Callable[[], object], seconds: float) -> bool:
    """Run `work` and kill it after `seconds`; return whether that was before its end."""
    child = start(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status != 0


def main(path: Path, folder: Path, suffix: str, kills: int) -> None:
    drawn, hits = random.Random(1979), list[int]()
    whole = seconds_of(lambda: import_into(path, folder / f"alone{suffix}"))
    longest = seconds_of(connect) + whole / 30
    while sum(hits) < kills:
        place = folder / f"{len(hits)}{suffix}"
        hits.append(0)
        while sum(hits) < kills and is_killed(lambda at=place: import_into(path, at), drawn.uniform(0, longest)):
            hits[-1] += 1
        if sum(hits) == kills:
            import_into(path, place)
    print(*hits)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
