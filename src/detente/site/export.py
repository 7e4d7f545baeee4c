"""The room as static files: every page that a link leads to, with its twins, for hosting anywhere."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import shutil
from collections import deque
from collections.abc import Callable
from html import unescape
from importlib.resources import as_file, files
from pathlib import Path
from posixpath import relpath
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from starlette.types import ASGIApp

from detente.errors import UsageError
from detente.site.app import make_app
from detente.site.links import TWINS, file_of
from detente.site.room import Settings

__all__ = ["export_site"]

_LINK = re.compile(r'(?P<attribute>\b(?:href|data-chart)=")(?P<address>/[^"]*)"|(?P<source>\bsrc=")(?P<file>/[^"]*)"')
_ADDRESS = re.compile(r'^ *"(?:url|next)": "(?P<address>/[^"]*)"', re.MULTILINE)
_SERVED = ("/search", "/proposals", "/sign-in", "/-/query")


def export_site(record: Path | str, folder: Path, told: Callable[[int], None] | None = None, address: str = "") -> int:
    """Write the pages of a record's reading room to `folder`, made where it is missing; return how many.

    Links are relative, those in the twins too, so the folder may lie anywhere; what needs a server (search, days asked
    for in forms) is left out. `told` is called with the number of pages written. `address` is where the folder will be
    hosted, for citations to name; without it they name none. UsageError for a folder that holds something else, and for
    an address that is not one of the web.
    """
    if address and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", address):
        raise UsageError(f"{address!r} is no address (expected one such as https://example.org/record)")
    if folder.exists() and any(folder.iterdir()) and not (folder / "index.html").exists():
        raise UsageError(f"{folder}: holds other files (expected an empty folder, or an earlier export)")
    app = make_app(record, Settings(static=True, address=address.rstrip("/")))
    try:
        return asyncio.run(_write_pages(app, folder, told))
    finally:
        app.state.room.record.close()


async def _write_pages(app: ASGIApp, folder: Path, told: Callable[[int], None] | None) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with as_file(files("detente.site").joinpath("static")) as static:
        shutil.copytree(static, folder / "static", dirs_exist_ok=True)
    waiting, seen, written = deque(["/"]), {"/"}, 0
    while waiting:
        address = waiting.popleft()
        status, body = await _get(app, address)
        if status != 200:
            continue
        target = folder / file_of(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = body.decode()
        for link in _links(text, _ADDRESS if target.suffix == ".json" else _LINK):
            if link not in seen:
                seen.add(link)
                (waiting.appendleft if urlsplit(link).path.endswith(TWINS) else waiting.append)(link)
        target.write_text(_WRITERS.get(target.suffix, _same)(text, file_of(address)), "utf-8", newline="")
        written += 1
        if told:
            told(written)
    return written


async def _get(app: ASGIApp, address: str) -> tuple[int, bytes]:
    """Return the status and body of a page, asked of the app itself."""
    parts = urlsplit(address)
    answer: dict[str, Any] = {"status": 500, "body": b""}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": unquote(parts.path), "raw_path": parts.path.encode(), "query_string": parts.query.encode(),
        "root_path": "", "headers": [(b"host", b"localhost")], "client": None, "server": ("localhost", 80),
    }  # fmt: skip

    waiting = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else await asyncio.Future()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer["status"] = message["status"]
        elif message["type"] == "http.response.body":
            answer["body"] += message.get("body", b"")

    await app(scope, receive, send)
    return answer["status"], answer["body"]


def _links(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Return the pages led to that can be files: those that ask nothing but for a page of rows."""
    found = (unescape(match["address"] or "").partition("#")[0] for match in pattern.finditer(text))
    return [address for address in found if address and _is_file(address)]


def _is_file(address: str) -> bool:
    parts = urlsplit(address)
    asked = [name for name, _ in parse_qsl(parts.query)]
    return not parts.path.startswith((*_SERVED, "/static")) and asked in ([], ["page"])


def _lead(address: str, own: str) -> str:
    """Return an address of the room as one relative to the file `own`; what is not exported is led to by its path."""
    path, _, place = address.partition("#")
    kept = path if _is_file(path) else urlsplit(path).path
    file = kept.lstrip("/") if kept.startswith("/static") else file_of(kept)
    near = relpath(file, str(Path(own).parent.as_posix()))
    return quote(near) + (f"#{place}" if place else "")


def _relate_page(text: str, own: str) -> str:
    """Return a page with its links made relative to its own file."""

    def lead(match: re.Match[str]) -> str:
        before, address = match["attribute"] or match["source"], unescape(match["address"] or match["file"])
        return f'{before}{_lead(address, own)}"'

    return _LINK.sub(lead, text)


def _relate_json(text: str, own: str) -> str:
    """Return a JSON twin with the addresses of its rows and of its next page made relative."""

    def lead(value: dict[str, Any]) -> dict[str, Any]:
        return {name: _lead(each, own) if _is_address(name, each) else each for name, each in value.items()}

    return json.dumps(json.loads(text, object_hook=lead), ensure_ascii=False, indent=1)


def _relate_csv(text: str, own: str) -> str:
    """Return a CSV twin with the addresses of its rows made relative."""
    header, *rows = csv.reader(io.StringIO(text))
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        cells = zip(header, row, strict=True)
        writer.writerow([_lead(cell, own) if _is_address(name, cell) else cell for name, cell in cells])
    return written.getvalue()


def _is_address(name: str, value: Any) -> bool:
    return name in ("url", "next") and isinstance(value, str) and value.startswith("/")


def _same(text: str, own: str) -> str:
    return text


_WRITERS = {".html": _relate_page, ".json": _relate_json, ".csv": _relate_csv}
