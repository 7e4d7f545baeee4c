"""What a date phrase says, apart from what it is said of: each expression gives its bounds once an anchor is known.

The anchor is the date told before; an expression that needs none ignores it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

from detente.errors import DateError
from detente.model import BoundedDate
from detente.resolving.periods import (
    days_of_month,
    decade,
    easter,
    from_julian,
    join,
    months_of,
    part_of,
    season,
    shift,
    size_of,
    unit_around,
)

__all__ = [
    "Bounded", "Expression", "From", "InUnit", "Julian", "Known", "MonthDays", "Months", "MovableDay", "OfYear", "Part", "PartOf", "Rest", "Same", "Season", "Share", "ShortDecade", "Span", "Stretch", "TheWar", "Together", "TurnOfCentury", "WeekOf", "Weekday", "YearPart", "Yearless",
]  # fmt: skip


class Expression(Protocol):
    """A date as said: `relative` if its bounds depend on the anchor."""

    @property
    def relative(self) -> bool:
        """Whether the bounds depend on the anchor."""

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the bounds, None where they need an anchor and there is none. Raises DateError on a day that is none."""


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


@dataclass(frozen=True, slots=True)
class Known:
    """Bounds that stand in the phrase itself."""

    when: BoundedDate
    relative: bool = False

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the bounds."""
        return self.when


@dataclass(frozen=True, slots=True)
class OfYear:
    """Part of a year that is named: "21 February 1972", "the spring of 1948"."""

    part: YearPart
    year: int
    relative: bool = False

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the part of the year."""
        return self.part.of(self.year)


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
        bounds = sorted((edge, shift(edge, self.unit, self.count)))
        return BoundedDate.between(*bounds)


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
    """What remains of a period after the anchor ("later that year", 1), or what went before it ("earlier in 1823", -1)."""

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
class ShortDecade:
    """ "The '60s": of the anchor's century, or of the twentieth."""

    value: int
    relative: bool = True

    def resolve(self, anchor: BoundedDate | None) -> BoundedDate | None:
        """Return the decade; None without anchor."""
        year = anchor and (anchor.earliest or anchor.latest)
        return decade(year.year // 100 * 100 + self.value) if year else None


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
