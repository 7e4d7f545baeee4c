"""Folding: text made alike for matching, one character for one, so that offsets stay exact."""

from __future__ import annotations

import unicodedata

__all__ = ["fold", "fold_key", "same_case"]


class _Folds(dict[int, int]):
    """Maps a character to the one it is matched as: letters without marks and case, all else to a space."""

    def __missing__(self, point: int) -> int:
        character = unicodedata.normalize("NFKD", chr(point))[:1].lower()[:1]
        folded = ord(character) if character.isalnum() else ord(" ")
        self[point] = folded
        return folded


# "İ" and its like grow when lowered; the table maps each to the first character of what it becomes.
_FOLDS = _Folds({ord(a): ord(b) for a, b in zip("łŁøØđĐıæÆœŒßðÐþÞ", "llooddiaaoosddtt", strict=True)})


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics, every mark of punctuation a space; the length is kept.

    >>> fold("Genêt's Sino–Soviet")
    'genet s sino soviet'
    """
    return text.translate(_FOLDS)


def fold_key(surface: str) -> str:
    """Return the form under which a name is matched: folded, with a space at either end, so whole words only.

    >>> fold_key("U.S.")
    ' u s '
    """
    return f" {fold(surface).strip()} "


def same_case(found: str, surface: str) -> bool:
    """Return whether `found` may stand for the name `surface` as far as capitals go.

    A capital of the name must be a capital in the text ("turkey" is no state); small letters may be capital only
    at the start of a word or where all is set in capitals, as in a heading.

    >>> same_case("TURKEY", "Turkey"), same_case("turkey", "Turkey"), same_case("us", "US")
    (True, False, False)
    """
    if found == surface:
        return True
    capitals = found.isupper() and len(found) > 2
    before = " "
    for seen, wanted in zip(found, surface, strict=False):
        if wanted.isupper() and not seen.isupper():
            return False
        if wanted.islower() and seen.isupper() and not capitals and before.isalnum():
            return False
        before = wanted
    return True
