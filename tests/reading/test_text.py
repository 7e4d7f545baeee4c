"""Plain text: paragraphs out of lines."""

from __future__ import annotations

import pytest

from detente.reading import read_bytes
from detente.reading.paragraphs import split_paragraphs

WRAPPED = """THE QUARREL

In 1959 Moscow called its advisers home from Peking, and the
quarrel of the two capitals was no longer hidden. The Sino-
Soviet treaty stood on paper.

   Ten years later soldiers of both states fired on each
other at the river.
   The talks that followed were long, and they led to very
little.
"""


def test_wrapped_lines_are_joined_and_indents_begin_paragraphs() -> None:
    [document] = read_bytes(WRAPPED.encode(), "quarrel.txt")
    assert document.title == "THE QUARREL"
    assert document.text.split("\n\n") == [
        "In 1959 Moscow called its advisers home from Peking, and the quarrel of the two capitals was no longer hidden."
        " The Sino-Soviet treaty stood on paper.",
        "Ten years later soldiers of both states fired on each other at the river.",
        "The talks that followed were long, and they led to very little.",
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One line.\nAnother line.", ["One line.", "Another line."]),
        ("One.\r\n\r\nTwo.".replace("\r\n", "\n"), ["One.", "Two."]),
        ("One.\n \t \nTwo.", ["One.", "Two."]),
        ("One.\n\n\n\nTwo.", ["One.", "Two."]),
        ("One.\fTwo.", ["One.", "Two."]),
        ("  tabs\tand   spaces  ", ["tabs and spaces"]),
        ("soft\u00adhyphen and zero\u200bwidth", ["softhyphen and zerowidth"]),
        ("", []),
    ],
)
def test_paragraphs_are_parted(text: str, paragraphs: list[str]) -> None:
    assert list(split_paragraphs(text)) == paragraphs


def test_heads_are_heads_and_sections() -> None:
    text = (
        "A history\n\nI. The break\n\nMoscow called its advisers home.\n\nII. The war\n\nSoldiers fired at the river."
    )
    [document] = read_bytes(text.encode(), "a.txt")
    kinds = [(document.text[item.start : item.end], item.kind, item.section) for item in document.paragraphs]
    assert kinds == [
        ("I. The break", "heading", ()),
        ("Moscow called its advisers home.", "text", ("I. The break",)),
        ("II. The war", "heading", ()),
        ("Soldiers fired at the river.", "text", ("II. The war",)),
    ]
    assert document.title == "A history"
