"""Dates of a whole document: relative phrases counted along the text, and the days that bound an act told in it."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from detente.model import BoundedDate, Document
from detente.resolving.dates.governing import REACH, carry_on, rank_dates, reach_on, side_of
from detente.resolving.dates.narrative import Told, follow_dates
from detente.resolving.when import DatePhrase

__all__ = ["DocumentDates", "date_document"]


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The date phrases of a document, in order, and what they say of any place in it.

    `covered` holds the days from its first date to its last; "since 1969" ends there.
    """

    phrases: tuple[DatePhrase, ...]
    covered: BoundedDate | None
    told: tuple[Told, ...] = field(repr=False)
    document: Document = field(repr=False)
    _starts: tuple[int, ...] = field(repr=False)
    _line: tuple[int, ...] = field(repr=False)

    def bounds_for(self, sentence: int, offset: int) -> tuple[BoundedDate | None, DatePhrase | None]:
        """Return the days that bound an act told at `offset` (of the document), and the phrase relied on.

        The phrase of its own clause or sentence; else what the date before gives, carried on to the next one. Both are
        None where the document dates nothing before it.
        """
        here = self.document.sentences[sentence]
        text = self.document.text[here.start : here.end]
        own = rank_dates(text, self._told_in(sentence), offset, here.start)
        if own:
            cost, best = own[0]
            if best.on_line or cost < REACH:
                return self._beside(best, side_of(text, best, offset, here.start)), best.phrase
        return self._carried(sentence)

    def candidates_for(self, sentence: int, offset: int) -> list[DatePhrase]:
        """Return the phrases that can date an act told at `offset`, the likeliest first.

        Those of its sentence by how near they govern it, then the dates told before, the last first, then the next one.
        """
        here = self.document.sentences[sentence]
        text = self.document.text[here.start : here.end]
        own = [told.phrase for _, told in rank_dates(text, self._told_in(sentence), offset, here.start)]
        first = bisect_left(self._starts, here.start)
        after = bisect_left(self._starts, here.end)
        before = [told.phrase for told in self.told[max(first - 6, 0) : first][::-1]]
        before.sort(key=lambda phrase: not self.told[self._number(phrase)].on_line)
        return [*own, *before, *(told.phrase for told in self.told[after : after + 1])]

    def in_sentence(self, sentence: int) -> Sequence[DatePhrase]:
        """Return the date phrases of a sentence."""
        return [told.phrase for told in self._told_in(sentence)]

    def _told_in(self, sentence: int) -> Sequence[Told]:
        here = self.document.sentences[sentence]
        return self.told[bisect_left(self._starts, here.start) : bisect_left(self._starts, here.end)]

    def _number(self, phrase: DatePhrase) -> int:
        return bisect_left(self._starts, phrase.span.start)

    def _beside(self, told: Told, side: int) -> BoundedDate:
        """Return the days of a date, or from it to the next (`side` 1), or from the one before up to it (-1)."""
        when = told.when
        if not side or when.earliest is None or when.latest is None:
            return when
        number = self._number_at(told.start)
        if side > 0:
            later = (
                each for each in self.told[number + 1 :] if each.on_line and each.when.earliest and each.when.latest
            )
            following = next((each for each in later if each.when.earliest > when.latest), None)  # type: ignore[operator]
            return reach_on(told, following) if following else when
        earlier = (
            each for each in self.told[:number][::-1] if each.on_line and each.when.earliest and each.when.latest
        )
        before = next((each for each in earlier if each.when.latest < when.earliest), None)  # type: ignore[operator]
        return reach_on(before, told) if before else when

    def _carried(self, sentence: int) -> tuple[BoundedDate | None, DatePhrase | None]:
        """Return what the last date on the account's line gives, carried on to the next that comes after it."""
        start = self.document.sentences[sentence].start
        at = bisect_left(self._line, start)
        if at == 0:
            number = bisect_left(self._starts, start) - 1
            told = self.told[number] if number >= 0 else None
            return (told.when, told.phrase) if told else (None, None)
        told = self.told[self._number_at(self._line[at - 1])]
        following = None
        for position in self._line[bisect_right(self._line, self.document.sentences[sentence].end) :]:
            later = self.told[self._number_at(position)]
            if told.when.latest and later.when.earliest and later.when.earliest > told.when.latest:
                following = later
                break
        return carry_on(told, following, sentence - told.sentence), told.phrase

    def _number_at(self, start: int) -> int:
        return bisect_left(self._starts, start)


def date_document(document: Document) -> DocumentDates:
    """Return the dates of `document`: every phrase, the relative ones counted from the date told before.

    The title's years open the account ("The Berlin Airlift, 1948–1949"); what is still open at its end ("since 1969")
    ends with the time the document covers: its as-of or published date, else the latest date it tells.
    """
    told = follow_dates(document)
    covered = _cover(document, told)
    told = list(_end(told, covered, document))
    starts = tuple(each.start for each in told)
    line = tuple(each.start for each in told if each.on_line and each.when.latest and each.when.earliest)
    return DocumentDates(tuple(each.phrase for each in told), covered, tuple(told), document, starts, line)


def _cover(document: Document, told: Sequence[Told]) -> BoundedDate | None:
    firsts = [each.when.earliest for each in told if each.when.earliest]
    lasts = [each.when.latest for each in told if each.when.latest]
    given = document.as_of or document.published
    end = given.latest if given and given.latest else max(lasts, default=None)
    first = min(firsts, default=None)
    return BoundedDate.between(first, end) if first and end and first <= end else None


def _end(told: Sequence[Told], covered: BoundedDate | None, document: Document) -> Iterator[Told]:
    """Close the dates that are open towards the present.

    "Has … since 1969" ends where the document's time does; otherwise what began then is told of up to the next date of
    the account, and what came "after" a date came before the next, or soon.
    """
    for number, each in enumerate(told):
        when = each.when
        if when.latest is not None or when.earliest is None:
            yield each
            continue
        sentence = document.sentence_text(each.sentence)
        end = covered.latest if covered else None
        if each.governor == "after" or not _ONGOING.search(sentence):
            later = (other.when for other in told[number + 1 :] if other.on_line and other.when.latest)
            reached = next((date.latest for date in later if date.earliest and date.earliest > when.earliest), None)
            if each.governor == "after":
                soon = when.earliest + datetime.timedelta(_SOON.get(each.unit, 730))
                near = reached and (reached - when.earliest).days <= _NEAR
                end = reached if near else soon
            else:
                end = reached or end
        if end is None or end < when.earliest:
            yield each
            continue
        closed = BoundedDate.between(when.earliest, end, when.text)
        yield replace(each, phrase=replace(each.phrase, when=closed))


_ONGOING = re.compile(r"\b(?:has|have|is|are|remains?)\b")
_NEAR = 1500
"""Days within which the next date of an account ends what came after another."""
_SOON = {"day": 183, "week": 183, "month": 365, "year": 730}
"""Days that "after" a date of each length reaches, where no other date follows."""
