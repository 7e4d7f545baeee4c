"""Event rows made one by one, for the formats that are too small or too free for SQL."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from detente.model import EVENT_COLUMNS, BoundedDate
from detente.refdata.plover import event_types, score_of

__all__ = ["make_row", "make_table", "read_day", "read_rows"]


def make_row(
    event_id: str,
    dataset: str,
    event_type: str | None,
    when: BoundedDate | None,
    actors: Sequence[str],
    recipients: Sequence[str] = (),
    mode: str | None = None,
    **others: Any,
) -> dict[str, Any]:
    """Return one row of `EVENT_COLUMNS`; class and score follow from the type where `others` does not give them."""
    known = event_types().get(event_type or "")
    return {
        "event_id": event_id,
        "origin": "imported",
        "dataset": dataset,
        "event_type": event_type,
        "mode": mode,
        "quad_class": known.quad_class if known else None,
        "status": "actual",
        "score": score_of(known.name, mode) if known else None,
        "actors": list(actors),
        "recipients": list(recipients),
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "edtf": str(when) if when else None,
        **others,
    }


def make_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as a table of `EVENT_COLUMNS`; what a row leaves out is null."""
    return pa.Table.from_pylist(rows, schema=EVENT_COLUMNS)


def read_rows(table: pa.Table) -> Iterable[dict[str, Any]]:
    """Yield the rows of `table`, a few thousand at a time."""
    for batch in table.to_batches(max_chunksize=4096):
        yield from batch.to_pylist()


def read_day(text: str) -> datetime.date | None:
    """Return the day of YYYY-MM-DD, YYYYMMDD or YYMMDD (19YY from 40 on, 20YY before); None where there is none."""
    digits = text.strip().replace("-", "")
    if len(digits) == 6 and digits.isdigit():
        digits = ("19" if int(digits[:2]) >= 40 else "20") + digits
    try:
        return datetime.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return None
