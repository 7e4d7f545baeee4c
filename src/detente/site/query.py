"""`/-/query`: SQL over the record, where the keeper has switched it on; one reading statement, with limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from detente.errors import UsageError
from detente.site.answer import tag_response
from detente.site.room import Room
from detente.site.sandbox import run_apart

__all__ = ["query_routes", "run_query"]

MOST_ROWS, MOST_LETTERS, SECONDS, LONGEST = 1_000, 10_000_000, 5.0, 10_000
_AT_ONCE = threading.BoundedSemaphore(2)


def query_routes(room: Room) -> Sequence[Route]:
    """Return the route that answers SQL."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, room, request)

    return [Route(room.links.query, answer)]


def _answer(room: Room, request: Request) -> Response:
    told = run_query(Path(room.record.store.path), request.query_params.get("sql", ""))
    return tag_response(request, json.dumps(told, ensure_ascii=False).encode(), "json")


def run_query(record: Path, sql: str) -> dict[str, Any]:
    """Return the `columns` and at most 1,000 `rows` of one SELECT, and whether there were more (`truncated`).

    It runs in a process of its own that can reach nothing but the record. UsageError for anything but one SELECT, for
    bad SQL, and after 5 seconds.
    """
    if not sql.strip() or len(sql) > LONGEST:
        raise UsageError(f"a query of {len(sql):,} characters (expected one SELECT of at most {LONGEST:,} as ?sql=)")
    if not _AT_ONCE.acquire(timeout=SECONDS):
        raise UsageError("too many queries at once (expected at most two): try again")
    try:
        return run_apart(record, sql, MOST_ROWS, MOST_LETTERS, SECONDS)
    except TimeoutError as error:
        raise UsageError(f"the query took more than {SECONDS:.0f} seconds (expected a lighter one)") from error
    except ValueError as error:
        raise UsageError(f"the query failed: {error}") from error
    finally:
        _AT_ONCE.release()
