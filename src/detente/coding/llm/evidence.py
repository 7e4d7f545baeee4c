"""Holding a model's answer to the text: what does not stand there is dropped, and counted by kind."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from detente.coding.llm.reply import CodedEvent, CodedParty
from detente.errors import DetenteError
from detente.model import STATUSES, BoundedDate, Document, Event, Party, Sentence, Span
from detente.refdata.plover import event_types
from detente.resolving.who import resolve_entity

__all__ = ["check_events"]


class UnfoundedError(Exception):
    """Something quoted does not stand in the text; the message is the kind of thing."""


def check_events(
    document: Document, sentences: Sequence[Sentence], answers: Iterable[CodedEvent], coder: str, version: str
) -> tuple[list[Event], Counter[str]]:
    """Return the events whose evidence stands in `document`, and how many were dropped, by what was unfounded.

    An event is dropped whole where its sentence, trigger, type, status, date phrase or the words of a party are not in
    the text, where a code is unknown, or where fewer than two parties are left. A place or content that does not
    stand there is dropped alone, and counted.
    """
    dropped: Counter[str] = Counter()
    events: dict[str, Event] = {}
    taken: set[int] = set()
    for answer in answers:
        try:
            event = _build_event(document, sentences, answer, coder, version, taken, dropped)
        except UnfoundedError as reason:
            dropped[str(reason)] += 1
            continue
        taken.add(event.trigger.start)
        events.setdefault(event.id, event)
    return sorted(events.values(), key=lambda event: (event.trigger.start, event.id)), dropped


def _build_event(
    document: Document,
    sentences: Sequence[Sentence],
    answer: CodedEvent,
    coder: str,
    version: str,
    taken: set[int],
    dropped: Counter[str],
) -> Event:
    sentence = next((sentence for sentence in sentences if sentence.index == answer.sentence), None)
    if sentence is None:
        raise UnfoundedError("sentence")
    trigger = _find(document, sentence.start, sentence.end, answer.trigger, taken)
    if trigger is None:
        raise UnfoundedError("trigger")
    kind = event_types().get(answer.event_type.upper())
    if kind is None:
        raise UnfoundedError("type")
    if answer.status not in STATUSES:
        raise UnfoundedError("status")
    actors = _check_parties(document, sentence, answer.actors)
    recipients = _check_parties(document, sentence, answer.recipients)
    if len({party.code for party in (*actors, *recipients)}) < 2:
        raise UnfoundedError("second party")
    date_text = _find(document, 0, len(document.text), answer.date_text) if answer.date_text else None
    if answer.date_text and date_text is None:
        raise UnfoundedError("date")
    return Event(
        document.id,
        sentence.index,
        document.span(sentence.start, sentence.end),
        trigger,
        kind.name,
        actors,
        recipients,
        mode=answer.mode if answer.mode in kind.mode_scores else None,
        status=answer.status,
        when=_read_bounds(answer),
        date_text=date_text,
        place=_find_or_count(document, sentence, answer.place, "place", dropped),
        content=_find_or_count(document, sentence, answer.content, "content", dropped),
        confidence=answer.confidence,
        coder=coder,
        coder_version=version,
    )


def _check_parties(document: Document, sentence: Sentence, answers: Iterable[CodedParty]) -> tuple[Party, ...]:
    parties: dict[str, Party] = {}
    for answer in answers:
        span = _find(document, sentence.start, sentence.end, answer.text) if answer.text else None
        if answer.text and span is None:
            raise UnfoundedError("party")
        code = answer.code.strip()
        if not code.startswith("X:") and resolve_entity(code).code != code:
            raise UnfoundedError("code")
        parties.setdefault(code, Party(code, span, "as the language model read it"))
    return tuple(parties.values())


def _read_bounds(answer: CodedEvent) -> BoundedDate | None:
    if not answer.start and not answer.end:
        return None
    try:
        start, end = (datetime.date.fromisoformat(day) if day else None for day in (answer.start, answer.end))
        return BoundedDate.between(start, end, answer.date_text or "")
    except (ValueError, DetenteError) as error:
        raise UnfoundedError("date") from error


def _find(document: Document, start: int, end: int, words: str, taken: Iterable[int] = ()) -> Span | None:
    """Return where `words` stand in `document.text[start:end]`, the first place not taken; None where nowhere."""
    words = words.strip()
    at = document.text.find(words, start, end) if words else -1
    while at in taken and at != -1:
        at = document.text.find(words, at + 1, end)
    return Span(at, at + len(words), words) if at != -1 else None


def _find_or_count(
    document: Document, sentence: Sentence, words: str | None, name: str, dropped: Counter[str]
) -> Span | None:
    if not words:
        return None
    span = _find(document, sentence.start, sentence.end, words)
    dropped[name] += span is None
    return span
