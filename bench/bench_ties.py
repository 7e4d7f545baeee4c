"""Time what the record answers of ties, on a million events and a hundred thousand ties.

usage: bench_ties.py [--events N] [--ties N] [--repeat N]

Answers are given in milliseconds (best of N) and as a ratio to a bare DuckDB scan that counts the events of the same
dyad in the lists, in the same run; for the pair of states that has most to do with one another, and for one of the
middle.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from bench_record import BARE, fill_events, fill_ties

from detente.workbench import Record

PAIRS = {"the busiest pair": ("S000", "S001"), "a pair of the middle": ("S003", "S120")}
DAY = "1980-06-15"


def main() -> None:
    """Fill a record, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    # The synthetic states are no names that could be looked up.
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("detente.workbench.standing.find_party", _as_it_is),
        Record(Path(folder) / "record.duckdb") as record,
    ):
        fill_events(record.store, given.events)
        fill_ties(record.store, given.ties)
        bare = _best(lambda: record.store.connection.execute(BARE).fetchall(), given.repeat)
        print(f"{given.events:,} events, {given.ties:,} ties; bare scan {bare:.1f} ms")
        for name, pair in PAIRS.items():
            _time_answers(record, name, pair, bare, given.repeat)


def _time_answers(record: Record, name: str, pair: tuple[str, str], bare: float, repeat: int) -> None:
    a, b = pair
    answers: dict[str, Callable[[], object]] = {
        f"what stood on {DAY}": lambda: record.joined_ties(a, b, on=DAY),
        f"state of relations on {DAY}": lambda: record.relations(a, b, DAY),
        "changes of a year": lambda: record.changes(a, b, "1980-01-01", "1980-12-31"),
    }
    print(f"{name}: {len(record.ties(a, b)):,} ties")
    for what, ask in answers.items():
        took = _best(ask, repeat)
        print(f"  {what:36} {took:8.1f} ms {took / bare:6.2f}")


def _best(ask: Callable[[], object], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        started = time.perf_counter()
        ask()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def _as_it_is(text: str, on: object = None) -> str:  # noqa: ARG001
    return text


if __name__ == "__main__":
    main()
