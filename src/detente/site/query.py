"""`/-/query`: SQL over the record, where the keeper has switched it on; one reading statement, with limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from typing import Any

import duckdb
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.errors import UsageError
from detente.site.answer import tag_response
from detente.site.room import Room

__all__ = ["query_routes", "run_query"]

MOST_ROWS, SECONDS, LONGEST = 1000, 5.0, 10_000
_AT_ONCE = threading.BoundedSemaphore(2)


def query_routes(room: Room) -> Sequence[Route]:
    """Return the route that answers SQL."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, room, request)

    return [Route(room.links.query, answer)]


def _answer(room: Room, request: Request) -> Response:
    columns, rows, cut = run_query(room.record.store.connection, request.query_params.get("sql", ""))
    body = json.dumps({"columns": columns, "rows": rows, "truncated": cut}, default=str, ensure_ascii=False).encode()
    return tag_response(request, body, "json")


def run_query(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], list[list[Any]], bool]:
    """Return the columns and at most 1,000 rows of one SELECT, and whether there were more.

    UsageError for anything but one SELECT over the record's own tables, for bad SQL, and after 5 seconds.
    """
    if not sql.strip() or len(sql) > LONGEST:
        raise UsageError(f"a query of {len(sql):,} characters (expected one SELECT of at most {LONGEST:,} as ?sql=)")
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise UsageError(f"the query is not SQL: {str(error).splitlines()[0]}") from error
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError("only one SELECT is answered (expected a query that reads)")
    if not _AT_ONCE.acquire(timeout=SECONDS):
        raise UsageError("too many queries at once (expected at most two): try again")
    timer = threading.Timer(SECONDS, connection.interrupt)
    timer.start()
    try:
        _require_own_tables(connection, sql)
        found = connection.execute(statements[0])
        rows = [list(row) for row in found.fetchmany(MOST_ROWS + 1)]
        return [column[0] for column in found.description], rows[:MOST_ROWS], len(rows) > MOST_ROWS
    except duckdb.InterruptException as error:
        raise UsageError(f"the query took more than {SECONDS:.0f} seconds (expected a lighter one)") from error
    except RuntimeError as error:
        raise UsageError(f"the query took more than {SECONDS:.0f} seconds (expected a lighter one)") from error
    except duckdb.Error as error:
        raise UsageError(f"the query failed: {str(error).splitlines()[0]}") from error
    finally:
        timer.cancel()
        _AT_ONCE.release()


def _require_own_tables(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise UsageError where a query reads a file or anything but the record's tables and views."""
    if '"TABLE_FUNCTION"' in (tree := _tree(connection, sql)):
        raise UsageError("a query may not call a table function (expected the record's own tables)")
    known = {name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    asked = {node["table_name"] for node in _walk(json.loads(tree)) if node.get("type") == "BASE_TABLE"}
    common = {entry["key"] for node in _walk(json.loads(tree)) for entry in node.get("map", ()) if "key" in entry}
    if strange := sorted(asked - known - common):
        raise UsageError(f"{strange[0]!r} is not a table of the record (expected one of {', '.join(sorted(known))})")


def _tree(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    row = connection.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchone()
    return str(row[0]) if row else "{}"


def _walk(tree: Any) -> Any:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _walk(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _walk(value)
