"""Giving a page: found and written once, kept without the name of its host, and given under the name it is asked by."""

from __future__ import annotations

import asyncio
import datetime
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlencode

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from detente.site.answer import Answer, tag_response, write_csv, write_json
from detente.site.asked import known_query
from detente.site.links import ORIGIN
from detente.site.pages.citing import place_citation
from detente.site.room import Room

__all__ = ["Page", "give_page", "lay_out", "write_page"]

LAID_OUT = 500
"""The dyads whose pages are made before they are asked for: those with the most events."""
_MAKERS = RunVar[anyio.CapacityLimiter | None]("makers")
_HOST = re.compile(r"([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Page:
    """An address and the function that answers there; `asked` are the names of what its query may ask."""

    path: str
    answer: Callable[[Room, Request], Answer]
    asked: tuple[str, ...] = ()


async def give_page(room: Room, page: Page, request: Request) -> Response:
    """Return a page in the form its address asks for, from the shelf where it lies there.

    HTTPException for a form that the page has not, for a page of its rows after the last, and for a host that has no
    name.
    """
    host = request.url.netloc  # what the client says, which Starlette 1.0 takes as it is
    if not _HOST.fullmatch(host):
        raise HTTPException(400, f"{host[:100]!r} is no host (expected a name, and a port where it has one).")
    asked = known_query(request, page.asked)
    form = request.path_params.get("form", "html")
    body = await _take(room, page, request, form, asked)
    given = body.replace(ORIGIN.encode(), f"{request.url.scheme}://{host}".encode())
    return tag_response(request, given, form)


async def lay_out(room: Room, page: Page, closing: asyncio.Event) -> None:
    """Make the pages of the dyads with the most events, one at a time while nobody waits for another, until `closing`.

    It takes half of a core at most, and nothing where pages are not kept.
    """
    for dyad in room.catalogue.dyads()[:LAID_OUT] if _is_shelved(room) else ():
        path = unquote(room.links.dyad(dyad.a, dyad.b))
        request = Request(
            {
                "type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [],
                "path_params": {"pair": path.rpartition("/")[2]},
            }
        )  # fmt: skip
        while _makers().borrowed_tokens and not closing.is_set():
            await asyncio.sleep(0.05)
        if closing.is_set():
            return
        began = time.monotonic()
        await _take(room, page, request, "html", {})
        await asyncio.sleep(time.monotonic() - began)


def write_page(answer: Answer, form: str, room: Room, path: str, asked: Mapping[str, str]) -> bytes:
    """Return an answer in one of its forms; `asked` is what of the query the page knows."""
    if form == "json":
        return write_json(answer, path, asked, room.links)
    if form == "csv":
        return write_csv(answer)
    if form in ("bib", "ris") and answer.citation:
        return (answer.citation.bib if form == "bib" else answer.citation.ris).encode()
    beside_page = {name: value for name, value in asked.items() if name != "page"}
    template = room.templates.get_template(answer.template)
    return template.render(answer=answer, path=path, asked=beside_page, **answer.context).encode()


def _makers() -> anyio.CapacityLimiter:
    """Return what lets few pages be made at once: they would only wait for each other."""
    limiter = _MAKERS.get(None)
    if limiter is None:
        _MAKERS.set(limiter := anyio.CapacityLimiter(2 * (os.cpu_count() or 1)))
    return limiter


def _is_shelved(room: Room) -> bool:
    return not room.settings.review and not room.settings.static


async def _take(room: Room, page: Page, request: Request, form: str, asked: Mapping[str, str]) -> bytes:
    """Return a page from the shelf, made and put there where it is not."""
    place = f"{datetime.date.today()} {request.url.path}?{urlencode(asked)}"  # a page says on which day it was made
    body = room.pages.get(place) if _is_shelved(room) else None
    if body is None:
        body = await anyio.to_thread.run_sync(_make, room, page, request, form, asked, limiter=_makers())
        if _is_shelved(room):
            room.pages.put(place, body)
    return body


def _make(room: Room, page: Page, request: Request, form: str, asked: Mapping[str, str]) -> bytes:
    answer = _find(room, page, request, asked)
    if form != "html" and form not in answer.forms:
        raise HTTPException(404, f"This page has no {form} form.")
    if answer.paging and answer.paging.page > answer.paging.pages:
        raise HTTPException(404, f"There is no page {answer.paging.page:,}: the last is {answer.paging.pages:,}.")
    return write_page(answer, form, room, request.url.path, asked)


def _find(room: Room, page: Page, request: Request, asked: Mapping[str, str]) -> Answer:
    """Return what a page says, cited; an export asks for the forms of a page in turn, and has it found once for all."""
    place = tuple(value for name, value in request.path_params.items() if name != "form")
    same = (page.path, place, tuple(asked.items()))
    if room.settings.static and room.last and room.last[0] == same:
        return room.last[1]
    found = page.answer(room, request)
    found = replace(found, citation=place_citation(room, request, found, asked))
    if room.settings.static:
        room.last = (same, found)
    return found
