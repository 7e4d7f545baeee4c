"""Dates in prose: which phrases of a text tell a time, and the days that each can mean."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from detente.errors import DateError
from detente.model import BoundedDate, Span
from detente.resolving.dates.phrases import Phrase, find_phrases
from detente.resolving.edtf import read_edtf, write_edtf

__all__ = ["DatePhrase", "find_dates", "read_edtf", "resolve_date", "write_edtf"]

UNKNOWN = BoundedDate(None, None)
_PLACING = (
    "in",
    "on",
    "at",
    "during",
    "throughout",
    "over",
    "of",
    "as of",
    "for",
    "on or about",
    "around the",
    "about the",
)


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """Words that tell a time, the days they can mean, and whether those were counted from another date.

    A relative phrase without anything to count from has no bounds at all.
    """

    span: Span
    when: BoundedDate
    relative: bool


def find_dates(text: str, anchor: BoundedDate | None = None) -> list[DatePhrase]:
    """Return the date phrases of `text`, in order, each as long as can be, with the bounds of the annotation guide.

    Relative phrases ("the following year", "by March") are counted from `anchor`, the date told before. Phrases that
    name a day that does not exist are left out.

    >>> [(d.span.text, str(d.when)) for d in find_dates("They met in late September 1979 and 1,500 troops left.")]
    [('late September 1979', '1979-09-21/1979-09-30')]
    """
    found = []
    for phrase in find_phrases(text):
        try:
            when = resolve_phrase(phrase, text, anchor)
        except DateError:
            continue
        found.append(
            DatePhrase(Span.within(text, phrase.start, phrase.end), when or UNKNOWN, phrase.expression.relative)
        )
    return found


def resolve_date(text: str, anchor: BoundedDate | None = None) -> BoundedDate:
    """Return the days that a date in words (or in EDTF) means.

    Raises DateError where `text` is no date, names a day that does not exist, or needs an anchor that is not given.

    >>> resolve_date("early 1977").latest
    datetime.date(1977, 4, 30)
    >>> resolve_date("two days later", resolve_date("June 5, 1967")).edtf
    '1967-06-07'
    """
    words = " ".join(text.split())
    phrase = _whole_phrase(words)
    if phrase is None:
        try:
            return read_edtf(words).with_text(text)
        except DateError:
            expected = 'expected words such as "late September 1979" or "21-28 February 1972", or EDTF such as 1979-09'
            raise DateError(f"{text!r} is not a date: {expected}") from None
    try:
        when = resolve_phrase(phrase, words, anchor)
    except DateError as error:
        raise DateError(f"{text!r}: {error}") from None
    if when is None:
        raise DateError(f"{text!r} depends on another date: expected an anchor, the date told before it")
    return when.with_text(text)


def resolve_phrase(phrase: Phrase, text: str, anchor: BoundedDate | None) -> BoundedDate | None:
    """Return the bounds of a phrase of `text`, with its words; None where it needs an anchor. Raises DateError."""
    when = phrase.expression.resolve(anchor)
    if when is None or (when.earliest is None and when.latest is None):
        return None
    return dataclasses.replace(when, text=text[phrase.start : phrase.end])


def _whole_phrase(words: str) -> Phrase | None:
    """Return the phrase that `words` are, but for a word that places it and a mark that ends it."""
    phrases = find_phrases(words)
    if len(phrases) != 1:
        # A bare word such as "autumn" or "May" tells a time only where something places it.
        phrases = phrases or find_phrases(f"in {words}")
        if len(phrases) != 1:
            return None
        start, end = phrases[0].start - 3, phrases[0].end - 3
        if start < 0:
            return None
        phrases = [Phrase(start, end, phrases[0].expression, phrases[0].governor)]
    phrase = phrases[0]
    before, after = words[: phrase.start].strip().lower(), words[phrase.end :].strip()
    return (
        phrase if (not before or before in (*_PLACING, "on the", "in the")) and after in ("", ".", ",", ";") else None
    )
