"""The rows of a panel as one SELECT: its units and periods, then what is told of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from detente.measure.dyad_counts import MICRO

__all__ = ["QUADS", "PanelForm", "select_rows"]

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


@dataclass(frozen=True, slots=True)
class PanelForm:
    """What one row of a panel is: its `unit` ("dyad" or "state"), its period, its codes ("cow" or "gw"), and which days
    the events cover."""

    unit: str
    every: str
    directed: bool
    codes: str
    covered: tuple[datetime.date, datetime.date] | None

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name a unit."""
        code = "ccode" if self.codes == "cow" else "gwcode"
        return (f"{code}1", f"{code}2") if self.unit == "dyad" else (code,)

    @property
    def time(self) -> tuple[str, ...]:
        """The columns that name a period."""
        return ("year",) if self.every == "year" else ("year", self.every)


def select_rows(made: PanelForm, dyads: str, contiguous: bool, counted: bool, base: str) -> str:
    """Return the SELECT over the tables of `detente.measure.dyads` and (where `counted`) `told`.

    `base` is the SQL of the number of the first period; `contiguous` says that there is a table of that name.
    """
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


def _told_of(made: PanelForm) -> str:
    if made.unit == "state":
        return "told.one = a.stateabb"
    if made.directed:
        return "told.one = a.stateabb AND told.two = b.stateabb"
    return "told.one = least(a.stateabb, b.stateabb) AND told.two = greatest(a.stateabb, b.stateabb)"


def _figures(made: PanelForm) -> list[str]:
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
