"""A document: text whose offsets the evidence points into, and what is known of where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.model.date import BoundedDate
from detente.model.identity import hash_content
from detente.model.span import Span

__all__ = ["Document", "Paragraph", "Sentence"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text, `document.text[start:end]` (end open).

    `kind` is "text", "heading" or "note"; `anchor` is the id it has in the original (a TEI `xml:id`, an HTML `id`);
    `section` the heads it stands under, outermost first; `page` the page it begins on, where there are pages.
    """

    start: int
    end: int
    kind: str = "text"
    anchor: str | None = None
    section: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text: its number, the number of its paragraph, and its bounds (end open)."""

    index: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file.

    `content_hash` is the hash of the bytes read; `name` the file's stem; `address` the path or address it came from;
    `source` who published it; `as_of` the day its facts were true ("Data as of May 1989"); `notice` its licence or
    disclaimer in its own words; `language` an ISO 639-1 code or "".
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    content_hash: str
    name: str
    title: str = ""
    source: str = ""
    address: str = ""
    author: str = ""
    published: BoundedDate | None = None
    revised: BoundedDate | None = None
    as_of: BoundedDate | None = None
    notice: str = ""
    licence: str = ""
    language: str = ""
    media_type: str = ""
    reader: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", hash_content("document", self.content_hash, self.name_in_bundle))

    @property
    def name_in_bundle(self) -> str:
        """The part of the address after `#`, which tells apart several documents read from one file; else ""."""
        return self.address.partition("#")[2]

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`."""
        return Span.within(self.text, start, end)

    def sentence_text(self, index: int) -> str:
        """Return the words of sentence number `index`."""
        sentence = self.sentences[index]
        return self.text[sentence.start : sentence.end]

    def sentences_of(self, paragraph: int) -> Iterator[Sentence]:
        """Yield the sentences of paragraph number `paragraph`, in order."""
        return (sentence for sentence in self.sentences if sentence.paragraph == paragraph)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<b>{escape(self.title or self.name)}</b><br>{escape(self.source)} · {len(self.sentences)} sentences"
