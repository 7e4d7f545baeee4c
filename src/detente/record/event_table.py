"""The table of events that a user holds: Arrow inside, rows by name, and a chronology in a notebook."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from detente.record.arrow_table import ArrowTable, write_html

__all__ = ["EventRow", "EventTable"]


class EventRow(NamedTuple):
    """One event of a table, its fields the columns of `EVENT_COLUMNS`."""

    event_id: str
    canonical_id: str
    origin: str
    dataset: str
    event_type: str | None
    mode: str | None
    quad_class: int | None
    status: str | None
    score: float | None
    original_code: str | None
    actors: list[str]
    recipients: list[str]
    actor_text: list[str] | None
    recipient_text: list[str] | None
    earliest: datetime.date | None
    latest: datetime.date | None
    edtf: str | None
    date_text: str | None
    place: str | None
    content: str | None
    document_id: str | None
    document_title: str | None
    source: str | None
    sentence: int | None
    trigger: str | None
    trigger_start: int | None
    trigger_end: int | None
    quote: str | None
    quote_start: int | None
    quote_end: int | None
    confidence: float | None
    coder: str | None
    coder_version: str | None
    recorded_at: datetime.datetime | None

    @property
    def date(self) -> str:
        """The date as precisely as the source gives it, in EDTF; "" where the document gives no bound."""
        return self.edtf or ""

    @property
    def act(self) -> str:
        """The type and mode, with the status where it is not "actual": "RETREAT/withdraw (planned)"."""
        act = self.event_type or self.original_code or ""
        if self.mode:
            act += f"/{self.mode}"
        return act if self.status in ("actual", None) else f"{act} ({self.status})"


class EventTable(ArrowTable):
    """Events in `EVENT_COLUMNS`, in order of time; iteration gives an `EventRow` each."""

    __slots__ = ()

    def __iter__(self) -> Iterator[EventRow]:
        return (EventRow(**row) for row in super().__iter__())

    def head(self, count: int) -> EventTable:
        """Return the first `count` events."""
        return EventTable(self._table.slice(0, count))

    def filter(self, mask: Any) -> EventTable:
        """Return the events where `mask`, an Arrow expression or boolean array, is true."""
        table: pa.Table = self._table.filter(mask)
        return EventTable(table)

    def __repr__(self) -> str:
        return f"EventTable({len(self):,} events{_span_of(self)})"

    def _repr_html_(self) -> str:
        columns = ["date", "who", "what", "to whom", "in the words of", "quote"]
        rows = [
            {
                "date": row.date,
                "who": ", ".join(row.actors),
                "what": row.act,
                "to whom": ", ".join(row.recipients),
                "in the words of": row.document_title or row.dataset,
                "quote": row.quote or "",
            }
            for row in EventTable(self._table.slice(0, 20))
        ]
        return write_html(rows, columns, len(self), "events")


def _span_of(events: EventTable) -> str:
    import pyarrow.compute as pc

    table = events.to_arrow()
    first, last = pc.min(table["earliest"]).as_py(), pc.max(table["latest"]).as_py()
    return f", {first} to {last}" if first and last else ""
