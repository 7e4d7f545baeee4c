"""The sums of imported events by dyad and year as arrays: those of a dyad, or all of a record kept in memory."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import duckdb
from numpy.typing import NDArray

from detente.record.queries import PAIR

__all__ = ["KeptSums", "Sums", "keep_sums", "read_sums"]

Sums = dict[str, NDArray[Any]]
"""The columns of `imported_dyad_year` by name, `year` 0 where it is not known, and `start`, the first day of the year
(of 1970 where it is not known) in days since 1970."""

MOST_KEPT = 1_500_000
"""Rows of sums, of a hundred bytes each."""
_PICKED = """
    SELECT * EXCLUDE (dataset, code_a, code_b, settled) REPLACE (coalesce("year", 0) AS "year"),
        make_date(coalesce("year", 1970), 1, 1) - DATE '1970-01-01' AS start
    FROM imported_dyad_year"""


def read_sums(connection: duckdb.DuckDBPyConnection, a: str, b: str) -> Sums:
    """Return the sums of the events between `a` and `b`."""
    sums: Sums = connection.execute(f"{_PICKED} WHERE {PAIR}", {"a": a, "b": b}).fetchnumpy()
    return sums


class KeptSums:
    """The sums of all dyads of a record, for as long as it does not change."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        counts = connection.execute(
            "SELECT code_a, code_b, count(*) FROM imported_dyad_year GROUP BY ALL ORDER BY code_a, code_b"
        ).fetchall()
        self._all: Sums = connection.execute(f"{_PICKED} ORDER BY code_a, code_b").fetchnumpy()
        ends = accumulate(count for _, _, count in counts)
        self._places = {(a, b): slice(end - count, end) for (a, b, count), end in zip(counts, ends, strict=True)}

    def find(self, a: str, b: str) -> Sums:
        """Return the sums of the events between `a` and `b`, in no order."""
        place = self._places.get((min(a, b), max(a, b)), slice(0))
        return {name: column[place] for name, column in self._all.items()}


def keep_sums(connection: duckdb.DuckDBPyConnection) -> KeptSums | None:
    """Return all sums of a record; None where they are too many to keep."""
    rows = connection.execute("SELECT count(*) FROM imported_dyad_year").fetchall()[0][0]
    return KeptSums(connection) if rows <= MOST_KEPT else None
