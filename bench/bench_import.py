"""Time the import of GDELT files beside DuckDB's own reading of the same CSV in the same run.

usage: bench_import.py FILE... [--repeat N] [--write docs/scale.md]     FILE as `bench/make_events.py --csv` writes it

The baseline reads all 61 columns as text with DuckDB's CSV reader into a table in memory; the second one writes them to
Parquet. Ours reads, maps codes and parties, counts what is unknown, and writes an event table, or takes the events into
a new record with their dyads and sums. Given: seconds (best of N) and speed as a ratio to the baseline.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
from tables import make_table, put_table
from timing import best_of

from detente.exchange.formats import find_importer
from detente.exchange.gdelt import EVENTS
from detente.exchange.importing import ParquetFolder, import_files
from detente.workbench import Record
from detente.workbench.exchanging import import_events

Work = Callable[[list[Path], Path], None]


def read_only(paths: list[Path], folder: Path) -> None:
    """Read all columns into a table in memory."""
    del folder
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE rows AS FROM {_scan(paths)}")


def read_and_write(paths: list[Path], folder: Path) -> None:
    """Read all columns and write them to Parquet."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM {_scan(paths)}) TO '{folder}/rows.parquet' (COMPRESSION zstd)")


def write_table(paths: list[Path], folder: Path) -> None:
    """Import the files as an event table."""
    report = import_files(find_importer("gdelt"), paths, ParquetFolder(folder))
    if report.rejected:
        raise SystemExit(str(report))


def fill_record(paths: list[Path], folder: Path) -> None:
    """Import the files into a new record."""
    with Record(folder / "record.duckdb") as record:
        import_events(record, find_importer("gdelt"), paths)


WORK: dict[str, Work] = {
    "DuckDB reads the CSV, all columns as text": read_only,
    "DuckDB reads it and writes Parquet": read_and_write,
    "import: codes and parties mapped, unknown ones counted, event table written": write_table,
    "import into a record, with its dyads and sums": fill_record,
}


def _scan(paths: list[Path]) -> str:
    kinds = ", ".join(f"'{name}': 'VARCHAR'" for name in EVENTS.layouts[0])
    files = ", ".join(f"'{path}'" for path in paths)
    return (
        f"read_csv([{files}], auto_detect = false, header = false, delim = '\t', quote = '', escape = '',"
        f" columns = {{{kinds}}})"
    )


def run(work: Work, paths: list[Path]) -> None:
    """Do the work in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        work(paths, Path(folder))


def main() -> None:
    """Print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    size = sum(path.stat().st_size for path in given.files) / 1e6
    seconds = {name: best_of(given.repeat, lambda work=work: run(work, given.files)) for name, work in WORK.items()}
    base = next(iter(seconds.values()))
    rows = [(name, f"{took:.2f}", f"{base / took:.2f}") for name, took in seconds.items()]
    head = f"{size:,.0f} MB of GDELT 2.0, DuckDB {duckdb.__version__}"
    put_table("import", make_table((head, "seconds", "speed"), rows), given.write)


if __name__ == "__main__":
    main()
