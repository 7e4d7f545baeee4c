"""JSON lines: many documents in one file, an object a line with its text in one field and what is known in others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from detente.errors import DocumentError
from detente.model import Document, hash_bytes
from detente.reading.blocks import Block, Origin, assemble_document, holds_prose
from detente.reading.encoding import decode_text
from detente.reading.metadata import Details
from detente.reading.paragraphs import split_paragraphs

__all__ = ["JsonLinesReader"]

TEXT_FIELDS = ("text", "content", "body", "article", "full_text")
_FIELDS = {
    "title": "title", "headline": "title", "source": "source", "publisher": "source", "author": "author",
    "byline": "author", "published": "published", "date": "published", "publication_date": "published",
    "pub_date": "published", "revised": "revised", "updated": "revised", "as_of": "as_of", "data_as_of": "as_of",
    "notice": "notice", "licence": "licence", "license": "licence", "language": "language", "lang": "language",
}  # fmt: skip
EXPECTED = f"one JSON object a line with its text in one of {', '.join(TEXT_FIELDS)}"


class JsonLinesReader:
    """JSON lines, one document a line; the document's id is that of its line, wherever in a file the line stands."""

    name = "jsonl"
    media_types = ("application/jsonl", "application/x-ndjson")
    suffixes = (".jsonl", ".ndjson")

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether `data` begins as a JSON object."""
        head = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")
        return head.startswith((b'{"', b"{ ", b"{\n", b"{}")) or address.lower().endswith(self.suffixes)

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the documents of `data`; lines whose text has no prose are passed over.

        Raises DocumentError, with the line's number, for a line that is not JSON or has no text field, and where no
        line has prose.
        """
        documents = list(_read_lines(decode_text(data, address), address, self.name))
        if not documents:
            raise DocumentError(address, "has no prose in any line", expected=EXPECTED)
        return documents


def _read_lines(text: str, address: str, reader: str) -> Iterator[Document]:
    taken: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        found = _load(line, number, address)
        blocks = [Block(words) for words in split_paragraphs(_find_text(found, number, address))]
        if not holds_prose(blocks):
            continue
        part = str(found.get("id") or f"line-{number}").replace("#", "")
        part = f"{part}-{number}" if part in taken else part
        taken.add(part)
        origin = Origin(hash_bytes(line.encode("utf-8", "replace")), address, "application/jsonl", reader, part)
        yield _name_document(assemble_document(blocks, _describe(found), origin), found)


def _load(line: str, number: int, address: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deep")
        raise DocumentError(address, f"is not JSON at line {number}: {reason}", expected=EXPECTED) from None
    if not isinstance(found, dict):
        raise DocumentError(address, f"holds no JSON object at line {number}", expected=EXPECTED)
    return found


def _find_text(found: dict[str, Any], number: int, address: str) -> str:
    for name in TEXT_FIELDS:
        if isinstance(found.get(name), str):
            text: str = found[name]
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError(address, f"has no text at line {number}", expected=EXPECTED)


def _describe(found: dict[str, Any]) -> Details:
    pairs = ((field, found[key]) for key, field in _FIELDS.items() if key in found)
    return Details.from_labels((field, str(value)) for field, value in pairs if isinstance(value, str | int))


def _name_document(document: Document, found: dict[str, Any]) -> Document:
    name = found.get("name")
    return replace(document, name=name) if isinstance(name, str) and name else document
