"""Paragraphs out of lines: wrapped or not, parted by blank lines or by an indent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.reading.blocks import clean_text
from detente.reading.furniture import is_furniture, read_label

__all__ = ["split_paragraphs"]

_BLANK = re.compile(r"\n[ \t\f\v]*\n\s*?(?=[^\n]*\S)|\f")
WIDEST_WRAP = 160
NARROWEST_WRAP = 30


def split_paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of `text`, each with its white space made single.

    Blank lines part paragraphs. Within such a stretch a line is carried on by the next where the next line's first
    word would not have fitted into the width at which the text is wrapped; otherwise it stands alone.

    >>> list(split_paragraphs("The Soviet Union withdrew all of\\nits economic advisers.\\n\\nHome\\nIndex"))
    ['The Soviet Union withdrew all of its economic advisers.', 'Home', 'Index']
    """
    stretches = [part.split("\n") for part in _BLANK.split(text)]
    width = _measure_width(stretches)
    for lines in stretches:
        for paragraph in _join_lines(lines, width):
            if words := clean_text(paragraph):
                yield words


def _measure_width(stretches: Iterable[list[str]]) -> int:
    """The width at which lines are wrapped: that which nine of ten lines with another behind them keep; 0 for none."""
    lengths = sorted(
        len(line.rstrip()) for lines in stretches for line in lines[:-1] if NARROWEST_WRAP <= len(line) <= WIDEST_WRAP
    )
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _join_lines(lines: Iterable[str], width: int) -> Iterator[str]:
    held: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        if held and not _carries_on(held[-1], line, width, first=len(held) == 1):
            yield _join_wrapped(held)
            held = []
        held.append(line)
    if held:
        yield _join_wrapped(held)


def _carries_on(line: str, following: str, width: int, *, first: bool) -> bool:
    shown, words = line.rstrip(), following.strip()
    if not width or len(shown) > WIDEST_WRAP or len(following) > 2 * WIDEST_WRAP:
        return False
    if len(shown) + 1 + len(words.split(" ", 1)[0]) <= 0.9 * width and not words[0].islower():
        return False
    if is_furniture(shown.strip()) or is_furniture(words) or read_label(words):
        return False
    indented = len(following) - len(following.lstrip()) > len(line) - len(line.lstrip())
    return not indented or first or shown[-1].isalnum() or shown[-1] in ",;-–—"


def _join_wrapped(lines: list[str]) -> str:
    """Join wrapped lines; a line broken at a hyphen within a word ("Sino-") takes no space."""
    parts: list[str] = []
    for line in lines:
        stripped = line.strip()
        if parts and not (len(parts[-1]) > 1 and parts[-1][-1] == "-" and parts[-1][-2].isalpha()):
            parts.append(" ")
        parts.append(stripped)
    return "".join(parts)
