"""Dates of the calendar: days, months, years, seasons, decades, centuries, named days and periods, and their parts."""

from __future__ import annotations

from detente.model import BoundedDate
from detente.resolving.datewords import load_datewords
from detente.resolving.expressions import (
    Expression,
    InUnit,
    Known,
    MonthDays,
    Months,
    MovableDay,
    OfYear,
    Part,
    PartOf,
    Season,
    Share,
    ShortDecade,
    Span,
    TheWar,
    Together,
    TurnOfCentury,
    Weekday,
    WeekOf,
    Yearless,
    YearPart,
)
from detente.resolving.parsed import Parsed, Rules
from detente.resolving.periods import century, decade, hundred

__all__ = ["CalendarPhrases"]

_W = load_datewords()
_YEARS = (1000, 2100)
_YEAR_PLACES = {"in", "since", "during", "until", "by", "after", "before", "from", "of", "throughout", "early", "late"}
# Month names that are words or names too stand alone only after one of these.
_MONTH_PLACES = {
    "in", "by", "of", "since", "until", "till", "from", "to", "through", "throughout", "between", "during", "and", "early",
    "late", "mid", "-", "that", "this", "last", "next", "following", "previous", "before", "after", "to", "the", "same",
    "in late", "as", "ending", "beginning", "for", "or",
}  # fmt: skip
_ABBREVIATIONS = {name for name in _W.months if len(name) < 5} - {"may", "june", "july"}
_DOUBTFUL = {
    "may",
    "march",
    "august",
    "june",
    "april",
    "jan",
    "mar",
    "dec",
    "jun",
    "oct",
    "nov",
    "feb",
    "sep",
    "apr",
    "jul",
    "aug",
}
_PERIOD_PLACES = {
    "during", "throughout", "in", "since", "before", "after", "until", "till", "following", "of", "by", "from", "through",
    "to", "over", "between",
}  # fmt: skip
_OF_PERIOD = {
    "end", "beginning", "start", "outbreak", "course", "wake", "aftermath", "years", "eve", "onset", "outset", "days",
    "months", "close", "conclusion", "half", "part", "time", "remainder", "duration", "middle", "midst", "heels",
}  # fmt: skip
_SHORT_DECADE_PLACES = {"the", "'", "’", "‘", "early", "mid", "late", "-"}
_APPROXIMATE = {"about", "around", "circa", "c", "ca"}


