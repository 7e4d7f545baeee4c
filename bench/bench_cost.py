"""What coding a million sentences costs: from the speed of one core, at a price of a core-hour that you give.

usage: bench_cost.py [DOCUMENT...] [--price 0.05] [--currency USD] [--write docs/scale.md]

Codes the DOCUMENTs (default: the sample of the tests and the example) with the default coder in a process held to one
core, three times, and takes the least time that the core was at work (so that others on the machine do not count).
Prints the table; with --write it replaces what stands between
`<!-- table cost -->` and `<!-- end -->` in the file. The price is yours: put in what your cluster charges.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from importlib.resources import files
from pathlib import Path

from tables import make_table, put_table

SAMPLE = Path(__file__).resolve().parents[1] / "tests" / "coding" / "learned" / "sample"


def main() -> None:
    """Measure on one core, then print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path, nargs="*")
    parser.add_argument("--price", type=float, default=0.05, help="of an hour of one core")
    parser.add_argument("--currency", default="USD")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    own = [*sorted(SAMPLE.glob("*.json")), Path(str(files("detente") / "examples/alliance-and-rift.json"))]
    put_table("cost", work_out(*measure(given.documents or own), given.price, given.currency), given.write)


def measure(paths: list[Path]) -> tuple[int, float, float]:
    """Return the sentences in the files, the seconds a core is at work from file to events, and until the first."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # before the network's threads are made
    began = time.process_time()
    from detente.coding import default_coder
    from detente.workbench.coding import code_all

    coder = default_coder()
    list(code_all(map(str, paths[:1]), coder))
    ready = time.process_time() - began
    best, sentences = float("inf"), 0
    for _ in range(3):
        began = time.process_time()
        coded = [outcome for _, outcome in code_all(map(str, paths), coder)]
        best = min(best, time.process_time() - began)
        sentences = sum(len(each.document.sentences) for each in coded)
    return sentences, best, ready


def work_out(sentences: int, seconds: float, ready: float, price: float, currency: str) -> str:
    """Return the table: speed, core-hours a million sentences, and their cost at `price` a core-hour."""
    hours = 1_000_000 * seconds / sentences / 3600
    rows = [
        ("sentences coded", f"{sentences:,}"),
        ("sentences a second of one core, from file to events", f"{sentences / seconds:,.0f}"),
        ("core-hours for a million sentences", f"{hours:,.2f}"),
        (f"cost of a million sentences at {price:g} {currency} a core-hour", f"{hours * price:,.2f} {currency}"),
        ("seconds of a core until a worker has coded its first document", f"{ready:,.1f}"),
        ("peak memory of the process, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"),
    ]
    return make_table(("", ""), rows)


if __name__ == "__main__":
    main()
