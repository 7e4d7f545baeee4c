"""Periods of the calendar, and the spreading of a date that is a range over them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import DateError, UsageError

__all__ = ["EVERY", "Periods", "as_day", "make_periods", "spread"]

EVERY = ("day", "week", "month", "quarter", "year", "decade")
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_DAYS = {"day": 1, "week": 7}
_MONDAY = np.datetime64("1970-01-05", "D")


@dataclass(frozen=True)
class Periods:
    """Periods without a gap between them: `edges[i]` is the first day of period i, `edges[i + 1]` the day after it."""

    every: str
    edges: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.edges) - 1

    @property
    def starts(self) -> NDArray[np.datetime64]:
        """The first day of each period."""
        return self.edges[:-1]

    @property
    def ends(self) -> NDArray[np.datetime64]:
        """The last day of each period."""
        return self.edges[1:] - np.timedelta64(1, "D")

    def index(self, days: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Return the number of the period each day falls in; -1 before the first, `len(self)` after the last."""
        return np.searchsorted(self.edges, days, side="right").astype(np.int64) - 1

    def label(self, number: int) -> str:
        """Return the name of a period: "1969", "1969 Q1", "1969-03", "1969-03-02"."""
        day = self.edges[number].astype(datetime.date)
        if self.every in ("year", "decade"):
            return f"{day.year}" if self.every == "year" else f"{day.year}s"
        if self.every == "quarter":
            return f"{day.year} Q{(day.month + 2) // 3}"
        return f"{day:%Y-%m}" if self.every == "month" else day.isoformat()


def as_day(value: datetime.date | str | int | None, name: str, last: bool = False) -> datetime.date | None:
    """Return a day from a date, "1969-03-02", "1969-03", "1969" or 1969; the last day of a month or year if `last`.

    >>> as_day("1969-02", "end", last=True)
    datetime.date(1969, 2, 28)
    """
    if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
        return value
    if isinstance(value, datetime.datetime):
        return value.date()
    parts = str(value).split("-")
    try:
        year, month, day = (int(part) for part in ([*parts, "1", "1"])[:3])
        first = datetime.date(year, month, day)
        if not last or len(parts) == 3:
            return first
        after = datetime.date(year + 1, 1, 1) if len(parts) == 1 or month == 12 else datetime.date(year, month + 1, 1)
        return after - datetime.timedelta(days=1)
    except ValueError as error:
        raise DateError(f"{name} {value!r}: expected a day that exists, as 1969-03-02, 1969-03 or 1969") from error


def make_periods(every: str, first: datetime.date, last: datetime.date) -> Periods:
    """Return the periods that hold every day from `first` to `last`, both inclusive.

    `every` is "day", "week" (from Monday), "month", "quarter", "year" or "decade".

    >>> make_periods("quarter", datetime.date(1969, 3, 2), datetime.date(1969, 9, 11)).label(0)
    '1969 Q1'
    """
    if every not in EVERY:
        raise UsageError(f"every={every!r}: expected one of {', '.join(EVERY)}")
    if first > last:
        raise UsageError(f"from {first} to {last}: the first day comes after the last")
    if every in _DAYS:
        step, start, stop = _DAYS[every], _day(first), _day(last)
        if every == "week":
            start -= (start - _MONDAY) % np.timedelta64(7, "D")
        count = int((stop - start).astype(int)) // step + 1
        return Periods(every, start + np.arange(count + 1) * np.timedelta64(step, "D"))
    step = _MONTHS[every]
    begin = (first.year * 12 + first.month - 1) // step * step
    count = (last.year * 12 + last.month - 1 - begin) // step + 1
    months = np.arange(begin, begin + (count + 1) * step, step) - 1970 * 12
    return Periods(every, months.astype("datetime64[M]").astype("datetime64[D]"))


def _day(day: datetime.date) -> Any:
    return np.datetime64(day, "D")


def spread(
    earliest: NDArray[np.datetime64], latest: NDArray[np.datetime64], periods: Periods
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return rows of (event, period, weight): each event shared over its periods by the days that fall in each.

    The weights of an event that lies wholly inside the periods sum to one; what lies outside is left out.
    """
    first = np.clip(periods.index(earliest), 0, len(periods) - 1)
    last = np.clip(periods.index(latest), 0, len(periods) - 1)
    inside = (latest >= periods.edges[0]) & (earliest < periods.edges[-1])
    counts = np.where(inside, last - first + 1, 0)
    event = np.repeat(np.arange(len(earliest)), counts)
    offset = np.arange(len(event)) - np.repeat(np.cumsum(counts) - counts, counts)
    period = first[event] + offset
    begin = np.maximum(earliest[event], periods.edges[period])
    end = np.minimum(latest[event], periods.edges[period + 1] - np.timedelta64(1, "D"))
    days = (end - begin).astype(np.int64) + 1
    width = (latest[event] - earliest[event]).astype(np.int64) + 1
    return event, period, days / width
