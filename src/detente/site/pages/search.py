"""Search: what holds the words asked for, the best first."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from detente.errors import UsageError
from detente.site.answer import Answer, Crumb, Paging
from detente.site.asked import asked_page, asked_text
from detente.site.room import Room
from detente.site.search import Hit, highlight

__all__ = ["search"]

KINDS = ("state", "tie", "event", "document")
SHOWN = 20


def search(room: Room, request: Request) -> Answer:
    """States, ties, events and documents that hold the words of `q`; of one `kind` where given."""
    asked, kind, page = asked_text(request, "q") or "", asked_text(request, "kind"), asked_page(request)
    if kind is not None and kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of thing to find (expected one of {', '.join(KINDS)})")
    total, hits = room.index.find(asked, kind, SHOWN, (page - 1) * SHOWN)
    events = room.catalogue.event_rows([hit.key for hit in hits if hit.kind == "event"])
    found: list[dict[str, Any]] = [
        {
            "hit": hit,
            "url": _address(room, hit),
            "parts": highlight(hit.text, asked),
            "event": events.get(hit.key),
        }
        for hit in hits
    ]
    rows = [
        {
            "kind": hit.kind,
            "id": hit.key,
            "title": hit.title,
            "text": hit.text,
            "score": round(hit.score, 4),
            "url": url,
        }
        for hit, url in ((each["hit"], each["url"]) for each in found)
    ]
    return Answer(
        "search.html",
        f"Search: {asked}" if asked else "Search",
        {"kind": kind, "kinds": KINDS, "found": found, "total": total},
        {"q": asked, "kind": kind},
        ("kind", "id", "title", "text", "score", "url"),
        rows,
        [Crumb("Search", room.links.search)],
        paging=Paging(page, SHOWN, total),
    )


def _address(room: Room, hit: Hit) -> str:
    return {
        "state": room.links.state,
        "tie": room.links.tie,
        "event": room.links.event,
        "document": room.links.document,
    }[hit.kind](hit.key)
