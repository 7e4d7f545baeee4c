"""The app: which page answers at which address, in which forms, and what becomes of errors."""

from __future__ import annotations

import asyncio
import datetime
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from detente.errors import DetenteError, EntityError, RecordError
from detente.site.answer import Answer, Crumb, tag_response, write_csv, write_json
from detente.site.asked import has_control, known_query
from detente.site.moved import Moved
from detente.site.openapi import api_page, openapi
from detente.site.pages import codebook, documents, dyads, events, home, maps, network, places, search, states, ties
from detente.site.pages.chronology import events as chronology
from detente.site.pages.citing import place_citation
from detente.site.query import query_routes
from detente.site.review import review_routes
from detente.site.room import Room, Settings, open_room
from detente.site.security import SecureHeaders

__all__ = ["PAGES", "Page", "make_app", "make_app_of"]

LONGEST_PATH = 1_000
LONGEST_WAIT = 3.0
PageFunction = Callable[[Room, Request], Answer]


@dataclass(frozen=True, slots=True)
class Page:
    """An address and the function that answers there; `asked` are the names of what its query may ask."""

    path: str
    answer: PageFunction
    asked: tuple[str, ...] = ()


PAGES = (
    Page("/", home.home),
    Page("/states", states.states),
    Page("/states/{code}", states.state, ("on", "page")),
    Page("/dyads", dyads.dyads, ("page",)),
    Page("/dyads/{pair}", dyads.dyad, ("on", "page")),
    Page("/dyads/{pair}/places", places.places, ("on",)),
    Page("/events", chronology, ("party", "with", "type", "status", "from", "to", "page")),
    Page("/events/{id}", events.event),
    Page("/ties", ties.ties, ("kind", "party", "on", "page")),
    Page("/ties/{id}", ties.tie),
    Page("/documents", documents.documents, ("page",)),
    Page("/documents/{id}", documents.document, ("page",)),
    Page("/map", maps.map_page, ("on", "of", "with")),
    Page("/network", network.network_page, ("on",)),
    Page("/search", search.search, ("q", "kind", "page")),
    Page("/codebook", codebook.codebook),
    Page("/codebook/{type}", codebook.event_type, ("page",)),
    Page("/about", home.about),
)


class FormConvertor(Convertor[str]):
    """The ending of a twin's address."""

    regex = "json|csv|bib|ris"

    def convert(self, value: str) -> str:
        """Return the ending."""
        return value

    def to_string(self, value: str) -> str:
        """Return the ending."""
        return value


register_url_convertor("form", FormConvertor())


def make_app(record: Path | str, settings: Settings = Settings()) -> Starlette:  # noqa: B008 - frozen
    """Return the reading room of the record at `record`, as an ASGI app.

    RecordError where there is no record. `app.state.room` is the room; close its record when done.
    """
    return make_app_of(open_room(record, settings))


def make_app_of(room: Room) -> Starlette:
    """Return the app of a room."""
    routes: list[BaseRoute] = [
        Route("/openapi.json", _plain(room, lambda room, request: openapi(PAGES, request))),
        Route("/dyads/{pair}/chart.vl.json", _plain(room, dyads.chart)),
        *review_routes(room),
        *(query_routes(room) if room.settings.query else ()),
    ]
    for page in (*PAGES, Page("/api", lambda room, request: api_page(PAGES, room))):
        endpoint = _endpoint(room, page)
        routes.append(Route(("/index" if page.path == "/" else page.path) + ".{form:form}", endpoint))
        routes.append(Route(page.path, endpoint))
    static = StaticFiles(directory=str(files("detente.site").joinpath("static")))
    routes.append(Mount("/static", static))
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(SecureHeaders),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=5),
            Middleware(PlainAddresses),
        ],
        lifespan=_prepare,
        exception_handlers={DetenteError: _explain, HTTPException: _explain, Exception: _explain, Moved: _lead_on},
    )
    app.state.room = room
    return app


@asynccontextmanager
async def _prepare(app: Starlette) -> AsyncIterator[None]:
    """Make the room ready before it opens; the search index of a large record goes on being made beside its pages."""
    room: Room = app.state.room
    await run_in_threadpool(room.prepare)
    making = asyncio.create_task(run_in_threadpool(room.index.fill))
    await asyncio.wait({making}, timeout=LONGEST_WAIT)
    yield
    await making


