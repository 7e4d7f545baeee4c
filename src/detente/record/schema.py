"""The record's tables: making them, and bringing an older record up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import duckdb

from detente.errors import RecordError
from detente.record.clock import utc_now
from detente.record.connection import explain_write
from detente.record.dyad_years import fill_sums
from detente.refdata.plover import event_types

__all__ = ["needs_migration", "prepare_schema", "read_schema", "refresh_scale", "schema_version"]

SUMMED_SINCE = 3
"""The version from which records keep sums by dyad and year."""


@cache
def read_schema() -> str:
    """Return the SQL that makes a new record's tables."""
    return files("detente.record").joinpath("schema.sql").read_text(encoding="utf-8")


@cache
def schema_version() -> int:
    """Return the version of the schema this package writes."""
    found = re.match(r"-- schema version (\d+)\n", read_schema())
    assert found, "schema.sql begins with its version"
    return int(found[1])


def needs_migration(connection: duckdb.DuckDBPyConnection, path: object) -> bool:
    """Return whether the record is older than this package; RecordError if it is newer, or is no record at all."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return True
    if "record_format" not in tables:
        raise RecordError(f"{path}: is a DuckDB file but holds no record (expected one made by `detente add`)")
    version = _version(connection)
    if version > schema_version():
        raise RecordError(
            f"{path}: has schema {version}, from a newer détente (expected {schema_version()} or older: upgrade)"
        )
    return version < schema_version()


def prepare_schema(connection: duckdb.DuckDBPyConnection, path: object, migrations: Traversable | None = None) -> None:
    """Make the tables of a new record, or migrate an older one, in one transaction; a current one stays as it is.

    `migrations` is the folder of numbered SQL files, the package's own where not given.
    """
    if not needs_migration(connection, path):
        return
    connection.execute("BEGIN")
    try:
        if connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall()[0][0]:
            before = _version(connection)
            for number, statements in _pending(before, migrations):
                connection.execute(statements)
                connection.execute("UPDATE record_format SET version = $1", [number])
            if before < SUMMED_SINCE:
                fill_sums(connection)
        else:
            connection.execute(read_schema())
            connection.execute("INSERT INTO record_format VALUES ($1, $2)", [schema_version(), utc_now()])
        connection.execute("COMMIT")
    except duckdb.Error as error:
        if explain_write(error):
            raise  # of the disk, not of the schema; nothing of it was committed
        connection.execute("ROLLBACK")
        raise RecordError(f"{path}: cannot be brought to schema {schema_version()}: {error}") from error


def refresh_scale(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the quad classes and scores of the package into the record where they differ from what it holds."""
    rows = [
        (kind.name, mode, kind.quad_class, score)
        for kind in event_types().values()
        for mode, score in [("", kind.score), *kind.mode_scores.items()]
    ]
    if set(connection.execute("FROM event_scale").fetchall()) == set(rows):
        return
    connection.execute("BEGIN")
    connection.execute("DELETE FROM event_scale")
    connection.executemany("INSERT INTO event_scale VALUES ($1, $2, $3, $4)", rows)
    connection.execute("COMMIT")


def _version(connection: duckdb.DuckDBPyConnection) -> int:
    rows = connection.execute("SELECT version FROM record_format").fetchall()
    return int(rows[0][0]) if rows else 0


def _pending(version: int, folder: Traversable | None) -> Iterator[tuple[int, str]]:
    folder = folder or files("detente.record").joinpath("migrations")
    numbered = {int(file.name[:4]): file for file in folder.iterdir() if re.match(r"\d{4}_.*\.sql$", file.name)}
    for number in range(version + 1, schema_version() + 1):
        yield number, numbered[number].read_text(encoding="utf-8")
