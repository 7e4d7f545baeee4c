"""Coded events as JSON lines, in the fields of the annotation format and a few more; and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detente.model import Document, Event, Span

__all__ = ["event_to_line", "write_events"]


def event_to_line(event: Event, document: Document) -> dict[str, Any]:
    """Return `event` as the mapping one JSON line holds.

    The fields of the annotation format (`sentence`, `trigger`, `type`, `mode`, `actors`, `recipients`, `actor_text`,
    `recipient_text`, `status`, `start`, `end`, `date_text`, `place`, `content`), then `id`, `sentence_text`, the
    offsets of the trigger and of each party's words in the document's text (`trigger_span`, `actor_spans`,
    `recipient_spans`; [start, end], end open, null for an implied party), `edtf`, `confidence` and the coder's name
    and version. `start` and `end` are ISO days, inclusive, null where open.
    """
    when = event.when
    return {
        "sentence": event.sentence,
        "trigger": event.trigger.text,
        "type": event.event_type,
        "mode": event.mode,
        "actors": [party.code for party in event.actors],
        "recipients": [party.code for party in event.recipients],
        "actor_text": [party.span.text for party in event.actors if party.span],
        "recipient_text": [party.span.text for party in event.recipients if party.span],
        "status": event.status,
        "start": when.earliest.isoformat() if when and when.earliest else None,
        "end": when.latest.isoformat() if when and when.latest else None,
        "date_text": _words(event.date_text),
        "place": _words(event.place),
        "content": _words(event.content),
        "id": event.id,
        "document": document.id,
        "sentence_text": event.quote.text,
        "trigger_span": _bounds(event.trigger),
        "actor_spans": [_bounds(party.span) for party in event.actors],
        "recipient_spans": [_bounds(party.span) for party in event.recipients],
        "edtf": str(when) if when else None,
        "confidence": event.confidence,
        "coder": event.coder,
        "coder_version": event.coder_version,
    }


def write_events(events: Iterable[Event], document: Document, path: Path) -> None:
    """Write `events` of `document` to `path`, one JSON object a line; the file is whole or not there."""
    lines = (json.dumps(event_to_line(event, document), ensure_ascii=False) for event in events)
    part = path.with_name(path.name + ".part")
    part.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    part.replace(path)


def _words(span: Span | None) -> str | None:
    return span.text if span else None


def _bounds(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
