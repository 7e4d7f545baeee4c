"""States, organisations and movements: the index, and a page each."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from detente.errors import EntityError
from detente.record import EventQuery
from detente.refdata.leaders import leaders_of
from detente.refdata.organisations import load_organisations
from detente.refdata.spell import Spell
from detente.refdata.states import State, load_states
from detente.site.answer import Answer, Crumb, Paging
from detente.site.asked import PAGE, asked_day, asked_page, read_party
from detente.site.citations import Citation
from detente.site.flags import flags_of
from detente.site.naming import party_kind, party_name, state_of
from detente.site.pages.chronology import EVENT_FIELDS, event_fields, list_events
from detente.site.pages.citing import cite_page
from detente.site.room import Room

__all__ = ["state", "states"]

COLUMNS = ("code", "kind", "name", "ccode", "spans", "events", "url")


def states(room: Room, request: Request) -> Answer:
    """Every state of the state system with its spans, and the organisations and movements of the record."""
    counted = room.catalogue.parties()
    others = [code for code in counted if not state_of(code)]
    organisations = [each.code for each in load_organisations() if each.code not in counted]
    codes = [each.stateabb for each in sorted(load_states(), key=lambda each: each.name)]
    rows = [_index_row(code, counted.get(code, 0), room) for code in [*codes, *others, *organisations]]
    return Answer(
        "states.html",
        "States and other parties",
        {"rows": rows, "letters": _by_letter([row for row in rows if row["kind"] == "state"])},
        {},
        COLUMNS,
        rows,
        [Crumb("States", room.links.states)],
    )


def state(room: Room, request: Request) -> Answer:
    """A state: what it was called, its flags and spans, who led it, those it dealt with, its ties and chronology."""
    code = read_party(request.path_params["code"])
    page, on = asked_page(request), asked_day(request)
    found, name = state_of(code), party_name(code)
    total = room.catalogue.parties().get(code, 0)
    if not (total or found or any(code == each.code for each in load_organisations())):
        raise EntityError(code[:60], expected="a party that the record knows")
    rows = list_events(room, EventQuery(a=code, limit=PAGE, offset=(page - 1) * PAGE))
    day = on or room.catalogue.counts().last
    ties = [tie for tie in room.catalogue.ties() if code in {party.code for party in tie.parties}]
    return Answer(
        "state.html",
        name,
        {
            "code": code, "state": found, "flags": flags_of(code), "rows": rows, "on": day,
            "leaders": leaders_of(code, day) if found and day else (), "partners": room.catalogue.partners(code, 40),
            "ties": ties, "spans": _spans(found) if found else "",
        },
        {"code": code, "kind": party_kind(code), "name": name, "names": _names(found), "events": total},
        EVENT_FIELDS,
        event_fields(rows, room),
        [Crumb("States", room.links.states), Crumb(name, room.links.state(code))],
        _cite(room, request, code, name),
        Paging(page, PAGE, total),
    )  # fmt: skip


def _cite(room: Room, request: Request, code: str, name: str) -> Citation:
    return cite_page(request, f"state:{code}", f"{name}: chronology", room.links.state(code))


def _index_row(code: str, events: int, room: Room) -> dict[str, Any]:
    found = state_of(code)
    return {
        "code": code,
        "kind": party_kind(code),
        "name": party_name(code),
        "ccode": found.ccode if found else None,
        "spans": _spans(found) if found else "",
        "events": events,
        "url": room.links.state(code),
    }


def _by_letter(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    letters: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        letters.setdefault(row["name"][0].upper(), []).append(row)
    return letters


def _names(found: State | None) -> list[dict[str, Any]]:
    names: tuple[Spell, ...] = found.names if found else ()
    return [{"name": name.value, "from": name.start, "to": name.end} for name in names]


def _spans(found: State) -> str:
    """Return the years in which a state was a member of the state system: "1816–1940, 1991–"."""
    return ", ".join(
        f"{spell.start.year if spell.start else ''}–{spell.end.year if spell.end else ''}" for spell in found.members
    )
