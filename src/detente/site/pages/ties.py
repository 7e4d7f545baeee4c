"""Ties: the index, and a page each with the words that opened, changed and closed it."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from detente.errors import RecordError, UsageError
from detente.model import Tie
from detente.site.answer import Answer, Crumb, Paging
from detente.site.asked import PAGE, asked_day, asked_page, asked_text, read_party
from detente.site.corrected import list_corrected
from detente.site.moved import Moved
from detente.site.naming import party_name, tie_day, tie_words
from detente.site.pages.citing import cite_page
from detente.site.room import Room
from detente.ties.relations import is_standing
from detente.ties.rules import kinds

__all__ = ["tie", "ties"]

COLUMNS = ("tie_id", "url", "kind", "name", "parties", "roles", "opened", "closed", "outcome", "terms")
MOMENTS = ("change", "outcome", "date", "earliest", "latest", "quote", "document_id", "sentence", "event_id")


def ties(room: Room, request: Request) -> Answer:
    """All ties, by kind, party and day (`on`)."""
    page, kind, day = asked_page(request), asked_text(request, "kind"), asked_day(request)
    if kind is not None and kind not in kinds():
        raise UsageError(f"{kind!r} is not a kind of tie (expected one of {', '.join(kinds())})")
    party = asked_text(request, "party")
    code = read_party(party) if party else None
    found = [
        each
        for each in room.catalogue.ties()
        if (kind is None or each.kind == kind)
        and (code is None or code in {side.code for side in each.parties})
        and (day is None or is_standing(each, day))
    ]
    paging = Paging(page, PAGE, len(found))
    shown = paging.cut(found)
    return Answer(
        "ties.html",
        "Ties",
        {"ties": shown, "kinds": list(kinds()), "kind": kind, "on": day, "party": code},
        {},
        COLUMNS,
        [_fields(each, room) for each in shown],
        [Crumb("Ties", room.links.ties)],
        paging=paging,
    )


def tie(room: Room, request: Request) -> Answer:
    """A tie: its parties and their roles, and each moment of it in the words that tell it."""
    wanted = request.path_params["id"]
    joined = room.catalogue.joined_tie(wanted)
    if joined is None and (standing := room.record.store.canonical_id(wanted)) != wanted:
        raise Moved(room.links.tie(standing))
    if joined is None:
        raise RecordError(f"{wanted!r}: no such tie in the record (expected an id it holds)")
    if wanted not in (joined.canonical_id, joined.tie.id):
        raise Moved(room.links.tie(joined.canonical_id))
    found = joined.tie
    moments = [
        {
            "change": each.change,
            "outcome": each.outcome,
            "date": str(each.when) if each.when else "",
            "earliest": each.when.earliest if each.when else None,
            "latest": each.when.latest if each.when else None,
            "quote": each.quote.text,
            "document_id": each.document_id,
            "sentence": each.sentence,
            "event_id": each.event_id,
        }
        for each in found.moments
    ]
    titles = {each.document_id: room.record.document(each.document_id).title for each in found.moments}
    first = room.record.store.found_id(joined.tellings[0])
    history = room.catalogue.history(first)
    corrected = list_corrected(room.record.store.found_tie(first) if history else None, found, history)
    names = ", ".join(dict.fromkeys(party_name(side.code, tie_day(found)) for side in found.parties))
    return Answer(
        "tie.html",
        f"{tie_words(found).capitalize()}: {names}",
        {
            "tie": found,
            "titles": titles,
            "conflicts": joined.conflicts,
            "subject": joined.tellings[0],
            "history": history,
            "corrected": corrected,
        },
        {**_fields(found, room), "corrected": corrected},
        MOMENTS,
        moments,
        [Crumb("Ties", room.links.ties), Crumb(found.name, room.links.tie(found.id))],
        cite_page(request, f"tie:{found.id}", found.name, room.links.tie(found.id)),
    )


def _fields(each: Tie, room: Room) -> dict[str, Any]:
    opened, closed = each.opened, each.closed
    return {
        "tie_id": each.id,
        "url": room.links.tie(each.id),
        "kind": each.kind,
        "name": each.name,
        "parties": [side.code for side in each.parties],
        "roles": [side.role for side in each.parties],
        "opened": str(opened.when) if opened and opened.when else "",
        "closed": str(closed.when) if closed and closed.when else "",
        "outcome": each.outcome,
        "terms": each.terms,
    }
