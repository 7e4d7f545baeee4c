"""The room: one record, open, with what its pages share."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment

from detente.errors import RecordError, UsageError
from detente.site.answer import Answer
from detente.site.catalogue import Catalogue
from detente.site.links import Links
from detente.site.search import Index
from detente.site.typesetting import make_templates
from detente.workbench import Record, find_party

__all__ = ["Room", "Settings", "open_room"]

KEPT_PAGES = 2000
KEPT_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What is switched on: `review` takes proposals and lets reviewers decide, `query` answers SQL, `static` is an
    export (no forms); `accounts` is the file of reviewers; `address` is where an export will be hosted."""

    review: bool = False
    query: bool = False
    static: bool = False
    accounts: Path | None = None
    address: str = ""


@dataclass
class Room:
    """One record, open, with its catalogue, its search index, its templates and its addresses."""

    record: Record
    settings: Settings
    catalogue: Catalogue
    links: Links
    templates: Environment
    pages: PageShelf
    index: Index = field(init=False)
    last: tuple[tuple[object, ...], Answer] | None = None
    """What was asked last of an export, and its answer."""

    def __post_init__(self) -> None:
        self.index = Index(self.catalogue)
        self.templates.globals["last_day"] = lambda: self.catalogue.counts().last

    def prepare(self) -> None:
        """Do what the first pages would have to wait for: fill the catalogue, read the templates and the names."""
        self.catalogue.fill()
        for name in self.templates.list_templates():
            self.templates.get_template(name)
        for code in list(self.catalogue.parties())[:1]:
            find_party(code)

    def changed(self) -> None:
        """Drop what is kept: the record has changed."""
        self.catalogue.forget()
        self.pages.clear()


class PageShelf:
    """The pages lately made, the least used dropped first; a record open for reading cannot change under them."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, address: str) -> bytes | None:
        """Return a page kept; None where it is not."""
        with self._lock:
            if address in self._pages:
                self._pages.move_to_end(address)
            return self._pages.get(address)

    def put(self, address: str, body: bytes) -> None:
        """Keep a page."""
        with self._lock:
            self._bytes += len(body) - len(self._pages.pop(address, b""))
            self._pages[address] = body
            while len(self._pages) > KEPT_PAGES or self._bytes > KEPT_BYTES:
                self._bytes -= len(self._pages.popitem(last=False)[1])

    def clear(self) -> None:
        """Drop all pages."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0


def open_room(path: Path | str, settings: Settings = Settings()) -> Room:
    """Return the room of the record at `path`, which is opened for reading, or for writing with `review`.

    RecordError where there is none; UsageError for SQL beside corrections: a query needs the record open for reading.
    """
    if settings.review and settings.query:
        raise UsageError("--query and --review cannot go together (expected a record that is open for reading only)")
    if not Path(path).is_file():
        raise RecordError(f"{path}: no such record (expected a file that `detente add` made)")
    record = Record(path, read_only=not settings.review)
    links = Links()
    return Room(record, settings, Catalogue(record), links, make_templates(links, settings=settings), PageShelf())
