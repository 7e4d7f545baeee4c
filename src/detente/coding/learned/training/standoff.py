"""Codings kept apart from their texts: NAME.standoff.jsonl says by offsets what a document elsewhere holds.

The first line names the document, the SHA-256 of its text and the sentences' bounds; each further line is an event of
the annotation format, with [start, end] in the text wherever that format quotes words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.coding.learned.training.annotations import CodedDocument, CodedEvent, check_line
from detente.errors import DocumentError, FormatError
from detente.model import Document, Paragraph, Sentence

__all__ = ["SUFFIX", "read_standoff", "write_standoff"]

SUFFIX = ".standoff.jsonl"
ONE = ("trigger", "date_text", "place", "content")
SEVERAL = ("actor_text", "recipient_text")


def read_standoff(folder: Path, find: Callable[[str], Document], types: tuple[str, ...]) -> list[CodedDocument]:
    """Return the coded documents of `folder`, by name; `find` gives the document that a first line names.

    FormatError where a text is not the one that was coded, or a line is not of the format (file and line named);
    DocumentError where the folder holds no coding.
    """
    paths = sorted(folder.rglob(f"*{SUFFIX}"))
    if not paths:
        raise DocumentError(folder, "holds no stand-off coding", expected=f"files NAME{SUFFIX}")
    return [_read_file(path, find, types) for path in paths]


def write_standoff(coded: CodedDocument, address: str) -> str:
    """Return the lines of a NAME.standoff.jsonl file for `coded`, whose text stands at `address` of a corpus."""
    document = coded.document
    head = {
        "document": address,
        "text_sha256": _fingerprint(document.text),
        "sentences": [[s.paragraph, s.start, s.end] for s in document.sentences],
    }
    rows = [head, *(_point(event, document) for event in coded.events)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _read_file(path: Path, find: Callable[[str], Document], types: tuple[str, ...]) -> CodedDocument:
    rows = [_read_row(path, number, row) for number, row in enumerate(path.read_text("utf-8").splitlines(), 1) if row]
    try:
        head = rows[0]
        address, wanted = str(head["document"]), head["text_sha256"]
        sentences = tuple(Sentence(i, *map(int, bounds)) for i, bounds in enumerate(head["sentences"]))
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise FormatError(path, 1, f"does not name a document: {error}", expected="document, text_sha256") from error
    document = find(address)
    if _fingerprint(document.text) != wanted:
        raise FormatError(path, 1, f"the text of {address} is not the one coded", expected=f"SHA-256 {wanted[:12]}…")
    blocks: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        blocks[sentence.paragraph] = (blocks.get(sentence.paragraph, (sentence.start, 0))[0], sentence.end)
    document = replace(document, paragraphs=tuple(Paragraph(*b) for b in blocks.values()), sentences=sentences)
    name = path.name.removesuffix(SUFFIX)
    return CodedDocument(name, document, tuple(_read_events(path, rows[1:], document, types)))


def _read_row(path: Path, number: int, row: str) -> dict[str, Any]:
    try:
        held: dict[str, Any] = json.loads(row)
    except ValueError as error:
        raise FormatError(path, number, f"is not JSON: {error}", expected="one JSON object a line") from error
    return held


def _read_events(
    path: Path, rows: list[dict[str, Any]], document: Document, types: tuple[str, ...]
) -> Iterator[CodedEvent]:
    for number, row in enumerate(rows, 2):
        try:
            start, end = row["trigger"]
            line = {**row, **_quote(row, document.text)}
        except (KeyError, TypeError, ValueError) as error:
            raise FormatError(path, number, f"is not an event: {error}", expected="offsets in the text") from error
        check_line(path, number, line, document, types)
        sentence = document.sentences[line["sentence"]]
        if not sentence.start <= start < end <= sentence.end:
            raise FormatError(path, number, f"trigger at {start}:{end}", expected="offsets within its sentence")
        yield CodedEvent(line["sentence"], start, end, line)


def _quote(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    told: dict[str, Any] = {name: text[slice(*row[name])] if row.get(name) else None for name in ONE}
    return told | {name: [text[slice(*span)] for span in row.get(name, ())] for name in SEVERAL}


def _point(event: CodedEvent, document: Document) -> dict[str, Any]:
    line, sentence = event.line, document.sentences[event.sentence]

    def place(words: str) -> list[int]:
        start = document.text.find(words, sentence.start, sentence.end)
        start = document.text.index(words) if start < 0 else start
        return [start, start + len(words)]

    spans: dict[str, Any] = {name: place(line[name]) if line.get(name) else None for name in ONE}
    spans |= {name: [place(words) for words in line.get(name) or ()] for name in SEVERAL}
    return {**line, **spans, "trigger": [event.start, event.end]}


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
