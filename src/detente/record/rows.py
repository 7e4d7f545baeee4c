"""Rows in and out of DuckDB through Arrow, which is what makes batches quick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

__all__ = ["fetch_mappings", "insert_rows", "insert_table"]

_SCHEMAS: dict[str, pa.Schema] = {}


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Append `rows`, mappings of column to value, to `table`; columns left out are null."""
    if not rows:
        return
    if table not in _SCHEMAS:
        _SCHEMAS[table] = connection.sql(f"FROM {table} LIMIT 0").to_arrow_table().schema
    insert_table(connection, table, pa.Table.from_pylist(list(rows), schema=_SCHEMAS[table]))


def insert_table(connection: duckdb.DuckDBPyConnection, table: str, incoming: pa.Table) -> None:  # noqa: ARG001
    """Append an Arrow table to `table`, column by name."""
    # DuckDB finds `incoming` by its name in this function; to register it would take longer than to insert it.
    connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")


def fetch_mappings(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the rows that `query` gives for the named `values`, each as a mapping of column to value."""
    cursor = connection.execute(query, dict(values))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
