"""Dates in three columns of which some are unknown (-9, -8), as SQL: their bounds and their EDTF."""

from __future__ import annotations

__all__ = ["edtf_of", "first_day", "last_day_between", "last_day_of"]


def first_day(year: str, month: str, day: str) -> str:
    """Return the SQL of the first day that year, month and day allow; -9 and -8 are unknown."""
    date = f"format('{{:04d}}-{{:02d}}-{{:02d}}', {year}, {month}, {day})"
    return (
        f"CASE WHEN coalesce({year}, -9) <= 0 THEN NULL"
        f" WHEN coalesce({month}, -9) <= 0 THEN try_cast(format('{{:04d}}-01-01', {year}) AS DATE)"
        f" WHEN coalesce({day}, -9) <= 0 THEN try_cast(format('{{:04d}}-{{:02d}}-01', {year}, {month}) AS DATE)"
        f" ELSE try_cast({date} AS DATE) END"
    )


def last_day_of(year: str, month: str, day: str) -> str:
    """Return the SQL of the last day that year, month and day allow."""
    return (
        f"CASE WHEN coalesce({month}, -9) <= 0 THEN try_cast(format('{{:04d}}-12-31', {year}) AS DATE)"
        f" WHEN coalesce({day}, -9) <= 0 THEN last_day({first_day(year, month, day)})"
        f" ELSE {first_day(year, month, day)} END"
    )


def last_day_between(start: tuple[str, str, str], end: tuple[str, str, str]) -> str:
    """Return the SQL of the last day that `end` allows; that of `start` where the year of the end is unknown."""
    return f"CASE WHEN coalesce({end[0]}, -9) > 0 THEN {last_day_of(*end)} ELSE {last_day_of(*start)} END"


def edtf_of(parts: tuple[str, str, str]) -> str:
    """Return the SQL of year, month and day as EDTF, as precise as they are: 1969, 1969-03 or 1969-03-02."""
    year, month, day = parts
    return (
        f"CASE WHEN coalesce({year}, -9) <= 0 THEN NULL"
        f" WHEN coalesce({month}, -9) <= 0 THEN format('{{:04d}}', {year}) WHEN coalesce({day}, -9) <= 0"
        f" THEN format('{{:04d}}-{{:02d}}', {year}, {month})"
        f" ELSE format('{{:04d}}-{{:02d}}-{{:02d}}', {year}, {month}, {day}) END"
    )
