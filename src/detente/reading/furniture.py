"""Furniture: what a page has around its text. Menus, share boxes, sponsor lines, and the lines that tell of the text.

One rule serves plain text and HTML alike. A line made of nothing but the phrases in `data/furniture.toml` goes; a line
that begins with a label there ("Sources:", "Data as of", "Revised") becomes a detail; a short line that stands before
everything else is the title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import resources

from detente.reading.blocks import Block, is_prose
from detente.reading.metadata import DATE_FIELDS, Details, read_date_stamp

__all__ = ["is_furniture", "part_furniture", "read_label"]

_LISTS = tomllib.loads(resources.files("detente.reading").joinpath("data/furniture.toml").read_text(encoding="utf-8"))
_LABELS: list[tuple[str, str]] = [(name, label) for name, labels in _LISTS["labels"].items() for label in labels]
_LABEL_FIELDS = {label.casefold(): name for name, label in _LABELS}


def _alternatives(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)


_WORD = re.compile(r"[^\W_]+")
_PHRASES = frozenset(tuple(_WORD.findall(phrase)) for phrase in _LISTS["phrases"])
_FIRST_WORDS = frozenset(phrase[0] for phrase in _PHRASES)
_MOST_WORDS = max(map(len, _PHRASES))
_OPENINGS = re.compile(rf"\W*(?:{_alternatives(_LISTS['openings'])})\b", re.IGNORECASE)
_ANY_LABEL = _alternatives(label for _, label in _LABELS)
_LABEL = re.compile(rf"(?P<label>{_ANY_LABEL})(?P<colon>\s*:|(?!\w))\s*", re.IGNORECASE)
_FEET = re.compile(rf"\W*(?:{_alternatives(_LISTS['feet'])})", re.IGNORECASE)
LONGEST_FURNITURE, LONGEST_LABELLED, LONGEST_TITLE = 300, 300, 200


def is_furniture(line: str) -> bool:
    """Return whether `line` is made of nothing but phrases of page furniture, or opens as a link back does.

    >>> is_furniture(". . Support our Sponsor"), is_furniture("<< Back to China"), is_furniture("The sponsor paid.")
    (True, True, False)
    """
    if len(line) > LONGEST_FURNITURE:
        return False
    return _is_phrases(line) or bool(_OPENINGS.match(line) and not is_prose(line))


def _is_phrases(line: str) -> bool:
    """Whether the words of `line` are phrases one behind another, the longest taken at each place."""
    first = _WORD.search(line)
    if first is None:
        return True
    if first[0].casefold() not in _FIRST_WORDS:
        return False
    words = tuple(_WORD.findall(line.casefold()))
    at = 0
    while at < len(words):
        lengths = range(min(_MOST_WORDS, len(words) - at), 0, -1)
        length = next((length for length in lengths if words[at : at + length] in _PHRASES), 0)
        if not length:
            return False
        at += length
    return True


def read_label(line: str) -> tuple[str, str] | None:
    """Return the field and the words of a line that tells of the text, or None where it is no such line.

    >>> read_label("Data as of May 1989"), read_label("Revised plans were sent to Moscow.")
    (('as_of', 'May 1989'), None)
    """
    match = _LABEL.match(line)
    if not match or len(line) == match.end():
        return None
    name, words = _LABEL_FIELDS[" ".join(match["label"].split()).casefold()], line[match.end() :].strip()
    if name in DATE_FIELDS:
        return (name, words) if len(words) < 60 and read_date_stamp(words) else None
    if name == "licence" and not match["label"].isalpha():
        return (name, line) if len(line) < LONGEST_LABELLED else None
    if not match["colon"].strip() or (name != "notice" and len(words) > LONGEST_LABELLED):
        return None
    return name, words


def part_furniture(blocks: Sequence[Block], title: str = "") -> tuple[list[Block], Details]:
    """Return the running text among `blocks`, and the details that the lines around it give.

    Labels of source, author and notice count only outside the running text: before its first paragraph of prose or
    behind its last, so that a "Note:" in the midst of a text stays in it. Where the `title` is known already, none is
    taken from the lines.
    """
    prose = [number for number, block in enumerate(blocks) if _is_body(block)]
    first, last = (prose[0], prose[-1]) if prose else (len(blocks), -1)
    kept: list[Block] = []
    labels: list[tuple[str, str]] = []
    for number, block in enumerate(blocks):
        outside = not first < number < last
        label = read_label(block.text) if block.kind != "note" else None
        if label and (outside or label[0] in DATE_FIELDS):
            labels.append(label)
        elif is_furniture(block.text) or (number > last >= 0 and _FEET.match(block.text)):
            continue
        else:
            kept.append(block)
    details = Details.from_labels(labels)
    if not (title or details.title):
        kept, title = _take_title(kept)
        details = replace(details, title=title)
    return kept, details


def _is_body(block: Block) -> bool:
    return block.kind == "text" and is_prose(block.text) and not is_furniture(block.text) and not read_label(block.text)


def _take_title(blocks: list[Block]) -> tuple[list[Block], str]:
    """The title is the short line that stands before all else, if prose follows it."""
    if len(blocks) < 2 or is_prose(blocks[0].text) or len(blocks[0].text) > LONGEST_TITLE or blocks[0].kind == "note":
        return blocks, ""
    return blocks[1:], blocks[0].text
