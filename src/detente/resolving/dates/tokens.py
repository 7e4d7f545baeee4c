"""Running text cut into the words, numbers and marks that a date phrase can be made of."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Token", "tokenize"]

_WORD = r"([^\W\d_][^\W_]*(?:['’][^\W\d_]+)*)"
_NUMBER = r"(\d{1,3}(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+\.\d+|\d+(?:['’]?s|st|nd|rd|th|d)?(?!\w))"
_TOKEN = re.compile(rf"{_WORD}|{_NUMBER}|([-–—‑‒−/])|([$£€¥]\s?\d(?:[\d,.]*\d)?)|(\S)")
_DIGITS = re.compile(r"\d{1,8}(?!\d)")


class Token(NamedTuple):
    """A word, number or mark: `kind` names which; `lower` has straight apostrophes and "-" for every dash."""

    kind: str
    lower: str
    text: str
    start: int
    end: int
    value: int


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text` in order; `value` is the number of digits that are one, else -1.

    >>> [token.kind for token in tokenize("In the 1960s, 21–28 May cost $5.")]
    ['word', 'word', 'plural', 'mark', 'number', 'dash', 'number', 'word', 'word', 'money', 'mark']
    """
    tokens = []
    for match in _TOKEN.finditer(text):
        found, start = match[0], match.start()
        kind = _KINDS[match.lastindex or 0]
        value = -1
        if kind == "word":
            lower = found.lower()
            if "’" in lower:
                lower = lower.replace("’", "'")
        elif kind == "dash":
            lower = "/" if found == "/" else "-"
        else:
            lower = "'" if found == "’" else found
            if kind == "number":
                kind, value = _read_number(found)
        # Half the time of a call to Token, which only does this.
        tokens.append(_make(Token, (kind, lower, found, start, start + len(found), value)))
    return tokens


_make = tuple.__new__
_KINDS = ("mark", "word", "number", "dash", "money", "mark")


def _read_number(found: str) -> tuple[str, int]:
    """Return what sort of number it is ("number", "plural", "ordinal" or "big") and its value."""
    if found.isdigit():
        return ("number", int(found)) if len(found) < 9 else ("big", -1)
    digits = _DIGITS.match(found)
    if digits is None or "," in found or "." in found:
        return "big", -1
    return "plural" if found.endswith("s") else "ordinal", int(digits[0])
