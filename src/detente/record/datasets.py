"""Imported event data beside the coded: taken in whole, part by part, or left in a Parquet file where it lies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from detente.errors import ConflictError, FormatError, RecordError
from detente.model import EVENT_COLUMNS
from detente.record.arrow_table import ArrowTable
from detente.record.dyad_years import add_sums, remove_sums
from detente.record.events import write_dyads

__all__ = ["Dataset", "DatasetTable", "delete_dataset", "import_part", "link_parquet", "list_datasets", "parts_of"]

_STORED = [name for name in EVENT_COLUMNS.names if name not in ("origin", "dataset", "recorded_at", "canonical_id")]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is imported: its name, its version, how to cite it, and the days it covers (None: not known)."""

    name: str
    version: str = ""
    citation: str = ""
    coverage_from: datetime.date | None = None
    coverage_to: datetime.date | None = None


class DatasetTable(ArrowTable):
    """The imported data sets of a record, one a row."""

    __slots__ = ()


def import_part(
    connection: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    part: str,
    batches: Iterable[pa.RecordBatch],
    rejected: int,
    now: datetime.datetime,
) -> int:
    """Append the rows of one part (a file) of `dataset`, in `EVENT_COLUMNS`; return how many.

    Run it within one transaction: the part is then in the record whole or not at all. ConflictError where the part
    is in the record already.
    """
    if part in parts_of(connection, dataset.name):
        raise ConflictError(f"{part}: is already in the record as part of {dataset.name} (expected a new part)")
    first = connection.execute("SELECT coalesce(max(event_no), 0) + 1 FROM imported_event").fetchall()[0][0]
    _insert_sorted(connection, dataset.name, batches, first, now)
    last = connection.execute("SELECT coalesce(max(event_no), 0) FROM imported_event").fetchall()[0][0]
    write_dyads(connection, "imported_event", "imported_dyad", first, last)
    add_sums(connection, first, last)
    count = int(last - first + 1)
    connection.execute(
        "INSERT INTO dataset_part VALUES ($1, $2, $3, $4, $5)", [dataset.name, part, count, rejected, now]
    )
    _describe(connection, dataset, None, now)
    return count


def link_parquet(connection: duckdb.DuckDBPyConnection, dataset: Dataset, path: Path, now: datetime.datetime) -> int:
    """Make the rows of a Parquet file in `EVENT_COLUMNS` part of the record's answers, leaving them where they are.

    Returns the number of rows. FormatError names a column that is missing; ConflictError where the name is taken.
    """
    if dataset.name in {name for (name,) in connection.execute("SELECT dataset FROM dataset").fetchall()}:
        raise ConflictError(f"{dataset.name}: is already in the record (expected a new name, or to remove it first)")
    try:
        relation = connection.read_parquet(str(path))
        count = int(relation.aggregate("count(*)").fetchall()[0][0])
    except duckdb.Error as error:
        raise FormatError(path, None, "cannot be read", expected="a Parquet file of events") from error
    missing = [name for name in EVENT_COLUMNS.names if name not in relation.columns]
    if missing:
        raise FormatError(path, None, f"has no column {missing[0]!r}", expected="the columns of an event table")
    connection.execute("INSERT INTO dataset_part VALUES ($1, $2, $3, 0, $4)", [dataset.name, str(path), count, now])
    _describe(connection, dataset, str(path.resolve()), now)
    return count


def list_datasets(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the data sets: dataset, version, citation, path, row_count, rejected, coverage, recorded_at (UTC)."""
    return connection.sql("FROM dataset ORDER BY dataset").to_arrow_table()


def parts_of(connection: duckdb.DuckDBPyConnection, dataset: str) -> set[str]:
    """Return the parts of a data set that are in the record whole."""
    rows = connection.execute("SELECT part FROM dataset_part WHERE dataset = $1", [dataset]).fetchall()
    return {part for (part,) in rows}


def delete_dataset(connection: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Take a data set out of the record; RecordError where there is none of this name."""
    if not connection.execute("SELECT 1 FROM dataset WHERE dataset = $1", [dataset]).fetchall():
        raise RecordError(f"{dataset!r}: no such data set in the record (expected the name of an imported one)")
    remove_sums(connection, dataset)
    connection.execute(
        "DELETE FROM imported_dyad WHERE event_no IN (SELECT event_no FROM imported_event WHERE dataset = $1)",
        [dataset],
    )
    for table in ("imported_event", "dataset_part", "dataset"):
        connection.execute(f"DELETE FROM {table} WHERE dataset = $1", [dataset])


def _insert_sorted(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    batches: Iterable[pa.RecordBatch],
    first: int,
    now: datetime.datetime,
) -> None:
    """Append the rows of `batches`, numbered from `first`; an error of their source is raised as it is.

    Rows of a dyad come to lie together, so that a query for one reads few blocks.
    """
    broken: list[Exception] = []

    def guarded() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        except Exception as error:
            broken.append(error)
            raise

    columns = ", ".join(f'"{name}"' for name in _STORED)
    incoming = pa.RecordBatchReader.from_batches(EVENT_COLUMNS, guarded())  # noqa: F841 - DuckDB finds it by name
    try:
        connection.execute(
            f"""
            INSERT INTO imported_event BY NAME
            SELECT $first + row_number() OVER () - 1 AS event_no, * FROM (
                SELECT {columns}, coalesce(canonical_id, event_id) AS canonical_id, $dataset AS dataset,
                    $now::TIMESTAMP AS recorded_at
                FROM incoming
                ORDER BY least(actors[1], recipients[1]), greatest(actors[1], recipients[1]), earliest
            )
            """,
            {"first": first, "dataset": dataset, "now": now},
        )
    except duckdb.Error:
        if broken:
            raise broken[0] from None
        raise


def _describe(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, path: str | None, now: datetime.datetime
) -> None:
    """Write the row of a data set, its counts summed over its parts."""
    rows, rejected = connection.execute(
        "SELECT sum(row_count)::BIGINT, sum(rejected)::BIGINT FROM dataset_part WHERE dataset = $1", [dataset.name]
    ).fetchall()[0]
    connection.execute("DELETE FROM dataset WHERE dataset = $1", [dataset.name])
    connection.execute(
        "INSERT INTO dataset VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            dataset.name,
            dataset.version,
            dataset.citation,
            path,
            rows,
            rejected,
            dataset.coverage_from,
            dataset.coverage_to,
            now,
        ],
    )
