"""Dates of the calendar: numbers, months, named days and periods, and parts of each."""

from __future__ import annotations

from detente.model import BoundedDate
from detente.resolving.dates.counted import InUnit, TheWar
from detente.resolving.dates.expressions import Expression, Known, Part, Share, WeekOf
from detente.resolving.dates.months import MonthPhrases
from detente.resolving.dates.rules import Parsed
from detente.resolving.dates.words import load_datewords
from detente.resolving.dates.year_parts import MonthDays, MovableDay

__all__ = ["CalendarPhrases"]

_W = load_datewords()
_PERIOD_PLACES = {
    "after", "before", "between", "by", "during", "following", "from", "in", "of", "over", "since", "through",
    "throughout", "till", "to", "until",
}  # fmt: skip
_OF_PERIOD = {
    "aftermath", "beginning", "close", "conclusion", "course", "days", "duration", "end", "eve", "half", "heels",
    "middle", "midst", "months", "onset", "outbreak", "outset", "part", "remainder", "start", "time", "wake", "years",
}  # fmt: skip


class CalendarPhrases(MonthPhrases):
    """Rules for what stands on the calendar."""

    def calendar(self, i: int, listing: bool = False) -> Parsed | None:
        """Read a date of the calendar at `i`."""
        token = self.token(i)
        if token.kind in ("number", "ordinal", "plural"):
            return self._number(i)
        if token.kind != "word":
            return None
        lower = token.lower
        if lower == "the":
            return self._after_the(i, listing)
        if lower in _W.starts and self.is_name(i) and (named := self._named(i)):
            return named
        if lower in _W.months and self.is_name(i):
            return self._month(i, listing)
        if approximate := self._approximate(i):
            return approximate
        if lower in _W.seasons:
            return self._season(i, listing)
        if lower in _W.weekdays and self.is_name(i):
            return self._weekday(i)
        if self._ordinal(i)[0] and (found := self._century(i)):
            return found
        return self._part(i) or self._named(i) if lower in _W.starts else None

    def _after_the(self, i: int, listing: bool) -> Parsed | None:
        token = self.token(i + 1)
        lower = token.lower
        if lower in ("year", "years") and (found := self._year(i + 2)):
            return found
        if lower in ("'", "’", "‘") and self.token(i + 2).kind == "plural":
            return self._decade(i + 2)
        if lower == "turn":
            return self._turn(i + 1)
        if lower == "week" and self.at(i + 2, "of") and (found := self.plain(i + 3)):
            return Parsed(WeekOf(found.expression), found.end, "week") if found.kind == "day" else None
        if _W.units.get(lower) == "day" and lower != "day" and self.at(i + 2, "of"):
            day = self.plain(i + 3)
            return day if day and day.kind == "day" else None
        if (found := self._share(i + 1)) is not None:
            return found
        if lower in _W.seasons or token.kind in ("plural", "ordinal"):
            return self.calendar(i + 1, listing)
        if self._ordinal(i + 1)[0] and (found := self._century(i + 1)):
            return found
        if lower in _W.starts and (found := self._part(i + 1) or self._named(i + 1, i)):
            return found
        if lower in ("war", "conflict", "fighting") and self._is_time_of(i):
            war: Expression = Known(self.war) if self.war else TheWar()
            return Parsed(war, i + 2, "period")
        if lower in ("year", "month", "week", "day", "decade", "century") and self._is_time_of(i):
            return Parsed(InUnit(_W.units[lower]), i + 2, _W.units[lower])
        return None

    def _is_time_of(self, i: int) -> bool:
        before = self.word(i - 1)
        if before == "of":
            return self.word(i - 2) in _OF_PERIOD
        return before in _PERIOD_PLACES - {"in", "to", "by", "from"}

    def _number(self, i: int) -> Parsed | None:
        token = self.token(i)
        if token.kind == "plural":
            return self._decade(i)
        if token.kind == "ordinal" and (found := self._century(i)):
            return found
        if token.value <= 31 and (found := self._day_first(i)):
            return found
        return self._year(i) if token.kind == "number" else None

    def _part(self, i: int) -> Parsed | None:
        """Read "early 1977", "mid-March", "the end of the war", "late in 1949", "the first half of the century"."""
        for length in range(min(_W.starts[self.word(i)], 4), 0, -1):
            part = _W.part_words.get(tuple(self.word(i + k) for k in range(length)))
            if part is None:
                continue
            j = i + length
            if self.word(j) == "-" and self.word(j + 1) == "to" and self.word(j + 2) in ("-", "late"):
                part, j = "second-half", j + 3 + (self.word(j + 2) == "-")
            j += self.word(j) in ("-", "of", "in", "on")
            found = self._whole(j)
            if found:
                return Parsed(Part(found.expression, part), found.end, f"part of {found.kind}")
        return None

    def _whole(self, i: int) -> Parsed | None:
        found = self.relative(i) or self.calendar(i)
        if found is None or found.kind in ("day", "counted") or found.kind.startswith("part"):
            return found if found and isinstance(found.expression, InUnit) else None
        return found

    def _share(self, i: int) -> Parsed | None:
        """Read "(the) first week of May 1950", "(the) last three months of 1941"."""
        side = self.word(i)
        if side not in ("first", "second", "third", "fourth", "last", "final"):
            return None
        count = _W.numerals.get(self.word(i + 1), self.token(i + 1).value if self.token(i + 1).kind == "number" else 0)
        j = i + 1 + (count > 0)
        unit = _W.units.get(self.word(j), "")
        if unit not in ("day", "week", "month", "year", "decade") or self.word(j + 1) != "of" or count > 31:
            return None
        if not count and self.word(j).endswith("s"):
            return None
        whole = self._whole(j + 2) or self.calendar(j + 2)
        if whole is None:
            return None
        nth = -1 if side in ("last", "final") else _W.ordinals[side]
        return Parsed(Share(whole.expression, unit, nth, max(count, 1)), whole.end, unit)

    def _named(self, i: int, first: int | None = None) -> Parsed | None:
        """Read a named day ("Easter 1916") or a named period ("World War II") where it tells a time."""
        for length in range(_W.starts[self.word(i)], 0, -1):
            words = tuple(self.word(i + k) for k in range(length))
            if words in _W.days and self.is_name(i):
                month, day = _W.days[words]
                return self._with_year(MonthDays(month, day, day), i + length, "day", anywhere=True)
            if words in _W.movable_days and self.is_name(i):
                return self._with_year(MovableDay(_W.movable_days[words]), i + length, "day", anywhere=True)
            if (period := _W.periods.get(words)) and self._is_period(i, i if first is None else first, i + length):
                return Parsed(Known(BoundedDate.between(period.first, period.last)), i + length, "period")
        return None

    def _is_period(self, i: int, first: int, end: int) -> bool:
        if not self.is_name(i) and not self.word(i).startswith(("inter", "u")):
            return False
        before = self.word(first - 1)
        if before == "of":
            return self.word(first - 2) in _OF_PERIOD
        return before in _PERIOD_PLACES or (first == 0 and end == len(self.tokens))
