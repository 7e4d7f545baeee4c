"""Sentences: where each begins and ends, by rules over abbreviations, initials, numbers and quotation marks.

The splitters on offer break "vol. VI, pp. 12-14", on which archive notes run, at the points; the rules here are few
enough to own. A point ends a sentence unless what stands before it, or what comes after, says otherwise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

__all__ = ["split_sentences"]

_LISTS: dict[str, list[str]] = tomllib.loads(
    resources.files("detente.reading").joinpath("data/abbreviations.toml").read_text(encoding="utf-8")
)
TITLES = frozenset(_LISTS["titles"])
BEFORE_NUMBERS = frozenset(_LISTS["before_numbers"])
WITHIN = frozenset(_LISTS["within"])
EITHER = frozenset(_LISTS["either"])
OPENERS = frozenset(_LISTS["openers"])
NUMBERED = frozenset(_LISTS["numbered"])

_CLOSING = "\"'”’»)\\]"
_OPENING = "\"'“‘«(\\["
_STOP = re.compile(
    rf"(?P<point>[.?!…][{_CLOSING}]*)(?P<mark>\d{{1,3}}(?=\s+[{_OPENING}]*[^\W\d_]))?"
    rf"\s+(?=[{_OPENING}]*(?P<next>[^\s{_OPENING}]+))"
    r"|(?P<wide>[。！？][”」』）]*)"
)
_LAST_WORD = re.compile(r"[^\s(\[“‘\"«—–]*\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){1,}[^\W\d_]")
_NUMERAL = re.compile(r"\d|[ivxlcIVXLC]+\b")
_ROMAN = re.compile(r"[IVX]+")
_ENUMERATOR = re.compile(r"\d{1,3}|[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
LONGEST_WORD = 40


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the bounds (start, end; end open) of the sentences of `text`, one paragraph, without the space between.

    >>> text = "Mr. Rusk met J. F. Dulles (vol. VI, pp. 12-14). The U.S. Government agreed."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Mr. Rusk met J. F. Dulles (vol. VI, pp. 12-14).', 'The U.S. Government agreed.']
    """
    bounds = []
    start = len(text) - len(text.lstrip())
    for end, following in _find_breaks(text, start):
        bounds.append((start, end))
        start = following
    end = len(text.rstrip())
    if end > start:
        bounds.append((start, end))
    return bounds


def _find_breaks(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where a sentence ends and where the next begins."""
    for stop in _STOP.finditer(text, start):
        if stop["wide"]:
            if stop.end() < len(text):
                yield stop.end(), stop.end() + _count_space(text, stop.end())
                start = stop.end()
            continue
        end = stop.end("mark") if stop["mark"] else stop.end("point")
        if stop["mark"] and not text[stop.start() - 1 : stop.start()].isalpha():
            continue
        if _ends_sentence(text, start, stop):
            yield end, stop.end()
            start = stop.end()


def _count_space(text: str, offset: int) -> int:
    return len(text[offset : offset + 80]) - len(text[offset : offset + 80].lstrip())


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following: str = stop["next"]
    first = following[0]
    if first.islower() or not (first.isalnum() or first in "$£€§¡¿*…"):
        return False
    if stop["point"][0] != ".":
        return True
    at = stop.start()
    found = _LAST_WORD.search(text, max(start, at - LONGEST_WORD), at)
    word = found[0] if found else ""
    if len(stop["point"]) > 1 and stop["point"][1] not in "'’":
        return _ends_quoted(word, following)
    return _ends_plain(text, start, at, word, following)


def _ends_quoted(word: str, following: str) -> bool:
    """Whether a point with a closing mark behind it ends the sentence: "(Z.) Also" and "(U.S.) Navy" do not."""
    return not (len(word) == 1 or _ACRONYM.fullmatch(word)) or _opens(following)


def _ends_plain(text: str, start: int, at: int, word: str, following: str) -> bool:
    if not word:
        return True
    lowered = word.lower()
    if word in TITLES or lowered in WITHIN:
        return False
    if word in BEFORE_NUMBERS or (len(word) > 1 and lowered in BEFORE_NUMBERS):
        return not _NUMERAL.match(following)
    begins = at - len(word)
    if _ENUMERATOR.fullmatch(word) and (begins == start or text[begins - 2 : begins] in (": ", "; ")):
        return False
    if len(word) == 1 and word.isalpha():
        return _ends_after_letter(text, start, at, word, following)
    if _ROMAN.fullmatch(word):
        return True
    if _ACRONYM.fullmatch(word) or word in EITHER or lowered in EITHER:
        return _opens(following)
    return True


def _ends_after_letter(text: str, start: int, at: int, letter: str, following: str) -> bool:
    """Whether a letter and its point end the sentence ("World War I. Though"), or are an initial ("J. Morton")."""
    if letter.islower():
        return True
    before = text[max(start, at - LONGEST_WORD) : at - 1].split()
    previous = before[-1] if before else ""
    if letter in "IVX" and (previous in NUMBERED or _opens(following)):
        return True
    return bool(previous) and (previous.islower() or previous in NUMBERED) and _opens(following)


def _opens(following: str) -> bool:
    """Whether a word is one that opens sentences and is hardly ever part of a name."""
    match = _WORD.match(following)
    return match is not None and match[0] in OPENERS
