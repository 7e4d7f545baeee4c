"""Imported event data into a record: part by part, each kept whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from detente.errors import FormatError
from detente.exchange.chunks import CHUNK_BYTES
from detente.exchange.importer import Importer, Reading, Reject
from detente.exchange.importing import ImportProgress, ImportReport, count_unknown, import_files, write_rejects
from detente.record import Dataset, Store

if TYPE_CHECKING:
    from detente.workbench.record import Record

__all__ = ["cite_datasets", "import_events"]


def import_events(
    record: Record,
    importer: Importer,
    paths: Iterable[Path | str],
    *,
    rejects: Path | None = None,
    progress: Callable[[ImportProgress], None] | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> ImportReport:
    """Take the files at `paths` into `record` as a data set of `importer` and return what came of it.

    Run again after it was cut off, it goes on with the first part that the record does not hold; run once more, it
    changes nothing. Records that cannot be read go to the file `rejects` as JSON lines: path, line, reason, text.
    """
    destination = _Kept(record.store, importer, rejects)
    report = import_files(importer, paths, destination, progress=progress, chunk_bytes=chunk_bytes)
    return ImportReport(
        report.dataset,
        report.records,
        report.kept,
        report.rejected,
        report.unknown,
        rejects if report.rejected else None,
    )


def cite_datasets(events: Path | str) -> dict[str, str]:
    """Return how to cite the data sets whose events are in Parquet (a file, a folder or a glob), by their names.

    Events that were coded from documents are under "". FormatError where there is no Parquet of events.
    """
    from detente.exchange.formats import IMPORTERS

    path = f"{events}/*.parquet" if Path(events).is_dir() else str(events)
    statement = "SELECT DISTINCT coalesce(dataset, '') FROM read_parquet($path) ORDER BY 1"
    try:
        with duckdb.connect() as connection:
            names = [name for (name,) in connection.execute(statement, {"path": path}).fetchall()]
    except duckdb.Error as error:
        raise FormatError(events, None, "cannot be read", expected="Parquet files of events") from error
    known = {each.dataset: each.citation for each in IMPORTERS}
    return {name: known.get(name, "") for name in names}


class _Kept:
    """A record as the destination of an import."""

    def __init__(self, store: Store, importer: Importer, rejects: Path | None) -> None:
        self.store = store
        self.dataset = Dataset(importer.dataset, citation=importer.citation)
        self.rejects = rejects

    def summary_of(self, part: str) -> dict[str, Any] | None:
        """Return the counts of a part that the record holds; None where it does not."""
        rows = self.store.connection.execute(
            "SELECT row_count, rejected, recorded_at FROM dataset_part WHERE dataset = $1 AND part = $2",
            [self.dataset.name, part],
        ).fetchall()
        if not rows:
            return None
        kept = self.store.connection.sql(
            "SELECT event_type, original_code, actors, recipients FROM imported_event"
            " WHERE dataset = $dataset AND recorded_at = $at",  # the time at which a part was kept is its rows' alone
            params={"dataset": self.dataset.name, "at": rows[0][2]},
        ).to_arrow_table()
        return {"kept": rows[0][0], "rejected": rows[0][1], "unknown": count_unknown(kept)}

    def parts_like(self, beginning: str) -> set[str]:
        """Return the parts that the record holds whose names begin so."""
        rows = self.store.connection.execute(
            "SELECT part FROM dataset_part WHERE dataset = $1 AND starts_with(part, $2)", [self.dataset.name, beginning]
        ).fetchall()
        return {part for (part,) in rows}

    def keep(self, part: str, reading: Reading) -> None:
        """Keep the rows in one transaction, after the rejects are written: a line may be told twice, never lost."""
        if self.rejects is not None and reading.rejects:
            write_rejects([*_read_rejects(self.rejects, reading.rejects), *reading.rejects], self.rejects)
        self.store.import_part(self.dataset, part, reading.table.to_batches(), len(reading.rejects))


def _read_rejects(path: Path, new: Iterable[Reject]) -> list[Reject]:
    """Return what the file holds already, but for lines that are told again."""
    if not path.is_file():
        return []
    again = {(each.path, each.line) for each in new}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Reject(row["path"], row["line"], row["reason"], row["text"])
        for row in rows
        if (row["path"], row["line"]) not in again
    ]
