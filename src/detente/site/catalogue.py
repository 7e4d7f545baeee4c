"""What the pages ask of the record beyond `Record` itself: counts, lists and rows, one query each, values bound."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pyarrow as pa

from detente.model import EVENT_COLUMNS, Tie
from detente.record import EventQuery, EventTable, Store
from detente.record.queries import SAYS_AN_ACT
from detente.ties.joining import JoinedTie
from detente.workbench import Record

__all__ = ["Catalogue", "Counts", "DyadCount", "PartyCount"]

Kept = TypeVar("Kept")

_DYADS = """
    SELECT d.code_a, d.code_b, d.event_no FROM event_dyad AS d
    JOIN event AS e ON e.event_no = d.event_no AND e.retired_at IS NULL
    UNION ALL SELECT code_a, code_b, event_no FROM imported_dyad"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a record holds, and the first and last day of it."""

    documents: int
    events: int
    ties: int
    parties: int
    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class DyadCount:
    """Two parties, the number of events between them and the days these span."""

    a: str
    b: str
    events: int
    first: datetime.date | None = None
    last: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class PartyCount:
    """A party and the number of events it has part in."""

    code: str
    events: int


class Catalogue:
    """The record, as the pages ask for it. Answers that stay while the record does are kept."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.store: Store = record.store
        self._kept: dict[str, Any] = {}

    def forget(self) -> None:
        """Drop what is kept: the record has changed."""
        self._kept.clear()

    def fill(self) -> None:
        """Find what is kept now, before anything asks for it."""
        for find in (self.counts, self.dyads, self.event_types):
            find()
        self.joined_tie("")
        self.ties_between("", "")

    def counts(self) -> Counts:
        """Return how much the record holds."""
        return self._keep("counts", self._count)

    def parties(self) -> dict[str, int]:
        """Return every party in the record with the number of its events, the most first."""
        return self._keep("parties", self._count_parties)

    def dyads(self) -> list[DyadCount]:
        """Return every two parties that an event stands between, those with the most events first."""
        return self._keep("dyads", self._list_dyads)

    def joined_ties(self) -> list[JoinedTie]:
        """Return all ties, those that several documents tell of made one, in order of opening."""
        return self._keep("ties", self.record.joined_ties)

    def ties(self) -> list[Tie]:
        """Return all ties, in order of opening."""
        return [each.tie for each in self.joined_ties()]

    def ties_between(self, a: str, b: str) -> list[JoinedTie]:
        """Return the ties that both parties are in, in order of opening."""
        of_party = self._keep("ties_by_party", self._index_parties)
        return [each for each in of_party.get(a, ()) if any(party.code == b for party in each.tie.parties)]

    def joined_tie(self, tie_id: str) -> JoinedTie | None:
        """Return the tie that an id, or that of one of its tellings, leads to; None where there is none."""
        by_id = self._keep("ties_by_id", self._index_ties)
        return by_id.get(tie_id)

    def event_types(self) -> dict[str, int]:
        """Return the number of events of each type."""
        sql = """
            SELECT event_type, count(*) FROM (
                SELECT event_type FROM event WHERE retired_at IS NULL UNION ALL SELECT event_type FROM imported_event)
            WHERE event_type IS NOT NULL GROUP BY 1"""
        return self._keep("types", lambda: dict(self._rows(sql)))

    def partners(self, code: str, most: int = 500) -> list[DyadCount]:
        """Return the dyads of a party, those with the most events first."""
        return [dyad for dyad in self.dyads() if code in (dyad.a, dyad.b) and dyad.a != dyad.b][:most]

    def event_row(self, event_id: str) -> dict[str, Any] | None:
        """Return the row of an event in `EVENT_COLUMNS`: coded, imported, or of a linked file; else None."""
        for table, live in (("coded_event", "AND retired_at IS NULL"), ("imported_event", "")):
            rows = self._mappings(f"SELECT * FROM {table} WHERE event_id = $id {live} LIMIT 1", {"id": event_id})
            if rows:
                return {"origin": "imported", **rows[0]}
        for (path,) in self._rows("SELECT path FROM dataset WHERE path IS NOT NULL"):
            sql = "SELECT * FROM read_parquet($path) WHERE event_id = $id LIMIT 1"
            found = self.store.connection.sql(sql, params={"path": path, "id": event_id})
            if rows := found.to_arrow_table().to_pylist():  # times with a zone: DuckDB's own fetch would need pytz
                return {**dict.fromkeys(EVENT_COLUMNS.names), **rows[0], "origin": "imported"}
        return None

    def event_rows(self, event_ids: list[str]) -> dict[str, dict[str, Any]]:
        """Return who did what, and when, of coded events by their ids."""
        sql = """
            SELECT event_id, earliest, latest, actors, recipients, event_type, mode, NULL AS original_code FROM event
            WHERE event_id IN (SELECT unnest($ids)) AND retired_at IS NULL"""
        return {row["event_id"]: row for row in self._mappings(sql, {"ids": event_ids})} if event_ids else {}

    def was_held(self, kind: str, subject: str) -> bool:
        """Return whether the record once held an event or a tie of this id."""
        table, key = ("event", "event_id") if kind == "event" else ("tie", "tie_id")
        return bool(self._rows(f"SELECT 1 FROM {table} WHERE {key} = $id LIMIT 1", {"id": subject}))

    def tellings(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the rows of all tellings of the happening that `row` tells of: coded ones, then imported ones."""
        sql = "SELECT * FROM coded_event WHERE canonical_id = $id AND retired_at IS NULL ORDER BY recorded_at, event_no"
        found = self._mappings(sql, {"id": row["canonical_id"]})
        parties = (*row["actors"], *row["recipients"])
        return [*found, *self.store.imported_tellings(row["canonical_id"], parties).to_arrow().to_pylist()]

    def mentions(self, event_id: str) -> list[dict[str, Any]]:
        """Return where an imported event is told, one a row."""
        rows: list[dict[str, Any]] = self.store.mentions(event_id).to_arrow().to_pylist()
        return rows

    def document_rows(self, document_id: str) -> list[dict[str, Any]]:
        """Return the rows of a document's events, in the order of their triggers."""
        sql = (
            "SELECT * FROM coded_event WHERE document_id = $id AND retired_at IS NULL ORDER BY trigger_start, event_no"
        )
        return self._mappings(sql, {"id": document_id})

    def count_events(self, event_type: str) -> int:
        """Return the number of events of a type."""
        return self.event_types().get(event_type, 0)

    def history(self, subject: str | None = None) -> list[dict[str, Any]]:
        """Return everything that reviewers and readers said, of `subject` or of all; the latest first."""
        sql = """
            SELECT judgement_id, kind, subjects, change, decision, who, why, recorded_at, retired_at,
                subjects[1] NOT IN (SELECT tie_id FROM tie) AS of_events FROM judgement
            WHERE $subject IS NULL OR list_has(subjects, $subject) ORDER BY recorded_at DESC, judgement_id"""
        return self._mappings(sql, {"subject": subject})

    def scored_events(self, code: str | None, day: datetime.date, most: int = 200_000) -> pa.Table:
        """Return the dated events up to a day (of a party, where given), in `EVENT_COLUMNS`, the latest `most`.

        Acts of more than 25 years before weigh next to nothing in the relations of a day and are left out.
        """
        since = datetime.date(max(1, day.year - 25), 1, 1)
        query = EventQuery(a=code, earliest=since, latest=day, status="actual")
        table = self.store.events(query).to_arrow()
        return table.slice(max(0, table.num_rows - most))

    def chronology(self, query: EventQuery) -> EventTable:
        """Return the events of an `EventQuery`."""
        return self.store.events(query)

    def _count(self) -> Counts:
        sql = f"""
            SELECT (SELECT count(*) FROM document WHERE retired_at IS NULL),
                (SELECT count(*) FROM event WHERE retired_at IS NULL) + (SELECT count(*) FROM imported_event
                    WHERE {SAYS_AN_ACT}),
                (SELECT count(*) FROM tie WHERE retired_at IS NULL), min(earliest), max(latest)
            FROM (SELECT earliest, latest FROM event WHERE retired_at IS NULL
                UNION ALL SELECT earliest, latest FROM imported_event)"""
        documents, events, ties, first, last = self._rows(sql)[0]
        return Counts(documents, events, ties, len(self.parties()), first, last)

    def _count_parties(self) -> dict[str, int]:
        sql = """
            SELECT unnest(list_distinct(list_concat(actors, recipients))) AS code, count(*) AS events FROM (
                SELECT actors, recipients FROM event WHERE retired_at IS NULL
                UNION ALL SELECT actors, recipients FROM imported_event)
            GROUP BY 1 ORDER BY 2 DESC, 1"""
        return dict(self._rows(sql))

    def _list_dyads(self) -> list[DyadCount]:
        sql = f"""
            SELECT code_a, code_b, count(*) FROM ({_DYADS}) WHERE code_a <> code_b
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"""
        return [DyadCount(*row) for row in self._rows(sql)]

    def _index_ties(self) -> dict[str, JoinedTie]:
        return {key: each for each in self.joined_ties() for key in (*each.tellings, each.canonical_id, each.tie.id)}

    def _index_parties(self) -> dict[str, list[JoinedTie]]:
        found: dict[str, list[JoinedTie]] = {}
        for each in self.joined_ties():
            for code in {party.code for party in each.tie.parties}:
                found.setdefault(code, []).append(each)
        return found

    def _keep(self, name: str, find: Callable[[], Kept]) -> Kept:
        if name not in self._kept:
            self._kept[name] = find()
        kept: Kept = self._kept[name]
        return kept

    def _rows(self, sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self.store.connection.execute(sql, values or {}).fetchall()

    def _mappings(self, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        found = self.store.connection.execute(sql, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
