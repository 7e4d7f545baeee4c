"""Acts: events as the state of relations shows them, one a happening, with the number of its tellings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from detente.model import BoundedDate

__all__ = ["Act", "one_each", "read_acts"]


@dataclass(frozen=True, slots=True)
class Act:
    """An event as the page shows it: id, date, type and mode, parties, score, words and document.

    `canonical_id` is that of the happening it tells of, `tellings` how many events tell of that.
    """

    event_id: str
    when: BoundedDate
    event_type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    score: float | None
    quote: str
    document_id: str | None
    document_title: str | None
    status: str = "actual"
    canonical_id: str = ""
    tellings: int = 1


def read_acts(table: pa.Table) -> list[Act]:
    """Return the acts that `table`, in `EVENT_COLUMNS`, holds, in its order; rows without a type are left out.

    >>> from detente.model import EVENT_COLUMNS
    >>> read_acts(EVENT_COLUMNS.empty_table())
    []
    """
    return [_read_act(row) for row in table.to_pylist() if row["event_type"]]


def one_each(acts: Iterable[Act]) -> list[Act]:
    """Return one act for each happening, the telling with the tightest date, and how many tell of it."""
    stories: dict[str, list[Act]] = {}
    for act in acts:
        stories.setdefault(act.canonical_id or act.event_id, []).append(act)
    return [replace(min(told, key=_looseness), tellings=len(told)) for told in stories.values()]


def _looseness(act: Act) -> tuple[int, str]:
    days = act.when.days
    return (days if days is not None else datetime.date.max.toordinal(), act.event_id)


def _read_act(row: Mapping[str, Any]) -> Act:
    return Act(
        event_id=row["event_id"],
        when=BoundedDate(row["earliest"], row["latest"], row["date_text"] or "", row["edtf"] or ""),
        event_type=row["event_type"],
        mode=row["mode"],
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        score=row["score"],
        quote=row["quote"] or "",
        document_id=row["document_id"],
        document_title=_title(row),
        status=row["status"] or "actual",
        canonical_id=row["canonical_id"] or row["event_id"],
    )


def _title(row: Mapping[str, Any]) -> str | None:
    """Return the document's title; of an imported act its data set, with the source that it names."""
    if row["origin"] == "imported":
        return f"{row['dataset']} ({row['source']})" if row["source"] else row["dataset"]
    return row["document_title"] or row["source"] or None
