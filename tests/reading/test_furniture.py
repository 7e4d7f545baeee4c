"""Furniture: lines that belong to the page and not to its text."""

from __future__ import annotations

import pytest

from detente.reading.blocks import Block
from detente.reading.furniture import is_furniture, part_furniture, read_label

FURNITURE = [
    "Open menu Close menu Open Search Close search",
    ". . Support our Sponsor",
    "Home | Countries Index | Contact us",
    "Please put this page in your BOOKMARKS - - - - -",
    "<< Back to China",
    "Share on Facebook",
    "- - -",
    "Print this page",
    "« Previous   Next »",
]
TEXT = [
    "The search for peace went on.",
    "Back to back, the envoys stood and waited for the end.",
    "About 300 soldiers crossed the river.",
    "Share of trade",
    "Talks",
    "Menu of demands",
]
LABELS = {
    "Sources: The Library": ("source", "The Library"),
    "Source : A press": ("source", "A press"),
    "DATA AS OF May 1989": ("as_of", "May 1989"),
    "Last updated: 10 November 2004": ("revised", "10 November 2004"),
    "Published on 2004-11-10": ("published", "2004-11-10"),
    "NOTE: No claims are made.": ("notice", "No claims are made."),
    "© 2004 A site": ("licence", "© 2004 A site"),
    "Licence: CC0": ("licence", "CC0"),
    "Sources differ on the number of dead.": None,
    "Note that the treaty lapsed.": None,
    "Revised terms were offered in May.": None,
    "Copyright was among the disputes.": None,
    "As of May 1989 no treaty stood.": None,
    "Source:": None,
}


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", TEXT)
def test_text_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(("line", "expected"), LABELS.items())
def test_labels_are_read_and_sentences_left(line: str, expected: tuple[str, str] | None) -> None:
    assert read_label(line) == expected


def test_a_note_amid_the_text_stays_in_it() -> None:
    lines = ["A title", "Talks failed in May.", "Note: the text is lost.", "Troops moved in June.", "Note: no claims."]
    running, details = part_furniture([Block(line) for line in lines])
    assert [block.text for block in running] == lines[1:4]
    assert (details.title, details.notice) == ("A title", "no claims.")
