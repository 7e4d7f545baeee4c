"""Annotated documents: sentences and offsets are kept as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.errors import DocumentError
from detente.reading import read_bytes, read_document

TEXT = "Talks failed. Troops moved.\n\nPeace came."


def write_annotation(bounds: list[tuple[int, int]], text: str = TEXT, **more: object) -> bytes:
    """A document with these sentence bounds."""
    sentences = [{"i": number, "start": start, "end": end} for number, (start, end) in enumerate(bounds)]
    return json.dumps({"id": "talks", "text": text, "sentences": sentences, **more}).encode()


def test_sentences_are_kept_even_where_the_rules_would_split_otherwise() -> None:
    [document] = read_bytes(write_annotation([(0, 27), (29, 40)], data_as_of="1989-05"), "talks.json")
    assert [(item.start, item.end, item.paragraph) for item in document.sentences] == [(0, 27, 0), (29, 40, 1)]
    assert (document.text, document.name, str(document.as_of)) == (TEXT, "talks", "1989-05")


@pytest.mark.parametrize("bounds", [[(0, 13), (5, 27)], [(13, 13)], [(0, 41)], [(-1, 5)], [(14, 27), (0, 13)]])
def test_bounds_out_of_order_or_place_are_refused(bounds: list[tuple[int, int]]) -> None:
    with pytest.raises(DocumentError, match="bounds in order within the text"):
        read_bytes(write_annotation(bounds), "talks.json")


def test_the_coded_documents_read_as_they_are(shared: Path) -> None:
    for path in sorted((shared / "annotation" / "train").glob("*.json")):
        [document] = read_document(path)
        sentences = json.loads(path.read_text(encoding="utf-8"))["sentences"]
        assert [document.sentence_text(item.index) for item in document.sentences] == [
            item["text"] for item in sentences
        ]
        assert [item.paragraph for item in document.sentences] == [item["paragraph"] for item in sentences]
