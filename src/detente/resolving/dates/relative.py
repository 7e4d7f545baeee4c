"""Dates counted from another: "that autumn", "the following year", "two days later", "within a year"."""

from __future__ import annotations

from detente.resolving.dates.counted import From, InUnit, Rest, Same, Stretch, Weekday, Yearless
from detente.resolving.dates.expressions import Expression
from detente.resolving.dates.rules import Parsed, Rules
from detente.resolving.dates.words import load_datewords
from detente.resolving.dates.year_parts import Months, Season

__all__ = ["RelativePhrases"]

_W = load_datewords()
_STEPS = {
    "next": 1, "following": 1, "ensuing": 1, "coming": 1, "subsequent": 1, "succeeding": 1,
    "previous": -1, "preceding": -1, "last": -1, "prior": -1, "past": -1,
}  # fmt: skip
_LATER = {
    "later": 1,
    "afterward": 1,
    "afterwards": 1,
    "hence": 1,
    "thereafter": 1,
    "earlier": -1,
    "ago": -1,
    "previously": -1,
    "beforehand": -1,
}
_HEDGES = {
    "about",
    "nearly",
    "almost",
    "roughly",
    "approximately",
    "over",
    "only",
    "just",
    "barely",
    "another",
    "exactly",
    "some",
    "around",
}
_SAME_TIME = {"time", "period", "moment", "point", "juncture"}
_TIME_PLACES = {
    "at",
    "by",
    "during",
    "around",
    "about",
    "until",
    "since",
    "in",
    "throughout",
    "from",
    "over",
    "before",
    "after",
}
_VAGUE = {
    "day": (2, 9),
    "week": (2, 8),
    "month": (2, 11),
    "year": (2, 9),
    "decade": (1, 5),
    "hour": (0, 1),
    "century": (1, 3),
}
_VAGUE_STRETCH = {"day": 10, "week": 6, "month": 8, "year": 5, "decade": 3, "hour": 1, "century": 2}


