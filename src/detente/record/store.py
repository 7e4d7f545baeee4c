"""The store: one file that keeps documents, what was coded from them, and what was said of it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from detente.errors import RecordError
from detente.model import Document, Event, Tie
from detente.record.clock import utc_now
from detente.record.connection import connect, explain_write
from detente.record.corrections import apply_corrections, current_ids, found_id
from detente.record.datasets import Dataset, DatasetTable, delete_dataset, import_part, link_parquet, list_datasets
from detente.record.documents import (
    DocumentTable,
    delete_document,
    fetch_document,
    fetch_titles,
    find_document_id,
    holds_document,
    insert_document,
    list_documents,
    retire_document,
)
from detente.record.dyads import Dyad, read_facts
from detente.record.event_table import EventTable
from detente.record.events import fetch_event, fetch_events, fetch_found_event, insert_events
from detente.record.judgements import Judgement, canonical_ids, list_judgements, write_judgement, write_leads
from detente.record.queries import (
    EventQuery,
    count_events,
    select_beside,
    select_events,
    select_history,
    select_imported_tellings,
    select_mentions,
)
from detente.record.schema import needs_migration, prepare_schema, refresh_scale
from detente.record.ties import TieQuery, fetch_found_tie, insert_ties, select_ties

__all__ = ["Store"]

KEPT_DYADS = 256


class Store:
    """A record's file, open. It is made where it is missing, and brought to the present schema where it is older.

    `read_only` opens it beside other readers; a writer needs it alone. Threads may share a store: each gets its own
    cursor. Every change is one transaction: a process that is killed leaves the record as it was before.
    RecordError says in one line why a file cannot be opened.

    >>> with Store(":memory:") as store:
    ...     len(store.events(EventQuery(a="RUS", b="CHN")))
    0
    """

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = _open(path, read_only)
        self._cursors = threading.local()
        self._writing = threading.RLock()
        facts = partial(read_facts, lambda: self.connection, keep=read_only)
        find_dyad = partial(Dyad, lambda: self.connection, cache(facts) if read_only else facts)
        self._dyad = lru_cache(KEPT_DYADS)(find_dyad) if read_only else find_dyad

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """This thread's connection to the record, for SQL of one's own; the tables are those of `schema.sql`."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._cursors, "connection", None)
        if cursor is None:
            cursor = self._cursors.connection = self._connection.cursor()
        return cursor

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give this thread's connection within one transaction: all of it is kept, or none if an error leaves it."""
        if self.read_only:
            raise RecordError(f"{self.path}: is open for reading only (expected it to be open for writing)")
        with self._writing:
            connection = self.connection
            connection.execute("BEGIN")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                _roll_back(connection)
                if isinstance(error, duckdb.Error) and (problem := explain_write(error)):
                    raise RecordError(f"{self.path}: {problem}") from error
                if isinstance(error, RuntimeError) and str(error) == "Query interrupted":
                    raise KeyboardInterrupt from error  # which is how DuckDB says it
                raise

    def add(
        self,
        document: Document,
        events: Sequence[Event],
        ties: Sequence[Tie] = (),
        *,
        coder: str = "",
        coder_version: str = "",
        again: bool = False,
    ) -> bool:
        """Keep `document` and what was coded from it, in one transaction; return whether the record changed.

        A document that the record holds stays as it is, unless `again`: then it, its events and its ties are
        replaced, and the rows they had stay behind for answers as known before.
        """
        with self.transaction() as connection:
            added_at = now = utc_now()
            if holds_document(connection, document.id):
                if not again:
                    return False
                added_at = retire_document(connection, document.id, now)
            insert_document(connection, document, coder, coder_version, added_at, now)
            leads = canonical_ids(connection, [*(event.id for event in events), *(tie.id for tie in ties)])
            insert_events(connection, events, leads, now)
            insert_ties(connection, ties, document.id, leads, now)
            corrected = {each for said in list_judgements(connection, decision="accepted") for each in said.subjects}
            apply_corrections(connection, corrected & {*(each.id for each in events), *(each.id for each in ties)}, now)
        return True

    def remove(self, document_id: str) -> None:
        """Take a document, its events and its ties out for good; RecordError where the record does not hold it."""
        with self.transaction() as connection:
            if not holds_document(connection, document_id):
                raise RecordError(f"{document_id!r}: no such document in the record (expected an id it holds)")
            delete_document(connection, document_id)

    def holds(self, document_id: str) -> bool:
        """Return whether a document of this id is in the record."""
        return holds_document(self.connection, document_id)

    def find_document_id(self, text: str) -> str:
        """Return the id of the one document meant by an id, its beginning, a name or an address."""
        return find_document_id(self.connection, text)

    def document(self, document_id: str) -> Document:
        """Return the document of this id."""
        return fetch_document(self.connection, document_id)

    def documents(self) -> DocumentTable:
        """Return the documents, one a row, oldest addition first."""
        return DocumentTable(list_documents(self.connection))

    def titles(self, document_ids: Iterable[str]) -> dict[str, str]:
        """Return the titles (else names) of documents by their ids; ids of none are left out."""
        return fetch_titles(self.connection, document_ids)

    def event(self, event_id: str) -> Event:
        """Return the coded event of this id."""
        return fetch_event(self.connection, event_id)

    def events_of(self, document_id: str) -> list[Event]:
        """Return the events coded from a document, in the order of their triggers."""
        return fetch_events(self.connection, document_id)

    def events(self, query: EventQuery = EventQuery()) -> EventTable:  # noqa: B008 - frozen
        """Return the events that `query` asks for, in order of time."""
        return EventTable(select_events(self.connection, query))

    def count_events(self, query: EventQuery) -> int:
        """Return how many events `query` asks for, whatever its page."""
        return count_events(self.connection, query)

    def history(self, query: EventQuery = EventQuery()) -> pa.Table:  # noqa: B008 - frozen
        """Return `earliest`, `latest` and `score` of the happenings that `query` asks for, one a row, in no order."""
        return select_history(self.connection, query)

    def dyad(self, a: str, b: str) -> Dyad:
        """Return the events between two parties by way of their sums: quick however many they are.

        A record open for reading cannot change: the sums of the dyads asked for last are kept.
        """
        return self._dyad(a, b)

    def beside(self) -> EventTable:
        """Return the imported events that a coded event might tell of too, in no order."""
        return EventTable(select_beside(self.connection))

    def mentions(self, event_id: str) -> EventTable:
        """Return the rows of imported data sets that say where the imported event of this id is told."""
        return EventTable(select_mentions(self.connection, event_id))

    def imported_tellings(self, canonical_id: str, parties: Sequence[str]) -> EventTable:
        """Return the imported events that lead to `canonical_id`; `parties` are those of one of them."""
        return EventTable(select_imported_tellings(self.connection, canonical_id, parties))

    def ties(self, query: TieQuery = TieQuery()) -> list[Tie]:  # noqa: B008 - frozen
        """Return the ties that `query` asks for, in order of their opening."""
        return select_ties(self.connection, query)

    def judge(self, judgement: Judgement) -> Judgement:
        """Record a reviewer's word and give it effect; return it with its time.

        UsageError where an accepted correction does not fit what it corrects: then nothing changes.
        """
        with self.transaction() as connection:
            now = utc_now()
            written = write_judgement(connection, judgement, now)
            if judgement.kind == "correction" and judgement.decision != "proposed":
                apply_corrections(connection, judgement.subjects, now)
            return written

    def judgements(self, subject: str | None = None, decision: str | None = None) -> list[Judgement]:
        """Return the judgements that stand, oldest first."""
        return list_judgements(self.connection, subject, decision)

    def found_id(self, subject: str) -> str:
        """Return the id under which an event or a tie was found: that which `subject` corrects, else `subject`."""
        return found_id(self.connection, subject)

    def found_event(self, event_id: str) -> Event | None:
        """Return the event of this id as its coder found it, whatever was corrected since; None where none did."""
        return fetch_found_event(self.connection, event_id)

    def found_tie(self, tie_id: str) -> Tie | None:
        """Return the tie of this id as it was found, whatever was corrected since; None where there is none."""
        found = fetch_found_tie(self.connection, tie_id)
        return found[0] if found else None

    def current_ids(self) -> dict[str, str]:
        """Return the ids of all that stands corrected, by the ids they were found under."""
        return current_ids(self.connection)

    def lead(self, leads: Mapping[str, str]) -> int:
        """Make each event and tie lead to the happening that `leads` gives for its id; return how many ids moved.

        Ids that are not named keep where they lead; a later call, and reviewers' judgements, may lead them elsewhere.
        """
        with self.transaction() as connection:
            return write_leads(connection, leads, utc_now())

    def canonical_id(self, old_id: str) -> str:
        """Return the id that `old_id` leads to: itself where nothing was joined."""
        return canonical_ids(self.connection, [old_id]).get(old_id, old_id)

    def import_part(self, dataset: Dataset, part: str, batches: Iterable[pa.RecordBatch], rejected: int = 0) -> int:
        """Take in one part (a file) of an imported data set, whole or not at all; return the number of rows."""
        with self.transaction() as connection:
            return import_part(connection, dataset, part, batches, rejected, utc_now())

    def link_parquet(self, dataset: Dataset, path: Path) -> int:
        """Answer also from a Parquet file of events, left where it lies; return the number of rows."""
        with self.transaction() as connection:
            return link_parquet(connection, dataset, path, utc_now())

    def datasets(self) -> DatasetTable:
        """Return the imported data sets, one a row."""
        return DatasetTable(list_datasets(self.connection))

    def remove_dataset(self, name: str) -> None:
        """Take an imported data set out of the record."""
        with self.transaction() as connection:
            delete_dataset(connection, name)

    def close(self) -> None:
        """Write what is pending and let the file go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r}{', read_only=True' if self.read_only else ''})"


def _open(path: Path | str, read_only: bool) -> duckdb.DuckDBPyConnection:
    connection = connect(path, read_only=read_only)
    try:
        if read_only:
            if not needs_migration(connection, path):
                return connection
            # A reader cannot migrate: open as a writer for a moment.
            connection.close()
            _open(path, read_only=False).close()
            return connect(path, read_only=True)
        prepare_schema(connection, path)
        refresh_scale(connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, duckdb.Error) and (problem := explain_write(error)):
            raise RecordError(f"{path}: {problem}") from error
        raise
    return connection


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.execute("ROLLBACK")
    except duckdb.Error:  # a failed commit has rolled back already
        return
