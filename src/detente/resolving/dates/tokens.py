"""Running text cut into the words, numbers and marks that a date phrase can be made of."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Token", "tokenize"]

_TOKEN = re.compile(
    r"(?P<money>[$£€¥]\s?\d[\d,.]*\d|[$£€¥]\s?\d)"
    r"|(?P<big>\d{1,3}(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+\.\d+)"
    r"|(?P<plural>\d+(?:['’]?s)(?!\w))"
    r"|(?P<number>\d+(?![\w])|\d+(?=X))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th|d)(?!\w))"
    r"|(?P<word>[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*['’]?(?<!['’])|[^\W\d_][^\W_]*['’](?=\s[^\W\d_]))"
    r"|(?P<dash>[-–—‑‒−/])"
    r"|(?P<mark>[^\s])"
)


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
        kind, found = match.lastgroup or "mark", match[0]
        value = -1
        if kind == "word":
            lower = found.lower().replace("’", "'")
        elif kind == "dash":
            lower = "/" if found == "/" else "-"
        else:
            lower = found
            if kind == "number":
                value = int(found) if len(found) < 9 else -1
            elif kind in ("plural", "ordinal"):
                value = int(re.match(r"\d{1,8}", found)[0])  # type: ignore[index]
        tokens.append(Token(kind, lower, found, match.start(), match.end(), value))
    return tokens
