"""One SELECT in a process of its own: it opens the record for reading, can reach no file, and is ended when late.

Run as a program, by its path, so that it loads DuckDB and nothing else: it reads {"record", "sql", "rows", "letters"}
as JSON and writes {"columns", "rows", "truncated"}, or {"error"}.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

__all__ = ["run_apart"]

MEMORY = "1GB"
MOST_BYTES = 4 * 1024**3
"""Of address space, where the system limits it: a function that asks for more fails at once."""
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "memory_limit": MEMORY,
    "threads": 2,
    "lock_configuration": True,
}


def run_apart(record: Path, sql: str, rows: int, letters: int, seconds: float) -> dict[str, Any]:
    """Return what one SELECT gives: its columns, at most `rows` rows of `letters` in all, and whether there were more.

    TimeoutError after `seconds`; ValueError, with DuckDB's own words, for a query that fails.
    """
    asked = json.dumps({"record": str(record.absolute()), "sql": sql, "rows": rows, "letters": letters})
    command = [sys.executable, "-P", __file__]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, text=True, encoding="utf-8", timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    if done.returncode or not done.stdout:
        raise ValueError("it needs more memory than a query may have")
    told: dict[str, Any] = json.loads(done.stdout)
    if "error" in told:
        raise ValueError(told["error"])
    return told


def _answer(record: str, sql: str, rows: int, letters: int) -> dict[str, Any]:
    with duckdb.connect(record, read_only=True, config=_SETTINGS) as connection:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            return {"error": "only one SELECT is answered (expected a query that reads)"}
        if strange := _find_strange(connection, sql):
            return {"error": f"it may not ask for {strange} (expected the record's own tables)"}
        found = connection.execute(statements[0])
        columns = [column[0] for column in found.description]
        held = found.fetchmany(rows + 1)
    told = {"columns": columns, "rows": [list(row) for row in held[:rows]], "truncated": len(held) > rows}
    if len(json.dumps(told["rows"], default=str)) > letters:
        return {"error": f"its rows have more than {letters:,} letters (expected fewer columns or shorter values)"}
    return told


def _find_strange(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """Return what a query asks for beside the record's tables, views and plain functions; "" where it is nothing.

    No file can be read in any case; this keeps the settings and paths of the machine out of the answers.
    """
    tree = json.loads(connection.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchall()[0][0])
    if tree.get("error", True):
        return "what cannot be looked through"
    known = {name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    nodes = list(_walk(tree))
    common = {entry["key"] for node in nodes for entry in node.get("map", ()) if "key" in entry}
    for node in nodes:
        if node.get("type") == "TABLE_FUNCTION":
            return "a table function"
        if node.get("function_name") in ("current_setting", "getenv", "which_secret"):
            return str(node["function_name"])
        if node.get("type") == "BASE_TABLE" and node["table_name"] not in known | common:
            return repr(node["table_name"])
    return ""


def _walk(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    for value in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _walk(value)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where DuckDB's own limit is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def main() -> None:
    _limit_memory()
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        told = _answer(**json.loads(sys.stdin.read()))
    except duckdb.Error as error:
        told = {"error": str(error).splitlines()[0]}
    except MemoryError:
        told = {"error": "it needs more memory than a query may have"}
    sys.stdout.write(json.dumps(told, default=str, ensure_ascii=False))


if __name__ == "__main__":
    main()
