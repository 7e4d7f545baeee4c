"""The first page: what the record holds and the ways into it; and `/about`."""

from __future__ import annotations

from starlette.requests import Request

from detente.site.answer import Answer, Crumb
from detente.site.room import Room

__all__ = ["about", "home"]

SHOWN = 12


def home(room: Room, request: Request) -> Answer:
    """What the record holds, and its most told states, dyads and documents."""
    counts, dyads = room.catalogue.counts(), room.catalogue.dyads()[:SHOWN]
    documents = room.record.documents().to_arrow().slice(0, SHOWN).to_pylist()
    rows = [{"a": dyad.a, "b": dyad.b, "events": dyad.events, "url": room.links.dyad(dyad.a, dyad.b)} for dyad in dyads]
    return Answer(
        "home.html",
        "Détente reading room",
        {"counts": counts, "dyads": dyads, "parties": list(room.catalogue.parties())[:18], "documents": documents},
        {
            "documents": counts.documents,
            "events": counts.events,
            "ties": counts.ties,
            "parties": counts.parties,
            "first": counts.first,
            "last": counts.last,
        },
        ("a", "b", "events", "url"),
        rows,
    )


def about(room: Room, request: Request) -> Answer:
    """What the room is, where its record comes from and how sure it is."""
    datasets = room.record.datasets().to_arrow().to_pylist()
    documents = room.record.documents().to_arrow().to_pylist()
    sources = sorted({row["source"] or row["name"] for row in documents})
    return Answer(
        "about.html",
        "About this room",
        {"counts": room.catalogue.counts(), "datasets": datasets, "sources": sources},
        {"datasets": [row["dataset"] for row in datasets]},
        ("source",),
        [{"source": source} for source in sources],
        [Crumb("About", room.links.about)],
    )
