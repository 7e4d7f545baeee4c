"""Panels for R, Stata and pandas: one row a dyad or state and year, quarter or month, as the field keeps them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from detente.errors import DataTooThin, UsageError
from detente.measure.dyad_counts import MICRO, add_counts, period_number
from detente.measure.dyads import add_contiguity, add_majors, add_states
from detente.measure.engines import check_engine, connect_spark, read_events
from detente.measure.events import check_status, open_events
from detente.measure.periods import as_day, make_periods
from detente.measure.result import Result
from detente.refdata.codes import code_of, find_code

__all__ = ["Panel", "panel", "whittle"]

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_OWN = "détente: events counted by dyad and period; an act whose date is a range is shared by days"
_SOURCES = {
    "cow": "states and their numbers: détente's list, after the Correlates of War Project (2017), State System"
    " Membership, v2016",
    "gw": "states and their numbers: détente's list, after Gleditsch and Ward (1999), International Interactions 25(4)",
    "majors": "major powers: Correlates of War Project (2017), State System Membership, v2016",
    "contiguity": "contiguity: the user's copy of Stinnett et al. (2002), COW Direct Contiguity, Conflict Management"
    " and Peace Science 19(2): 58-66",
    "score": "scores: Goldstein (1992), Journal of Conflict Resolution 36(2): 369-385, carried over to PLOVER",
    "spells": "spells: Beck, Katz and Tucker (1998), American Journal of Political Science 42(4): 1260-1288",
}


@dataclass(frozen=True)
class Panel(Result):
    """A panel. `table` has the codes (`ccode1`, `ccode2`, or `gwcode1` …; `ccode` for states), `stateabb1` …, `year`
    (and `quarter` or `month`), then its figures.

    Figures: `events`, the four quad classes, `score_sum` and `score_mean` (null where no act has a score); all are null
    outside coverage, and 0 where the dyad is covered and nothing was told. `origins` says what each column came from.
    """

    unit: str = "dyad"
    every: str = "year"
    directed: bool = False
    codes: str = "cow"
    covered: tuple[datetime.date, datetime.date] | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name a unit."""
        code = "ccode" if self.codes == "cow" else "gwcode"
        return (f"{code}1", f"{code}2") if self.unit == "dyad" else (code,)

    @property
    def time(self) -> tuple[str, ...]:
        """The columns that name a period."""
        return ("year",) if self.every == "year" else ("year", self.every)

    def cite(self) -> str:
        """Return what each column came from, one a line."""
        return "\n".join(f"{column}: {origin}" for column, origin in self.origins.items())

    def summary(self) -> str:
        """Return the number of rows, units and periods in words."""
        keys = self.table.select([*self.keys]).group_by([*self.keys]).aggregate([]).num_rows
        kind = f"directed {self.unit}s" if self.directed else f"{self.unit}s"
        said = f"{self.table.num_rows:,} rows: {keys:,} {kind} by {self.every}."
        if self.covered:
            said += f" The events cover {self.covered[0]} to {self.covered[1]}; outside, figures are missing, not 0."
        return said

    def plot(self) -> Any:
        """Return a chart of the events of all units by year."""
        import altair as alt

        sums = self.table.group_by("year").aggregate([("events", "sum")]).sort_by("year").to_pandas()
        return (
            alt.Chart(sums).mark_line().encode(x=alt.X("year:Q", title="Year"), y=alt.Y("events_sum:Q", title="Events"))
        )

    def with_spells(self, column: str = "material_conflict", above: float = 0.0) -> Panel:
        """Return the panel with `peace_spell`: periods since the unit last had more than `above` in `column`.

        0 in the first period of a unit and in the period after an event, as in Beck, Katz and Tucker (1998); null
        outside coverage.
        """
        self._need(column)
        keys, time = ", ".join(self.keys), ", ".join(self.time)
        table = self._query(
            f"""
            WITH onset AS (
                SELECT *, coalesce(sum(CASE WHEN {column} > {float(above)} THEN 1 ELSE 0 END) OVER (
                    PARTITION BY {keys} ORDER BY {time} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS spell
                FROM panel
            )
            SELECT * EXCLUDE spell, CASE WHEN {column} IS NULL THEN NULL ELSE
                row_number() OVER (PARTITION BY {keys}, spell, {column} IS NULL ORDER BY {time}) - 1 END::INTEGER
                AS peace_spell
            FROM onset ORDER BY {keys}, {time}
            """
        )
        return replace(self, table=table, origins={**self.origins, "peace_spell": _SOURCES["spells"]})

    def with_codes(self, system: str) -> Panel:
        """Return the panel with the numbers of the other system ("cow" or "gw") beside its own, as of each year.

        Null where a state has no number in the other system then.
        """
        if system not in ("cow", "gw"):
            raise UsageError(f"codes={system!r}: expected cow or gw")
        mine, theirs = ("gw", "cown") if self.codes == "gw" else ("cown", "gw")
        prefix = "ccode" if system == "cow" else "gwcode"
        table, origins = self.table, dict(self.origins)
        if system == self.codes:
            return self
        years = table.column("year").to_pylist()
        for key in self.keys:
            name = f"{prefix}{key.removeprefix('ccode').removeprefix('gwcode')}"
            crossed = {
                (c, y): _cross(c, y, mine, theirs)
                for c, y in set(zip(table.column(key).to_pylist(), years, strict=True))
            }
            column = [crossed[pair] for pair in zip(table.column(key).to_pylist(), years, strict=True)]
            table = table.append_column(name, pa.array(column, pa.int32()))
            origins[name] = _SOURCES[system]
        return replace(self, table=table, origins=origins)

    def _need(self, column: str) -> None:
        if column not in self.table.column_names:
            raise UsageError(
                f"column {column!r} is not in the panel: expected one of {', '.join(self.table.column_names)}"
            )

    def _query(self, statement: str) -> pa.Table:
        with duckdb.connect() as connection:
            connection.register("panel", self.table)
            return connection.sql(statement).to_arrow_table()


