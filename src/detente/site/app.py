"""The app: which page answers at which address, in which forms, and what becomes of errors."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

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
from detente.site.answer import Answer, Crumb
from detente.site.asked import has_control
from detente.site.giving import Page, give_page, lay_out, write_page
from detente.site.moved import Moved
from detente.site.openapi import api_page, openapi
from detente.site.pages import codebook, documents, dyads, events, home, maps, network, places, search, states, ties
from detente.site.pages.chronology import events as chronology
from detente.site.query import query_routes
from detente.site.review import review_routes
from detente.site.room import Room, Settings, open_room
from detente.site.security import SecureHeaders

__all__ = ["PAGES", "Page", "make_app", "make_app_of"]

LONGEST_PATH = 1_000
LONGEST_WAIT = 3.0

DYAD = Page("/dyads/{pair}", dyads.dyad, ("on", "page"))
PAGES = (
    Page("/", home.home),
    Page("/states", states.states),
    Page("/states/{code}", states.state, ("on", "page")),
    Page("/dyads", dyads.dyads, ("page",)),
    DYAD,
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
    """Make the room ready before it opens; of a large record the search index, and pages that many will ask for, go on
    being made while it is open."""
    room: Room = app.state.room
    await run_in_threadpool(room.prepare)
    making = asyncio.create_task(run_in_threadpool(room.index.fill))
    await asyncio.wait({making}, timeout=LONGEST_WAIT)
    laying = asyncio.create_task(lay_out(room, DYAD, closing := asyncio.Event()))
    yield
    closing.set()
    await asyncio.wait({laying, making})


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
        return await give_page(room, page, request)

    return answer


def _plain(room: Room, function: Callable[[Room, Request], Response]) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(function, room, request)

    return answer


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
    body = write_page(answer, "html", room, request.url.path, {})
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