class CalendarPhrases(Rules):
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
        if lower in _APPROXIMATE:
            return self._approximate(i)
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

    # Numbers: years, days before their month, decades, ISO days

    def _number(self, i: int) -> Parsed | None:
        token = self.token(i)
        if token.kind == "plural":
            return self._decade(i)
        if token.kind == "ordinal" and (found := self._century(i)):
            return found
        if token.value <= 31 and (found := self._day_first(i)):
            return found
        return self._year(i) if token.kind == "number" else None

    def _day_first(self, i: int) -> Parsed | None:
        """Read "21 February 1972", "21-28 February", "the 4th of July"."""
        first = last = self.token(i).value
        j = i + 1
        if self.word(j) in ("-", "and", "to") and 1 <= self.token(j + 1).value <= 31:
            last, j = self.token(j + 1).value, j + 2
        j += self.word(j) == "of"
        if not (self.word(j) in _W.months and self.is_name(j)) or not 1 <= first <= 31 or last < first:
            return None
        if self.token(j + 1).kind == "number" and self.token(j + 1).value <= 31 and self.word(j) == "may":
            return None
        month, j = _W.months[self.word(j)], j + 1 + self._dot(j)
        return self._with_year(MonthDays(month, first, last), j, "day", anywhere=True)

    def _is_year(self, i: int, placed: bool = False) -> bool:
        """Return whether the number at `i` can be a year: not a count, not a label, of four digits."""
        token = self.token(i)
        if token.kind != "number" or len(token.text) != 4 or not _YEARS[0] <= token.value < _YEARS[1]:
            return False
        before, after = self.word(i - 1), self.word(i + 1)
        if before in ("#", "°") or self._is_labelled(i):
            return False
        if after in _W.counted and not (placed or before in _YEAR_PLACES - {"of", "by", "from"}):
            return False
        return after not in ("%", "°")

    def _is_labelled(self, i: int) -> bool:
        """Return whether "Resolution", "p.", "Nos. 3 and" ... stands before the number at `i`."""
        before = i - 1 - (self.word(i - 1) == ".")
        if self.word(before) in _W.labelled:
            return True
        joined = self.word(i - 1) in ("and", "or", ",", "-") and self.token(i - 2).kind == "number"
        return joined and self._is_labelled(i - 2)

    def _year(self, i: int, placed: bool = False) -> Parsed | None:
        if not self._is_year(i, placed):
            return None
        year = self.token(i).value
        if self.word(i + 1) == "-" and (found := self._iso(i, year)):
            return found
        if self.word(i + 1) in ("-", "/") and (last := self._short_year(i + 2, year)):
            return Parsed(Known(_years(year, last)), i + 3, "year", "span")
        return Parsed(Known(BoundedDate.year(year)), i + 1, "year")

    def _short_year(self, i: int, year: int) -> int | None:
        """Return the second year of "1941-45", "1941-1945" or "1898-02" (the next century)."""
        token = self.token(i)
        if token.kind != "number":
            return None
        if len(token.text) == 2:
            last = year // 100 * 100 + token.value
            return last if last > year else last + 100 if token.value < 30 else None
        return token.value if self._is_year(i) and token.value > year else None

    def _iso(self, i: int, year: int) -> Parsed | None:
        month, day = self.token(i + 2), self.token(i + 4)
        if len(month.text) != 2 or not 1 <= month.value <= 12 or self.token(i + 1).text != "-":
            return None
        if self.word(i + 3) == "-" and day.kind == "number" and len(day.text) == 2:
            return Parsed(OfYear(MonthDays(month.value, day.value, day.value), year), i + 5, "day")
        if year % 100 < month.value:
            return None
        return Parsed(OfYear(Months(month.value, month.value), year), i + 3, "month")

    def _approximate(self, i: int) -> Parsed | None:
        j = i + 1 + (self.word(i + 1) == "." and self.word(i) in ("c", "ca"))
        found = self._year(j)
        if found is None or found.governor:
            return None
        year = BoundedDate.year(self.token(j).value)
        return Parsed(Known(BoundedDate(year.earliest, year.latest, "", year.edtf + "~")), found.end, "year")

    def _decade(self, i: int) -> Parsed | None:
        value = self.token(i).value
        if value % 10:
            return None
        if 1000 <= value < 2100:
            return Parsed(Known(hundred(value) if value % 100 == 0 else decade(value)), i + 1, "decade")
        return (
            Parsed(ShortDecade(value), i + 1, "decade")
            if 10 <= value < 100 and self.word(i - 1) in _SHORT_DECADE_PLACES
            else None
        )

    # Months and seasons

    def _dot(self, i: int) -> int:
        """Return 1 where the month at `i` is an abbreviation with its full stop."""
        return int(self.word(i) in _ABBREVIATIONS and self.word(i + 1) == ".")

    def _month(self, i: int, listing: bool) -> Parsed | None:
        name = self.word(i)
        month, j = _W.months[name], i + 1 + self._dot(i)
        day = self.token(j)
        if day.kind in ("number", "ordinal") and 1 <= day.value <= 31:
            return self._month_day(month, j)
        if (
            self.word(j) == ","
            and self.token(j + 1).kind == "number"
            and 1 <= self.token(j + 1).value <= 31
            and self.word(j + 2) == ","
            and self._is_year(j + 3, True)
        ):
            return self._month_day(month, j + 1)
        if self.word(j) in ("-", "/") or (listing and self.word(j) == "and"):
            last = self.word(j + 1)
            if last in _W.months and self.is_name(j + 1) and not 1 <= self.token(j + 2).value <= 31:
                months = Months(month, _W.months[last])
                named = self._year_after(j + 2 + self._dot(j + 1))
                own = named or self.word(j) == "-" or name not in _DOUBTFUL
                if own and last not in ("jan", "mar"):
                    return self._with_year(months, j + 2 + self._dot(j + 1), "month", anywhere=True)
        found = self._with_year(Months(month, month), j, "month", anywhere=True)
        if found and (found.end > j or not found.expression.relative):
            return found
        doubtful = name in _DOUBTFUL and self.word(i - 1) not in _MONTH_PLACES
        abbreviated = name in ("jan", "mar", "sep") and not self._dot(i)
        return None if doubtful or abbreviated and self.word(i - 1) not in ("in", "by", "late", "early") else found

    def _month_day(self, month: int, j: int) -> Parsed | None:
        first = last = self.token(j).value
        j += 1
        while True:
            k = j + (self.word(j) == "," and self.word(j + 1) == "and")
            later = self.token(k + 1)
            if self.between and self.word(k) == "and":
                break
            joins = self.word(k) in ("-", "and", "to", "through", "or", ",") and later.kind in ("number", "ordinal")
            if (
                not joins
                or not last < later.value <= 31
                or self.word(k + 2) in _W.counted
                or self.word(k + 2) in _W.months
            ):
                break
            if self.word(k) == "," and self.word(k + 2) not in (",", "and"):
                break
            last, j = later.value, k + 2
        return self._with_year(MonthDays(month, first, last), j, "day", anywhere=True)

    def day_after(self, first: Parsed, i: int) -> Parsed | None:
        """Read the second day of "between October 23 and 27, 1837"."""
        part = first.expression.part if isinstance(first.expression, Yearless | OfYear) else None
        token = self.token(i)
        if not isinstance(part, MonthDays) or token.kind not in ("number", "ordinal") or not 1 <= token.value <= 31:
            return None
        return self._with_year(MonthDays(part.month, token.value, token.value), i + 1, "day", anywhere=True)

    def _year_after(self, i: int) -> tuple[int, int] | None:
        """Return the year that follows a day, month or season, and the token after it."""
        j = i
        if self.word(j) == ",":
            j += 1
        if self.word(j) == "of":
            j += 1 + self.at(j + 1, "the", "year") * 2
        if self._is_year(j, placed=True) and not (
            self.word(j + 1) in _W.counted and j == i + 1 and self.word(i) == ","
        ):
            return self.token(j).value, j + 1
        return None

    def _with_year(self, part: YearPart, i: int, kind: str, anywhere: bool = False) -> Parsed | None:
        """Read the year of a part of one: "1972", "of that year", "of the following year", or none."""
        if named := self._year_after(i):
            return Parsed(OfYear(part, named[0]), named[1], kind)
        for words, offset in _YEARS_TOLD:
            if self.at(i, *words):
                return Parsed(Yearless(part, offset=offset), i + len(words), kind)
        return Parsed(Yearless(part), i, kind) if anywhere else None

    def _season(self, i: int, listing: bool) -> Parsed | None:
        name, j = self.word(i), i + 1
        if (
            listing
            and self.word(j) in ("and", "-")
            and self.word(j + 1 + (self.word(j + 1) in ("early", "late"))) in _W.seasons
        ):
            first = Season(name)
            part = self.word(j + 1) if self.word(j + 1) in ("early", "late") else ""
            j += 2 + bool(part)
            last: YearPart = Season(self.word(j - 1))
            found = self._with_year(PartOf(last, part) if part else last, j, "season", anywhere=True)
            if found is None:
                return None
            one = OfYear(first, found.expression.year) if isinstance(found.expression, OfYear) else Yearless(first)
            return Parsed(Together((one, found.expression)), found.end, "season")
        if named := self._year_after(j):
            year, end = named
            if self.word(end) in ("-", "/") and self._short_year(end + 1, year) == year + 1:
                return Parsed(OfYear(Season(name, True), year), end + 2, "season")
            return Parsed(OfYear(Season(name), year), end, "season")
        # A winter without its year is the one that begins in the year that runs.
        found = self._with_year(Season(name, True), j, "season", anywhere=True)
        if found and found.end > j:
            return found
        return found if self._is_bare_season(i) else None

    def _is_bare_season(self, i: int) -> bool:
        if self.word(i + 1) in ("of", "-", "from", "in") or self.is_name(i + 1):
            return False
        before = self.word(i - 1) if self.word(i - 1) != "the" else self.word(i - 2)
        return before in (
            "in",
            "by",
            "over",
            "during",
            "since",
            "until",
            "early",
            "late",
            "mid",
            "-",
            "throughout",
            "that",
            "of",
            "through",
        )

    def _weekday(self, i: int) -> Parsed | None:
        j = i + 1 + (self.word(i + 1) == ",")
        j += self.word(j) == "the"
        found = self.calendar(j) if self.token(j).kind in ("number", "ordinal") or self.word(j) in _W.months else None
        if found and found.kind == "day":
            return found
        if self.word(i - 1) in ("on", "by", "until", "since"):
            return Parsed(Weekday(_W.weekdays[self.word(i)]), i + 1, "day")
        return None

    # Centuries, parts and named times

    def _century(self, i: int) -> Parsed | None:
        """Read "19th century", "sixteenth and seventeenth centuries", "twenty-first century"."""
        number, j = self._ordinal(i)
        last, k = number, j
        if number and self.word(j) in ("and", "-", "or") and (second := self._ordinal(j + 1))[0]:
            last, k = second
        elif number and self.word(j) in ("and", "-", "or") and self.word(j + 1) in ("early", "mid", "late"):
            return None
        k += self.word(k) == "-"
        if not number or not last or self.word(k) not in ("century", "centuries") or not 1 <= number <= last <= 30:
            return None
        whole: Expression = Known(century(number))
        return Parsed(whole if last == number else Span(whole, Known(century(last))), k + 1, "century")

    def _ordinal(self, i: int) -> tuple[int, int]:
        if self.token(i).kind == "ordinal":
            return self.token(i).value, i + 1
        if self.at(i + 1, "-", "first") and self.word(i) == "twenty":
            return 21, i + 3
        return _W.ordinals.get(self.word(i), 0), i + 1

    def _turn(self, i: int) -> Parsed | None:
        if not self.at(i, "turn", "of", "the"):
            return None
        if self.word(i + 3) == "century":
            return Parsed(TurnOfCentury(), i + 4, "century")
        found = self._century(i + 3)
        number = self._ordinal(i + 3)[0]
        return Parsed(TurnOfCentury(number), found.end, "century") if found else None

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


_YEARS_TOLD = tuple(
    (words, offset)
    for offset, phrases in (
        (0, ("of that year", "of that same year", "of the same year", "of this year", "of the year", "that year", "that same year", "the same year")),
        (1, ("of the following year", "of the next year", "the following year", "the next year")),
        (-1, ("of the previous year", "of the preceding year", "of the year before", "the previous year", "of last year")),
    )
    for words in (tuple(phrase.split()) for phrase in phrases)
)  # fmt: skip


def _years(first: int, last: int) -> BoundedDate:
    return BoundedDate.between(BoundedDate.year(first).earliest, BoundedDate.year(last).latest)
