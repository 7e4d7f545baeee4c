"""Corrections: readers suggest, reviewers decide, the history stays."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from detente.errors import DateError, EntityError, UsageError
from detente.site.accounts import Sessions, check_password
from detente.site.answer import Answer, Crumb
from detente.site.room import Room
from detente.site.security import RateLimit, Tokens
from detente.site.subject import EMPTY, FIELDS, list_tellings, name_subject, standing_fields, subject_words

__all__ = ["review_routes"]

DECISIONS = ("accepted", "rejected", "withdrawn")
MOST_BYTES, MOST_LETTERS, MOST_FIELDS = 20_000, 2_000, 20
SESSION, VISIT = "detente_session", "detente_visit"

Form = dict[str, str]


class Desk:
    """The reviewers' desk: sessions, tokens and limits of one app, and what is done with each form."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.sessions, self.tokens = Sessions(), Tokens()
        self.suggesting, self.signing = RateLimit(10, 600), RateLimit(8, 300)

    def show(self, request: Request, answer: Answer, status: int = 200) -> Response:
        """Return a page with a form, its token and the cookie the token is good for."""
        visit = request.cookies.get(VISIT) or secrets.token_urlsafe(24)
        session = request.cookies.get(SESSION, "")
        page = self.room.templates.get_template(answer.template).render(
            answer=answer, path=request.url.path, asked={}, token=self.tokens.make(visit),
            reviewer=self.sessions.name(session), **answer.context,
        )  # fmt: skip
        response = Response(page, status, {"Cache-Control": "no-store"}, "text/html; charset=utf-8")
        _set_cookie(request, response, VISIT, visit)
        return response

    def require_token(self, request: Request, form: Form) -> None:
        """Refuse a form that was not made for this visit."""
        if not self.tokens.fits(request.cookies.get(VISIT, ""), form.get("token", "")):
            raise HTTPException(403, "This form is too old or came from elsewhere: open its page again.")

    def suggestion_page(
        self, request: Request, kind: str, given: Form | None = None, error: str = "", status: int = 200
    ) -> Response:
        """Show the form that suggests a correction, with what was given before and why that cannot be."""
        subject = request.path_params["id"]
        tellings = list_tellings(self.room, kind, subject)
        back = self.room.links.event(subject) if kind == "event" else self.room.links.tie(subject)
        name = name_subject(self.room, kind, subject)
        crumbs = [Crumb(name, back), Crumb("Suggest a correction", request.url.path)]
        context = {
            "kind": kind,
            "back": back,
            "name": name,
            "words": subject_words(self.room, kind, subject),
            "fields": standing_fields(self.room, kind, subject),
            "given": given or {},
            "error": error,
            "history": self.room.catalogue.history(self.room.record.store.found_id(tellings[0])),
        }
        return self.show(request, Answer("suggest.html", "Suggest a correction", context, crumbs=crumbs), status)

    def suggest(self, request: Request, kind: str, form: Form) -> Response:
        """Keep a suggestion as a proposal; one that cannot be is sent back with the reason."""
        self._require_review()
        self.require_token(request, form)
        subject = request.path_params["id"]
        tellings = list_tellings(self.room, kind, subject)
        if not self.suggesting.allows(_client(request)):
            raise HTTPException(429, "That was many suggestions in a short time: try again in ten minutes.")
        try:
            who, why = _words(form, "who"), _words(form, "why")
            value = form.get("value", "") if form.get("field") in EMPTY else _words(form, "value")
            self.room.record.propose(tellings, form.get("field", ""), value, who, why)
        except (UsageError, DateError, EntityError) as error:
            return self.suggestion_page(request, kind, form, str(error), 400)
        self.room.changed()
        back = self.room.links.event(subject) if kind == "event" else self.room.links.tie(subject)
        return RedirectResponse(f"{back}#history", 303)

    def proposals(self, request: Request) -> Response:
        """Show what was proposed and decided; reviewers find buttons beside each proposal."""
        history = self.room.catalogue.history()
        about = {(of_events, each) for row in history for of_events in (row["of_events"],) for each in row["subjects"]}
        names = {each: name_subject(self.room, "event" if of_events else "tie", each) for of_events, each in about}
        context = {"history": history, "names": names}
        crumbs = [Crumb("Corrections", self.room.links.proposals)]
        return self.show(request, Answer("proposals.html", "Corrections", context, crumbs=crumbs))

    def decide(self, request: Request, form: Form) -> Response:
        """Write a reviewer's decision on a proposal."""
        self._require_review()
        name = self.sessions.name(request.cookies.get(SESSION, ""))
        if name is None:
            raise HTTPException(403, "Only a reviewer may decide: sign in first.")
        self.require_token(request, form)
        decision = form.get("decision", "")
        if decision not in DECISIONS:
            raise UsageError(f"{decision[:60]!r} is no decision (expected one of {', '.join(DECISIONS)})")
        self.room.record.decide(request.path_params["id"], decision, name, _words(form, "why"))
        self.room.changed()
        self.room.index.forget()
        return RedirectResponse(self.room.links.proposals, 303)

    def sign_in_page(self, request: Request, error: str = "", status: int = 200) -> Response:
        """Show the form to sign in, with why the last attempt failed."""
        crumbs = [Crumb("Sign in", self.room.links.sign_in)]
        return self.show(request, Answer("sign_in.html", "Sign in", {"error": error}, crumbs=crumbs), status)

    def sign_in(self, request: Request, form: Form) -> Response:
        """Open a session where name and password fit."""
        self._require_review()
        self.require_token(request, form)
        name = form.get("name", "")[:80]
        if not (self.signing.allows(_client(request)) and self.signing.allows(f"name:{name}")):
            raise HTTPException(429, "That was many attempts in a short time: try again in five minutes.")
        accounts = self.room.settings.accounts
        if accounts is None or not check_password(accounts, name, form.get("password", "")):
            return self.sign_in_page(request, "The name or the password is not right.", 403)
        response = RedirectResponse(self.room.links.proposals, 303)
        _set_cookie(request, response, SESSION, self.sessions.open(name))
        _set_cookie(request, response, VISIT, secrets.token_urlsafe(24))
        return response

    def sign_out(self, request: Request, form: Form) -> Response:
        """Close the session."""
        self.require_token(request, form)
        self.sessions.close(request.cookies.get(SESSION, ""))
        response = RedirectResponse(self.room.links.proposals, 303)
        response.delete_cookie(SESSION)
        return response

    def _require_review(self) -> None:
        if not self.room.settings.review:
            raise HTTPException(403, "This room is for reading only: its keeper takes no corrections here.")


