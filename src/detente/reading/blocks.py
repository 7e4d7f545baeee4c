"""Blocks: what every format comes down to before it is a document; paragraphs, heads and notes in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from detente.errors import DocumentError
from detente.model import Document, Paragraph, Sentence, hash_bytes
from detente.reading.metadata import Details
from detente.reading.sentences import split_sentences

__all__ = [
    "PARAGRAPH_BREAK",
    "Block",
    "Origin",
    "assemble_document",
    "clean_text",
    "ends_sentence",
    "holds_prose",
    "is_prose",
]

PARAGRAPH_BREAK = "\n\n"
_SPACE = re.compile(r"\s{2,}|[^\S ]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\ufffd]")
_WORD = re.compile(r"[^\W\d_]+")
_CASELESS_WRITING = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ENDS_SENTENCE = re.compile(r"""[.?!…:;。！？؟।]["'”’»」)\]]*\s*$""")
FEWEST_WORDS, FEWEST_UNPOINTED_WORDS = 3, 12


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the original that stands by itself, its white space made single.

    `kind` is "text", "heading" or "note"; `level` the depth of a heading (1 outermost); `anchor` its id in the
    original; `page` the page it begins on.
    """

    text: str
    kind: str = "text"
    level: int = 0
    anchor: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document comes from: the bytes' hash, the address, its part within the file, the reader."""

    content_hash: str
    address: str
    media_type: str
    reader: str
    part: str = ""

    @classmethod
    def of(cls, data: bytes, address: str, media_type: str, reader: str) -> Origin:
        """Return the origin of `data`, read from `address`."""
        return cls(hash_bytes(data), address, media_type, reader)

    @property
    def name(self) -> str:
        """The stem of the file, and of the part where a file holds several."""
        path = self.address.partition("?")[0].rstrip("/")
        stem = PurePosixPath(path.replace("\\", "/")).stem or "document"
        return f"{stem}-{self.part}" if self.part else stem

    @property
    def full_address(self) -> str:
        """The address with its part behind `#`."""
        return f"{self.address}#{self.part}" if self.part else self.address


def clean_text(text: str) -> str:
    """Return `text` without invisible characters, every run of white space made one space.

    >>> clean_text("  Sino-\\tSoviet   rela\\u00adtions ")
    'Sino- Soviet relations'
    """
    if not text.isascii() or not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return _SPACE.sub(" ", text).strip()


def is_prose(text: str) -> bool:
    """Return whether `text` reads as running text: a pointed sentence, or enough words without a point.

    >>> is_prose("China demanded talks."), is_prose("Countries Index")
    (True, False)
    """
    words = len(_WORD.findall(text[:400])) + len(_CASELESS_WRITING.findall(text[:400])) // 2
    return words >= FEWEST_UNPOINTED_WORDS or (words >= FEWEST_WORDS and ends_sentence(text))


def ends_sentence(text: str) -> bool:
    """Return whether `text` closes with a mark that ends a sentence or leads on to a list."""
    return bool(_ENDS_SENTENCE.search(text[-16:]))


def holds_prose(blocks: Iterable[Block]) -> bool:
    """Return whether some block of running text among `blocks` is prose."""
    return any(block.kind == "text" and is_prose(block.text) for block in blocks)


def assemble_document(blocks: Iterable[Block], details: Details, origin: Origin) -> Document:
    """Return the document that `blocks` make: paragraphs parted by a blank line, notes behind the running text.

    Only running text is split into sentences. A head that repeats the title is left out, since the title is kept
    beside the text. Raises DocumentError where there is no prose.
    """
    kept = [block for block in blocks if block.text]
    if not holds_prose(kept):
        raise DocumentError(origin.full_address, "has no prose", expected="a text with sentences")
    running = [block for block in kept if block.kind != "note"]
    if running[0].kind == "heading" and running[0].text.casefold() == details.title.casefold():
        running = running[1:]
    ordered = running + [block for block in kept if block.kind == "note"]
    paragraphs = tuple(_place_paragraphs(ordered))
    return Document(
        text=PARAGRAPH_BREAK.join(block.text for block in ordered),
        paragraphs=paragraphs,
        sentences=tuple(_place_sentences(ordered, paragraphs)),
        content_hash=origin.content_hash,
        name=origin.name,
        address=origin.full_address,
        media_type=origin.media_type,
        reader=origin.reader,
        **details.as_fields(),
    )


def _place_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    offset = 0
    heads: list[tuple[int, str]] = []
    for block in blocks:
        if block.kind == "heading":
            while heads and heads[-1][0] >= block.level:
                heads.pop()
        section = tuple(head for _, head in heads) if block.kind != "note" else ()
        end = offset + len(block.text)
        yield Paragraph(offset, end, block.kind, block.anchor, section, block.page)
        if block.kind == "heading":
            heads.append((block.level, block.text))
        offset = end + len(PARAGRAPH_BREAK)


def _place_sentences(blocks: Iterable[Block], paragraphs: tuple[Paragraph, ...]) -> Iterator[Sentence]:
    index = 0
    for number, (block, paragraph) in enumerate(zip(blocks, paragraphs, strict=True)):
        if block.kind != "text":
            continue
        for start, end in split_sentences(block.text):
            yield Sentence(index, number, paragraph.start + start, paragraph.start + end)
            index += 1
