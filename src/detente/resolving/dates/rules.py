"""What a rule of the date grammar reads, and the tokens that all its rules look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from detente.model import BoundedDate
from detente.resolving.dates.expressions import Expression
from detente.resolving.dates.tokens import Token

__all__ = ["Parsed", "Rules"]

_END = Token("end", "", "", 0, 0, -1)


class Parsed(NamedTuple):
    """An expression read from some tokens; `end` is the token after it, `kind` what it is as long as ("year" ...)."""

    expression: Expression
    end: int
    kind: str
    governor: str = ""


class Rules:
    """The tokens of a text, looked at by position; a position past the end gives an empty word."""

    def __init__(self, tokens: Sequence[Token], war: BoundedDate | None) -> None:
        self.tokens = tokens
        self.count = len(tokens)
        self.war = war
        self.between = False

    def token(self, i: int) -> Token:
        """Return the token at `i`."""
        return self.tokens[i] if 0 <= i < self.count else _END

    def word(self, i: int) -> str:
        """Return the token at `i` in lower case."""
        return self.tokens[i].lower if 0 <= i < self.count else ""

    def at(self, i: int, *words: str) -> bool:
        """Return whether these words stand at `i`."""
        # Not all(...): this is asked a hundred times a sentence, and a generator costs more than the look.
        for k, word in enumerate(words, i):  # noqa: SIM110
            if not 0 <= k < self.count or self.tokens[k].lower != word:
                return False
        return True

    def is_name(self, i: int) -> bool:
        """Return whether the word at `i` begins with a capital."""
        return self.token(i).text[:1].isupper()

    def calendar(self, i: int, listing: bool = False) -> Parsed | None:
        """Read a date of the calendar."""
        raise NotImplementedError

    def relative(self, i: int) -> Parsed | None:
        """Read a date counted from another."""
        raise NotImplementedError

    def plain(self, i: int, listing: bool = False) -> Parsed | None:
        """Read any date."""
        raise NotImplementedError