def review_routes(room: Room) -> Sequence[Route]:
    """Return the routes of suggestions, proposals and signing in."""
    desk = Desk(room)
    routes = [
        Route(room.links.proposals, _reading(desk.proposals)),
        Route(room.links.proposals + "/{id}", _writing(desk.decide), methods=["POST"]),
        Route(room.links.sign_in, _reading(desk.sign_in_page), methods=["GET"]),
        Route(room.links.sign_in, _writing(desk.sign_in), methods=["POST"]),
        Route(room.links.sign_out, _writing(desk.sign_out), methods=["POST"]),
    ]
    for kind in FIELDS:
        path = f"/{kind}s/{{id}}/correction"
        routes.append(Route(path, _reading(desk.suggestion_page, kind), methods=["GET"]))
        routes.append(Route(path, _writing(desk.suggest, kind), methods=["POST"]))
    return routes


def _reading(page: Callable[..., Response], *more: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(page, request, *more)

    return answer


def _writing(page: Callable[..., Response], *more: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        form = await _read_form(request)
        return await run_in_threadpool(page, request, *more, form)

    return answer


async def _read_form(request: Request) -> Form:
    """Return the fields of a form, each once; 413 for one that is too large, 400 for one with too many fields."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413, "The form is too long.")
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, f"The form has more than {MOST_FIELDS} fields.") from error
    return {name: values[0] for name, values in fields.items()}


def _words(form: Form, name: str) -> str:
    text = form.get(name, "").strip()
    if not text or len(text) > MOST_LETTERS:
        asked = {"who": "your name", "why": "the reason", "value": "what it should be"}[name]
        raise UsageError(f"{asked} is missing or too long (expected 1 to {MOST_LETTERS:,} characters)")
    return text


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, httponly=True, samesite="strict", secure=secure)
