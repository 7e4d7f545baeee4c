"""Markdown: paragraphs and heads of CommonMark, with the details that front matter gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from detente.errors import DocumentError
from detente.model import Document
from detente.reading.blocks import Block, Origin, assemble_document, clean_text
from detente.reading.encoding import decode_text, is_binary
from detente.reading.furniture import part_furniture
from detente.reading.html import read_blocks
from detente.reading.metadata import Details

__all__ = ["MarkdownReader"]

_FRONT = re.compile(r"\A---[ \t]*\n(?P<matter>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*:[ \t]*(?P<value>.*)")
_NOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]*(?P<words>.*(?:\n(?:[ \t]+\S.*))*)", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_FIELDS = {
    "title": "title", "source": "source", "publisher": "source", "author": "author", "authors": "author",
    "date": "published", "published": "published", "revised": "revised", "updated": "revised", "lastmod": "revised",
    "as_of": "as_of", "data_as_of": "as_of", "notice": "notice", "licence": "licence", "license": "licence",
    "lang": "language", "language": "language",
}  # fmt: skip
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("inline")
_INLINE = MarkdownIt("commonmark").enable("strikethrough")
MOST_BYTES = 8 << 20
MOST_MARKED, MOST_BRACKETS = 16_000, 500


class MarkdownReader:
    """A Markdown text."""

    name = "markdown"
    media_types = ("text/markdown",)
    suffixes = (".md", ".markdown", ".mdown")

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether the suffix is Markdown's and the bytes are text: its marks alone do not tell it from text."""
        return address.lower().endswith(self.suffixes) and not is_binary(data)

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the one document of `data`. Raises DocumentError for binary data and text without prose."""
        if len(data) > MOST_BYTES:
            raise DocumentError(address, f"is {len(data) >> 20} MiB long", expected=f"at most {MOST_BYTES >> 20} MiB")
        text = decode_text(data, address)
        declared, text = _part_front_matter(text)
        notes = [Block(clean_text(match["words"]), "note") for match in _NOTE.finditer(text)]
        blocks = list(_read_blocks(_NOTE_MARK.sub("", _NOTE.sub("", text))))
        heads = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
        details = declared.or_else(Details(title=heads[0] if len(heads) == 1 else ""))
        running, visible = part_furniture([*blocks, *notes], details.title)
        origin = Origin.of(data, address, "text/markdown", self.name)
        return [assemble_document(running, details.or_else(visible), origin)]


def _part_front_matter(text: str) -> tuple[Details, str]:
    """Return what the lines `key: value` between `---` at the start give, and the text behind them."""
    match = _FRONT.match(text)
    if not match:
        return Details(), text
    entries = filter(None, (_ENTRY.fullmatch(line.rstrip()) for line in match["matter"].split("\n")))
    pairs = ((entry["key"].lower(), entry["value"].strip().strip("\"'")) for entry in entries)
    return Details.from_labels((_FIELDS[key], value) for key, value in pairs if key in _FIELDS), text[match.end() :]


def _read_blocks(text: str) -> Iterator[Block]:
    level = 0
    for token in _PARSER.parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            yield Block(clean_text("".join(_gather(token.content))), "heading" if level else "text", level)
        elif token.type == "code_block":
            yield Block(clean_text(token.content))
        elif token.type == "html_block":
            yield from read_blocks(LexborHTMLParser(token.content))


def _gather(content: str) -> Iterator[str]:
    """Yield the words of a paragraph. One longer than authors write is taken as it is, marks and all, to save time."""
    if len(content) > MOST_MARKED or content.count("[") > MOST_BRACKETS:
        yield content
        return
    for child in _children(content):
        if child.type in ("text", "code_inline", "text_special"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " "


def _children(content: str) -> list[Token]:
    return [child for token in _INLINE.parseInline(content) for child in token.children or ()]