def panel(
    events: Any = None,
    *,
    unit: str = "dyad",
    every: str = "year",
    directed: bool = False,
    dyads: str = "all",
    codes: str = "cow",
    start: datetime.date | str | int | None = None,
    end: datetime.date | str | int | None = None,
    contiguity: Path | str | None = None,
    coverage: tuple[datetime.date, datetime.date] | None = None,
    status: Sequence[str] = ("actual",),
    engine: str = "duckdb",
) -> Panel:
    """Return the panel of `unit` "dyad" or "state" by `every` "year", "quarter" or "month".

    `events` are Arrow or Parquet (a file, a folder, a glob) in `EVENT_COLUMNS`; None gives the rows alone. `dyads`:
    "all" of the state system in each period, "active" (with events in it) or "relevant" (contiguous by land or up to
    400 miles of water, or with a major power; needs `contiguity`, the user's own copy of COW Direct Contiguity, whose
    `conttype` comes along). `codes`: "cow" or "gw" numbers. `start` and `end` default to the events' own span and are
    needed without events. Rows are in order of codes and time; undirected, the lesser code comes first. Figures
    are null outside `coverage` (default: from the first to the last event). `engine` "spark" counts the events of
    Parquet files as a Spark job (the `spark` extra), with the same figures to the digit.

    >>> years = panel(start=1816, end=1816, directed=False)
    >>> years.table.num_rows, years.table.column_names[:3]
    (253, ['ccode1', 'ccode2', 'year'])
    """
    _check(unit, every, dyads, codes, contiguity, events)
    check_engine(engine)
    check_status(status)
    connection = duckdb.connect()
    first, last = as_day(start, "start"), as_day(end, "end", last=True)
    span = None
    if events is not None:
        if engine == "spark":
            _count_on_spark(connection, events, every, status, directed=directed, alone=unit == "state")
        else:
            open_events(connection, events)
            add_counts(connection, every, status, directed=directed, alone=unit == "state")
        span = _span(connection, every)
        if span is None and (first is None or last is None):
            raise DataTooThin("no dated event of this status: a panel needs at least 1, or a start and an end")
    covered = coverage or span
    if first is None or last is None:
        if covered is None:
            raise UsageError("a panel without events: expected a start and an end")
        first, last = first or covered[0], last or covered[1]
    periods = make_periods(every, first, last)
    add_states(connection, periods, codes)
    add_majors(connection)
    if contiguity is not None:
        add_contiguity(connection, contiguity)
    base = period_number(f"DATE '{periods.starts[0]}'", every)
    made = Panel(pa.table({}), unit, every, directed, codes, covered)
    table = connection.sql(_statement(made, dyads, contiguity is not None, events is not None, base)).to_arrow_table()
    return replace(made, table=table, origins=_origins(table, codes))


