"""Vague groups: "other European nations", "five Arab states": parties that a text does not name one by one."""

from __future__ import annotations

from detente.model import Candidate, Resolution
from detente.resolving.composition import Found
from detente.resolving.names import read_lexicon

__all__ = ["number_before", "read_vague_group"]

_VAGUE = frozenset(read_lexicon("collectives")["vague"])
_NUMBERS: dict[str, int] = read_lexicon("descriptions")["set"]["numbers"]


def read_vague_group(text: str, found: Found, floor: int) -> None:
    """Make a noun for states or people a collective if words after `floor` make it vague: "several other nations".

    The mention grows to hold those words; without any it stays unresolved, for it is no party.
    """
    start = found.start
    while start > floor:
        word_start = max(text.rfind(" ", floor, start - 1) + 1, floor)
        word = text[word_start : start - 1]
        if not word or (word not in _VAGUE and word.lower() not in _VAGUE):
            break
        start = word_start
    if start < found.start:
        found.start = start
        words = text[start : found.end]
        reason = "a vague group, not expanded into members"
        found.resolutions = (
            Resolution(words, (Candidate(f"X:{words}", "collective", words, reason, "the document"),)),
        )


def number_before(before: str) -> int:
    """Return the number a text ends with in words, "five " giving 5; 0 where it ends with none."""
    words = before.split()
    return _NUMBERS.get(words[-1].lower(), 0) if words else 0
