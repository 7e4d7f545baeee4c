"""Scanning: one pass over a text for every known form of words, the longest kept where they overlap."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from detente.resolving.folding import fold, same_case
from detente.resolving.names import Entry, Names, load_names

__all__ = ["Hit", "find_hits"]

_GLUED = re.compile(r"\b([A-Z][a-z]+)([A-Z][a-z]+)\b")
_ARTICLES = frozenset({"the", "this", "that", "these", "those"})


class Hit(NamedTuple):
    """A form of words found at `text[start:end]`; `the` says that an article stands before it."""

    start: int
    end: int
    entry: Entry
    text: str
    the: bool


def find_hits(text: str) -> list[Hit]:
    """Return the known forms of words in `text`, in order, none overlapping another, the longest first choice."""
    names = load_names()
    if not unicodedata.is_normalized("NFC", text):
        return _find_decomposed(text, names)
    return _longest(_matches(text, names))


def _matches(text: str, names: Names) -> list[Hit]:
    hits = []
    folded = fold(text)
    for start, end, entry in names.find(folded):
        if entry.dotted and text[end : end + 1] == ".":
            end += 1
        found = text[start:end]
        the = folded[start - 4 : start] == "the " or (bool(entry.after_the) and _article_before(folded, start))
        if found in entry.surfaces or (the and found in entry.after_the) or _spelled(found, the, entry):
            hits.append(Hit(start, end, entry, found, the))
    if _GLUED.search(text):
        hits += _glued(text, names)
    return hits


def _article_before(folded: str, start: int) -> bool:
    return folded[max(start - 7, 0) : start].rstrip().rpartition(" ")[2] in _ARTICLES


def _spelled(found: str, the: bool, entry: Entry) -> bool:
    if any(same_case(found, surface) for surface in entry.surfaces):
        return True
    return the and any(same_case(found, surface) for surface in entry.after_the)


def _glued(text: str, names: Names) -> list[Hit]:
    """The halves of compounds that lost their hyphen: "SinoSoviet"."""
    hits = []
    for match in _GLUED.finditer(text):
        halves = [names.entries.get(f" {fold(part)} ") for part in match.groups()]
        if all(half is not None and half.has_party for half in halves):
            for number, half in enumerate(halves, start=1):
                assert half is not None
                hits.append(Hit(match.start(number), match.end(number), half, match[number], False))
    return hits


def _longest(hits: list[Hit]) -> list[Hit]:
    """Longest first, then leftmost, as long as they do not overlap."""
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    for hit in hits:
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start <= kept[-1].end - kept[-1].start:
                continue
            kept.pop()
        kept.append(hit)
    return kept


def _find_decomposed(text: str, names: Names) -> list[Hit]:
    """Match a text with combining marks: compose it, and lead the offsets back."""
    places = [place for place, character in enumerate(text) if not unicodedata.combining(character)] + [len(text)]
    plain = "".join(text[place] for place in places[:-1])
    hits = []
    for hit in _longest(_matches(plain, names)):
        start, end = places[hit.start], places[hit.end]
        hits.append(Hit(start, end, hit.entry, text[start:end], hit.the))
    return hits
