"""Frozen values: spans fit their text, ids are hashes of content, an event has two parties."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import Document, Event, Paragraph, Party, Sentence, Span, Tie, TieMoment, TieParty, hash_content

TEXT = "China demanded talks."


def make_event(**change: object) -> Event:
    whole, trigger = Span.within(TEXT, 0, len(TEXT)), Span.within(TEXT, 6, 14)
    event = Event("d1", 0, whole, trigger, "REQUEST", (Party("CHN"),), (Party("RUS"),))
    return dataclasses.replace(event, **change) if change else event


@given(st.text(min_size=1), st.data())
def test_a_span_holds_the_words_at_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Span.within(text, start, end)
    assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(("start", "end"), [(0, 3), (-1, 4)])
def test_a_span_that_does_not_fit_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Span(start, end, "words")


def test_the_same_content_has_the_same_id() -> None:
    assert make_event().id == make_event(confidence=0.4, place=Span(0, 5, "China")).id
    assert hash_content("a", ["b"]) != hash_content("a", "b")


@pytest.mark.parametrize(
    "change", [{"event_type": "REJECT"}, {"status": "planned"}, {"document_id": "d2"}, {"recipients": (Party("USA"),)}]
)
def test_other_content_has_another_id(change: dict[str, object]) -> None:
    assert make_event(**change).id != make_event().id


@pytest.mark.parametrize(
    ("change", "problem"),
    [({"status": "rumoured"}, "status 'rumoured'"), ({"recipients": (Party("CHN"),)}, "fewer than two parties")],
)
def test_an_event_that_cannot_be_is_refused(change: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        make_event(**change)


def test_a_document_is_known_by_its_bytes_and_its_part() -> None:
    plain = Document(TEXT, (Paragraph(0, 21),), (Sentence(0, 0, 0, 21),), "hash", "page", address="page.txt")
    moved = dataclasses.replace(plain, address="elsewhere/page.txt", title="Another title")
    part = dataclasses.replace(plain, address="page.txt#two")
    assert plain.id == moved.id != part.id
    assert plain.sentence_text(0) == TEXT


def test_a_tie_knows_its_opening_and_its_close() -> None:
    quote = Span.within(TEXT, 0, 5)
    opened = TieMoment("opened", "open", None, "d1", 0, quote)
    closed = TieMoment("closed", "met", None, "d1", 3, quote)
    parties = (TieParty("CHN", "demander"), TieParty("RUS", "addressee"))
    tie = Tie("demand", "talks", parties, (opened, closed))
    assert (tie.opened, tie.closed) == (opened, closed)
    assert Tie("demand", "talks", parties, (closed,)).opened is None
