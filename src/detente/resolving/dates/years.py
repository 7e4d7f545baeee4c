"""Years and what is made of them: spans of years, decades, centuries, ISO dates, and the year after a day or month."""

from __future__ import annotations

from detente.model import BoundedDate
from detente.resolving.dates.counted import ShortDecade, Yearless
from detente.resolving.dates.expressions import Expression, Known, OfYear, Span, TurnOfCentury
from detente.resolving.dates.periods import century, decade, hundred
from detente.resolving.dates.rules import Parsed, Rules
from detente.resolving.dates.words import load_datewords
from detente.resolving.dates.year_parts import MonthDays, Months, YearPart

__all__ = ["YearPhrases"]

_W = load_datewords()
_YEARS = (1000, 2100)
_YEAR_PLACES = {"in", "since", "during", "until", "after", "before", "throughout", "early", "late"}
_SHORT_DECADE_PLACES = {"the", "'", "’", "‘", "early", "mid", "late", "-"}
_APPROXIMATE = {"about", "around", "circa", "c", "ca"}
_SAME_YEAR = (
    "of that year", "of that same year", "of the same year", "of this year", "of the year", "that year",
    "that same year", "the same year",
)  # fmt: skip
_NEXT_YEAR = ("of the following year", "of the next year", "the following year", "the next year")
_LAST_YEAR = ("of the previous year", "of the preceding year", "of the year before", "the previous year")
_YEARS_TOLD = tuple(
    (tuple(phrase.split()), offset)
    for offset, phrases in ((0, _SAME_YEAR), (1, _NEXT_YEAR), (-1, _LAST_YEAR))
    for phrase in phrases
)


class YearPhrases(Rules):
    """Rules for years."""

    def _is_year(self, i: int, placed: bool = False) -> bool:
        """Return whether the number at `i` can be a year: not a count, not a label, of four digits."""
        token = self.token(i)
        if token.kind != "number" or len(token.text) != 4 or not _YEARS[0] <= token.value < _YEARS[1]:
            return False
        before, after = self.word(i - 1), self.word(i + 1)
        if before in ("#", "°") or self._is_labelled(i):
            return False
        if after in _W.counted and not (placed or before in _YEAR_PLACES):
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
        if self.word(i) not in _APPROXIMATE:
            return None
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


def _years(first: int, last: int) -> BoundedDate:
    return BoundedDate.between(BoundedDate.year(first).earliest, BoundedDate.year(last).latest)
