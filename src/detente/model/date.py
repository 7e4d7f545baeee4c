"""A date as the sources give it: bounds, the words as written, and EDTF; never an invented day."""

from __future__ import annotations

import calendar as months
import datetime
from dataclasses import dataclass, replace

from detente.errors import DateError

__all__ = ["BoundedDate"]


@dataclass(frozen=True, slots=True)
class BoundedDate:
    """The days between which something happened: `earliest` to `latest`, both inclusive; None is an open bound.

    `text` holds the words as written, `edtf` the date as EDTF (ISO 8601-2, Level 1 or 2; "" where only bounds are
    known), `calendar` the calendar the words were in ("gregorian" or "julian"; the bounds are always Gregorian).

    >>> BoundedDate.month(1979, 9).edtf
    '1979-09'
    >>> BoundedDate.day(datetime.date(1972, 2, 21)).latest
    datetime.date(1972, 2, 21)
    """

    earliest: datetime.date | None
    latest: datetime.date | None
    text: str = ""
    edtf: str = ""
    calendar: str = "gregorian"

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise DateError(f"{self.text or self.edtf or 'date'}: {self.earliest} comes after {self.latest}")

    @classmethod
    def day(cls, day: datetime.date, text: str = "") -> BoundedDate:
        """Return the date that is exactly `day`."""
        return cls(day, day, text, day.isoformat())

    @classmethod
    def month(cls, year: int, month: int, text: str = "") -> BoundedDate:
        """Return the date that is somewhere in `month` (1 to 12) of `year`."""
        last = months.monthrange(year, month)[1]
        edtf = f"{year:04d}-{month:02d}"
        return cls(datetime.date(year, month, 1), datetime.date(year, month, last), text, edtf)

    @classmethod
    def year(cls, year: int, text: str = "") -> BoundedDate:
        """Return the date that is somewhere in `year`."""
        return cls(datetime.date(year, 1, 1), datetime.date(year, 12, 31), text, f"{year:04d}")

    @classmethod
    def between(
        cls, earliest: datetime.date | None, latest: datetime.date | None, text: str = "", edtf: str = ""
    ) -> BoundedDate:
        """Return bounds; `edtf`, where not given, is the shortest EDTF that says them."""
        return cls(earliest, latest, text, edtf or _write_bounds(earliest, latest))

    @property
    def days(self) -> int | None:
        """The number of days the bounds hold, both ends counted; None where a bound is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1

    def overlaps(self, other: BoundedDate) -> bool:
        """Return whether some day lies within both; an open bound reaches without end."""
        starts_in_time = self.earliest is None or other.latest is None or self.earliest <= other.latest
        ends_in_time = other.earliest is None or self.latest is None or other.earliest <= self.latest
        return starts_in_time and ends_in_time

    def with_text(self, text: str) -> BoundedDate:
        """Return the same date with other words as written."""
        return replace(self, text=text)

    def __str__(self) -> str:
        return self.edtf or _write_bounds(self.earliest, self.latest)


def _write_bounds(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    if earliest is None and latest is None:
        return ""
    if earliest is None or latest is None:
        return f"{earliest.isoformat() if earliest else '..'}/{latest.isoformat() if latest else '..'}"
    if earliest == latest:
        return earliest.isoformat()
    if earliest.day == 1 and latest.day == months.monthrange(latest.year, latest.month)[1]:
        if (earliest.month, latest.month) == (1, 12):
            first, last = f"{earliest.year:04d}", f"{latest.year:04d}"
        else:
            first, last = f"{earliest.year:04d}-{earliest.month:02d}", f"{latest.year:04d}-{latest.month:02d}"
        return first if first == last else f"{first}/{last}"
    return f"{earliest.isoformat()}/{latest.isoformat()}"
