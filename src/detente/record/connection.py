"""Opening a record's file: one DuckDB file, in a storage version that DuckDB 1.5 and 2 both read."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from detente.errors import RecordError

__all__ = ["MEMORY", "connect", "explain_write"]

MEMORY = ":memory:"

# Without this a file written by DuckDB 2 does not open in 1.5. Extensions are never fetched.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.2.0",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def connect(path: Path | str, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Return a connection to the file at `path`, made where it is missing (not when `read_only`).

    RecordError says in one line why it cannot be opened: no folder, no file, not DuckDB, locked by another process.
    `":memory:"` opens a record that lives as long as the connection.
    """
    if str(path) == MEMORY:
        return duckdb.connect(MEMORY, config=_SETTINGS)
    path = Path(path)
    _check_place(path, read_only)
    try:
        return duckdb.connect(str(path), read_only=read_only, config=_SETTINGS)
    except duckdb.Error as error:
        raise RecordError(f"{path}: {_explain(str(error))}") from error


def explain_write(error: duckdb.Error) -> str | None:
    """Return in one line why DuckDB could not write the file; None where `error` is of another kind.

    >>> explain_write(duckdb.FatalException('Could not write file "r.duckdb": No space left on device'))
    'cannot be written: the disk is full (expected room to write to; what was kept before stays)'
    """
    said = str(error)
    if "No space left" in said or "Disk quota" in said:
        return "cannot be written: the disk is full (expected room to write to; what was kept before stays)"
    if isinstance(error, (duckdb.IOException, duckdb.FatalException)):
        return f"cannot be written: {said.splitlines()[0]}"
    return None


def _check_place(path: Path, read_only: bool) -> None:
    if path.is_dir():
        raise RecordError(f"{path}: is a folder (expected a record file)")
    if not path.parent.is_dir():
        raise RecordError(f"{path}: its folder does not exist (expected a folder to keep the record in)")
    if read_only and not path.exists():
        raise RecordError(f"{path}: there is no such record (expected a file made by `detente add`)")


def _explain(message: str) -> str:
    if "Conflicting lock" in message:
        holder = re.search(r"\(PID (\d+)\)", message)
        process = f"process {holder[1]}" if holder else "another process"
        return f"is locked by {process} (expected no other program to have the record open)"
    if "lock" in message:
        return "cannot be locked (expected a file system with locks and no other program on the record)"
    if "different configuration" in message:
        return "is already open in this program in another way (expected to be closed there first)"
    if "not a valid DuckDB" in message:
        return "is not a DuckDB file (expected a record made by `detente add`)"
    if "version number" in message:
        return "was written by a newer DuckDB (expected a file of storage version 1.2 or older)"
    if "Permission denied" in message or "Cannot open file" in message:
        return "cannot be opened (expected permission to read and write it)"
    return f"cannot be opened as a record: {message.splitlines()[0]}"
