"""The events between two parties, read by way of their sums: how many a year, one page of them, how acts have faded."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.model import EVENT_COLUMNS
from detente.model.fading import mean_faded, weigh_each
from detente.record.dyad_rows import (
    EventRow,
    Stretch,
    imported_in,
    is_between,
    join_near,
    order_rows,
    read_rows,
    within,
)
from detente.record.dyad_sums import KeptSums, Sums, keep_sums, read_sums
from detente.record.queries import BETWEEN, EVENT_ORDER, PAIR, EventQuery, select_events, select_history

if TYPE_CHECKING:
    from detente.model.fading import Weighed

__all__ = ["Dyad", "Facts", "read_facts"]

Year = int | None
"""A year; None where it is not known."""
LAST = 10_000
FEW = 600
"""Rows that are read whole sooner than their order is asked for."""
_CODED = f"event_no IN (SELECT event_no FROM event_dyad WHERE {PAIR}) AND retired_at IS NULL"
_CODED_YEARS = f"""
    SELECT year(coalesce(earliest, latest)) AS "year", earliest IS NOT NULL AS opens, quad_class, count(*)
    FROM event LEFT JOIN event_scale AS scale ON scale.event_type = event.event_type AND scale.mode = ''
    WHERE {_CODED} GROUP BY ALL"""
_ACT = pa.schema([EVENT_COLUMNS.field(name) for name in ("earliest", "latest", "score")])


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a record bears on every dyad: whether any event is `coded`, whether any lies in `linked` files, and the
    `sums` of all where they are kept."""

    coded: bool
    linked: bool
    sums: KeptSums | None = None


def read_facts(connect: Callable[[], duckdb.DuckDBPyConnection], *, keep: bool = False) -> Facts:
    """Return the facts of a record, to `keep` while it does not change or for now."""
    connection = connect()
    query = "SELECT EXISTS (FROM event_dyad), EXISTS (FROM dataset WHERE path IS NOT NULL)"
    coded, linked = connection.execute(query).fetchall()[0]
    return Facts(coded, linked, keep_sums(connection) if keep else None)


