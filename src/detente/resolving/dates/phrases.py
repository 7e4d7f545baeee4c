"""The grammar of date phrases: from running text to expressions, longest phrase first, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.errors import DateError
from detente.model import BoundedDate
from detente.resolving.dates.calendar import CalendarPhrases
from detente.resolving.dates.expressions import Bounded, Expression, Julian, Part, Span, Together
from detente.resolving.dates.relative import RelativePhrases
from detente.resolving.dates.rules import Parsed
from detente.resolving.dates.tokens import tokenize
from detente.resolving.dates.words import load_datewords

__all__ = ["Phrase", "find_phrases"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date phrase, `text[start:end]`, and what it says; `governor` is the preposition that bounds it, or ""."""

    start: int
    end: int
    expression: Expression
    governor: str = ""
    kind: str = ""


def find_phrases(text: str, war: BoundedDate | None = None) -> list[Phrase]:
    """Return the date phrases of `text` in order, none within another; `war` is what "the war" means here.

    Words that only place a date ("in", "on", "during") stand outside it; words that move its bounds ("since", "by",
    "late", "the eve of") belong to it.
    """
    if not may_tell(text):
        return []
    return list(_Grammar(text, war).phrases())


def may_tell(text: str) -> bool:
    """Return whether `text` holds a number or a word without which nothing dates anything: a quick look."""
    return _DIGIT.search(text) is not None or not load_datewords().hot.isdisjoint(_LETTERS.findall(text.lower()))


_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z]+")


# Prepositions that leave one side open: the words, how, and whether a bare year or month is enough of an edge.
_GOVERNORS: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "since": ((("since",), "since"),),
    "ever": ((("ever", "since"), "since"),),
    "beginning": ((("beginning", "in"), "since"), (("beginning", "on"), "since"), (("beginning", "with"), "since")),
    "starting": ((("starting", "in"), "since"), (("starting", "on"), "since")),
    "until": ((("until", "after"), "until"), (("until",), "until")),
    "till": ((("till",), "until"),),
    "up": ((("up", "until"), "until"), (("up", "to"), "until")),
    "through": ((("through",), "until"),),
    "in": (
        (("in", "the", "wake", "of"), "after"),
        (("in", "the", "aftermath", "of"), "after"),
        (("in", "the", "years", "after"), "after"),
        (("in", "the", "years", "following"), "after"),
    ),
    "by": ((("by",), "by"),),
    "no": ((("no", "later", "than"), "by"),),
    "not": ((("not", "later", "than"), "by"),),
    "before": ((("before",), "before"),),
    "prior": ((("prior", "to"), "before"),),
    "after": ((("after",), "after"),),
    "following": ((("following",), "after"),),
    "subsequent": ((("subsequent", "to"), "after"),),
}
_W = load_datewords()
_OPENING = frozenset({*_GOVERNORS, "between", "from", "eve"})
_STEPS = {"next", "last", "following", "previous", "preceding", "ensuing", "coming", "subsequent", "past", "prior"}
_BEGINNING = frozenset(
    {
        *_W.months,
        *_W.seasons,
        *_W.weekdays,
        *_W.ordinals,
        *_W.starts,
        *_STEPS,
        "that",
        "this",
        "later",
        "earlier",
        "within",
    }
    | {"today", "yesterday", "tomorrow", "circa", "c", "ca", "about", "around", "eve"}
)
_COUNTING = frozenset({*_W.numerals, *_W.vague_numbers, "more", "less", "at", "nearly", "almost", "roughly"}) | {
    "over", "approximately", "only", "just", "barely", "another", "exactly", "some",
}  # fmt: skip
_COUNTED = {"later", "earlier", "ago", "afterward", "afterwards", "after", "before", "following", "hence", "previously"}
_AFTER_THE = frozenset(
    {*_W.seasons, *_W.ordinals, *_W.starts, *_W.units, *_STEPS, "same", "eve", "turn", "war", "conflict", "fighting"}
    | {"last", "final", "twenty", "year", "years", "'", "’", "‘"}
)
_TO = {"to", "until", "through", "till", "-"}
_LISTED = {"year", "decade", "season", "month", "part of year", "part of decade", "part of month"}


