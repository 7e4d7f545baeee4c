"""The events between two parties, read by way of their sums: how many a year, one page of them, how acts have faded."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.model import EVENT_COLUMNS
from detente.model.fading import mean_faded, weigh_each
from detente.record.queries import BETWEEN, EVENT_ORDER, PAIR, EventQuery, select_events, select_history

if TYPE_CHECKING:
    from detente.model.fading import Weighed

__all__ = ["Dyad"]

Year = int | None
"""A year; None where it is not known."""
LAST = 10_000
NEAR = 2048
"""Rows whose numbers are nearer than this are read in one stretch."""
_CODED = f"event_no IN (SELECT event_no FROM event_dyad WHERE {PAIR}) AND retired_at IS NULL"
_SUMS = f"""
    SELECT * EXCLUDE (dataset, code_a, code_b, settled) REPLACE (coalesce("year", 0) AS "year"),
        make_date(coalesce("year", 1970), 1, 1) - DATE '1970-01-01' AS start
    FROM imported_dyad_year WHERE {PAIR}"""
_HELD = f"SELECT EXISTS (FROM dataset WHERE path IS NOT NULL), EXISTS (FROM event_dyad WHERE {PAIR})"
_CODED_YEARS = f"""
    SELECT year(coalesce(earliest, latest)) AS "year", earliest IS NOT NULL AS opens, quad_class, count(*)
    FROM event LEFT JOIN event_scale AS scale ON scale.event_type = event.event_type AND scale.mode = ''
    WHERE {_CODED} GROUP BY ALL"""

_PICKED = {"coded_event": "*", "imported_event": "*, 'imported' AS origin"}


class Dyad:
    """The events between `a` and `b`, as they are now; each answer is that of the events themselves.

    What lies in linked Parquet files has no sums: `events` and `score` then read all, and `years` leaves it out.
    """

    def __init__(self, connect: Callable[[], duckdb.DuckDBPyConnection], a: str, b: str) -> None:
        self._connect, self.a, self.b = connect, a, b
        self._pair = {"a": a, "b": b}
        connection = connect()
        self._sums: dict[str, NDArray[Any]] = connection.execute(_SUMS, self._pair).fetchnumpy()
        self._linked, coded = connection.execute(_HELD, self._pair).fetchall()[0]
        found = connection.execute(_CODED_YEARS, self._pair).fetchall() if coded else []
        self._coded: list[tuple[Year, bool, int | None, int]] = found
        self._counts = [*found, *self._count_imported()]

    def years(self) -> list[tuple[Year, int | None, int]]:
        """Return (year of the earliest day, quad class, events), in order; None for undated and for no class."""
        counts: dict[tuple[Year, int | None], int] = {}
        for year, _, kind, events in self._counts:
            counts[year, kind] = counts.get((year, kind), 0) + events
        ordered = sorted(counts.items(), key=lambda each: tuple(LAST if n is None else n for n in each[0]))
        return [(year, kind, events) for (year, kind), events in ordered]

    def events(self, limit: int, offset: int = 0) -> pa.Table:
        """Return a page of the events, in `EVENT_COLUMNS`, in order of time; undated ones come last."""
        if self._linked:
            return select_events(self._connect(), EventQuery(self.a, self.b, limit=limit, offset=offset))
        years, skipped = self._years_of(limit, offset)
        if not years:
            return EVENT_COLUMNS.empty_table()
        found = self._find(years, limit, offset - skipped)
        coded, imported = ([number for of_coded, number in found if of_coded is wanted] for wanted in (True, False))
        read = [*self._read("coded_event", coded), *self._read("imported_event", imported)]
        places = {key: place for place, key in enumerate(key for _, keys in read for key in keys)}
        rows = pa.concat_tables(table for table, _ in read)
        return rows.take(pa.array([places[key] for key in found], pa.int64()))

    def score(self, day: datetime.date, told_by: datetime.date | None = None) -> float | None:
        """Return the mean score of the acts up to `day`, faded as in the state of relations; None without any.

        Of several tellings of a happening the tightest that begins by `told_by` (default: `day`) counts.
        """
        date = (day - datetime.date(1970, 1, 1)).days
        parts = [self._weigh_apart(told_by or day)]
        if not self._linked:
            parts += self._weigh_sums(date)
        return mean_faded(tuple(np.concatenate(column) for column in zip(*parts, strict=True)), day)

    def _count_imported(self) -> list[tuple[Year, bool, int | None, int]]:
        """Return (year, whether the first day is known, quad class, events) of the imported events."""
        counted = np.stack([self._sums[f"class_{kind}"] for kind in range(5)], axis=1)
        steps, places = np.unique(2 * self._sums["year"].astype(int) + self._sums["opens"], return_inverse=True)
        totals = np.zeros((len(steps), 5), dtype=int)
        np.add.at(totals, places, counted)
        return [
            (step // 2 or None, bool(step % 2), kind or None, events)
            for step, row in zip(steps.tolist(), totals.tolist(), strict=True)
            for kind, events in enumerate(row)
            if events
        ]

    def _years_of(self, limit: int, offset: int) -> tuple[list[Year], int]:
        """Return the years that a page lies in, by first days (None: not known), and the number of events before."""
        counts: dict[Year, int] = {}
        for year, opens, _, events in self._counts:
            begins = year if opens else None
            counts[begins] = counts.get(begins, 0) + events
        years: list[Year] = []
        skipped = passed = 0
        for year in sorted(counts, key=lambda each: LAST if each is None else each):
            if passed + counts[year] <= offset:
                skipped += counts[year]
            elif passed < offset + limit:
                years.append(year)
            passed += counts[year]
        return years, skipped

    def _find(self, years: Sequence[Year], limit: int, offset: int) -> list[tuple[bool, int]]:
        """Return whether each event is coded, and its number, out of those that begin in `years`, in order of time."""
        known = [year for year in years if year is not None]
        tests = [f"earliest BETWEEN DATE '{min(known):04d}-01-01' AND DATE '{max(known):04d}-12-31'"] if known else []
        here = np.isin(self._sums["year"], known) & self._sums["opens"]
        if None in years:
            tests.append("earliest IS NULL")
            here |= ~self._sums["opens"]
        parts = [f"SELECT true AS coded, * FROM event WHERE {_CODED}"] if self._coded else []
        if here.any():
            parts.append(f"SELECT false AS coded, * FROM imported_event WHERE {self._among(here)}")
        return (
            self._connect()
            .execute(
                f"""
                SELECT coded, event_no FROM ({" UNION ALL BY NAME ".join(parts)}) WHERE {" OR ".join(tests)}
                ORDER BY {EVENT_ORDER} LIMIT {limit:d} OFFSET {offset:d}
                """,
                self._pair,
            )
            .fetchall()
        )

    def _read(self, table: str, numbers: list[int]) -> list[tuple[pa.Table, list[tuple[bool, int]]]]:
        """Return rows of a table, those with `numbers` among them, and whether each is coded, and its number."""
        if not numbers:
            return []
        where = _within((number, number) for number in sorted(numbers))
        rows = self._connect().sql(f"SELECT {_PICKED[table]} FROM {table} WHERE {where}").to_arrow_table()
        keys = [(table == "coded_event", number) for number in rows["event_no"].to_pylist()]
        return [(rows.select(EVENT_COLUMNS.names).cast(EVENT_COLUMNS), keys)]

    def _weigh_apart(self, day: datetime.date) -> Weighed:
        """Return the acts that are in no sum: the coded, those told more than once, and all where files are linked."""
        query = EventQuery(self.a, self.b, latest=day, status="actual")
        if self._linked:
            return weigh_each(select_history(self._connect(), query))
        retold = self._sums["retold"] > 0
        if not self._coded and not retold.any():
            return tuple(np.zeros((5, 0)))
        within = f"{self._among(retold)} AND canonical_id IN (FROM retold)" if retold.any() else "false"
        return weigh_each(select_history(self._connect(), query, within=within))

    def _weigh_sums(self, date: int) -> list[Weighed]:
        """Return the sums of the years that lie before a day, and one by one the acts of those it falls into."""
        sums = self._sums
        weighs = sums["acts"] > 0
        begun = weighs & (sums["first_middle"] <= date)
        split = np.unique(sums["year"][begun & (sums["last_middle"] > date)])
        whole = begun & ~np.isin(sums["year"], split)
        names = ("start", "weight", "weighted", "score", "acts")
        rows: list[Weighed] = [tuple(sums[name][whole].astype(float) for name in names)]
        if split.size:
            years = ", ".join(str(int(year)) for year in split)
            found = self._connect().sql(
                f"""
                SELECT earliest, latest, score FROM imported_event
                WHERE {self._among(weighs & np.isin(sums["year"], split))} AND status = 'actual'
                AND year(earliest) IN ({years}) AND latest IS NOT NULL AND canonical_id NOT IN (FROM retold)
                """,
                params=self._pair,
            )
            rows.append(weigh_each(found.to_arrow_table()))
        return rows

    def _among(self, here: NDArray[np.bool_]) -> str:
        """Return the condition that an imported event is one of the dyad's, in one of the stretches of `here`."""
        bounds = zip(*(self._sums[name][here].tolist() for name in ("first_no", "last_no")), strict=True)
        return f"{_within(sorted(bounds))} AND {BETWEEN}"


def _within(bounds: Iterable[tuple[int, int]]) -> str:
    """Return the condition that `event_no` is in one of `bounds`, which are in order, or between near ones."""
    joined: list[list[int]] = []
    for first, last in bounds:
        if joined and first - joined[-1][1] < NEAR:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return f"({' OR '.join(f'event_no BETWEEN {first:d} AND {last:d}' for first, last in joined)})"
