"""Annotated documents: JSON with a text and its numbered sentences, kept with their offsets as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from detente.errors import DocumentError
from detente.model import Document, Paragraph, Sentence
from detente.reading.blocks import PARAGRAPH_BREAK, Origin
from detente.reading.encoding import decode_text
from detente.reading.metadata import Details

__all__ = ["AnnotationReader"]

_LABELS = {"title": "title", "source": "source", "author": "author", "data_as_of": "as_of", "published": "published",
           "revised": "revised", "notice": "notice", "licence": "licence", "language": "language"}  # fmt: skip


class AnnotationReader:
    """A document as coders number it: one JSON object with `text` and `sentences` (`start` and `end` offsets)."""

    name = "annotation"
    media_types = ("application/json",)
    suffixes = (".json",)

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether `data` begins as one JSON object with a text and sentences."""
        head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
        whole = b'"text"' in data and b'"sentences"' in data
        return head.startswith(b"{") and whole and not address.lower().endswith((".jsonl", ".ndjson"))

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the one document of `data`. Raises DocumentError where an offset does not fit the text."""
        found = _load(data, address)
        text = found["text"]
        paragraphs = tuple(_place_paragraphs(text))
        sentences = tuple(_place_sentences(found["sentences"], text, paragraphs, address))
        details = Details.from_labels((field, str(found[key])) for key, field in _LABELS.items() if found.get(key))
        origin = Origin.of(data, address, "application/json", self.name)
        return [
            Document(text, paragraphs, sentences, origin.content_hash, str(found.get("id") or origin.name),
                     address=address, media_type=origin.media_type, reader=self.name, **details.as_fields())
        ]  # fmt: skip


def _load(data: bytes, address: str) -> dict[str, Any]:
    expected = "one JSON object with a text and its sentences"
    try:
        found = json.loads(decode_text(data, address))
    except json.JSONDecodeError as error:
        raise DocumentError(address, f"is not JSON at line {error.lineno}: {error.msg}", expected=expected) from None
    except RecursionError:
        raise DocumentError(address, "is JSON nested too deep", expected=expected) from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str) or not found["text"].strip():
        raise DocumentError(address, "holds no text", expected=expected)
    if not isinstance(found.get("sentences"), list):
        raise DocumentError(address, "holds no list of sentences", expected=expected)
    return found


def _place_paragraphs(text: str) -> Iterator[Paragraph]:
    offset = 0
    for part in text.split(PARAGRAPH_BREAK):
        if part.strip():
            yield Paragraph(offset, offset + len(part))
        offset += len(part) + len(PARAGRAPH_BREAK)


def _place_sentences(
    found: list[Any], text: str, paragraphs: tuple[Paragraph, ...], address: str
) -> Iterator[Sentence]:
    reached, paragraph = 0, 0
    for index, item in enumerate(found):
        start, end = (item.get("start"), item.get("end")) if isinstance(item, dict) else (None, None)
        if not isinstance(start, int) or not isinstance(end, int) or not reached <= start < end <= len(text):
            problem = f"gives sentence {index} the bounds {start}:{end} in a text of {len(text)} characters"
            raise DocumentError(address, problem, expected="bounds in order within the text")
        if "text" in item and item["text"] != text[start:end]:
            problem = f"gives sentence {index} words that do not stand at {start}:{end}"
            raise DocumentError(address, problem, expected=f"{text[start:end][:40]!r}")
        while paragraph + 1 < len(paragraphs) and paragraphs[paragraph + 1].start <= start:
            paragraph += 1
        yield Sentence(index, paragraph, start, end)
        reached = end
