"""EDTF (ISO 8601-2:2019, the Library of Congress profile): Levels 0 and 1, and of Level 2 what history needs.

A parser of our own: `edtf` 5.0 raises on the bounds of `1958-08-23/..` and gives odd ones for `/1960`, and `undate` 0.8
knows no seasons and drops `~`. Where `edtf` is right, the tests compare with it.
"""

from __future__ import annotations

import calendar
import datetime
import re

from detente.errors import DateError
from detente.model import BoundedDate

__all__ = ["read_edtf", "write_edtf"]

Bound = datetime.date | None

# First and last month of each sub-year grouping; months past 12 lie in the next year (a winter goes over the new year).
_GROUPS: dict[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip

_DATE = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?")
_SIGNIFICANT = re.compile(r"(\d{4})S([1-4])")
_TIME = re.compile(r"T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}(?::?\d{2})?)?")
# Level 1 puts a qualifier after the whole, Level 2 before or after any part; none of them moves the bounds.
_QUALIFIER = re.compile(r"(?<![?~%])[?~%](?![?~%])")


def read_edtf(text: str) -> BoundedDate:
    """Return the bounds that an EDTF string says, its text kept in `edtf`.

    Dates, seasons and other sub-year groupings (21 to 41), unspecified digits (`196X`, `19XX`, `1960-XX`), qualifiers
    (`?`, `~`, `%`: kept in the text, they do not move the bounds), intervals with open (`..`) or unknown (empty) ends,
    significant digits (`1950S2`) and sets (`[1667,1669..1671]`, `{1960,1961}`: the bounds that hold all of them).
    A winter is December to February and takes the year it begins in. Raises DateError for anything else.

    >>> read_edtf("196X").latest
    datetime.date(1969, 12, 31)
    >>> read_edtf("1958-08-23/..").latest is None
    True
    """
    stripped = text.strip()
    try:
        earliest, latest = _read(stripped)
        return BoundedDate(earliest, latest, stripped, stripped)
    except _NotEdtfError as error:
        raise DateError(
            f"{text!r} is not a date in EDTF{error}: expected a form such as 1972-02-21, 1979-09 or 1958/1960"
        ) from None


def write_edtf(date: BoundedDate) -> str:
    """Return `date` as EDTF: the text it has, else the shortest that says its bounds. Raises DateError without bounds.

    >>> write_edtf(BoundedDate(datetime.date(1977, 1, 1), datetime.date(1977, 4, 30)))
    '1977-01/1977-04'
    """
    if date.edtf:
        return date.edtf
    written = BoundedDate.between(date.earliest, date.latest).edtf
    if not written:
        raise DateError(f"{date.text or 'date'}: has no bound, so EDTF cannot say it; expected at least one")
    return written


class _NotEdtfError(Exception):
    """Why a text is no EDTF; "" or a clause that begins with a space."""


def _read(text: str) -> tuple[Bound, Bound]:
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _read_set(text[1:-1])
    if "/" not in text:
        return _read_date(text)
    first, _, last = text.partition("/")
    if first in ("", "..") and last in ("", ".."):
        raise _NotEdtfError(" (an interval needs an end)")
    earliest = None if first in ("", "..") else _read_date(first)[0]
    latest = None if last in ("", "..") else _read_date(last)[1]
    if earliest and latest and earliest > latest:
        raise _NotEdtfError(f" ({first} comes after {last})")
    return earliest, latest


def _read_set(text: str) -> tuple[Bound, Bound]:
    members = [_read_member(part.strip()) for part in text.split(",")]
    starts, ends = [start for start, _ in members], [end for _, end in members]
    earliest = None if None in starts else min(start for start in starts if start)
    latest = None if None in ends else max(end for end in ends if end)
    return earliest, latest


def _read_member(text: str) -> tuple[Bound, Bound]:
    first, dots, last = text.partition("..")
    if not dots:
        return _read_date(text)
    if not first and not last:
        raise _NotEdtfError(" (a set needs a date)")
    return (_read_date(first)[0] if first else None), (_read_date(last)[1] if last else None)


def _read_date(text: str) -> tuple[Bound, Bound]:
    plain = _QUALIFIER.sub("", text)
    if significant := _SIGNIFICANT.fullmatch(plain):
        plain = significant[1][: int(significant[2])].ljust(4, "X")
    day, separator, time = plain.partition("T")
    if separator and not _TIME.fullmatch("T" + time):
        raise _NotEdtfError(f" (no time of day in {plain})")
    parts = _DATE.fullmatch(day)
    if parts is None or (separator and (parts[3] is None or "X" in day)):
        raise _NotEdtfError("")
    year, month, day_of_month = parts.groups()
    if year.strip("X") == "":
        return _check_yearless(month, day_of_month)
    if not re.fullmatch(r"\d*X*", year):
        raise _NotEdtfError(f" (unspecified digits of a year come last, not as in {year})")
    if year == "0000":
        raise _NotEdtfError(" (years run from 0001 to 9999)")
    years = range(max(int(year.replace("X", "0")), 1), int(year.replace("X", "9")) + 1)
    return _edge(years, month, day_of_month, 0), _edge(years[::-1], month, day_of_month, 1)


def _check_yearless(month: str | None, day: str | None) -> tuple[Bound, Bound]:
    """A day of no known year (`XXXX-12-25`) has no bounds, but must be a day."""
    _edge(range(2000, 2001), month, day, 0)
    return None, None


def _edge(years: range, month: str | None, day: str | None, side: int) -> datetime.date:
    """Return the first (`side` 0) or last (1) day of a date in the first of `years` that has it."""
    number = _months(month, day)[side]
    if day is None or "X" in day:
        _check_digits(day, 31)
        carried, before = divmod(number - 1, 12)
        return _date(years[0] + carried, before + 1, None if side else 1)
    # 29 February of an unspecified year falls in a leap year of the decade or century.
    leap = [year for year in years if (number, int(day)) != (2, 29) or calendar.isleap(year)]
    return _date((leap or years)[0], number, int(day))


def _months(month: str | None, day: str | None) -> tuple[int, int]:
    if month is None or month == "XX":
        if day is not None and day != "XX":
            raise _NotEdtfError(" (a day needs its month)")
        return 1, 12
    if "X" in month:
        _check_digits(month, 12)
        return (1, 9) if month[0] == "0" else (10, 12)
    number = int(month)
    if day is None and number in _GROUPS:
        return _GROUPS[number]
    if not 1 <= number <= 12:
        raise _NotEdtfError(f" (there is no month {month})")
    return number, number


def _check_digits(value: str | None, most: int) -> None:
    if value and "X" in value and (not re.fullmatch(r"\d?X+", value) or int(value.replace("X", "0")) > most):
        raise _NotEdtfError(f" (no such digits: {value})")


def _date(year: int, month: int, day: int | None) -> datetime.date:
    if year > datetime.MAXYEAR:
        raise _NotEdtfError(" (years run from 0001 to 9999)")
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return datetime.date(year, month, last)
    if not 1 <= day <= last:
        raise _NotEdtfError(f" ({year:04d}-{month:02d} has {last} days)")
    return datetime.date(year, month, day)
