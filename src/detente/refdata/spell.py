"""Dated facts: a value and the days between which it held."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Any

__all__ = ["Spell", "read_day", "read_spells"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A value that held from `start` to `end`, both inclusive; None is open.

    >>> Spell("Siam", None, datetime.date(1949, 12, 31)).holds(datetime.date(1930, 1, 1))
    True
    """

    value: str
    start: datetime.date | None = None
    end: datetime.date | None = None

    def holds(self, day: datetime.date | None) -> bool:
        """Return whether the value held on `day`; always for None."""
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def read_day(text: str, *, last: bool = False) -> datetime.date | None:
    """Return the first (or last) day of an ISO day, month or year; None for "".

    >>> read_day("1949", last=True)
    datetime.date(1949, 12, 31)
    """
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return datetime.date(year, month, day)


def read_spells(rows: list[list[Any]]) -> tuple[Spell, ...]:
    """Return the spells of rows [value] or [value, from, to], as the data files give them."""
    return tuple(
        Spell(row[0], read_day(row[1]), read_day(row[2], last=True)) if len(row) > 1 else Spell(row[0]) for row in rows
    )