class _Grammar(RelativePhrases, CalendarPhrases):
    """Reads phrases at a token; each rule returns what it read and the token after it, or None."""

    def __init__(self, text: str, war: BoundedDate | None) -> None:
        super().__init__(tokenize(text), war)

    def phrases(self) -> Iterator[Phrase]:
        """Yield the phrases from left to right, each as long as the grammar allows."""
        i = 0
        while i < self.count:
            found = self.phrase(i) if self.tokens[i].lower in _OPENING or self.may_begin(i) else None
            if found is None or found.end == i:
                i += 1
                continue
            yield Phrase(
                self.tokens[i].start, self.tokens[found.end - 1].end, found.expression, found.governor, found.kind
            )
            i = found.end

    def may_begin(self, i: int) -> bool:
        """Return whether a date can begin at `i`, by its word and the ones after it: a quick look before the rules."""
        lower = self.tokens[i].lower
        if self.tokens[i].value > 0 or lower in _BEGINNING:
            return True
        if lower == "the":
            return self.token(i + 1).value > 0 or self.word(i + 1) in _AFTER_THE
        if lower in _COUNTING:
            return any(token.lower in _W.units for token in self.tokens[i + 1 : i + 6])
        return lower in _W.units and self.word(i + 1) in _COUNTED

    def phrase(self, i: int) -> Parsed | None:
        """Read one phrase with what governs it."""
        token = self.tokens[i]
        if token.lower == "between":
            return self._between(i)
        if token.lower == "from" and (found := self._from(i)):
            return found
        for words, how in _GOVERNORS.get(token.lower, ()):
            if self.at(i, *words) and (found := self._governed(i + len(words), how)):
                return found
        return self.joined(i)

    def _governed(self, i: int, how: str) -> Parsed | None:
        if how == "after" and (count := self.count_of_units(i)):
            return count if self.word(count.end) not in ("after", "before") else None
        i += self.word(i) == "the" and self.is_name(i + 1) and self.word(i + 1) in load_datewords().months
        edge = self.joined(i)
        # "Unburdened by the Cold War": what a period brings about, not a date.
        if edge is None or edge.kind == "counted" or (how == "by" and edge.kind == "period"):
            return None
        return Parsed(Bounded(edge.expression, how), edge.end, edge.kind, how)

    def _between(self, i: int) -> Parsed | None:
        start = i + 1
        if self.at(start, "the", "years"):
            start += 2 + (self.word(start + 2) == "of")
        self.between = True
        first = self.plain(start)
        self.between = False
        if first is None or self.word(first.end) != "and":
            return None
        last = self.plain(first.end + 1, listing=True)
        if last is None:
            last = self.day_after(first, first.end + 1)
        return self._span(first, last) if last else None

    def _from(self, i: int) -> Parsed | None:
        first = self.plain(i + 1)
        if first is None:
            return None
        to = first.end + (self.word(first.end) == "," and self.word(first.end + 1) in _TO)
        if self.word(to) in _TO:
            last = self.plain(to + 1, listing=True) or self.day_after(first, to + 1)
            if last:
                return self._span(first, last)
        if self.word(first.end) in ("onward", "onwards", "on", "forward"):
            return Parsed(Bounded(first.expression, "since"), first.end + 1, first.kind, "since")
        return None

    def joined(self, i: int) -> Parsed | None:
        """Read a date, or several that are named as one time ("1959 and 1960", "1812 to 1814")."""
        if self.at(i, "the", "eve", "of") or self.at(i, "eve", "of"):
            eve = self.joined(i + 2 + (self.word(i) == "the"))
            return Parsed(Part(eve.expression, "eve"), eve.end, "day") if eve else None
        first = self.plain(i, listing=True)
        if first is None:
            return None
        to = first.end + (self.word(first.end) == "," and self.word(first.end + 1) in _TO)
        last = self.plain(to + 1, listing=True) if self.word(to) in _TO else None
        if last and last.kind == first.kind and first.kind in ("year", "month", "day", "season"):
            return self._span(first, last)
        found, dates = first, [first.expression]
        while following := self._next_in_list(found):
            found, dates = following, [*dates, following.expression]
        return Parsed(Together(tuple(dates)), found.end, first.kind) if len(dates) > 1 else first

    def _next_in_list(self, last: Parsed) -> Parsed | None:
        """Read ", 1810" or "and 1960" after a date of the same kind that it follows at once."""
        i = last.end + (self.word(last.end) == ",")
        i += self.word(i) in ("and", "or")
        if i == last.end or last.kind not in _LISTED:
            return None
        found = self.plain(i, listing=True)
        if found is None or found.kind != last.kind:
            return None
        if self.word(i - 1) == "," and last.kind != "year":
            return None
        return found if last.kind == "season" or self._follows(last, found) else None

    def _follows(self, last: Parsed, found: Parsed) -> bool:
        if last.expression.relative or found.expression.relative:
            return last.expression.relative and last.kind == "month" and self.word(found.end - 1) != "war"
        try:
            one, other = last.expression.resolve(None), found.expression.resolve(None)
        except DateError:
            return False
        if not one or not other or not one.latest or not other.earliest:
            return False
        return 0 < (other.earliest - one.latest).days <= 1

    def _span(self, first: Parsed, last: Parsed) -> Parsed:
        return Parsed(Span(first.expression, last.expression), last.end, first.kind, "span")

    def plain(self, i: int, listing: bool = False) -> Parsed | None:
        """Read one date without what governs it; `listing` lets a month take in another ("March and April 1945")."""
        if i >= self.count or not self.may_begin(i):
            return None
        found = self.relative(i)
        if found is not None:
            return self._named_again(found)
        found = self.calendar(i, listing)
        return self._old_style(found) if found else None

    def _named_again(self, found: Parsed) -> Parsed:
        """Read "the next day, October 27", "a year later in 1837": the date that follows says which."""
        i = found.end + (self.word(found.end) == ",")
        i += self.word(i) in ("in", "on")
        if i == found.end or found.kind not in ("counted", "day", "year", "month"):
            return found
        date = self.calendar(i)
        if (
            date is None
            or date.kind not in ("day", "month", "year")
            or (date.expression.relative and date.kind != "day")
        ):
            return found
        after = self.word(date.end)
        apposed = (self.word(i - 1) == "," and after in (",", ".", "")) or self.word(i - 1) in ("in", "on")
        return date if apposed else found

    def _old_style(self, found: Parsed) -> Parsed:
        i = found.end + (self.word(found.end) in ("(", ","))
        for words in (("old", "style"), ("o", ".", "s", "."), ("o", ".", "s"), ("os",)):
            if found.kind in ("day", "month") and self.at(i, *words):
                i += len(words)
                closed = self.word(i) == ")" and self.word(found.end) == "("
                return Parsed(Julian(found.expression), i + closed, found.kind)
        return found