class Dyad:
    """The events between `a` and `b`, as they are now; each answer is that of the events themselves.

    What lies in linked Parquet files has no sums: `events` and `score` then read all, and `years` leaves it out.
    """

    def __init__(
        self, connect: Callable[[], duckdb.DuckDBPyConnection], facts: Callable[[], Facts], a: str, b: str
    ) -> None:
        self._connect, self.a, self.b = connect, a, b
        self._pair = {"a": a, "b": b}
        connection, self._facts = connect(), facts()
        kept = self._facts.sums
        self._sums: Sums = kept.find(a, b) if kept else read_sums(connection, a, b)
        found = connection.execute(_CODED_YEARS, self._pair).fetchall() if self._facts.coded else []
        self._coded: list[tuple[Year, bool, int | None, int]] = found
        self._counts = [*found, *self._count_imported()]
        self._acts: dict[int, Weighed] = {}

    def years(self) -> list[tuple[Year, int | None, int]]:
        """Return (year of the earliest day, quad class, events), in order; None for undated and for no class."""
        counts: dict[tuple[Year, int | None], int] = {}
        for year, _, kind, events in self._counts:
            counts[year, kind] = counts.get((year, kind), 0) + events
        ordered = sorted(counts.items(), key=lambda each: tuple(LAST if n is None else n for n in each[0]))
        return [(year, kind, events) for (year, kind), events in ordered]

    def events(self, limit: int, offset: int = 0, names: Sequence[str] = EVENT_COLUMNS.names) -> list[EventRow]:
        """Return a page of the events in order of time, undated ones last; `names` of `EVENT_COLUMNS` are wanted."""
        if self._facts.linked:
            query = EventQuery(self.a, self.b, limit=limit, offset=offset)
            told: list[EventRow] = select_events(self._connect(), query).to_pylist()
            return told
        years, skipped = self._years_of(limit, offset)
        offset -= skipped
        here = np.isin(self._sums["year"], [year for year in years if year]) & self._sums["opens"]
        here |= ~self._sums["opens"] & (None in years)
        near = join_near(self._stretches(here))
        coded = sum(events for year, opens, _, events in self._coded if (year if opens else None) in years)
        if coded + _count(near) <= FEW:
            return order_rows(self._read_few(years, coded, near, names))[offset : offset + limit]
        return order_rows(self._read_found(self._find(years, near, limit, offset), names))

    def score(self, day: datetime.date, told_by: datetime.date | None = None) -> float | None:
        """Return the mean score of the acts up to `day`, faded as in the state of relations; None without any.

        Of several tellings of a happening the tightest that begins by `told_by` (default: `day`) counts.
        """
        date = (day - datetime.date(1970, 1, 1)).days
        parts = [self._weigh_apart(told_by or day)]
        if not self._facts.linked:
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

    def _read_few(
        self, years: Sequence[Year], coded: int, near: Sequence[Stretch], names: Sequence[str]
    ) -> list[EventRow]:
        """Return the events that begin in `years`: `coded` of them are, the imported ones lie `near`."""
        connection, rows = self._connect(), []
        if coded:
            rows += read_rows(connection, f"coded_event WHERE {_CODED} AND {_begins_in(years)}", self._pair, names)
        if near:
            read = read_rows(connection, imported_in(near), {}, names)
            rows += [row for row in read if _year(row) in years and is_between(row, self.a, self.b)]
        return rows

    def _find(self, years: Sequence[Year], near: Sequence[Stretch], limit: int, offset: int) -> list[tuple[bool, int]]:
        """Return whether each event of a page is coded, and its number, as `_read_few` reads all of them."""
        parts = [f"SELECT true AS coded, * FROM event WHERE {_CODED}"] if self._coded else []
        if near:
            parts.append(f"SELECT false AS coded, * FROM {imported_in(near)} WHERE {BETWEEN}")
        return (
            self._connect()
            .execute(
                f"""
                SELECT coded, event_no FROM ({" UNION ALL BY NAME ".join(parts)}) WHERE {_begins_in(years)}
                ORDER BY {EVENT_ORDER} LIMIT {limit:d} OFFSET {offset:d}
                """,
                self._pair,
            )
            .fetchall()
        )

    def _read_found(self, found: Iterable[tuple[bool, int]], names: Sequence[str]) -> list[EventRow]:
        """Return the events with the numbers that `_find` gives."""
        rows: list[EventRow] = []
        for of_coded in (True, False):
            if numbers := [number for coded, number in found if coded is of_coded]:
                near = join_near((number, number) for number in numbers)
                source = f"coded_event WHERE {within(near)} AND" if of_coded else f"{imported_in(near)} WHERE"
                rows += read_rows(self._connect(), f"{source} event_no IN ({', '.join(map(str, numbers))})", {}, names)
        return rows

    def _weigh_apart(self, day: datetime.date) -> Weighed:
        """Return the acts that are in no sum: the coded, those told more than once, and all where files are linked."""
        query = EventQuery(self.a, self.b, latest=day, status="actual")
        if self._facts.linked:
            return weigh_each(select_history(self._connect(), query))
        retold = self._sums["retold"] > 0
        if not self._coded and not retold.any():
            return tuple(np.zeros((5, 0)))
        told_again = f"{within(join_near(self._stretches(retold)))} AND {BETWEEN} AND canonical_id IN (FROM retold)"
        return weigh_each(select_history(self._connect(), query, within=told_again))

    def _weigh_sums(self, date: int) -> list[Weighed]:
        """Return the sums of the years that lie before a day, and one by one the acts of those it falls into."""
        sums = self._sums
        weighs = sums["acts"] > 0
        begun = weighs & (sums["first_middle"] <= date)
        split = np.unique(sums["year"][begun & (sums["last_middle"] > date)])
        whole = begun & ~np.isin(sums["year"], split)
        names = ("start", "weight", "weighted", "score", "acts")
        rows: list[Weighed] = [tuple(sums[name][whole].astype(float) for name in names)]
        return [*rows, *self._weigh_acts(split.tolist())]

    def _weigh_acts(self, years: Sequence[int]) -> list[Weighed]:
        """Return the imported acts that begin in each of `years`, one by one.

        Those of the year before are read with them: who asks for a score asks for that of a year ago.
        """
        acts = self._acts
        if not acts.keys() >= set(years):
            wanted = {each for year in years for each in (year - 1, year)} - acts.keys()
            read = self._read_acts(sorted(wanted))
            begins = pc.year(read["earliest"])
            acts = {**acts, **{year: weigh_each(read.filter(pc.equal(begins, year))) for year in wanted}}
            self._acts = acts  # whole at once: other threads may be at it
        return [acts[year] for year in years]

    def _read_acts(self, years: Sequence[int]) -> pa.Table:
        """Return `earliest`, `latest` and `score` of the imported acts that begin in `years` and are told once."""
        here = np.isin(self._sums["year"], years) & self._sums["opens"]
        near = join_near(self._stretches(here))
        if _count(near) > FEW or self._sums["retold"][here].any():
            found = self._connect().sql(
                f"""
                SELECT earliest, latest, score FROM {imported_in(near)}
                WHERE {BETWEEN} AND status = 'actual'
                AND year(earliest) IN ({", ".join(map(str, years))}) AND latest IS NOT NULL
                AND canonical_id NOT IN (FROM retold)
                """,
                params=self._pair,
            )
            return found.to_arrow_table()
        read = read_rows(self._connect(), imported_in(near), {}, (*_ACT.names, "status"))
        acts = (row for row in read if row["status"] == "actual" and row["latest"] and _year(row) in years)
        return pa.Table.from_pylist([row for row in acts if is_between(row, self.a, self.b)], _ACT)

    def _stretches(self, here: NDArray[np.bool_]) -> Iterable[Stretch]:
        return zip(*(self._sums[name][here].tolist() for name in ("first_no", "last_no")), strict=True)


def _count(stretches: Iterable[Stretch]) -> int:
    return sum(last - first + 1 for first, last in stretches)


def _begins_in(years: Sequence[Year]) -> str:
    """Return the condition that an event begins in one of `years`, which follow each other in the dyad."""
    known = [year for year in years if year is not None]
    tests = [f"earliest BETWEEN DATE '{min(known):04d}-01-01' AND DATE '{max(known):04d}-12-31'"] if known else []
    tests += ["earliest IS NULL"] if None in years else []
    return f"({' OR '.join(tests)})"


def _year(row: EventRow) -> Year:
    year: Year = row["earliest"].year if row["earliest"] else None
    return year
