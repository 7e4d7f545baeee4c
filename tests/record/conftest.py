"""A small document of our own with its events and a tie, for every test of the record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.model import (
    BoundedDate,
    Document,
    Event,
    Paragraph,
    Party,
    Sentence,
    Tie,
    TieMoment,
    TieParty,
    hash_bytes,
)
from detente.record import Store

FIRST = "In May 1950 China and the Soviet Union signed a pact on rivers."
SECOND = "The next year Moscow withdrew its surveyors from China."


def make_document(name: str = "rivers", text: str = f"{FIRST} {SECOND}") -> Document:
    """Return a document of one paragraph and two sentences; its id depends on name and text."""
    cut = text.index(".") + 1
    return Document(
        text=text,
        paragraphs=(Paragraph(0, len(text), section=("Rivers",), anchor="p1"),),
        sentences=(Sentence(0, 0, 0, cut), Sentence(1, 0, cut + 1, len(text))),
        content_hash=hash_bytes(f"{name}\n{text}".encode()),
        name=name,
        title="Of rivers",
        source="Our own press",
        address=f"{name}.txt",
        as_of=BoundedDate.month(1951, 12, "December 1951"),
        media_type="text/plain",
        reader="text",
    )


def make_events(document: Document, coder_version: str = "1") -> list[Event]:
    """Return a two-sided and a one-sided event told by the two sentences."""

    def span(words: str):  # type: ignore[no-untyped-def]
        start = document.text.index(words)
        return document.span(start, start + len(words))

    first, second = (document.span(s.start, s.end) for s in document.sentences)
    return [
        Event(
            document_id=document.id,
            sentence=0,
            quote=first,
            trigger=span("signed"),
            event_type="SUPPORT",
            actors=(Party("CHN", span("China"), "name"), Party("RUS", span("Soviet Union"), "name")),
            when=BoundedDate.month(1950, 5, "In May 1950"),
            date_text=span("In May 1950"),
            content=span("a pact on rivers"),
            confidence=0.9,
            coder="by hand",
            coder_version=coder_version,
        ),
        Event(
            document_id=document.id,
            sentence=1,
            quote=second,
            trigger=span("withdrew"),
            event_type="SANCTION",
            mode="withdraw",
            actors=(Party("RUS", span("Moscow"), "seat"),),
            recipients=(Party("CHN", None, "the document's other party"),),
            when=BoundedDate.year(1951, "The next year"),
            date_text=span("The next year"),
            confidence=0.6,
            coder="by hand",
            coder_version=coder_version,
        ),
    ]


def make_tie(document: Document, event: Event) -> Tie:
    """Return the treaty that the first event opens."""
    return Tie(
        kind="treaty",
        name="pact on rivers",
        parties=(TieParty("CHN", "party"), TieParty("RUS", "party")),
        moments=(TieMoment("opened", "in force", event.when, document.id, 0, event.quote, event.id),),
        outcome="in force",
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def filled(store: Store, document: Document) -> Store:
    """A store that holds the document, its two events and its tie."""
    events = make_events(document)
    store.add(document, events, [make_tie(document, events[0])], coder="by hand", coder_version="1")
    return store


MAY = datetime.date(1950, 5, 1)
