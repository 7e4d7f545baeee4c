"""Bounds of what a calendar names: months, seasons, decades, centuries, their parts, and steps from one to another."""

from __future__ import annotations

import calendar
import datetime

from detente.errors import DateError
from detente.model import BoundedDate
from detente.resolving.dates.words import load_datewords

__all__ = [
    "century", "days_of_month", "decade", "easter", "from_julian", "hundred", "join", "month_of", "months_of",
    "part_of", "season", "shift", "size_of", "unit_around",
]  # fmt: skip

SIZES = {"hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 31, "year": 366, "decade": 3653, "century": 36525}
"""Units and the most days one has."""


def days_of_month(year: int, month: int, first: int, last: int | None = None) -> BoundedDate:
    """Return the days `first` to `last` of a month; months past 12 lie in the next year.

    Raises DateError where the month has no such day.
    """
    over, month = divmod(month - 1, 12)
    year, month = year + over, month + 1
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise DateError(f"the year {year} is out of reach: expected 1 to 9999")
    length = calendar.monthrange(year, month)[1]
    for day in (first, last or first):
        if not 1 <= day <= length:
            raise DateError(f"there is no {calendar.month_name[month]} {day}, {year}: that month has {length} days")
    if (last or first) < first:
        raise DateError(f"{calendar.month_name[month]} {first} comes after {last}")
    return BoundedDate.between(datetime.date(year, month, first), datetime.date(year, month, last or first))


def months_of(year: int, first: int, last: int) -> BoundedDate:
    """Return the whole months `first` to `last` of `year`; numbers below 1 or past 12 lie in the years beside it."""
    return join(month_of(year, first), month_of(year, last))


def month_of(year: int, month: int) -> BoundedDate:
    """Return one month; numbers below 1 or past 12 lie in the years beside `year`."""
    over, month = divmod(month - 1, 12)
    return BoundedDate.month(year + over, month + 1)


def join(first: BoundedDate, last: BoundedDate) -> BoundedDate:
    """Return the bounds that hold both; an open bound of either stays open."""
    earliest = None if None in (first.earliest, last.earliest) else min(first.earliest, last.earliest)  # type: ignore[type-var]
    latest = None if None in (first.latest, last.latest) else max(first.latest, last.latest)  # type: ignore[type-var]
    calendar_name = first.calendar if first.calendar == last.calendar else "gregorian"
    joined = BoundedDate.between(earliest, latest)
    return BoundedDate(joined.earliest, joined.latest, "", joined.edtf, calendar_name)


def season(name: str, year: int, over_two_years: bool = False) -> BoundedDate:
    """Return a season of `year`.

    A winter named by one year may be either of the two it touches: its bounds hold January and February as well as
    December; `over_two_years` ("winter 1939-40") is the one that begins in `year`.
    """
    first, last, code = load_datewords().seasons[name]
    if last > 12 and not over_two_years:
        return BoundedDate.between(month_of(year, 1).earliest, month_of(year, 14).latest)
    bounds = months_of(year, first, last)
    return BoundedDate(bounds.earliest, bounds.latest, "", f"{year:04d}-{code}")


def decade(year: int) -> BoundedDate:
    """Return the ten years from `year` ("the 1960s")."""
    return BoundedDate(datetime.date(max(year, 1), 1, 1), datetime.date(year + 9, 12, 31), "", f"{year // 10:03d}X")


def hundred(year: int) -> BoundedDate:
    """Return the hundred years from `year` ("the 1800s")."""
    return BoundedDate(datetime.date(max(year, 1), 1, 1), datetime.date(year + 99, 12, 31), "", f"{year // 100:02d}XX")


def century(number: int) -> BoundedDate:
    """Return a century: the 19th is 1801 to 1900."""
    return BoundedDate.between(datetime.date(100 * number - 99, 1, 1), datetime.date(100 * number, 12, 31))


def size_of(date: BoundedDate) -> str:
    """Return the unit that bounds are as long as ("day", "month", "year" ...), the next longer one if between two."""
    days = date.days or SIZES["century"]
    return next((unit for unit, most in SIZES.items() if days <= most and unit not in ("hour", "fortnight")), "century")


def part_of(period: BoundedDate, part: str) -> BoundedDate:
    """Return "early", "mid", "late", "start", "end", "first-half" or "second-half" of a period, by `data/dates.toml`.

    Of a length the table does not hold (a war, a season), the same share of its days as of a year.
    """
    earliest, latest = period.earliest, period.latest
    if earliest is None or latest is None:
        return period
    ranges = load_datewords().parts[part]
    if period.edtf[3:] == "X" or _is_years(period, 10):
        first, last = ranges["decade"]
        return _years(earliest.year // 10 * 10 + first, earliest.year // 10 * 10 + last)
    if _is_years(period, 100) or period.edtf[2:] == "XX":
        base = earliest.year - 1 if earliest.year % 100 == 1 else earliest.year
        first, last = ranges["century"]
        return _years(base + first, base + last) if base != earliest.year else _years(base + first - 1, base + last - 1)
    if _is_years(period, 1):
        return months_of(earliest.year, *ranges["year"])
    if (earliest.day, latest) == (1, month_of(earliest.year, earliest.month).latest):
        first, last = ranges["month"]
        return days_of_month(earliest.year, earliest.month, first, min(last, latest.day))
    first, last = ranges["year"]
    count = (latest.year - earliest.year) * 12 + latest.month - earliest.month + 1
    if count < 12 and (earliest.day, latest) == (1, month_of(latest.year, latest.month).latest):
        month = earliest.month
        return months_of(earliest.year, month + (first - 1) * count // 12, month - 1 - -last * count // 12)
    days = (latest - earliest).days + 1
    if days > _LONG and part in ("start", "end"):
        edge = datetime.timedelta(_EDGE)
        return (
            BoundedDate.between(earliest, earliest + edge)
            if part == "start"
            else BoundedDate.between(latest - edge, latest)
        )
    return BoundedDate.between(
        earliest + datetime.timedelta(days * (first - 1) // 12),
        earliest + datetime.timedelta(max(days * last // 12 - 1, days * (first - 1) // 12)),
    )


_LONG, _EDGE = 366, 121
"""The end of a war of more than a year is its last four months, the beginning its first."""


def unit_around(date: BoundedDate, unit: str, step: int = 0, most: int | None = None) -> BoundedDate | None:
    """Return the unit (a day, week, month ...) `step` units on from the one that holds `date`.

    `most` ends a vague step ("a few days later").

    None where `date` has no bound.
    """
    earliest, latest = date.earliest or date.latest, date.latest or date.earliest
    if earliest is None or latest is None:
        return None
    first, last = sorted((step, step if most is None else most))
    if unit in ("day", "hour", "week", "fortnight"):
        return _days_around(earliest, latest, unit, first, last)
    if unit in ("year", "decade") and step:
        # "In 1939 and 1940 ... The following year": counted from the end of what was told, or back from its beginning.
        earliest = latest = latest if step > 0 else earliest
    low, high = shift(earliest, unit, first), shift(latest, unit, last)
    if unit == "month":
        return months_of(low.year, low.month, (high.year - low.year) * 12 + high.month)
    if unit == "year":
        return _years(low.year, high.year)
    if unit == "decade":
        # "A decade later" counts from the year; "the decade" is the one of the calendar.
        return decade(low.year // 10 * 10) if step == 0 else _years(low.year - 1, high.year + 1)
    return century((low.year - 1) // 100 + 1) if step == 0 else _years(low.year - 10, high.year + 10)


def shift(day: datetime.date, unit: str, step: int) -> datetime.date:
    """Return the day `step` units on (back, if negative); in a shorter month its last day.

    Raises DateError outside the years 1 to 9999.
    """
    try:
        if unit in ("hour", "day", "week", "fortnight"):
            days = -(-abs(step) // 24) if unit == "hour" else SIZES[unit] * abs(step)
            return day + datetime.timedelta(days if step > 0 else -days)
        months = step * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        over, month = divmod(day.month - 1 + months, 12)
        year = day.year + over
        return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        raise DateError(f"{step} {unit}s from {day} is out of reach: expected the years 1 to 9999") from None


def from_julian(day: datetime.date) -> datetime.date:
    """Return the Gregorian day of a day written in the Julian calendar (Meeus, Astronomical Algorithms, 1998, ch. 7).

    >>> from_julian(datetime.date(1917, 10, 25))
    datetime.date(1917, 11, 7)
    """
    century_years = day.year - (day.month < 3 or (day.month, day.day) == (2, 29))
    return day + datetime.timedelta(century_years // 100 - century_years // 400 - 2)


def easter(year: int) -> datetime.date:
    """Return Western Easter Sunday (anonymous Gregorian computus; Meeus, Astronomical Algorithms, 1998, ch. 8).

    >>> easter(1916)
    datetime.date(1916, 4, 23)
    """
    golden, (hundreds, rest) = year % 19, divmod(year, 100)
    leaps, g = hundreds // 4, (8 * hundreds + 13) // 25
    h = (19 * golden + hundreds - leaps - g + 15) % 30
    weekday = (32 + 2 * (hundreds % 4) + 2 * (rest // 4) - h - rest % 4) % 7
    m = (golden + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def _years(first: int, last: int) -> BoundedDate:
    if first < datetime.MINYEAR or last > datetime.MAXYEAR:
        raise DateError(f"the years {first} to {last} are out of reach: expected 1 to 9999")
    return BoundedDate.between(datetime.date(first, 1, 1), datetime.date(last, 12, 31))


def _is_years(period: BoundedDate, count: int) -> bool:
    earliest, latest = period.earliest, period.latest
    assert earliest is not None and latest is not None
    whole = (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31)
    return whole and latest.year - earliest.year + 1 == count


def _days_around(earliest: datetime.date, latest: datetime.date, unit: str, first: int, last: int) -> BoundedDate:
    if first > 0 and (latest - earliest).days < 15:
        earliest = latest
    # A count of weeks is round: three days either way.
    slack = datetime.timedelta(3 if unit in ("week", "fortnight") and first else 0)
    if unit == "week" and first == last == 0 and (latest - earliest).days < 7:
        earliest -= datetime.timedelta(earliest.weekday())
        latest = earliest + datetime.timedelta(6)
    return BoundedDate.between(shift(earliest, unit, first) - slack, shift(latest, unit, last) + slack)
