"""Time a dyad-month panel over Parquet beside a bare DuckDB scan-and-aggregate of the same files in the same run.

usage: bench_panel.py FOLDER [--repeat N] [--write docs/scale.md]     FOLDER as bench/make_events.py writes it

The bare query counts events and sums scores by actor, recipient and month, with the four quad
classes. Given: seconds (best of N), the ratio, and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import resource
from pathlib import Path

import duckdb
from tables import make_table, put_table
from timing import best_of

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


def main() -> None:
    """Print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    count = duckdb.execute("SELECT count(*) FROM read_parquet($1)", [f"{given.folder}/*.parquet"]).fetchall()[0][0]
    found: dict[str, int] = {}
    scan = best_of(given.repeat, lambda: found.update(bare=bare(given.folder)))
    made = best_of(given.repeat, lambda: found.update(ours=ours(given.folder)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    rows = [
        ("bare DuckDB scan and aggregate", f"{scan:.2f}", "1.00", f"{found['bare']:,}"),
        ("dyad-month panel", f"{made:.2f}", f"{made / scan:.2f}", f"{found['ours']:,}"),
        ("peak memory of the process, GiB", f"{peak:.1f}", "", ""),
    ]
    head = f"{count:,} events, DuckDB {duckdb.__version__}"
    put_table("panel", make_table((head, "seconds", "ratio", "rows"), rows), given.write)


if __name__ == "__main__":
    main()
