"""The citation of a page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from detente.site.answer import Answer
from detente.site.citations import Citation
from detente.site.links import ORIGIN, file_of
from detente.site.room import Room

__all__ = ["cite_page", "place_citation"]


def cite_page(request: Request, key: str, title: str, path: str, **source: Any) -> Citation:
    """Return the citation of the page at `path`, retrieved today; `source` holds its author, work and publisher."""
    return Citation(key, title, path, datetime.date.today(), **source)


def place_citation(room: Room, request: Request, answer: Answer, asked: Mapping[str, str]) -> Citation:
    """Return the citation of an answer, a plain one where its page has none, with the address of what is shown.

    The address is whole: `ORIGIN`, the page's and what is asked of it. An export has none until it is hosted.
    """
    path = request.url.path.removesuffix(f".{request.path_params.get('form', '')}")
    path = room.links.home if path == "/index" else path
    key = ":".join([*path.strip("/").split("/"), *asked.values()]) if path != room.links.home else "home"
    found = answer.citation or cite_page(request, key, answer.title, path)
    place = room.links.asking(found.address, **asked)
    if room.settings.static:
        base = room.settings.address
        return replace(found, address=f"{base}/{quote(file_of(place))}" if base else "")
    return replace(found, address=f"{ORIGIN}{place}")
