"""Mentions: the words in a text that stand for states, organisations, movements and the people who act for them."""

from __future__ import annotations

import datetime
import re

from detente.model import Mention, Span
from detente.resolving.composition import Found, compose
from detente.resolving.scan import find_hits

__all__ = ["as_mention", "find_mentions", "noun_phrase"]

_BEFORE = re.compile(r"\b(?:the|The|a|A|an|An|some|Some|these|These)\s(?:[a-z]+\s){0,2}$")
_AFTER = re.compile(
    r"(?:\s(?!(?:and|or|but|was|were|is|are|had|has|have|met|said|would|will|could|in|on|at|to|from|of|by|with|for)\b)[a-z]+){0,3}?\s[a-z]+s\b(?<!was)(?<!is)(?<!has)"
)


def find_mentions(text: str, on: datetime.date | None = None) -> list[Mention]:
    """Return the names in `text`, in order, each resolved as of the day `on` (None: as of any day).

    A mention whose `codes` are empty is ambiguous or was not called so on the day: its resolutions list the
    candidates and, with reasons, those that were ruled out. Pronouns need a document: `reference.resolve_mentions`.

    >>> [(m.span.text, m.codes) for m in find_mentions("Sino-Soviet talks on the South China Sea")]
    [('Sino-Soviet', ('CHN', 'RUS'))]
    """
    window = (on, on) if on else None
    found = compose(text, find_hits(text), lambda _: window)
    return [as_mention(text, each) for each in found if each.means in ("", "surname") and each.resolutions]


def as_mention(text: str, found: Found) -> Mention:
    """Return a found stretch as a mention of `text`."""
    return Mention(Span(found.start, found.end, text[found.start : found.end]), found.kind, found.resolutions)


def noun_phrase(text: str, mention: Mention) -> Span:
    """Return the phrase a name stands in: "Chinese" in "the old Chinese leaders met" gives "the old Chinese leaders".

    >>> text = "Later the Chinese leaders met."
    >>> noun_phrase(text, find_mentions(text)[0]).text
    'the Chinese leaders'
    """
    span = mention.span
    before = _BEFORE.search(text[max(span.start - 40, 0) : span.start])
    start = span.start - len(before[0]) if before else span.start
    after = _AFTER.match(text, span.end) if mention.kind == "demonym" else None
    return Span.within(text, start, after.end() if after else span.end)
