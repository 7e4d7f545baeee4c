"""EPUB: a book in the order of its spine."""

from __future__ import annotations

from detente.reading import read_bytes
from tests.reading.samples import PARAGRAPHS, TITLE, write_epub


def test_a_book_is_read_without_its_contents() -> None:
    [document] = read_bytes(write_epub(PARAGRAPHS), "book.epub")
    assert (document.title, document.author, document.source) == (TITLE, "A. Writer", "A press")
    assert document.language == "en"
    assert document.text == "\n\n".join(["One", *PARAGRAPHS])
    assert document.paragraphs[1].section == ("One",)
