"""The seed page: a reference page saved as plain text, furniture and all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.model import BoundedDate, Document
from detente.reading import read_document


@pytest.fixture(scope="module")
def page(shared: Path) -> Document:
    """The page as it is read."""
    [document] = read_document(next((shared / "seeds").glob("*.txt")))
    return document


def test_details_come_from_the_lines_around_the_text(page: Document) -> None:
    assert page.title == "Soviet Union (former) SINO-SOVIET RELATIONS"
    assert page.source == "The Library of Congress Country Studies; CIA World Factbook"
    assert page.as_of == BoundedDate.month(1989, 5, "May 1989")
    assert page.revised is not None and page.revised.edtf == "2004-11-10"
    assert page.notice.startswith("The information regarding Soviet Union (former) on this page is re-published from")
    assert page.licence.startswith("Copyright © 2004-2020")


def test_six_paragraphs_of_running_text_and_no_furniture(page: Document, shared: Path) -> None:
    assert [paragraph.kind for paragraph in page.paragraphs] == ["text"] * 6
    reference = json.loads((shared / "annotation" / "dev" / "sino-soviet-relations.json").read_text(encoding="utf-8"))
    assert page.text == reference["text"].strip()
    assert [page.sentence_text(item.index) for item in page.sentences] == [
        sentence["text"] for sentence in reference["sentences"]
    ]
