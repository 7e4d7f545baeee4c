"""Time the import of GDELT files beside DuckDB's own reading of the same CSV in the same run.

usage: bench_import.py FILE... [--repeat N]     FILE as `bench/make_events.py --csv` writes it

The baseline reads all 61 columns as text with DuckDB's CSV reader and writes them to Parquet; the second baseline only
reads them. Ours reads, maps codes and parties, counts what is unknown, and writes an event table. Printed: seconds
(best of N), MB of CSV a second, and speed as a ratio to the baseline.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from detente.exchange.formats import find_importer
from detente.exchange.gdelt import EVENTS
from detente.exchange.importing import ParquetFolder, import_files


def read_only(paths: list[Path], folder: Path) -> None:
    """Read all columns into a table in memory."""
    del folder
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE rows AS FROM {_scan(paths)}")


def read_and_write(paths: list[Path], folder: Path) -> None:
    """Read all columns and write them to Parquet."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM {_scan(paths)}) TO '{folder}/rows.parquet' (COMPRESSION zstd)")


def take_in(paths: list[Path], folder: Path) -> None:
    """Import the files."""
    report = import_files(find_importer("gdelt"), paths, ParquetFolder(folder))
    if report.rejected:
        raise SystemExit(str(report))


def _scan(paths: list[Path]) -> str:
    kinds = ", ".join(f"'{name}': 'VARCHAR'" for name in EVENTS.layouts[0])
    files = ", ".join(f"'{path}'" for path in paths)
    return (
        f"read_csv([{files}], auto_detect = false, header = false, delim = '\t', quote = '', escape = '',"
        f" columns = {{{kinds}}})"
    )


def timed(work: Callable[[list[Path], Path], None], paths: list[Path], repeat: int) -> float:
    """Return the best time of `repeat` runs."""
    best = float("inf")
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            work(paths, Path(folder))
            best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--repeat", type=int, default=2)
    given = parser.parse_args()
    size = sum(path.stat().st_size for path in given.files) / 1e6
    named = {"DuckDB reads the CSV": read_only, "DuckDB reads it, writes Parquet": read_and_write, "import": take_in}
    seconds = {name: timed(work, given.files, given.repeat) for name, work in named.items()}
    base = seconds["DuckDB reads the CSV"]
    print(f"{size:,.0f} MB of GDELT 2.0, DuckDB {duckdb.__version__}")
    print(f"{'':34}{'seconds':>9}{'MB/s':>8}{'speed':>8}")
    for name, took in seconds.items():
        print(f"{name:34}{took:9.2f}{size / took:8.0f}{base / took:8.2f}")


if __name__ == "__main__":
    main()