def whittle(table: pa.Table, keep: Sequence[str], keys: Sequence[str] = ("ccode1", "ccode2", "year")) -> pa.Table:
    """Return one row for each of `keys`: of several, the one highest in the first column of `keep`, then the next.

    A column with a minus before its name is taken lowest first. Ties that remain are broken by the other columns in
    their order, so that the result does not depend on the order of rows. For disputes by dyad and year the usual order
    is onset, fatality, hostility, duration: `keep=["disponset", "fatality1", "hostlev1", "-stmon"]`.

    >>> rows = pa.table({"ccode1": [2, 2], "ccode2": [20, 20], "year": [1974, 1974], "hostlev1": [2, 4]})
    >>> whittle(rows, ["hostlev1"]).to_pylist()
    [{'ccode1': 2, 'ccode2': 20, 'year': 1974, 'hostlev1': 4}]
    """
    names = [name.removeprefix("-") for name in keep]
    missing = [name for name in (*names, *keys) if name not in table.column_names]
    if missing:
        raise UsageError(f"column {missing[0]!r} is not in the table: expected some of {', '.join(table.column_names)}")
    order = [f'"{n}" {"ASC" if k.startswith("-") else "DESC"} NULLS LAST' for n, k in zip(names, keep, strict=True)]
    order += [f'"{name}"' for name in table.column_names if name not in names and name not in keys]
    listed = ", ".join(f'"{key}"' for key in keys)
    with duckdb.connect() as connection:
        connection.register("panel", table)
        return connection.sql(
            f"FROM panel QUALIFY row_number() OVER (PARTITION BY {listed} ORDER BY {', '.join(order)}) = 1"
            f" ORDER BY {listed}"
        ).to_arrow_table()


def _check(unit: str, every: str, dyads: str, codes: str, contiguity: Any, events: Any) -> None:
    given = {"unit": unit, "every": every, "dyads": dyads, "codes": codes}
    allowed = {"unit": ("dyad", "state"), "every": ("year", "quarter", "month")}
    allowed |= {"dyads": ("all", "active", "relevant"), "codes": ("cow", "gw")}
    for name, value in given.items():
        if value not in allowed[name]:
            raise UsageError(f"{name}={value!r}: expected one of {', '.join(allowed[name])}")
    if dyads == "relevant" and contiguity is None:
        raise UsageError("politically relevant dyads: expected contiguity, your copy of COW Direct Contiguity")
    if dyads == "active" and events is None:
        raise UsageError("dyads with events: expected events")


def _count_on_spark(
    connection: duckdb.DuckDBPyConnection,
    events: Any,
    every: str,
    status: Sequence[str],
    *,
    directed: bool,
    alone: bool,
) -> None:
    from detente.measure.expressions import counts_on

    source = read_events(connect_spark(), events)
    incoming = counts_on(  # noqa: F841 - DuckDB finds it by name
        source, every=every, directed=directed, alone=alone, status=status
    )
    connection.execute("CREATE TABLE told AS FROM incoming")


