"""Two parties: the chart of their relations, what stood on a day, and their chronology with its words."""

from __future__ import annotations

import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from detente.model import Tie
from detente.site.answer import Answer, Crumb, Paging, tag_response
from detente.site.asked import PAGE, asked_day, asked_page, read_pair
from detente.site.chart import draw_bars, write_vega_lite
from detente.site.naming import party_name
from detente.site.pages.chronology import EVENT_FIELDS, SHOWN, event_fields
from detente.site.pages.citing import cite_page
from detente.site.room import Room

__all__ = ["chart", "dyad", "dyads"]


def dyads(room: Room, request: Request) -> Answer:
    """Every two parties that an event stands between, those with the most events first."""
    page, found = asked_page(request), room.catalogue.dyads()
    paging = Paging(page, PAGE, len(found))
    rows = [
        {
            "a": each.a, "b": each.b, "name_a": party_name(each.a), "name_b": party_name(each.b), "events": each.events,
            "url": room.links.dyad(each.a, each.b),
        }
        for each in paging.cut(found)
    ]  # fmt: skip
    columns = ("a", "b", "name_a", "name_b", "events", "url")
    crumbs = [Crumb("Dyads", room.links.dyads)]
    return Answer("dyads.html", "Dyads", {"rows": rows}, {}, columns, rows, crumbs, paging=paging)


def dyad(room: Room, request: Request) -> Answer:
    """Two parties: the chart of cooperation and conflict, what stood on a day (`on`), and the chronology."""
    a, b = read_pair(request.path_params["pair"], room.catalogue.parties())
    told, page = room.record.store.dyad(a, b), asked_page(request)
    years = told.years()
    total = sum(count for _, _, count in years)
    rows = told.events(PAGE, (page - 1) * PAGE, SHOWN)
    known = [year for year, _, _ in years if year is not None]
    day = asked_day(request) or (datetime.date(max(known), 12, 31) if known else datetime.date.today())
    ties = room.catalogue.ties_between(a, b)
    standing = room.record.relations(a, b, day, last=0, ties=ties)
    title = f"{party_name(a, day)} and {party_name(b, day)}"
    return Answer(
        "dyad.html",
        title,
        {
            "a": a, "b": b, "on": day, "rows": rows, "chart": draw_bars(years, day), "standing": standing,
            "ties": [each.tie for each in ties],
            "first": datetime.date(min(known), 1, 1) if known else day,
            "last": datetime.date(max(known), 12, 31) if known else day,
            "undated": sum(count for year, _, count in years if year is None),
        },
        {"a": a, "b": b, "on": day, "score": standing.score,
         "standing": [_tie_fields(tie) for tie in standing.standing],
         "asked": [_tie_fields(tie) for tie in standing.asked], "tabled": [_tie_fields(tie) for tie in standing.tabled],
         "years": [{"year": y, "quad_class": q, "events": n} for y, q, n in years]},
        EVENT_FIELDS,
        event_fields(rows, room),
        [Crumb("Dyads", room.links.dyads), Crumb(title, room.links.dyad(a, b))],
        cite_page(request, f"dyad:{a}-{b}", f"{title}: chronology", room.links.dyad(a, b)),
        Paging(page, PAGE, total),
    )  # fmt: skip


def chart(room: Room, request: Request) -> Response:
    """The chart of a dyad as a Vega-Lite specification with its data."""
    a, b = read_pair(request.path_params["pair"], room.catalogue.parties())
    body = write_vega_lite(room.record.store.dyad(a, b).years(), f"{party_name(a)} and {party_name(b)}")
    return tag_response(request, body, "json")


def _tie_fields(tie: Tie) -> dict[str, Any]:
    return {"tie_id": tie.id, "kind": tie.kind, "name": tie.name, "parties": [party.code for party in tie.parties]}