class PlainAddresses:
    """An ASGI layer that refuses addresses which no page can have, before anything reads them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        if scope["type"] == "http" and (len(path) > LONGEST_PATH or has_control(path)):
            error = (
                HTTPException(414, f"The address has {len(path):,} characters (expected at most {LONGEST_PATH:,}).")
                if len(path) > LONGEST_PATH
                else HTTPException(404, f"{path!r} holds a control character (expected plain text).")
            )
            await _explain(Request(scope), error)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _endpoint(room: Room, page: Page) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_give, room, page, request)

    return answer


def _plain(room: Room, function: Callable[[Room, Request], Response]) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(function, room, request)

    return answer


def _give(room: Room, page: Page, request: Request) -> Response:
    """Return a page in the form its address asks for, from the shelf where it lies there."""
    form = request.path_params.get("form", "html")
    shelved = not room.settings.review
    asked = known_query(request, page.asked)
    address = f"{datetime.date.today()} {request.url.netloc}{request.url.path}?{urlencode(asked)}"
    body = room.pages.get(address) if shelved else None
    if body is None:
        answer = _find(room, page, request, asked)
        if form != "html" and form not in answer.forms:
            raise HTTPException(404, f"This page has no {form} form.")
        if answer.paging and answer.paging.page > answer.paging.pages:
            raise HTTPException(404, f"There is no page {answer.paging.page:,}: the last is {answer.paging.pages:,}.")
        body = write_answer(answer, form, room, request, asked)
        if shelved:
            room.pages.put(address, body)
    return tag_response(request, body, form)


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


def write_answer(answer: Answer, form: str, room: Room, request: Request, asked: Mapping[str, str]) -> bytes:
    """Return an answer in one of its forms; `asked` is what of the query the page knows."""
    if form == "json":
        return write_json(answer, request.url.path, asked, room.links)
    if form == "csv":
        return write_csv(answer)
    if form in ("bib", "ris") and answer.citation:
        return (answer.citation.bib if form == "bib" else answer.citation.ris).encode()
    beside_page = {name: value for name, value in asked.items() if name != "page"}
    template = room.templates.get_template(answer.template)
    return template.render(answer=answer, path=request.url.path, asked=beside_page, **answer.context).encode()


def _explain(request: Request, error: Exception) -> Response:
    """Return a page that says what was wrong and where to go on; never a traceback."""
    status, said = _status_of(error)
    if status == 500:
        logging.getLogger("detente.site").error("%s %s", request.method, request.url.path, exc_info=error)
    room: Room = request.app.state.room
    headers = dict(getattr(error, "headers", None) or {})
    form = request.path_params.get("form", "html") if request.scope.get("path_params") else "html"
    if form == "json" or request.url.path.endswith(".json"):
        return Response(json.dumps({"status": status, "error": said}), status, headers, "application/json")
    title = HTTPStatus(status).phrase
    crumbs = [Crumb(title, request.url.path)]
    answer = Answer("error.html", title, {"said": said, "status": status}, crumbs=crumbs, status=status)
    body = write_answer(answer, "html", room, request, {})
    return Response(body, status, headers, "text/html; charset=utf-8")


def _status_of(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        plain = HTTPStatus(error.status_code).phrase
        said = error.detail if error.detail != plain else ""
        return error.status_code, said or ("There is no page at this address." if error.status_code == 404 else plain)
    if isinstance(error, EntityError | RecordError):
        return 404, str(error)
    if isinstance(error, DetenteError):
        return 400, str(error)
    return 500, "Something went wrong on our side; the fault has been noted."


def _lead_on(request: Request, error: Exception) -> Response:
    """Lead to where the thing asked for is now, in the form asked for; asked anew each time, as it may move back."""
    assert isinstance(error, Moved)
    form, links = request.path_params.get("form"), request.app.state.room.links
    address = links.twin(error.address, form) if form else error.address
    return RedirectResponse(address, 301, {"Cache-Control": "no-cache"})
