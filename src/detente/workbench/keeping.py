"""Taking documents in, asking for what they tell, taking them out: the part of `Record` that keeps."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Self

from detente.coding import Coder, default_coder
from detente.errors import RecordError, UsageError
from detente.model import STATUSES, Document, Event
from detente.reading.reader import find_documents
from detente.record import DatasetTable, DocumentTable, EventQuery, EventTable, Store, as_known_on
from detente.record.report import AddReport, Failure, Progress, Tally, count_noun
from detente.refdata.plover import event_type as plover_type
from detente.workbench.coding import code_all
from detente.workbench.words import DateLike, find_party, read_date

__all__ = ["Keeping"]


class Keeping:
    """What a record keeps, and the questions it answers from there."""

    def __init__(self, path: str | Path = "record.duckdb", *, read_only: bool = False) -> None:
        self.store = Store(path, read_only=read_only)

    @property
    def path(self) -> str | Path:
        """The record's file."""
        return self.store.path

    def add(
        self,
        *paths: str | Path,
        coder: Coder | None = None,
        progress: Callable[[Progress], None] | None = None,
        again: bool = False,
    ) -> AddReport:
        """Read the documents at `paths` (files, folders, globs, addresses), code and keep them; report what was new.

        Each document is one transaction. Those that the record holds are left as they are, unless `again`: then they
        are coded anew and their events replaced. Documents that cannot be read are listed in the report; a path that
        does not exist raises DocumentError before anything is done.
        """
        started = time.perf_counter()
        coder = coder or default_coder()
        addresses = find_documents(paths)
        tally = Tally(len(addresses))
        for files, outcome in code_all(addresses, coder, known=self.store.holds if not again else None):
            tally.files = files
            if isinstance(outcome, Failure):
                tally.failed.append(outcome)
            elif outcome.known or not self.store.add(
                outcome.document,
                outcome.events,
                outcome.ties,
                coder=coder.name,
                coder_version=coder.version,
                again=again,
            ):
                tally.unchanged += 1
            else:
                tally.count(len(outcome.document.sentences), len(outcome.events), len(outcome.ties))
            if progress:
                progress(tally.progress())
        return tally.report(time.perf_counter() - started)

    def events(
        self,
        a: str | None = None,
        b: str | None = None,
        from_: DateLike | None = None,
        to: DateLike | None = None,
        event_type: str | None = None,
        *,
        status: str | None = None,
        document: str | None = None,
        dataset: str | None = None,
        min_confidence: float | None = None,
        known_on: datetime.date | datetime.datetime | None = None,
        limit: int | None = None,
    ) -> EventTable:
        """Return the chronology: events that `a` has part in, or that stand between `a` and `b`, in order of time.

        `from_` and `to` are days, both inclusive: events whose bounds reach into them. `status` is one of "actual",
        "planned", "hypothetical", "negated"; `document` an id, name or address; `dataset` "" for coded events alone or
        an imported set's name; `known_on` gives the record as it was on that day. Columns: `EVENT_COLUMNS`.

        Raises EntityError for a name that is unknown or could be several, DateError for no date, UsageError for a
        period that ends before it begins or a state with itself, RecordError for a data set that is not there.
        """
        if status is not None and status not in STATUSES:
            raise UsageError(f"{status!r} is not a status: expected one of {', '.join(STATUSES)}")
        earliest = read_date(from_).earliest if from_ is not None else None
        latest = read_date(to).latest if to is not None else None
        self._check_dataset(dataset)
        if b is not None and a is None:
            a, b = b, None
        query = EventQuery(
            a=find_party(a, earliest or latest) if a is not None else None,
            b=find_party(b, earliest or latest) if b is not None else None,
            earliest=earliest,
            latest=latest,
            event_type=plover_type(event_type).name if event_type is not None else None,
            status=status,
            document_id=self.store.find_document_id(document) if document is not None else None,
            dataset=dataset,
            min_confidence=min_confidence,
            known_on=as_known_on(known_on) if known_on is not None else None,
            limit=limit,
        )
        return self.store.events(query)

    def documents(self) -> DocumentTable:
        """Return the documents, one a row, oldest addition first, with their dates and counts."""
        return self.store.documents()

    def datasets(self) -> DatasetTable:
        """Return the imported data sets, one a row."""
        return self.store.datasets()

    def remove_dataset(self, name: str) -> None:
        """Take an imported data set out for good; RecordError where the record holds none of this name."""
        self.store.remove_dataset(name)

    def document(self, text: str) -> Document:
        """Return a document by its id (or how it begins), its name or its address."""
        return self.store.document(self.store.find_document_id(text))

    def event(self, event_id: str) -> Event:
        """Return a coded event, with the words and reasons of its parties, by its id."""
        return self.store.event(event_id)

    def mentions(self, event_id: str) -> EventTable:
        """Return where the imported event of this id is told, one a row, as a data set of mentions has it.

        `document_id` is the article's address, `source` who published it, then `sentence`, `trigger_start` (the
        character at which the act stands) and `confidence`.
        """
        return self.store.mentions(event_id)

    def remove(self, *documents: str) -> int:
        """Take documents, with their events and ties, out for good; return how many.

        Each is given by its id (or how it begins), its name or its address; all are looked up before any is taken.
        """
        ids = [self.store.find_document_id(text) for text in documents]
        for document_id in dict.fromkeys(ids):
            self.store.remove(document_id)
        return len(set(ids))

    def _check_dataset(self, name: str | None) -> None:
        if name and name not in (held := [row["dataset"] for row in self.datasets()]):
            expected = f"one of {', '.join(held)}" if held else "an imported data set: the record holds none"
            raise RecordError(f"{name!r}: no such data set in the record (expected {expected})")

    def close(self) -> None:
        """Let the record's file go."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({str(self.path)!r})"

    def _repr_html_(self) -> str:
        documents = self.documents()
        count = sum(row["events"] for row in documents)
        return (
            f"<b>{escape(str(self.path))}</b><br>{count_noun(len(documents), 'document')}, {count_noun(count, 'event')}"
            f"{documents._repr_html_()}"
        )
