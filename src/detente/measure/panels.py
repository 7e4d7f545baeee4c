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
from detente.measure.crosswalks import cross_codes
from detente.measure.dyad_counts import add_counts, period_number
from detente.measure.dyads import add_contiguity, add_majors, add_states
from detente.measure.engines import check_engine, connect_spark, read_events
from detente.measure.events import check_status, open_events
from detente.measure.panel_rows import QUADS, PanelForm, select_rows
from detente.measure.periods import as_day, make_periods
from detente.measure.result import Result
from detente.measure.whittling import whittle

__all__ = ["Panel", "panel", "whittle"]

_OWN = "détente: events counted by dyad and period; an act whose date is a range is shared by days"
_SOURCES = {
    "cow": "states and their numbers: détente's list, after the Correlates of War Project (2017), State System"
    " Membership, v2016",
    "gw": "states and their numbers: détente's list, after Gleditsch and Ward (1999), International Interactions 25(4)",
    "majors": "major powers: Correlates of War Project (2017), State System Membership, v2016",
    "contiguity": "contiguity: the user's copy of Stinnett et al. (2002), COW Direct Contiguity, Conflict Management"
    " and Peace Science 19(2): 58-66",
    "score": "scores: the data set's own where it has them, else Goldstein (1992), Journal of Conflict Resolution"
    " 36(2): 369-385, carried over to PLOVER",
    "spells": "spells: Beck, Katz and Tucker (1998), American Journal of Political Science 42(4): 1260-1288",
}


@dataclass(frozen=True)
class Panel(Result):
    """A panel. `table` has the codes (`ccode1`, `ccode2`, or `gwcode1` …; `ccode` for states), `stateabb1` …, `year`
    (and `quarter` or `month`), then its figures.

    Figures: `events`, the four quad classes, `score_sum` and `score_mean` (null where no act has a score); all are null
    outside coverage, and 0 where the dyad is covered and nothing was told. `origins` says what each column came from,
    `told_by` what the events came from: how to cite each data set, by its name ("" for events coded from documents).
    """

    unit: str = "dyad"
    every: str = "year"
    directed: bool = False
    codes: str = "cow"
    covered: tuple[datetime.date, datetime.date] | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    told_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def form(self) -> PanelForm:
        """What one row is."""
        return PanelForm(self.unit, self.every, self.directed, self.codes, self.covered)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name a unit."""
        return self.form.keys

    @property
    def time(self) -> tuple[str, ...]:
        """The columns that name a period."""
        return self.form.time

    def cite(self) -> str:
        """Return what each column came from, one a line, then the data sets of the events with how to cite them."""
        lines = [f"{column}: {origin}" for column, origin in self.origins.items()]
        lines += [f"{name}: {citation or 'imported events'}" for name, citation in self.told_by.items() if name]
        return "\n".join(lines)

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
        if system == self.codes:
            return self
        table, origins = self.table, dict(self.origins)
        prefix = "ccode" if system == "cow" else "gwcode"
        for key in self.keys:
            name = f"{prefix}{key.removeprefix('ccode').removeprefix('gwcode')}"
            table = table.append_column(name, cross_codes(table.column(key), table.column("year"), self.codes, system))
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
    spells: str | None = None,
    both_codes: bool = False,
    status: Sequence[str] = ("actual",),
    engine: str = "duckdb",
    told_by: Mapping[str, str] | None = None,
) -> Panel:
    """Return the panel of `unit` "dyad" or "state" by `every` "year", "quarter" or "month".

    `events` are Arrow or Parquet (a file, a folder, a glob) in `EVENT_COLUMNS`; None gives the rows alone. `dyads`:
    "all" of the state system in each period, "active" (with events in it) or "relevant" (contiguous by land or up to
    400 miles of water, or with a major power; needs `contiguity`, the user's own copy of COW Direct Contiguity, whose
    `conttype` comes along). `codes`: "cow" or "gw" numbers; `both_codes` adds the other's (`with_codes`). `spells`
    names the column whose spells of peace are added (`with_spells`). `start` and `end` default to the events' own span
    and are needed without events. Rows are in order of codes and time; undirected, the lesser code comes first. Figures
    are null outside `coverage` (default: from the first to the last event). `engine` "spark" counts the events of
    Parquet files as a Spark job (the `spark` extra), with the same figures to the digit. `told_by` says how to cite the
    data sets that the events are of, for `cite()`.

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
    form = PanelForm(unit, every, directed, codes, covered)
    table = connection.sql(select_rows(form, dyads, contiguity is not None, events is not None, base)).to_arrow_table()
    told = dict(told_by or {})
    made = Panel(table, unit, every, directed, codes, covered, _origins(table, codes, told), told)
    made = made.with_spells(spells) if spells is not None else made
    return made.with_codes("gw" if codes == "cow" else "cow") if both_codes else made


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


def _origins(table: pa.Table, codes: str, told_by: Mapping[str, str]) -> dict[str, str]:
    origins = {}
    names = ", ".join(name or "events coded from documents" for name in sorted(told_by))
    told = f"; told by {names}" if names else ""
    for name in table.column_names:
        if name.startswith(("ccode", "gwcode", "stateabb")):
            origins[name] = _SOURCES[codes]
        elif name == "conttype":
            origins[name] = _SOURCES["contiguity"]
        elif name.startswith("score"):
            origins[name] = _SOURCES["score"] + told
        elif name in ("events", *QUADS):
            origins[name] = _OWN + told
    return origins
