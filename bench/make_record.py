"""Make a record of the event tables in a folder, one part for each Parquet file, as `make_events.py` writes them.

usage: make_record.py FOLDER RECORD
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import pyarrow.parquet as pq

from detente.model import EVENT_COLUMNS
from detente.record import Dataset, Store


def main() -> None:
    """Take in every file of the folder, and print how fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("record", type=Path)
    given = parser.parse_args()
    began, rows = time.perf_counter(), 0
    with Store(given.record) as store:
        for path in sorted(given.folder.glob("*.parquet")):
            batches = (batch.cast(EVENT_COLUMNS) for batch in pq.ParquetFile(path).iter_batches())
            rows += store.import_part(Dataset("GDELT"), path.name, batches)
            print(f"{rows:,} events, {rows / (time.perf_counter() - began):,.0f} a second", flush=True)


if __name__ == "__main__":
    main()
