"""The queries that find events: by parties, days, type, status, document, and as known on a day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pyarrow as pa

from detente.errors import UsageError
from detente.model import EVENT_COLUMNS

__all__ = [
    "BETWEEN",
    "EVENT_ORDER",
    "ORDERED_BY",
    "PAIR",
    "SAYS_AN_ACT",
    "EventQuery",
    "count_events",
    "select_beside",
    "select_events",
    "select_history",
    "select_imported_tellings",
    "select_mentions",
]


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are asked for; what is None is not asked.

    `a`, `b` are party codes: events that `a` is a party to, or that stand between `a` and `b`. `earliest`, `latest`
    are days, inclusive: events whose bounds overlap them (undated events never do). `known_on` asks for the record
    as it was at that moment. `dataset` is "" for coded events, a data set's name for its own, None for all (rows that
    only say where an event is told, as GDELT's mentions do, are then left out). Results come in order of time, or with
    `newest_first` against it; `offset` and `limit` page through them.
    """

    a: str | None = None
    b: str | None = None
    earliest: datetime.date | None = None
    latest: datetime.date | None = None
    event_type: str | None = None
    status: str | None = None
    document_id: str | None = None
    dataset: str | None = None
    min_confidence: float | None = None
    known_on: datetime.datetime | None = None
    limit: int | None = None
    offset: int = 0
    newest_first: bool = False

    def __post_init__(self) -> None:
        if self.b is not None and self.a == self.b:
            raise UsageError(f"{self.a} and {self.b}: a state has no dyad with itself (expected two different parties)")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise UsageError(f"{self.earliest} to {self.latest}: ends before it begins (expected from before to)")


def select_events(connection: duckdb.DuckDBPyConnection, query: EventQuery) -> pa.Table:
    """Return the events `query` asks for, in `EVENT_COLUMNS`, in order of time; undated ones come last."""
    parts, values = [], _values(query)
    if query.dataset in (None, ""):
        picked = _pick(query, "event", _where(query, "event_dyad", coded=True))
        parts.append(f"SELECT {_COLUMNS} FROM coded_event {picked}")
    if query.dataset != "":
        parts.extend(_imported(connection, query, _COLUMNS, values))
    page = f"LIMIT {query.limit}" if query.limit is not None else ""
    found = connection.sql(
        f"""
        SELECT {_COLUMNS} FROM ({" UNION ALL ".join(parts)})
        ORDER BY {_order(query)} {page} OFFSET {query.offset}
        """,
        params=values,
    )
    return found.to_arrow_table().cast(EVENT_COLUMNS)


def select_history(connection: duckdb.DuckDBPyConnection, query: EventQuery, within: str | None = None) -> pa.Table:
    """Return `earliest`, `latest` and `score` of the happenings `query` asks for, one a row, in no order.

    Of several tellings of a happening the one with the tightest bounds counts; those without bounds are left out.
    `within` is a condition on imported events, put for the look-up of their parties; linked files are then left out.
    """
    columns = "canonical_id, event_id, earliest, latest, score"
    parts, values = [], _values(query)
    if query.dataset in (None, ""):
        parts.append(
            f"""
            SELECT canonical_id, event_id, earliest, latest, coalesce(scale.score, base.score) AS score
            FROM (FROM event {_where(query, "event_dyad", coded=True)}) AS e
            LEFT JOIN event_scale AS base ON base.event_type = e.event_type AND base.mode = ''
            LEFT JOIN event_scale AS scale
                ON scale.event_type = e.event_type AND scale.mode = e.mode AND scale.mode <> ''
            """
        )
    if within is not None:
        parts.append(f"SELECT {columns} FROM imported_event {_where(query, None, coded=False)} AND {within}")
    elif query.dataset != "":
        parts.extend(_imported(connection, query, columns, values))
    found = connection.sql(
        f"""
        SELECT arg_min(earliest, least_is_tightest) AS earliest, arg_min(latest, least_is_tightest) AS latest,
            arg_min(score, least_is_tightest) AS score
        FROM (SELECT *, (latest - earliest, event_id) AS least_is_tightest FROM ({" UNION ALL ".join(parts)}))
        WHERE earliest IS NOT NULL AND latest IS NOT NULL GROUP BY canonical_id
        """,
        params=values,
    )
    return found.to_arrow_table()


