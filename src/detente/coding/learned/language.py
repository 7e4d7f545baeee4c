"""Is a text in English, the one language the model has learned? Told by the share of its commonest small words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["LanguageWarning", "looks_english"]

ENOUGH = 0.2
"""English prose runs to 0.35 to 0.5 of such words, other European languages to less than 0.1."""
SAMPLE = 4_000
FEWEST = 12


class LanguageWarning(UserWarning):
    """A document is not in a language the coder reads; no events were coded."""


def looks_english(text: str) -> bool:
    """Return whether `text` reads as English; a text of fewer than 12 words gets the benefit of the doubt.

    >>> looks_english("The two governments agreed in the spring of that year to open talks on the border.")
    True
    >>> looks_english("Les deux gouvernements ont convenu au printemps d'ouvrir des pourparlers sur la frontière.")
    False
    """
    sample = text if len(text) <= SAMPLE else text[: SAMPLE // 2] + text[len(text) // 2 :][: SAMPLE // 2]
    words = re.findall(r"[^\W\d_]+", sample.lower())
    letters = sum(character.isalpha() for character in sample)
    if letters and sum(character.isascii() and character.isalpha() for character in sample) < 0.8 * letters:
        return False
    return len(words) < FEWEST or sum(word in _small_words() for word in words) >= ENOUGH * len(words)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(files("detente.coding.learned").joinpath("data/english.txt").read_text(encoding="utf-8").split())
