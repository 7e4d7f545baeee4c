"""Documents and events made by hand, for tests of ties."""

from __future__ import annotations

import datetime

from detente.model import BoundedDate, Document, Event, Paragraph, Party, Sentence, Span, Tie, TieMoment, TieParty

__all__ = ["act", "day", "document_of", "tie_of"]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def document_of(*sentences: str, name: str = "note") -> Document:
    """Return a document of these sentences, in one paragraph."""
    text, bounds = "", []
    for sentence in sentences:
        start = len(text) + bool(text)
        text = f"{text} {sentence}".strip()
        bounds.append((start, start + len(sentence)))
    marks = tuple(Sentence(number, 0, start, end) for number, (start, end) in enumerate(bounds))
    return Document(text, (Paragraph(0, len(text)),), marks, f"{name}: {text}", name)


def act(
    document: Document,
    sentence: int,
    trigger: str,
    told: str,
    actors: str,
    recipients: str = "",
    when: str = "",
    content: str = "",
) -> Event:
    """Return an event; `told` is "TYPE", "TYPE/mode" or either with " status", parties are parted by blanks."""
    kind, _, status = told.partition(" ")
    event_type, _, mode = kind.partition("/")
    bounds = document.sentences[sentence]

    def find(words: str) -> Span:
        at = document.text.index(words, bounds.start, bounds.end)
        return document.span(at, at + len(words))

    first, _, last = when.partition("/")
    return Event(
        document.id,
        sentence,
        document.span(bounds.start, bounds.end),
        find(trigger),
        event_type,
        tuple(Party(code) for code in actors.split()),
        tuple(Party(code) for code in recipients.split()),
        mode=mode or None,
        status=status or "actual",
        when=BoundedDate.between(day(first), day(last or first)) if when else None,
        content=find(content) if content else None,
    )


def tie_of(
    kind: str = "treaty",
    *moments: tuple[str, str, str],
    name: str = "border treaty",
    roles: str = "CHN:party RUS:party",
    document: str = "one",
) -> Tie:
    """Return a tie; a moment is (change, outcome, "earliest/latest" or "")."""
    made = []
    for number, (change, outcome, when) in enumerate(moments):
        first, _, last = when.partition("/")
        bounds = BoundedDate.between(day(first), day(last or first)) if when else None
        made.append(TieMoment(change, outcome, bounds, document, number, Span(number, number + 4, "told")))
    parties = tuple(TieParty(*pair.split(":")) for pair in roles.split())
    return Tie(kind, name, parties, tuple(made), outcome=made[-1].outcome)
