"""Plain text: paragraphs out of lines, wrapped or not, and the page furniture that a saved page carries along."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.errors import DocumentError
from detente.model import Document
from detente.reading.blocks import Block, Origin, assemble_document, is_prose
from detente.reading.encoding import decode_text, is_binary
from detente.reading.furniture import part_furniture
from detente.reading.metadata import Details
from detente.reading.paragraphs import split_paragraphs

__all__ = ["TextReader", "read_text"]

_NUMBERED_HEAD = re.compile(r"(?:[IVXLC]+|\d{1,3}|[A-Z])\.\s+\S")
LONGEST_HEAD = 100


class TextReader:
    """Plain text, such as a page saved as text or a book of Project Gutenberg."""

    name = "text"
    media_types = ("text/plain",)
    suffixes = (".txt", ".text")

    def recognises(self, data: bytes, address: str) -> bool:  # noqa: ARG002 - content alone decides
        """Return whether `data` is not binary: all that is text can be read as plain text."""
        return not is_binary(data)

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the one document of `data`. Raises DocumentError for binary data and text without prose."""
        origin = Origin.of(data, address, "text/plain", self.name)
        return [read_text(decode_text(data, address), Details(), origin)]


def read_text(text: str, details: Details, origin: Origin) -> Document:
    """Return the document of `text`: its furniture parted off, what `details` give preferred to what it says itself."""
    if not text.strip():
        raise DocumentError(origin.full_address, "holds only white space", expected="a text with sentences")
    blocks = [Block(words) for words in split_paragraphs(text)]
    running, found = part_furniture(blocks)
    return assemble_document(_mark_heads(running), details.or_else(found), origin)


def _mark_heads(blocks: list[Block]) -> Iterator[Block]:
    """Yield `blocks` with short lines that stand over a paragraph of prose marked as heads."""
    for number, block in enumerate(blocks):
        over = blocks[number + 1] if number + 1 < len(blocks) else None
        if over and _is_head(block.text) and (is_prose(over.text) or _is_head(over.text)):
            yield Block(block.text, "heading", 1, block.anchor, block.page)
        else:
            yield block


def _is_head(text: str) -> bool:
    if len(text) > LONGEST_HEAD or text[-1] in ",;-":
        return False
    return bool(_NUMBERED_HEAD.match(text) and text[-1] != ".") or not is_prose(text)
