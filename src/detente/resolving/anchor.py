"""Dates of a whole document: relative phrases counted along the text, and the days that bound an act told anywhere in it."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from detente.errors import DateError
from detente.model import BoundedDate, Document, Sentence, Span
from detente.resolving.phrases import Phrase, find_phrases
from detente.resolving.when import DatePhrase, resolve_phrase

__all__ = ["DocumentDates", "date_document"]


@dataclass(frozen=True, slots=True)
class DocumentDates:
    """The date phrases of a document, in order, and what they say of any place in it."""

    phrases: tuple[DatePhrase, ...]
    covered: BoundedDate | None
    sentences: tuple[Sentence, ...] = field(repr=False)
    text: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)

    def bounds_for(self, sentence: int, offset: int) -> tuple[BoundedDate | None, DatePhrase | None]:
        """Return the days that bound an act told at `offset` (of the document) and the phrase relied on, if any."""
        own = self.in_sentence(sentence)
        if own:
            before = [p for p in own if p.span.start <= offset]
            best = min(own, key=lambda p: min(abs(p.span.start - offset), abs(p.span.end - offset)))
            best = best if before == [] else best
            return best.when, best
        at = bisect_right(self.starts, self.sentences[sentence].start) - 1
        if at >= 0:
            return self.phrases[at].when, self.phrases[at]
        return self.covered, None

    def candidates_for(self, sentence: int, offset: int) -> list[DatePhrase]:
        """Return the phrases that can date an act told at `offset`, the likeliest first."""
        own = self.in_sentence(sentence)
        return sorted(own, key=lambda p: abs(p.span.start - offset))

    def in_sentence(self, sentence: int) -> Sequence[DatePhrase]:
        """Return the date phrases of a sentence."""
        here = self.sentences[sentence]
        return self.phrases[bisect_right(self.starts, here.start - 1) : bisect_right(self.starts, here.end - 1)]


def date_document(document: Document) -> DocumentDates:
    """Return the dates of `document`: every phrase, the relative ones counted from the date told before."""
    phrases = tuple(_walk(document))
    phrases = tuple(_close(phrases, document))
    return DocumentDates(phrases, None, document.sentences, document.text, tuple(p.span.start for p in phrases))


def _walk(document: Document):
    told: BoundedDate | None = None
    for phrase in find_phrases(document.title):
        when = resolve_phrase(phrase, document.title, told)
        told = when or told
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        for phrase in find_phrases(text):
            try:
                when = resolve_phrase(phrase, text, told)
            except DateError:
                continue
            span = Span.within(document.text, sentence.start + phrase.start, sentence.start + phrase.end)
            yield DatePhrase(span, when or BoundedDate(None, None), phrase.expression.relative)
            told = when or told


def _close(phrases, document: Document):
    last = max((p.when.latest for p in phrases if p.when.latest), default=None)
    before = None
    for phrase in phrases:
        when = phrase.when
        if when.earliest is None and when.latest and before and before.earliest and before.earliest <= when.latest:
            when = BoundedDate.between(before.earliest, when.latest, when.text)
        if when.latest is None and when.earliest and last and last >= when.earliest:
            when = BoundedDate.between(when.earliest, last, when.text)
        yield replace(phrase, when=when)
        before = when
