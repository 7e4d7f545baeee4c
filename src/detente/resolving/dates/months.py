"""Days, months, seasons and days of the week, with their year or without."""

from __future__ import annotations

from detente.resolving.dates.counted import Weekday, Yearless
from detente.resolving.dates.expressions import OfYear, Together
from detente.resolving.dates.rules import Parsed
from detente.resolving.dates.words import load_datewords
from detente.resolving.dates.year_parts import MonthDays, Months, PartOf, Season, YearPart
from detente.resolving.dates.years import YearPhrases

__all__ = ["MonthPhrases"]

_W = load_datewords()
_ABBREVIATIONS = {name for name in _W.months if len(name) < 5} - {"may", "june", "july"}
# Month names that are words or names too stand alone only after one of these.
_DOUBTFUL = (_ABBREVIATIONS - {"sept"}) | {"may", "march", "april", "june", "august"}
_MONTH_PLACES = {
    "-", "after", "and", "as", "before", "beginning", "between", "by", "during", "early", "ending", "following", "for",
    "from", "in", "last", "late", "mid", "next", "of", "or", "previous", "same", "since", "that", "the", "this",
    "through", "throughout", "till", "to", "until",
}  # fmt: skip


class MonthPhrases(YearPhrases):
    """Rules for parts of a year."""

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
        return None if doubtful or (abbreviated and self.word(i - 1) not in ("in", "by", "late", "early")) else found

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
