"""Which war an account speaks of, so that "the war" is that one."""

from __future__ import annotations

import re

from detente.model import BoundedDate
from detente.resolving.dates.tokens import tokenize
from detente.resolving.dates.words import load_datewords

__all__ = ["find_war"]

_DATED = re.compile(r"\b(1[5-9]\d\d|20\d\d)(?:[–-](1[5-9]\d\d|20\d\d|\d\d))? (?:[A-Z][\w’-]+[ -])+War\b")
_WITH_YEARS = re.compile(r"\bWars?\b[^.;]{0,20}?[,(] ?(1[5-9]\d\d|20\d\d)(?:[–-](1[5-9]\d\d|20\d\d|\d\d))?")


def find_war(text: str) -> BoundedDate | None:
    """Return the days of the last war that `text` names: one of `data/dates.toml`, or one named with its year.

    >>> str(find_war("The 1973 Arab-Israeli War"))
    '1973'
    """
    if "War" not in text and "Revolution" not in text:
        return None
    if match := _DATED.search(text) or _WITH_YEARS.search(text):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        last = last if last > 99 else first // 100 * 100 + last
        if first <= last:
            return BoundedDate.between(BoundedDate.year(first).earliest, BoundedDate.year(last).latest)
    words = load_datewords()
    tokens = [token.lower for token in tokenize(text)]
    found = None
    for i, word in enumerate(tokens):
        for length in range(words.starts.get(word, 0), 0, -1):
            period = words.periods.get(tuple(tokens[i : i + length]))
            if period is not None and period.war and period.name != "cold war":
                found = BoundedDate.between(period.first, period.last)
                break
    return found
