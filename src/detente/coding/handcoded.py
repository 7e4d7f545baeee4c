"""Events as people coded them: the lines of the annotation format, read as a coder's events."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.coding.scoring import read_gold
from detente.model import BoundedDate, Document, Event, Party, Span

__all__ = ["read_handcoded"]


def read_handcoded(path: Path, document: Document) -> list[Event]:
    """Return the events that the file at `path` codes for `document`, in its order.

    Words are looked for in the sentence they are coded in; those that are not there are left out. Raises FormatError
    for a line that is not of the annotation format.
    """
    return [_read_event(line, document) for line in read_gold(path)]


def _read_event(line: Mapping[str, Any], document: Document) -> Event:
    sentence = document.sentences[line["sentence"]]
    whole = document.span(sentence.start, sentence.end)
    start, end = (datetime.date.fromisoformat(line[key]) if line.get(key) else None for key in ("start", "end"))
    return Event(
        document_id=document.id,
        sentence=line["sentence"],
        quote=whole,
        trigger=_find(line["trigger"], whole) or document.span(sentence.start, sentence.start),
        event_type=line["type"],
        actors=_parties(line, "actor", whole),
        recipients=_parties(line, "recipient", whole),
        mode=line.get("mode"),
        status=line["status"],
        when=BoundedDate.between(start, end) if start or end else None,
        place=_find(line.get("place"), whole),
        content=_find(line.get("content"), whole),
        coder="hand",
    )


def _parties(line: Mapping[str, Any], side: str, sentence: Span) -> tuple[Party, ...]:
    """Return the parties of a side, each with the words that stand for it (the last for all that are left)."""
    words = line.get(f"{side}_text") or []
    told = [words] if isinstance(words, str) else words
    codes = line[f"{side}s"]
    return tuple(
        Party(code, _find(told[min(number, len(told) - 1)], sentence) if told else None)
        for number, code in enumerate(codes)
    )


def _find(words: str | None, sentence: Span) -> Span | None:
    at = sentence.text.find(words) if words else -1
    return Span(sentence.start + at, sentence.start + at + len(words or ""), words or "") if at >= 0 else None