def count_events(connection: duckdb.DuckDBPyConnection, query: EventQuery) -> int:
    """Return how many events `query` asks for, whatever its page."""
    whole, values = replace(query, limit=None, offset=0), _values(query)
    parts = []
    if query.dataset in (None, ""):
        parts.append(f"SELECT event_id FROM event {_where(query, 'event_dyad', coded=True)}")
    if query.dataset != "":
        parts.extend(_imported(connection, whole, "event_id", values))
    # A result fetched in part holds the connection: DuckDB 2 refuses the next query on it.
    rows = connection.execute(f"SELECT count(*) FROM ({' UNION ALL '.join(parts)})", values).fetchall()
    return int(rows[0][0])


def select_beside(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return, in `EVENT_COLUMNS`, the imported events that a coded event might tell of too.

    They have its type and its parties, and a day within its bounds.
    """
    values: dict[str, Any] = {}
    imported = " UNION ALL ".join(_imported(connection, EventQuery(), _COLUMNS, values))
    found = connection.sql(
        f"""
        WITH coded AS (
            SELECT DISTINCT event_type, {_CODES} AS codes, earliest, latest FROM event
            WHERE retired_at IS NULL AND earliest IS NOT NULL AND latest IS NOT NULL
        ), imported AS (SELECT *, {_CODES} AS codes FROM ({imported}))
        SELECT {_COLUMNS} FROM imported SEMI JOIN coded
        ON imported.event_type = coded.event_type AND imported.codes = coded.codes
        AND imported.earliest <= coded.latest AND imported.latest >= coded.earliest
        """,
        params=values,
    )
    return found.to_arrow_table().cast(EVENT_COLUMNS)


def select_mentions(connection: duckdb.DuckDBPyConnection, event_id: str) -> pa.Table:
    """Return, in `EVENT_COLUMNS`, the imported rows that say where an imported event is told, and no more than that."""
    found = connection.sql(
        f"SELECT {_IMPORTED_COLUMNS} FROM imported_event WHERE canonical_id = $id AND NOT {SAYS_AN_ACT}"
        f" ORDER BY {EVENT_ORDER}",
        params={"id": event_id},
    )
    return found.to_arrow_table().cast(EVENT_COLUMNS)


def select_imported_tellings(
    connection: duckdb.DuckDBPyConnection, canonical_id: str, parties: Sequence[str]
) -> pa.Table:
    """Return, in `EVENT_COLUMNS`, the imported events that lead to `canonical_id`; `parties` are those of one of them.

    They are looked for among the events of two of the parties, where there are so many.
    """
    one, other = (*sorted(set(parties)), None, None)[:2]
    pair = "code_a = $a AND code_b = $b" if other else "$a IN (code_a, code_b)"
    found = connection.sql(
        f"SELECT {_IMPORTED_COLUMNS} FROM imported_event WHERE canonical_id = $id AND {SAYS_AN_ACT}"
        f" AND event_no IN (SELECT event_no FROM imported_dyad WHERE {pair}) ORDER BY {EVENT_ORDER}",
        params={"id": canonical_id, "a": one, **({"b": other} if other else {})},
    )
    return found.to_arrow_table().cast(EVENT_COLUMNS)


def _imported(
    connection: duckdb.DuckDBPyConnection, query: EventQuery, columns: str, values: dict[str, Any]
) -> list[str]:
    """Return a SELECT for the imported rows kept in the record, and one for each Parquet file left where it lies."""
    picked = _pick(query, "imported_event", _where(query, "imported_dyad", coded=False))
    parts = [f"SELECT {columns.replace(_ORIGIN, _IMPORTED)} FROM imported_event {picked}"]
    listed = connection.execute("SELECT dataset, path FROM dataset WHERE path IS NOT NULL").fetchall()
    for number, (name, path) in enumerate(listed):
        if query.dataset in (None, name):
            values[f"path_{number}"] = path
            parts.append(f"SELECT {columns} FROM read_parquet($path_{number}) {_where(query, None, coded=False)}")
    return parts


def _pick(query: EventQuery, table: str, where: str) -> str:
    """Return the WHERE clause for a page of `table`: its rows are found in few columns before the rest are read."""
    if query.limit is None:
        return where
    rows = query.offset + query.limit
    return f"WHERE event_no IN (SELECT event_no FROM {table} {where} ORDER BY {_order(query)} LIMIT {rows})"


def _order(query: EventQuery) -> str:
    return _NEWEST_FIRST if query.newest_first else EVENT_ORDER


ORDERED_BY = ("earliest", "latest", "document_id", "sentence", "trigger_start", "event_id", "recorded_at")
EVENT_ORDER = f"earliest NULLS LAST, latest NULLS LAST, {', '.join(ORDERED_BY[2:])}"
_CODES = "list_sort(list_distinct(list_concat(actors, recipients)))"
_NEWEST_FIRST = EVENT_ORDER.replace("NULLS", "DESC NULLS")
SAYS_AN_ACT = "(event_type IS NOT NULL OR original_code IS NOT NULL OR len(actors) > 0 OR len(recipients) > 0)"
_ORIGIN, _IMPORTED = '"origin"', "'imported' AS origin"
_COLUMNS = ", ".join(f'"{name}"' for name in EVENT_COLUMNS.names)
_IMPORTED_COLUMNS = _COLUMNS.replace(_ORIGIN, _IMPORTED)
PAIR = "code_a = least($a, $b) AND code_b = greatest($a, $b)"
BETWEEN = """(
    (list_has(actors, $a) AND list_has(recipients, $b)) OR (list_has(actors, $b) AND list_has(recipients, $a))
    OR (len(recipients) = 0 AND list_has(actors, $a) AND list_has(actors, $b))
    OR (len(actors) = 0 AND list_has(recipients, $a) AND list_has(recipients, $b)))"""


def _values(query: EventQuery) -> dict[str, Any]:
    """Return the named values of `query`; DuckDB wants exactly those that its text names."""
    names = ("a", "b", "earliest", "latest", "event_type", "status", "document_id", "min_confidence", "known_on")
    values = {name: getattr(query, name) for name in names if getattr(query, name) is not None}
    if query.dataset:
        values["dataset"] = query.dataset
    return values


def _where(query: EventQuery, dyads: str | None, *, coded: bool) -> str:
    """Return the WHERE clause of `query` over coded or imported rows; without a dyad table, over the lists."""
    tests = [test for field, test in _TESTS.items() if getattr(query, field) is not None]
    if query.dataset:
        tests.append("dataset = $dataset")
    if query.a is not None:
        tests.append(_parties(query, dyads))
    if query.known_on is not None:
        tests.append("recorded_at <= $known_on")
        if coded:
            tests.append("(retired_at IS NULL OR retired_at > $known_on)")
    elif coded:
        tests.append("retired_at IS NULL")
    if not coded and query.a is None and query.dataset is None:
        tests.append(SAYS_AN_ACT)  # what only says where an event is told is no event
    return f"WHERE {' AND '.join(tests)}" if tests else ""


_TESTS = {
    "earliest": "(latest >= $earliest OR (latest IS NULL AND earliest IS NOT NULL))",
    "latest": "(earliest <= $latest OR (earliest IS NULL AND latest IS NOT NULL))",
    "event_type": "event_type = $event_type",
    "status": "status = $status",
    "document_id": "document_id = $document_id",
    "min_confidence": "confidence >= $min_confidence",
}


def _parties(query: EventQuery, dyads: str | None) -> str:
    if dyads is None:
        return BETWEEN if query.b is not None else "(list_has(actors, $a) OR list_has(recipients, $a))"
    pair = PAIR if query.b is not None else "$a IN (code_a, code_b)"
    return f"event_no IN (SELECT event_no FROM {dyads} WHERE {pair})"
