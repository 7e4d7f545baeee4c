"""Documents: the index, and the text of each with its coded words marked and its events in the margin."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from detente.model import Document
from detente.site.answer import Answer, Crumb, Paging
from detente.site.asked import PAGE, asked_page
from detente.site.moved import Moved
from detente.site.naming import act_words, public_address
from detente.site.pages.chronology import EVENT_FIELDS, event_fields
from detente.site.pages.citing import cite_page
from detente.site.passage import Mark, mark_text
from detente.site.room import Room

__all__ = ["document", "documents"]

PARAGRAPHS = 80


def documents(room: Room, request: Request) -> Answer:
    """The documents of the record, with their sources and dates."""
    page, table = asked_page(request), room.record.documents().to_arrow()
    paging = Paging(page, PAGE, table.num_rows)
    found = table.slice((page - 1) * PAGE, PAGE).to_pylist()
    rows = [
        {**row, "address": public_address(row["address"]), "url": room.links.document(row["document_id"])}
        for row in found
    ]
    columns = (*table.column_names, "url")
    crumbs = [Crumb("Documents", room.links.documents)]
    return Answer("documents.html", "Documents", {"rows": rows}, {}, columns, rows, crumbs, paging=paging)


def document(room: Room, request: Request) -> Answer:
    """A document: its text with the coded words marked, and the events beside them."""
    found, page = room.record.document(request.path_params["id"]), asked_page(request)
    if request.path_params["id"] != found.id:
        raise Moved(room.links.document(found.id, page=page))
    events = room.catalogue.document_rows(found.id)
    paging = Paging(page, PARAGRAPHS, len(found.paragraphs))
    return Answer(
        "document.html",
        found.title or found.name,
        {"document": found, "blocks": _blocks(found, events, paging), "count": len(events)},
        _record(found),
        EVENT_FIELDS,
        event_fields(events, room),
        [Crumb("Documents", room.links.documents), Crumb(found.title or found.name, room.links.document(found.id))],
        cite_page(
            request, f"document:{found.id}", found.title or found.name, room.links.document(found.id),
            author=found.author, publisher=found.source,
            published=found.published.earliest if found.published else None,
        ),
        paging,
        whole=True,
    )  # fmt: skip


def _blocks(found: Document, events: list[dict[str, Any]], paging: Paging) -> list[dict[str, Any]]:
    """Return the paragraphs of a page: their kind, their pieces, and the events read from them."""
    blocks = []
    for paragraph in paging.cut(found.paragraphs):
        inside = [row for row in events if paragraph.start <= row["trigger_start"] < paragraph.end]
        marks = [
            Mark(row["trigger_start"], row["trigger_end"], "trigger", row["event_id"], act_words(row)) for row in inside
        ]
        pieces = mark_text(found.text, paragraph.start, paragraph.end, marks)
        blocks.append({"paragraph": paragraph, "pieces": pieces, "events": inside})
    return blocks


def _record(found: Document) -> dict[str, Any]:
    dates = {name: str(getattr(found, name) or "") for name in ("published", "revised", "as_of")}
    plain = ("name", "title", "source", "author", "notice", "licence", "language", "content_hash")
    said = {name: getattr(found, name) for name in plain}
    return {"document_id": found.id, "address": public_address(found.address), **said, **dates, "text": found.text}
