"""An event: its words in their paragraph, its parties with the reasons for them, its other tellings and its history."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from detente.errors import RecordError
from detente.model import Document, Event
from detente.site.answer import Answer, Crumb
from detente.site.citations import Citation
from detente.site.corrected import list_corrected
from detente.site.moved import Moved
from detente.site.naming import act_words, date_words, party_name, public_address
from detente.site.pages.chronology import EVENT_FIELDS, event_fields
from detente.site.pages.citing import cite_page
from detente.site.passage import Mark, Piece, mark_text
from detente.site.room import Room

__all__ = ["event"]


def event(room: Room, request: Request) -> Answer:
    """An event: the quote in its paragraph, the parties with the reasons they were resolved so, other tellings."""
    wanted = request.path_params["id"]
    row = room.catalogue.event_row(wanted)
    if row is None:
        canonical = room.record.store.canonical_id(wanted)
        if canonical != wanted:
            raise Moved(room.links.event(canonical))
        once = (
            "is no longer in the record: its document was coded anew"
            if room.catalogue.was_held("event", wanted)
            else ""
        )
        raise RecordError(f"{wanted!r}: {once or 'no such event in the record'} (expected an id it holds)")
    coded = row["origin"] == "coded"
    found = room.record.event(wanted) if coded else None
    document = room.record.document(row["document_id"]) if coded else None
    tellings = room.catalogue.tellings(row) or [row]
    mentions = room.catalogue.mentions(wanted) if not coded else []
    history = room.catalogue.history(room.record.store.found_id(wanted))
    corrected = list_corrected(_as_found(room, found, history), found, history)
    title = f"{_names(row['actors'], row)}: {act_words(row)}"
    return Answer(
        "event.html",
        title,
        {
            "row": row, "event": found, "document": document, "pieces": _paragraph(found, document),
            "others": [each for each in tellings if each["event_id"] != wanted], "parties": _parties(found),
            "history": history, "corrected": corrected, "mentions": mentions,
        },
        {**event_fields([row], room)[0], "parties": _parties(found), "corrected": corrected,
         "document": _source(document) if document else None},
        EVENT_FIELDS,
        event_fields([*tellings, *mentions], room),
        [Crumb("Chronology", room.links.events),
         Crumb(date_words(row["earliest"], row["latest"]), room.links.event(wanted))],
        _cite(room, request, row, title, document),
    )  # fmt: skip


def _as_found(room: Room, event: Event | None, history: list[dict[str, Any]]) -> Event | None:
    return room.record.store.found_event(room.record.store.found_id(event.id)) if event and history else None


def _names(codes: list[str], row: dict[str, Any]) -> str:
    names = ", ".join(party_name(code, row["earliest"]) for code in codes)
    others = ", ".join(party_name(code, row["earliest"]) for code in row["recipients"])
    return f"{names} → {others}" if others else names


def _paragraph(event: Event | None, document: Document | None) -> list[Piece]:
    """Return the paragraph that an event was read from, its sentence and trigger marked."""
    if event is None or document is None:
        return []
    paragraph = document.paragraphs[document.sentences[event.sentence].paragraph]
    marks = [
        Mark(event.quote.start, event.quote.end, "quote"),
        Mark(event.trigger.start, event.trigger.end, "trigger"),
    ]
    marks += [Mark(side.span.start, side.span.end, "party") for side in event.parties if side.span]
    marks += [Mark(event.date_text.start, event.date_text.end, "date")] if event.date_text else []
    return mark_text(document.text, paragraph.start, paragraph.end, marks)


def _parties(event: Event | None) -> list[dict[str, Any]]:
    if event is None:
        return []
    day = event.when.earliest if event.when else None
    return [
        {
            "role": role,
            "code": side.code,
            "name": party_name(side.code, day),
            "words": side.span.text if side.span else None,
            "reason": side.reason,
        }
        for role, sides in (("actor", event.actors), ("recipient", event.recipients))
        for side in sides
    ]


def _source(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "title": document.title or document.name,
        "source": document.source,
        "address": public_address(document.address),
        "published": str(document.published or ""),
        "revised": str(document.revised or ""),
        "as_of": str(document.as_of or ""),
        "notice": document.notice,
    }


def _cite(room: Room, request: Request, row: dict[str, Any], title: str, document: Document | None) -> Citation:
    day = document.published.earliest if document and document.published else None
    return cite_page(
        request,
        f"event:{row['event_id']}",
        f"{title}, {date_words(row['earliest'], row['latest'])}",
        room.links.event(row["event_id"]),
        author=document.author if document else "",
        work=row["document_title"] or row["dataset"] or "",
        publisher=row["source"] or "",
        published=day,
    )
