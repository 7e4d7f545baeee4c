"""Time a dyad-month panel over Parquet beside a bare DuckDB scan-and-aggregate of the same files in the same run.

usage: bench_panel.py FOLDER [--repeat N]     FOLDER as bench/make_events.py writes it

The bare query counts events and sums scores by actor, recipient and month, with the four quad
classes. Printed: seconds (best of N), the ratio, and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from detente.measure.panels import panel

BARE = """
    SELECT actors[1] AS a, recipients[1] AS b, date_trunc('month', earliest) AS month, count(*) AS events,
        count(*) FILTER (WHERE quad_class = 1) AS verbal_cooperation,
        count(*) FILTER (WHERE quad_class = 2) AS material_cooperation,
        count(*) FILTER (WHERE quad_class = 3) AS verbal_conflict,
        count(*) FILTER (WHERE quad_class = 4) AS material_conflict, sum(score) AS score
    FROM read_parquet($path) GROUP BY ALL
"""


def bare(folder: Path) -> int:
    """Return the number of groups of the bare query."""
    with duckdb.connect() as connection:
        return connection.sql(BARE, params={"path": f"{folder}/*.parquet"}).to_arrow_table().num_rows


def ours(folder: Path) -> int:
    """Return the number of rows of the dyad-month panel of the dyads with events."""
    return panel(folder, every="month", dyads="active").table.num_rows


def timed(work: Callable[[Path], int], folder: Path, repeat: int) -> tuple[float, int]:
    """Return the best time of `repeat` runs and what the work gave."""
    best, rows = float("inf"), 0
    for _ in range(repeat):
        began = time.perf_counter()
        rows = work(folder)
        best = min(best, time.perf_counter() - began)
    return best, rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    given = parser.parse_args()
    path = f"{given.folder}/*.parquet"
    count = duckdb.execute("SELECT count(*) FROM read_parquet($1)", [path]).fetchall()[0][0]
    scan, groups = timed(bare, given.folder, given.repeat)
    made, rows = timed(ours, given.folder, given.repeat)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{count:,} events, DuckDB {duckdb.__version__}")
    print(f"{'':34}{'seconds':>9}{'ratio':>8}{'rows':>13}")
    print(f"{'bare scan and aggregate':34}{scan:9.2f}{1:8.2f}{groups:13,}")
    print(f"{'dyad-month panel':34}{made:9.2f}{made / scan:8.2f}{rows:13,}")
    print(f"peak memory {peak:.1f} GiB")


if __name__ == "__main__":
    main()
