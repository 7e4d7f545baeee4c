"""JSON lines: many documents in one file."""

from __future__ import annotations

import json

import pytest

from detente.reading import read_bytes

LINES = [
    {"id": "a", "title": "The quarrel", "text": "Talks failed in May.\n\nTroops stayed.", "date": "1969-05-02"},
    {"id": "a", "headline": "The war", "content": "Soldiers fired in May.", "publisher": "The Daily"},
    {"body": "Peace came at last.", "id": None},
    {"text": ""},
]


def write_lines(lines: list[dict[str, object]]) -> bytes:
    """The objects, one a line, with a blank line between."""
    return "\n\n".join(json.dumps(line) for line in lines).encode()


def test_each_line_is_a_document() -> None:
    documents = read_bytes(write_lines(LINES), "news.jsonl")
    assert [item.address for item in documents] == ["news.jsonl#a", "news.jsonl#a-3", "news.jsonl#line-5"]
    assert [item.title for item in documents] == ["The quarrel", "The war", ""]
    assert (str(documents[0].published), documents[1].source) == ("1969-05-02", "The Daily")
    assert documents[0].text == "Talks failed in May.\n\nTroops stayed."


def test_a_document_keeps_its_id_when_lines_are_added_before_it() -> None:
    [alone] = read_bytes(write_lines([{"id": "b", "text": "Talks failed in May."}]), "news.jsonl")
    later = read_bytes(write_lines([*LINES, {"id": "b", "text": "Talks failed in May."}]), "news.jsonl")[-1]
    assert alone.id == later.id


@pytest.mark.parametrize("field", ["text", "content", "body", "article", "full_text"])
def test_the_text_may_go_by_several_names(field: str) -> None:
    [document] = read_bytes(write_lines([{field: "Talks failed in May."}]), "news.jsonl")
    assert document.text == "Talks failed in May."
