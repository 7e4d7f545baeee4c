"""Sums of imported events by two parties and year, kept so that a page on two parties need not read all their events.

Each row of `imported_dyad_year` sums the events of a dyad that begin in one year and whose numbers lie in one block:
`class_0` to `class_4` count them by quad class (0: without one). Of those that weigh in the state of relations (actual,
with a score and both bounds), `acts` is their number, `score` their sum, and `weight` and `weighted` the sums of w and
of w times the score, with w = 2^(t / half-life) for the t days from the start of the year to the middle of the bounds:
what they have faded to on any later day is that by one factor. `first_middle` and `last_middle` bound the middles, in
days since 1970. Events of happenings that may be told more than once weigh nothing here, and `retold` counts them:
which telling counts depends on the day asked for, so they are read one by one.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from detente.model.fading import HALF_LIFE_DAYS

__all__ = ["add_sums", "fill_sums", "mark_retold", "remove_sums"]

BLOCK = 131_072
"""Rows of one year lie within so many numbers: about a row group, which is what DuckDB reads at least."""
FEW = 200_000
"""Rows that need not be brought into order."""

_CLASSES = ", ".join(f"count(*) FILTER (class = {number})" for number in range(5))
_SUMS = f"""
    INSERT INTO imported_dyad_year
    WITH told AS (
        SELECT dataset, code_a, code_b, event_no, year(coalesce(earliest, latest)) AS year,
            earliest IS NOT NULL AS opens, coalesce(quad_class, 0) AS class, score, retold.id IS NOT NULL AS again,
            coalesce(NOT again AND status = 'actual' AND NOT isnan(score), false)
                AND earliest IS NOT NULL AND latest IS NOT NULL AS weighs,
            ((earliest - DATE '1970-01-01') + (latest - DATE '1970-01-01')) / 2 AS middle,
            2 ** ((middle - (make_date(year(earliest), 1, 1) - DATE '1970-01-01')) / {HALF_LIFE_DAYS}) AS w
        FROM imported_dyad JOIN imported_event USING (event_no)
        LEFT JOIN retold ON retold.id = imported_event.canonical_id WHERE {{which}})
    SELECT dataset, code_a, code_b, year, opens, min(event_no), max(event_no), {_CLASSES}, count(*) FILTER (again),
        count(*) FILTER (weighs), coalesce(sum(score) FILTER (weighs), 0), coalesce(sum(w) FILTER (weighs), 0),
        coalesce(sum(w * score) FILTER (weighs), 0), coalesce(min(middle) FILTER (weighs), 0),
        coalesce(max(middle) FILTER (weighs), 0), {{settled}}
    FROM told GROUP BY dataset, code_a, code_b, year, opens, event_no // {BLOCK}
    ORDER BY code_a, code_b, year, min(event_no)
"""
_PART = "SELECT canonical_id FROM imported_event WHERE event_no BETWEEN $first AND $last"
_TOLD_TWICE = f"""
    {_PART} GROUP BY canonical_id HAVING count(*) > 1 OR bool_or(canonical_id <> event_id)
    UNION SELECT canonical_id FROM identity WHERE canonical_id IN ({_PART})
"""
_TOLD_BEFORE = f"""
    SELECT DISTINCT canonical_id FROM imported_event WHERE event_no < $first
    AND canonical_id BETWEEN $least AND $most AND canonical_id IN ({_PART})
"""


def add_sums(connection: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    """Sum up the imported events numbered `first` to `last`, whose dyads are written; within one transaction."""
    if last < first:
        return
    part = {"first": first, "last": last}
    _keep_retold(connection, {each for (each,) in connection.execute(_TOLD_TWICE, part).fetchall()})
    # The bounds, though implied, spare reading the ids of earlier parts, which mostly lie apart.
    least, most = connection.execute(f"SELECT min(canonical_id), max(canonical_id) FROM ({_PART})", part).fetchall()[0]
    before = connection.execute(_TOLD_BEFORE, {**part, "least": least, "most": most}).fetchall()
    alone = not connection.execute("SELECT 1 FROM imported_dyad_year LIMIT 1").fetchall()
    connection.execute(_SUMS.format(which=f"event_no BETWEEN {first:d} AND {last:d}", settled=alone))
    mark_retold(connection, {each for (each,) in before})
    _settle(connection)


def remove_sums(connection: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Drop the sums of a data set."""
    connection.execute("DELETE FROM imported_dyad_year WHERE dataset = $1", [dataset])


def mark_retold(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> None:
    """Take it that several rows may tell of the happenings `ids`: their imported rows weigh nothing in the sums."""
    ids = list(ids)
    if not ids:
        return
    _keep_retold(connection, ids)
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT code_a, code_b FROM imported_dyad WHERE event_no IN (
            SELECT event_no FROM imported_event WHERE canonical_id IN (SELECT unnest($1)))
        """,
        [ids],
    )
    if connection.execute("SELECT 1 FROM touched LIMIT 1").fetchall():
        connection.execute("DELETE FROM imported_dyad_year WHERE (code_a, code_b) IN (FROM touched)")
        connection.execute(_SUMS.format(which="(code_a, code_b) IN (FROM touched)", settled="false"))


def fill_sums(connection: duckdb.DuckDBPyConnection) -> None:
    """Sum up all that is imported, in a record made before there were sums."""
    connection.execute("INSERT INTO retold SELECT DISTINCT canonical_id FROM event WHERE canonical_id <> event_id")
    bounds = connection.execute("SELECT min(event_no), max(event_no) FROM imported_event").fetchall()[0]
    if bounds[0] is not None:
        add_sums(connection, *bounds)


def _keep_retold(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> None:
    connection.execute(
        "INSERT INTO retold SELECT DISTINCT id FROM (SELECT unnest($1::VARCHAR[]) AS id) WHERE id NOT IN (FROM retold)",
        [list(ids)],
    )


def _settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the rows of all parts into one order once those out of it are many: a dyad is then in few blocks."""
    settled, loose = connection.execute(
        "SELECT count(*) FILTER (settled), count(*) FILTER (NOT settled) FROM imported_dyad_year"
    ).fetchall()[0]
    if loose <= max(settled // 2, FEW):
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE loose AS FROM imported_dyad_year")
    connection.execute("DELETE FROM imported_dyad_year")
    connection.execute(
        """
        INSERT INTO imported_dyad_year
        SELECT * REPLACE (true AS settled) FROM loose ORDER BY code_a, code_b, "year", first_no
        """
    )
    connection.execute("DROP TABLE loose")
