"""A day, month or season without its year: each gives its bounds in any year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from detente.model import BoundedDate
from detente.resolving.dates.periods import days_of_month, easter, months_of, part_of, season

__all__ = ["MonthDays", "Months", "MovableDay", "PartOf", "Season", "YearPart"]


class YearPart(Protocol):
    """A day, month or season without its year."""

    def of(self, year: int) -> BoundedDate:
        """Return the bounds in `year`."""


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Days of a month."""

    month: int
    first: int
    last: int

    def of(self, year: int) -> BoundedDate:
        """Return the days in `year`."""
        return days_of_month(year, self.month, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Months:
    """A month, or several: "January-February"; a last month before the first lies in the next year."""

    first: int
    last: int

    def of(self, year: int) -> BoundedDate:
        """Return the months from those of `year`."""
        return months_of(year, self.first, self.last + 12 * (self.last < self.first))


@dataclass(frozen=True, slots=True)
class Season:
    """A season, or several in a row."""

    name: str
    over_two_years: bool = False

    def of(self, year: int) -> BoundedDate:
        """Return the season of `year`."""
        return season(self.name, year, self.over_two_years)


@dataclass(frozen=True, slots=True)
class MovableDay:
    """A day counted from Easter Sunday."""

    offset: int

    def of(self, year: int) -> BoundedDate:
        """Return the day in `year`."""
        return BoundedDate.day(easter(year) + datetime.timedelta(self.offset))


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a month or season without its year: "late September"."""

    whole: YearPart
    part: str

    def of(self, year: int) -> BoundedDate:
        """Return the part in `year`."""
        return part_of(self.whole.of(year), self.part)
