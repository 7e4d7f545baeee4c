"""The twins as an API: the OpenAPI document, made from the table of pages, and the page about it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from detente.site.answer import Answer, Crumb, tag_response
from detente.site.asked import LONGEST
from detente.site.shapes import shape_of

if TYPE_CHECKING:
    from detente.site.app import Page
    from detente.site.room import Room

__all__ = ["api_page", "describe_api", "openapi"]

MEDIA = {
    "json": "application/json",
    "csv": "text/csv",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
ASKED = {
    "on": "The day as of which it is asked: ISO, EDTF or words; a month or year means its last day.",
    "from": "First day, inclusive: ISO, EDTF or words; a month or year means its first day.",
    "to": "Last day, inclusive; a month or year means its last day.",
    "page": "The page of rows, from 1.",
    "party": "A state, organisation or movement, by name or code.",
    "of": "The state whose relations colour the map.",
    "with": "Another party: only events between the two, or on the map the places of those with `of`.",
    "type": "A PLOVER event type.",
    "status": "actual, planned, hypothetical or negated.",
    "kind": "The kind of tie, or of thing to find.",
    "q": "Words to find.",
}
PATHS = {
    "code": "A party's code, such as RUS.",
    "pair": "Two codes with a hyphen between, such as CHN-RUS.",
    "id": "The id of an event, a tie or a document.",
    "type": "A PLOVER event type, such as CONSULT.",
}


def openapi(pages: Sequence[Page], request: Request) -> Response:
    """Return the OpenAPI 3.1 document of the twins."""
    return tag_response(request, json.dumps(describe_api(pages), indent=1).encode(), "json")


def describe_api(pages: Sequence[Page]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of the twins of `pages`: JSON, CSV and the two forms of citation."""
    paths: dict[str, Any] = {}
    for page in pages:
        base = "/index" if page.path == "/" else page.path
        for form in MEDIA:
            paths[f"{base}.{form}"] = {"get": _operation(page, form)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Détente reading room",
            "version": "1",
            "description": (
                "Every page of the reading room as JSON, CSV, BibTeX and RIS. Read-only; every answer has an ETag. "
                "While the version is the same, fields may come and none goes."
            ),
        },
        "paths": paths,
        "components": {"schemas": {"Error": _ERROR}},
    }


_ERROR = {
    "type": "object",
    "required": ["status", "error"],
    "properties": {"status": {"type": "integer"}, "error": {"type": "string"}},
}


def _operation(page: Page, form: str) -> dict[str, Any]:
    summary = " ".join((page.answer.__doc__ or "").split())
    in_path = re.findall(r"{(\w+)}", page.path)
    parameters = [
        {"name": name, "in": "path", "required": True, "description": PATHS[name], "schema": {"type": "string"}}
        for name in in_path
    ]
    parameters += [
        {"name": name, "in": "query", "description": ASKED[name], "schema": _schema(name)} for name in page.asked
    ]
    shape = shape_of(page.path)
    columns = ", ".join(field.name for field in shape.rows)
    text = (
        f"A header and rows, lists joined by “; ”. Columns: {columns}." if form == "csv" else "A citation of the page."
    )
    schema = shape.schema if form == "json" else {"type": "string", "description": text}
    wrong = "application/json" if form == "json" else "text/html"
    error = {wrong: {"schema": {"$ref": "#/components/schemas/Error"} if form == "json" else {"type": "string"}}}
    name = re.sub(r"\W+", "_", page.path).strip("_") or "index"
    return {
        "operationId": f"{name}_{form}",
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer.", "content": {MEDIA[form]: {"schema": schema}}},
            "301": {"description": "It has another address now."},
            "304": {"description": "What the client holds is the answer still."},
            "400": {"description": "What is asked cannot be.", "content": error},
            "404": {"description": "There is no such thing.", "content": error},
            "414": {"description": "The address is longer than any page's.", "content": error},
        },
    }


def _schema(name: str) -> dict[str, Any]:
    if name == "page":
        return {"type": "integer", "minimum": 1, "maximum": 1_000_000}
    return {"type": "string", "maxLength": LONGEST}


def api_page(pages: Sequence[Page], room: Room) -> Answer:
    """The addresses of the twins, with what may be asked of each."""
    rows: list[dict[str, Any]] = [
        {
            "path": ("/index" if page.path == "/" else page.path) + ".json",
            "summary": " ".join((page.answer.__doc__ or "").split()),
            "asked": list(page.asked),
            "shape": shape_of(page.path),
        }
        for page in pages
    ]
    context = {"rows": rows, "meanings": {**PATHS, **ASKED}}
    crumbs = [Crumb("Data and API", room.links.api)]
    columns = ("path", "summary", "asked")
    plain = [{name: row[name] for name in columns} for row in rows]
    return Answer("api.html", "Data and API", context, {}, columns, plain, crumbs)
