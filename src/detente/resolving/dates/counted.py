"""Dates counted from the one told before: "that autumn", "two days later", "within a year", "the war"."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from detente.model import BoundedDate
from detente.resolving.dates.expressions import Expression
from detente.resolving.dates.periods import decade, shift, size_of, unit_around
from detente.resolving.dates.year_parts import YearPart

__all__ = ["From", "InUnit", "Rest", "Same", "ShortDecade", "Stretch", "TheWar", "Weekday", "Yearless"]


@dataclass(frozen=True, slots=True)
class Yearless:
    """Part of a year that is not named: "21 February", "that autumn", "the following spring".

    `step` 0 takes the year that runs: the one of the anchor, or the next where the anchor's year would put it long
    before what was told; 1 the next such part after the anchor, -1 the last one before it. `offset` counts from the
    anchor's own year ("of that year" 0, "of the following year" 1).
    """

    part: YearPart
    step: int = 0
    offset: int | None = None
    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the part of the year that the anchor gives."""
        if anchor is None or (near := anchor.earliest or anchor.latest) is None:
            return None
        if self.offset is not None:
            return self.part.of((anchor.latest or near).year + self.offset)
        if self.step == 0:
            return self._running(anchor, near.year)
        edge = (anchor.latest or near) if self.step > 0 else near
        for year in (
            (edge.year - 1, edge.year, edge.year + 1) if self.step > 0 else (edge.year + 1, edge.year, edge.year - 1)
        ):
            found = self.part.of(year)
            if found.earliest and found.latest and (found.earliest > edge if self.step > 0 else found.latest < edge):
                return found
        return None

    def _running(self, anchor: BoundedDate, year: int) -> BoundedDate:
        found = self.part.of(year)
        if found.latest is None or anchor.earliest is None:
            return found
        told = anchor.earliest if size_of(anchor) in ("day", "week", "month") else None
        if told and (told - found.latest).days > _FAR_BEHIND:
            return self.part.of(year + 1)
        return found


_FAR_BEHIND = 200

"""Days by which a date without year must precede the date told before, to be of the next year instead."""


@dataclass(frozen=True, slots=True)
class InUnit:
    """The day, month, year ... that holds the anchor, or one `step` units from it; `most` ends a vague count."""

    unit: str
    step: int = 0
    most: int | None = None
    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the unit."""
        return unit_around(anchor, self.unit, self.step, self.most) if anchor else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of `count` units after the anchor ("over the next four years", "within a year"), or before it (< 0)."""

    unit: str
    count: int
    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the days from the anchor's end through the stretch (or the stretch before its beginning)."""
        edge = anchor and ((anchor.latest or anchor.earliest) if self.count > 0 else (anchor.earliest or anchor.latest))
        if not edge:
            return None
        other = shift(edge, self.unit, self.count)
        return BoundedDate.between(min(edge, other), max(edge, other))


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, the first on or after the anchor."""

    number: int
    step: int = 0
    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the day; None unless the anchor is within a week."""
        if anchor is None or anchor.earliest is None or size_of(anchor) not in ("day", "week"):
            return None
        if self.step < 0:
            return BoundedDate.day(
                anchor.earliest - datetime.timedelta((anchor.earliest.weekday() - self.number - 1) % 7 + 1)
            )
        start = anchor.earliest + datetime.timedelta(self.step)
        return BoundedDate.day(start + datetime.timedelta((self.number - start.weekday()) % 7))


@dataclass(frozen=True, slots=True)
class Same:
    """ "At that time": when the anchor was."""

    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the anchor's bounds."""
        return anchor


@dataclass(frozen=True, slots=True)
class TheWar:
    """ "The war", where it is not known which: the anchor stands for it."""

    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the anchor's bounds."""
        return anchor


@dataclass(frozen=True, slots=True)
class From:
    """A step or stretch counted from a date that is named: "three days after June 5, 1967"."""

    step: Expression
    base: Expression

    @property
    def relative(self) -> bool:
        """Whether the date counted from is relative."""
        return self.base.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the step as seen from the base."""
        return self.step.resolve(self.base.resolve(anchor))


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a period after the anchor ("later that year", `side` 1), or went before it ("earlier", -1)."""

    whole: Expression
    side: int

    @property
    def relative(self) -> bool:
        """Whether the whole is relative."""
        return self.whole.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the rest; the whole, where the anchor does not lie within it."""
        whole = self.whole.resolve(anchor)
        if whole is None or anchor is None or not whole.overlaps(anchor):
            return whole
        if self.side > 0 and anchor.earliest and whole.latest and anchor.earliest > (whole.earliest or anchor.earliest):
            return BoundedDate.between(anchor.earliest, whole.latest)
        if self.side < 0 and anchor.latest and whole.earliest and anchor.latest < (whole.latest or anchor.latest):
            return BoundedDate.between(whole.earliest, anchor.latest)
        return whole


@dataclass(frozen=True, slots=True)
class ShortDecade:
    """ "The '60s": of the anchor's century, or of the twentieth."""

    value: int
    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the decade; None without anchor."""
        year = anchor and (anchor.earliest or anchor.latest)
        return decade(year.year // 100 * 100 + self.value) if year else None
