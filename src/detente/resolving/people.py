"""People: personal names as prose writes them, and the states their titles and introductions give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from detente.model import Candidate, Resolution
from detente.resolving.names import read_lexicon
from detente.resolving.scan import Hit

__all__ = ["PERSONAL_NAME", "Person", "ReadName", "read_name", "restrict", "surname_of"]

_PARTICLES = "|".join(read_lexicon("persons")["particles"])
_WORD = r"[A-Z][\w\-]*(?:[’'‘](?!s\b)[A-Za-z][\w\-]*)*"
PERSONAL_NAME = (
    rf"(?:(?:[A-Z]\.\s?)+|(?:Don|Lord|Sir|Count|Prince|Dr\.|St\.)\s)*{_WORD}"
    rf"(?:,? (?:{_PARTICLES})(?= [A-Z])| (?:[A-Z]\. ?)+| ?{_WORD}|-{_WORD})*"
)
_NAME = re.compile(PERSONAL_NAME)
_NUMERAL = re.compile(r"^[IVX]+$")


class Person(NamedTuple):
    """A person a text names: the words, and the surname by which it speaks of them afterwards."""

    name: str
    surname: str


class ReadName(NamedTuple):
    """A personal name read at a place: where it ends, its words, and the number of the hit after it."""

    end: int
    words: str
    surname: str
    after: int


def read_name(text: str, end_of_title: int, hits: Sequence[Hit], after: int) -> ReadName | None:
    """Return the personal name that follows a title, or None; it stops before the name of a state."""
    gap = (
        1 if text[end_of_title : end_of_title + 1] == " " else 2 if text[end_of_title : end_of_title + 2] == ", " else 0
    )
    match = _NAME.match(text, end_of_title + gap) if gap else None
    if match is None:
        return None
    start, end = match.span()
    while after < len(hits) and hits[after].start < end:
        hit = hits[after]
        party_only = hit.entry.has_party and not hit.entry.has_person
        if hit.start == start and hit.entry.has_party and _names_state(hit):
            return None
        if (party_only and (gap == 2 or hit.start == start)) or (hit.start == start and _starts_nothing(hit, gap)):
            return None
        if party_only and text[hit.start - 1] == " " and hit.start > start and _names_state(hit):
            end = hit.start - 1
            break
        after += 1
    words = text[start:end]
    if gap == 2 and " " not in words:
        return None
    return ReadName(end, words, surname_of(words), after)


def _starts_nothing(hit: Hit, gap: int) -> bool:
    """Whether the capital is only that of a title, a description or, after a comma, of another mention."""
    return not hit.entry.has_person and (bool(hit.entry.means) or hit.entry.title or gap == 2)


def _names_state(hit: Hit) -> bool:
    return any(name.kind in ("name", "demonym", "people", "organisation") for name in hit.entry.names)


def surname_of(words: str) -> str:
    """Return the last word of a name that is no numeral: what the text will call the person by.

    >>> surname_of("Edmond Charles Genêt"), surname_of("Napoleon III")
    ('Genêt', 'Napoleon')
    """
    parts = [part for part in words.replace(",", "").split() if not _NUMERAL.match(part) or len(words.split()) == 1]
    return parts[-1] if parts else words


def restrict(resolution: Resolution, offices: tuple[Candidate, ...]) -> Resolution:
    """Return `resolution` with the candidates an exclusive office allows; where it allows none, the office's own.

    "Secretary of State Rogers" is of the state that alone has the office, whoever else was called Rogers then.
    """
    codes = {office.code for office in offices}
    if not codes or (resolution.code in codes):
        return resolution
    kept = tuple(each for each in resolution.candidates if each.code in codes)
    if kept:
        out = tuple(each for each in resolution.candidates if each.code not in codes)
        return Resolution(resolution.text, kept, resolution.rejected + out)
    return Resolution(resolution.text, offices, resolution.rejected + resolution.candidates)
