"""Rows in and out of DuckDB through Arrow, which is what makes batches quick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import pyarrow as pa

__all__ = ["fetch_mappings", "insert_rows", "insert_table", "registered"]


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append `rows`, mappings of column to value, to `table`; columns left out are null."""
    if rows:
        schema = connection.sql(f"FROM {table} LIMIT 0").to_arrow_table().schema
        insert_table(connection, table, pa.Table.from_pylist(list(rows), schema=schema))


def insert_table(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Append an Arrow table to `table`, column by name."""
    with registered(connection, rows) as incoming:
        connection.execute(f"INSERT INTO {table} BY NAME FROM {incoming}")


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, rows: pa.Table | pa.RecordBatchReader) -> Iterator[str]:
    """Give the name under which SQL finds `rows` meanwhile."""
    connection.register("incoming", rows)
    try:
        yield "incoming"
    finally:
        # Within a transaction that has failed nothing can be unregistered; the next rows take the name over.
        with suppress(duckdb.Error):
            connection.unregister("incoming")


def fetch_mappings(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the rows that `query` gives for the named `values`, each as a mapping of column to value."""
    cursor = connection.execute(query, dict(values))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