class RelativePhrases(Rules):
    """Rules for what is told from where the account has got to."""

    def relative(self, i: int) -> Parsed | None:
        """Read a relative date at `i`."""
        lower = self.word(i)
        if lower in ("that", "this"):
            return self._that(i, i + 1 + (self.word(i + 1) in ("same", "very")))
        if lower == "the":
            return self._the(i)
        if lower in ("later", "earlier"):
            return self._later_in(i)
        if lower == "within":
            return self._within(i)
        if lower in _STEPS and self.word(i - 1) not in ("the", "his", "her", "their", "its", "these", "both"):
            return self._step(i) if lower in ("next", "last", "following") else None
        if lower in ("today", "yesterday", "tomorrow"):
            return Parsed(InUnit("day", {"today": 0, "yesterday": -1, "tomorrow": 1}[lower]), i + 1, "day")
        if lower == "same" and self.word(i - 1) != "the":
            return None
        return self._counted(i)

    def _that(self, i: int, j: int) -> Parsed | None:
        """Read "that year", "that same day", "that autumn", "this time"."""
        lower = self.word(j)
        if lower in _W.units and not lower.endswith("s") and lower not in ("hour",):
            if self.word(j + 1) in ("of", "-") and self.word(j + 1) == "-":
                return None
            return Parsed(InUnit(_W.units[lower]), j + 1, _W.units[lower])
        if lower in _W.months and self.is_name(j) and not 1 <= self.token(j + 1).value <= 2100:
            return Parsed(Yearless(Months(_W.months[lower], _W.months[lower]), offset=0), j + 1, "month")
        if lower in _W.seasons:
            return Parsed(Yearless(Season(lower, True), offset=0), j + 1, "season")
        if lower in _W.weekdays and self.is_name(j):
            return Parsed(Weekday(_W.weekdays[lower]), j + 1, "day")
        if lower in _SAME_TIME and self.word(i - 1) in _TIME_PLACES:
            return Parsed(Same(), j + 1, "time")
        return None

    def _the(self, i: int) -> Parsed | None:
        lower = self.word(i + 1)
        if lower == "same":
            return self._that(i, i + 2)
        if lower in _STEPS and (found := self._step(i + 1)):
            return found
        unit = _W.units.get(lower, "")
        if unit and self.at(i + 2, "that", "followed"):
            return Parsed(Stretch(unit, _VAGUE_STRETCH[unit]), i + 4, "stretch")
        if unit and not lower.endswith("s") and self.word(i + 2) in ("before", "after", "following"):
            return self._count_from(i + 2, unit, 1, 1)
        if unit and self.at(i + 2, "immediately", "after"):
            return None
        return None

    def _step(self, i: int) -> Parsed | None:
        """Read "following year", "next two weeks", "previous March", "last autumn", "next Tuesday"."""
        step, j = _STEPS[self.word(i)], i + 1
        lower = self.word(j)
        if lower in _W.months and self.is_name(j):
            if 1 <= self.token(j + 1).value <= 2100:
                return None
            return Parsed(Yearless(Months(_W.months[lower], _W.months[lower]), step), j + 1, "month")
        if lower in _W.seasons and (step > 0 or self.word(i) in ("previous", "preceding", "last")):
            return Parsed(Yearless(Season(lower, True), step), j + 1, "season")
        if lower in _W.weekdays and self.is_name(j):
            return Parsed(Weekday(_W.weekdays[lower], step), j + 1, "day")
        _, many, k = self._count(j)
        unit = _W.units.get(self.word(k), "")
        if not unit or (self.word(k + 1) == "of" and self.word(i) in ("last", "past")):
            return None
        if many:
            return Parsed(Stretch(unit, step * many), k + 1, "stretch")
        if self.word(k).endswith("s") and self.word(k) != "hours":
            return Parsed(Stretch(unit, step * _VAGUE_STRETCH[unit]), k + 1, "stretch") if step > 0 else None
        if self.word(i) in ("past", "coming", "ensuing"):
            return Parsed(Stretch(unit, step), k + 1, "stretch")
        return Parsed(InUnit(unit, step), k + 1, unit)

    def _later_in(self, i: int) -> Parsed | None:
        """Read "later that year", "earlier in 1823", "later the same day"."""
        j = i + 1 + (self.word(i + 1) in ("in", "on"))
        found = self.relative(j) if self.word(j) in ("that", "the", "this") else None
        found = found or (self.calendar(j) if j > i + 1 else None)
        if (
            found is None
            and j > i + 1
            and self.word(j) == "the"
            and self.word(j + 1) in ("year", "month", "day", "week", "decade", "century")
        ):
            unit = _W.units[self.word(j + 1)]
            found = Parsed(InUnit(unit), j + 2, unit)
        if found is None or found.kind in ("stretch", "time"):
            return None
        return Parsed(Rest(found.expression, 1 if self.word(i) == "later" else -1), found.end, found.kind)

    def _within(self, i: int) -> Parsed | None:
        """Read "within a year", "within weeks", "within two days of June 5, 1967"."""
        _, many, j = self._count(i + 1)
        unit = _W.units.get(self.word(j), "")
        if not unit or (not many and not self.word(j).endswith("s")):
            return None
        stretch: Expression = Stretch(unit, many or _VAGUE_STRETCH[unit])
        if self.word(j + 1) in ("of", "after") and (base := self.plain(j + 2)) and base.kind != "counted":
            return Parsed(From(stretch, base.expression), base.end, "stretch")
        return Parsed(stretch, j + 1, "stretch")

    def _counted(self, i: int) -> Parsed | None:
        """Read "two days later", "a decade earlier", "months later", "three days after June 5, 1967"."""
        found = self.count_of_units(i)
        if found is None or not isinstance(found.expression, InUnit):
            return None
        unit, few, many = found.expression.unit, found.expression.step, found.expression.most or found.expression.step
        after = self.word(found.end)
        if after in _LATER:
            return Parsed(_stepped(unit, few, many, _LATER[after]), found.end + 1, "counted")
        if after in ("after", "before", "following", "prior"):
            return self._count_from(found.end, unit, few, many)
        return None

    def _count_from(self, i: int, unit: str, few: int, many: int) -> Parsed | None:
        sign = -1 if self.word(i) in ("before", "prior") else 1
        step = _stepped(unit, few, many, sign)
        base = self.plain(i + 1 + (self.word(i) == "prior"))
        if base and base.kind != "counted":
            return Parsed(From(step, base.expression), base.end, "counted")
        if self.token(i + 1).kind in ("mark", "end") and self.word(i) != "following":
            return Parsed(step, i + 1, "counted")
        return None

    def count_of_units(self, i: int) -> Parsed | None:
        """Read "two years", "a few days", "several months", "weeks" as a step forward."""
        few, many, j = self._count(i)
        unit = _W.units.get(self.word(j), "")
        if not unit:
            return None
        if not many:
            if not self.word(j).endswith("s") or self.word(i - 1) in (
                "the",
                "these",
                "those",
                "of",
                "his",
                "their",
                "such",
                "recent",
                "in",
            ):
                return None
            few, many = _VAGUE[unit]
        return Parsed(InUnit(unit, few, many if many != few else None), j + 1, "counted")

    def _count(self, i: int) -> tuple[int, int, int]:
        """Return the fewest and the most that the number at `i` means (0, 0 if none) and the token after it."""
        j = i
        while self.word(j) in _HEDGES and j < i + 2:
            j += 1
        if self.at(j, "more", "than") or self.at(j, "less", "than") or self.at(j, "at", "least"):
            j += 2
        article = self.word(j) in ("a", "an")
        k = j + article
        if self.word(k) in _W.vague_numbers:
            few, many = _W.vague_numbers[self.word(k)]
            k += 1 + (self.word(k + 1) in ("of", "more"))
            return few, many, k
        if self.token(k).kind == "number" and 0 < self.token(k).value < 200 and not article:
            return self.token(k).value, self.token(k).value, self._past_dash(k + 1)
        number = _W.numerals.get(self.word(j), 0)
        if not number:
            return 0, 0, i
        k = j + 1
        if number >= 20 and self.word(k) == "-" and _W.numerals.get(self.word(k + 1), 99) < 10:
            number, k = number + _W.numerals[self.word(k + 1)], k + 2
        if self.word(k) in ("or", "to") and _W.numerals.get(self.word(k + 1), 0) > number:
            return number, _W.numerals[self.word(k + 1)], k + 2
        if self.at(k, "and", "a", "half"):
            return number, number + 1, k + 3
        return number, number, k

    def _past_dash(self, i: int) -> int:
        return i


def _stepped(unit: str, few: int, many: int, sign: int) -> InUnit:
    if few == many:
        return InUnit(unit, sign * few)
    return InUnit(unit, sign * few, sign * many)