def _span(connection: duckdb.DuckDBPyConnection, every: str) -> tuple[datetime.date, datetime.date] | None:
    size = {"month": 1, "quarter": 3, "year": 12}[every]
    low, high = connection.execute("SELECT min(step) * $1, (max(step) + 1) * $1 FROM told", [size]).fetchall()[0]
    if low is None:
        return None
    stop = datetime.date(high // 12, high % 12 + 1, 1) - datetime.timedelta(days=1)
    return datetime.date(low // 12, low % 12 + 1, 1), stop


def _statement(made: Panel, dyads: str, contiguous: bool, counted: bool, base: str) -> str:
    """Return the SELECT of the panel: its units and periods, then what is told of them."""
    order = "a.code <> b.code" if made.directed else "a.code < b.code"
    dyad = made.unit == "dyad"
    keys = [f"a.code AS {made.keys[0]}", *([f"b.code AS {made.keys[1]}"] if dyad else [])]
    time = ["year(period.start)::INTEGER AS year"]
    if made.every != "year":
        time.append(f"{made.every}(period.start)::INTEGER AS {made.every}")
    names = ["a.stateabb AS stateabb1", "b.stateabb AS stateabb2"] if dyad else ["a.stateabb AS stateabb"]
    joins = "FROM period JOIN member AS a USING (number)"
    joins += f" JOIN member AS b ON b.number = a.number AND {order}" if dyad else ""
    extra, where = [], "TRUE"
    if contiguous and dyad:
        joins += (
            " LEFT JOIN contiguous AS near ON near.number = a.number AND near.code1 = least(a.code, b.code)"
            " AND near.code2 = greatest(a.code, b.code)"
        )
        extra.append("coalesce(near.conttype, 0)::TINYINT AS conttype")
    if dyads == "relevant" and dyad:
        joins += (
            " LEFT JOIN major AS am ON am.number = a.number AND am.code = a.code"
            " LEFT JOIN major AS bm ON bm.number = a.number AND bm.code = b.code"
        )
        where = "(near.conttype IS NOT NULL OR am.code IS NOT NULL OR bm.code IS NOT NULL)"
    if counted:
        joins += f" LEFT JOIN told ON told.step = a.number + {base} AND {_told_of(made)}"
        extra += _figures(made)
        where += " AND told.one IS NOT NULL" if dyads == "active" else ""
    columns = ", ".join([*keys, *time, *names, *extra])
    return f"SELECT {columns} {joins} WHERE {where} ORDER BY {', '.join((*made.keys, *made.time))}"


def _told_of(made: Panel) -> str:
    if made.unit == "state":
        return "told.one = a.stateabb"
    if made.directed:
        return "told.one = a.stateabb AND told.two = b.stateabb"
    return "told.one = least(a.stateabb, b.stateabb) AND told.two = greatest(a.stateabb, b.stateabb)"


def _figures(made: Panel) -> list[str]:
    inside = "FALSE"
    if made.covered:
        first, last = made.covered
        inside = f"(period.stop >= DATE '{first}' AND period.start <= DATE '{last}')"
    sums = {"events": "events", **{name: f"quad_{number}" for number, name in enumerate(QUADS, start=1)}}
    columns = [
        f"CASE WHEN {inside} OR told.one IS NOT NULL THEN coalesce(told.{told}, 0) / {MICRO} END AS {name}"
        for name, told in {**sums, "score_sum": "score"}.items()
    ]
    return [*columns, "CASE WHEN told.scored > 0 THEN told.score / told.scored END AS score_mean"]


def _origins(table: pa.Table, codes: str) -> dict[str, str]:
    origins = {}
    for name in table.column_names:
        if name.startswith(("ccode", "gwcode", "stateabb")):
            origins[name] = _SOURCES[codes]
        elif name == "conttype":
            origins[name] = _SOURCES["contiguity"]
        elif name.startswith("score"):
            origins[name] = _SOURCES["score"]
        elif name in ("events", *QUADS):
            origins[name] = _OWN
    return origins


def _cross(code: int, year: int, mine: str, theirs: str) -> int | None:
    from detente.errors import EntityError

    for day in (datetime.date(year, 12, 31), datetime.date(year, 1, 1)):
        try:
            return int(code_of(find_code(code, mine, day), theirs, day))
        except EntityError:
            continue
    return None
