"""An answer: what one page says, and how it is given as HTML, JSON, CSV or a citation."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from detente.site.citations import Citation
from detente.site.links import Links

__all__ = ["Answer", "Crumb", "Paging", "tag_response", "write_csv", "write_json"]

MEDIA = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to a page: its name and address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many rows is shown."""

    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """The number of pages; at least 1."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.page * self.size, self.total)

    def cut(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Return the rows of this page out of all."""
        return rows[(self.page - 1) * self.size : self.page * self.size]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page says.

    `template` and `context` make the HTML; `record` is the JSON twin's object, `rows` (mappings with the same keys in
    the same order, named in `columns`) its list and the whole of the CSV twin. With `whole`, the twins hold everything,
    whichever page of it the HTML shows.
    """

    template: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    columns: Sequence[str] = ()
    rows: Sequence[Mapping[str, Any]] = ()
    crumbs: Sequence[Crumb] = ()
    citation: Citation | None = None
    paging: Paging | None = None
    whole: bool = False
    status: int = 200

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms it can be had in beside HTML."""
        return ("json", "csv", *(("bib", "ris") if self.citation else ()))

    @property
    def twins_asked(self) -> dict[str, int]:
        """What the addresses of its twins ask beside what its own does: the page, from the second on."""
        paged = self.paging is not None and self.paging.page > 1 and not self.whole
        return {"page": self.paging.page} if self.paging and paged else {}


def write_json(answer: Answer, path: str, asked: Mapping[str, str], links: Links) -> bytes:
    """Return the JSON twin: the record's fields, `rows`, and with paging `page`, `pages`, `total` and `next`.

    `path` and `asked` are its address, from which that of the next page is made.
    """
    body: dict[str, Any] = {**answer.record, "rows": list(answer.rows)}
    if answer.paging and not answer.whole:
        paging = answer.paging
        body |= {"page": paging.page, "pages": paging.pages, "total": paging.total}
        body["next"] = links.asking(path, **{**asked, "page": paging.page + 1}) if paging.page < paging.pages else None
    return json.dumps(body, ensure_ascii=False, default=_plain, indent=1).encode()


def write_csv(answer: Answer) -> bytes:
    """Return the CSV twin: a header and the rows; lists are joined by "; ".

    A value that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_cell(row[column]) for column in answer.columns])
    return text.getvalue().encode()


def tag_response(request: Request, body: bytes, form: str, status: int = 200) -> Response:
    """Return `body` with its ETag; 304 without a body where the client holds it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    held = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and tag in held:
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, MEDIA[form])


def _plain(value: object) -> object:
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        value = "; ".join(str(each) for each in value)
    if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t", "\r"):
        return f"'{value}"
    return value
