"""What a date phrase says, apart from what it is said of: each expression gives its bounds once an anchor is known.

The anchor is the date told before; an expression that needs none ignores it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from detente.errors import DateError
from detente.model import BoundedDate
from detente.resolving.dates.periods import from_julian, join, part_of, shift
from detente.resolving.dates.year_parts import YearPart

__all__ = [
    "Bounded",
    "Expression",
    "Julian",
    "Known",
    "OfYear",
    "Part",
    "Share",
    "Span",
    "Together",
    "TurnOfCentury",
    "WeekOf",
]


class Expression(Protocol):
    """A date as said: `relative` if its bounds depend on the anchor."""

    @property
    def relative(self) -> bool:
        """Whether the bounds depend on the anchor."""

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the bounds, None where they need an anchor that is not there.

        Raises DateError on a day that does not exist.
        """


@dataclass(frozen=True, slots=True)
class Known:
    """Bounds that stand in the phrase itself."""

    when: BoundedDate
    relative: bool = False

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:  # noqa: ARG002
        """Return the bounds."""
        return self.when


@dataclass(frozen=True, slots=True)
class OfYear:
    """Part of a year that is named: "21 February 1972", "the spring of 1948"."""

    part: YearPart
    year: int
    relative: bool = False

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:  # noqa: ARG002
        """Return the part of the year."""
        return self.part.of(self.year)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of another date: "early", "mid", "late", "start", "end", "first-half", "second-half", or "eve" of it."""

    whole: Expression
    part: str

    @property
    def relative(self) -> bool:
        """Whether the whole is relative."""
        return self.whole.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the part. The eve of a day is the day before; of anything longer, the month before it begins."""
        whole = self.whole.resolve(anchor)
        if whole is None or whole.earliest is None or whole.latest is None:
            return None
        if self.part != "eve":
            return part_of(whole, self.part)
        day_before = whole.earliest - datetime.timedelta(1)
        return BoundedDate.between(day_before if whole.days == 1 else shift(whole.earliest, "month", -1), day_before)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A date that bounds on one side: "since", "from", "until", "by", "before", "after", "following" another.

    Since and after 1969 begin with 1969 itself, until and by end with it: the year may hold the moment. Before stops
    short of it. The other side is open (a document's other dates close it).
    """

    edge: Expression
    how: str

    @property
    def relative(self) -> bool:
        """Whether the edge is relative."""
        return self.edge.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the half-open bounds."""
        edge = self.edge.resolve(anchor)
        return self.beside(edge) if edge else None

    def beside(self, edge: BoundedDate) -> BoundedDate | None:
        """Return the half-open bounds beside `edge`; None where the edge is open itself."""
        day: datetime.date | None
        if self.how in ("since", "after"):
            lasting = self.how == "after" and edge.days and edge.days > _MOMENT
            day = edge.latest if lasting else edge.earliest
            return BoundedDate.between(day, None) if day else None
        day = edge.earliest - datetime.timedelta(1) if self.how == "before" and edge.earliest else edge.latest
        return BoundedDate.between(None, day) if day else None


_MOMENT = 366

"""Days up to which "after 1957" may begin within what it names; after a war means after its end."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one date to another: "between 1946 and 1949", "1941-45", "from November to March 1867"."""

    first: Expression
    last: Expression

    @property
    def relative(self) -> bool:
        """Whether neither end stands on its own."""
        return self.first.relative and self.last.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the bounds from the first to the last; an end without its year takes it from the other."""
        if self.first.relative and not self.last.relative:
            last = self.last.resolve(anchor)
            first = self.first.resolve(BoundedDate.year(last.earliest.year) if last and last.earliest else last)
            if first and last and first.earliest and last.earliest and first.earliest > last.earliest:
                first = self.first.resolve(BoundedDate.year(last.earliest.year - 1))
        else:
            first = self.first.resolve(anchor)
            last = self.last.resolve(BoundedDate.year(first.earliest.year) if first and first.earliest else anchor)
            if first and last and first.earliest and last.latest and first.earliest > last.latest:
                last = self.last.resolve(BoundedDate.year(first.earliest.year + 1))
        if first is None or last is None:
            return None
        if first.earliest and last.latest and first.earliest > last.latest:
            raise DateError(f"{first.earliest} comes after {last.latest}: expected the earlier date first")
        return BoundedDate.between(first.earliest, last.latest)


@dataclass(frozen=True, slots=True)
class Together:
    """Several dates named as one time: "1959 and 1960", "the spring and summer of 1962"."""

    dates: tuple[Expression, ...]

    @property
    def relative(self) -> bool:
        """Whether every one is relative."""
        return all(date.relative for date in self.dates)

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the bounds that hold all of them."""
        known = next((date.resolve(anchor) for date in self.dates[::-1] if not date.relative), None)
        found: BoundedDate | None = None
        for date in self.dates:
            each = date.resolve(known or anchor)
            if each is None:
                return None
            found = each if found is None else join(found, each)
        return found


@dataclass(frozen=True, slots=True)
class Julian:
    """A date in the Old Style: its days are Julian, its bounds Gregorian."""

    date: Expression

    @property
    def relative(self) -> bool:
        """Whether the date is relative."""
        return self.date.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the bounds as Gregorian days."""
        written = self.date.resolve(anchor)
        if written is None or written.earliest is None or written.latest is None:
            return None
        bounds = BoundedDate.between(from_julian(written.earliest), from_julian(written.latest))
        return BoundedDate(bounds.earliest, bounds.latest, "", bounds.edtf, "julian")


@dataclass(frozen=True, slots=True)
class Share:
    """So many units from the beginning of a period, or from its end (`nth` -1): "the last three months of 1941"."""

    whole: Expression
    unit: str
    nth: int
    count: int = 1

    @property
    def relative(self) -> bool:
        """Whether the whole is relative."""
        return self.whole.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the units, no further than the whole reaches."""
        whole = self.whole.resolve(anchor)
        if whole is None or whole.earliest is None or whole.latest is None:
            return None
        one = datetime.timedelta(1)
        if self.nth < 0:
            start = shift(whole.latest + one, self.unit, -self.count)
            return BoundedDate.between(max(start, whole.earliest), whole.latest)
        start = shift(whole.earliest, self.unit, (self.nth - 1) * self.count)
        last = shift(start, self.unit, self.count) - one
        return BoundedDate.between(min(start, whole.latest), min(last, whole.latest))


@dataclass(frozen=True, slots=True)
class WeekOf:
    """ "The week of March 3": the seven days from it."""

    day: Expression

    @property
    def relative(self) -> bool:
        """Whether the day is relative."""
        return self.day.relative

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the week that begins with the day."""
        day = self.day.resolve(anchor)
        if day is None or day.earliest is None:
            return None
        return BoundedDate.between(day.earliest, day.earliest + datetime.timedelta(6))


@dataclass(frozen=True, slots=True)
class TurnOfCentury:
    """The five years on either side of the beginning of a century: of the `number`th, else of the one the anchor is
    nearest to, else, as historians use the words, of the twentieth."""

    number: int = 0
    relative: bool = False

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the ten years or so."""
        near = anchor and (anchor.earliest or anchor.latest)
        middle = 100 * (self.number - 1) if self.number else (near.year + 50) // 100 * 100 if near else 1900
        return BoundedDate.between(datetime.date(middle - 5, 1, 1), datetime.date(middle + 5, 12, 31))
