"""Dated facts: a value and the days between which it held."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

__all__ = ["Spell", "common", "read_day", "read_days", "read_members", "read_spells", "without"]

ONE_DAY = datetime.timedelta(days=1)


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


@cache
def read_day(text: str, *, last: bool = False) -> datetime.date | None:
    """Return the first (or last) day of an ISO day, month or year; None for "" and for "..", which are open.

    >>> read_day("1949", last=True), read_day("1949-02", last=True), read_day("..")
    (datetime.date(1949, 12, 31), datetime.date(1949, 2, 28), None)
    """
    if text in ("", ".."):
        return None
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:]) if len(text) == 7 else (12 if last else 1)
    first = datetime.date(year, month, 1)
    if not last:
        return first
    return datetime.date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def read_days(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and the last day of an interval of the data files, "1922-12-30/1991" or "../1939".

    >>> read_days("1922-12-30/1991")
    (datetime.date(1922, 12, 30), datetime.date(1991, 12, 31))
    """
    first, slash, last = text.partition("/")
    if not slash:
        raise ValueError(f"{text!r} is not an interval: expected FROM/TO, each a year, month, day or '..'")
    return read_day(first), read_day(last, last=True)


def read_spells(rows: Iterable[str]) -> tuple[Spell, ...]:
    """Return the spells of rows as the data files give them: a value, then, where it is dated, its interval.

    >>> read_spells(["Russia", "Soviet Union 1922-12-30/1991-12-25"])[1].value
    'Soviet Union'
    """
    return tuple(Spell(value, *days) for value, days in map(_value_and_days, rows))


def read_members(rows: Iterable[str]) -> tuple[Spell, ...]:
    """Return a spell for each code in rows of codes that share their days: "GRC TUR 1952-02-18/..".

    A code that begins with "X:" may hold spaces and has its row for itself.
    """
    return tuple(
        Spell(code, *days)
        for codes, days in map(_value_and_days, rows)
        for code in ([codes] if codes.startswith("X:") else codes.split())
    )


def _value_and_days(row: str) -> tuple[str, tuple[datetime.date | None, datetime.date | None]]:
    value, _, days = row.rpartition(" ")
    return (value, read_days(days)) if "/" in days and value else (row, (None, None))


def without(whole: Spell, parts: Iterable[Spell]) -> Iterator[Spell]:
    """Yield what is left of `whole` when the days of `parts` are taken out, in order of time.

    >>> ruled = Spell("UKG", None, datetime.date(1947, 8, 14))
    >>> [str(left.start) for left in without(Spell("India"), [ruled])]
    ['1947-08-15']
    """
    start: datetime.date | None = whole.start
    for part in sorted(parts, key=lambda each: each.start or datetime.date.min):
        if part.start is not None and (start is None or part.start > start):
            before = part.start - ONE_DAY
            if whole.end is not None and before >= whole.end:
                break
            yield Spell(whole.value, start, before)
        if part.end is None:
            return
        start = max(start or datetime.date.min, part.end + ONE_DAY)
    if whole.end is None or start is None or start <= whole.end:
        yield Spell(whole.value, start, whole.end)


def common(one: Spell, other: Spell) -> Spell | None:
    """Return the first spell cut down to the days it shares with the second; None where it shares none."""
    start = max(one.start or datetime.date.min, other.start or datetime.date.min)
    end = min(one.end or datetime.date.max, other.end or datetime.date.max)
    if start > end:
        return None
    return Spell(one.value, None if start == datetime.date.min else start, None if end == datetime.date.max else end)
