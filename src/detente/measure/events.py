"""The one place where measures take their events: from Arrow, Parquet, DuckDB or anything that streams Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import FormatError, UsageError
from detente.model import STATUSES
from detente.refdata.plover import event_types, score_of

__all__ = ["OPTIONAL_COLUMNS", "REQUIRED_COLUMNS", "EventFrame"]
__all__ += ["check_status", "known_codes", "open_events", "select_dyad", "select_events"]

REQUIRED_COLUMNS = ("event_type", "quad_class", "status", "score", "actors", "recipients", "earliest", "latest")
OPTIONAL_COLUMNS = {
    "event_id": "VARCHAR",
    "canonical_id": "VARCHAR",
    "dataset": "VARCHAR",
    "document_id": "VARCHAR",
    "mode": "VARCHAR",
    "trigger": "VARCHAR",
    "content": "VARCHAR",
    "quote": "VARCHAR",
}
_BETWEEN = """
    (list_contains(actors, $a) AND list_contains(recipients, $b))
    OR (list_contains(actors, $b) AND list_contains(recipients, $a))
    OR (len(coalesce(recipients, [])) = 0 AND list_contains(actors, $a) AND list_contains(actors, $b))
"""


@dataclass(frozen=True)
class EventFrame:
    """Events ready to be measured, one row a happening.

    `table` has the required and optional columns. `earliest` and `latest` are days (NaT where open), `score` and
    `quad` numbers (NaN, 0 where the act has none), `forward` and `backward` say of a dyad's events whether a acted
    upon b, b upon a, or (two-sided) both.
    """

    table: pa.Table
    earliest: NDArray[np.datetime64]
    latest: NDArray[np.datetime64]
    quad: NDArray[np.int64]
    score: NDArray[np.float64]
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.earliest)

    @property
    def dated(self) -> NDArray[np.bool_]:
        """Whether both bounds of the date are known."""
        return ~(np.isnat(self.earliest) | np.isnat(self.latest))

    def take(self, keep: NDArray[Any]) -> EventFrame:
        """Return the rows at the numbers or the mask `keep`."""
        rows = np.flatnonzero(keep) if keep.dtype == bool else keep
        return EventFrame(
            self.table.take(pa.array(rows)),
            self.earliest[rows],
            self.latest[rows],
            self.quad[rows],
            self.score[rows],
            self.forward[rows],
            self.backward[rows],
        )


def select_events(source: Any, status: Sequence[str] = ("actual",)) -> EventFrame:
    """Return all events of `source` whose status is one of `status`, one row a happening.

    `source` is a pyarrow Table, Parquet (a file, a folder, a glob), a DuckDB relation or anything with
    `__arrow_c_stream__`, in `EVENT_COLUMNS`. Several tellings of one happening (equal `canonical_id`) count once,
    with the tightest date. FormatError names the columns that are missing.
    """
    return _frame(_query(source, "TRUE", {}, status), None)


def select_dyad(source: Any, a: str, b: str, status: Sequence[str] = ("actual",)) -> EventFrame:
    """Return the events between `a` and `b` (codes) as `select_events` does.

    Acts of both on a third party are not among them.
    """
    if a == b:
        raise UsageError(f"{a} and {b}: a dyad needs two different parties")
    return _frame(_query(source, _BETWEEN, {"a": a, "b": b}, status), (a, b))


def known_codes(source: Any) -> set[str]:
    """Return every code that is a party to some event of `source`."""
    connection, name = _open(source)
    rows = connection.execute(
        f"SELECT DISTINCT unnest(list_concat(coalesce(actors, []), coalesce(recipients, []))) FROM {name}"
    ).fetchall()
    return {row[0] for row in rows}


def open_events(connection: duckdb.DuckDBPyConnection, source: Any) -> None:
    """Make the view `events` of an Arrow table, an Arrow stream, or Parquet: a file, a folder or a glob."""
    if isinstance(source, (str, Path)):
        path = f"{source}/*.parquet" if Path(source).is_dir() else str(source)
        try:
            connection.from_parquet(path).create_view("events")
        except duckdb.Error as error:
            raise FormatError(source, None, "cannot be read", expected="Parquet files of events") from error
    elif isinstance(source, pa.Table):
        connection.register("events", source)
    elif hasattr(source, "__arrow_c_stream__"):
        connection.register("events", pa.RecordBatchReader.from_stream(source).read_all())
    else:
        raise UsageError(
            f"events are a {type(source).__name__}: expected an Arrow table, Parquet files or a DuckDB relation"
        )
    columns = {row[0] for row in connection.execute("DESCRIBE events").fetchall()}
    missing = [name for name in REQUIRED_COLUMNS if name not in columns]
    if missing:
        where = source if isinstance(source, (str, Path)) else "event table"
        raise FormatError(where, None, f"lacks {', '.join(missing)}", expected=f"columns {', '.join(REQUIRED_COLUMNS)}")


def _open(source: Any) -> tuple[duckdb.DuckDBPyConnection, str]:
    connection = duckdb.connect()
    open_events(connection, source)
    return connection, "events"


def check_status(status: Sequence[str]) -> None:
    """Raise UsageError where `status` is empty, or names none of `STATUSES`."""
    unknown = [name for name in status if name not in STATUSES]
    if unknown or not status:
        raise UsageError(f"status {', '.join(unknown) or '()'}: expected some of {', '.join(STATUSES)}")


def _query(source: Any, where: str, values: dict[str, str], status: Sequence[str]) -> pa.Table:
    check_status(status)
    connection, name = _open(source)
    columns = {row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()}
    optional = [
        column if column in columns else f"CAST(NULL AS {kind}) AS {column}"
        for column, kind in OPTIONAL_COLUMNS.items()
    ]
    dates = [f"CAST({bound} AS DATE) AS {bound}" for bound in ("earliest", "latest")]
    picked = [column for column in REQUIRED_COLUMNS if column not in ("earliest", "latest")]
    statement = (
        f"SELECT {', '.join([*picked, *dates, *optional])} FROM {name}"
        f" WHERE coalesce(status, 'actual') IN (SELECT unnest($status)) AND ({where})"
    )
    table = connection.sql(statement, params={**values, "status": list(status)}).to_arrow_table()
    return _one_telling(table)


def _one_telling(table: pa.Table) -> pa.Table:
    """Keep, of the tellings of a happening, the one whose date is tightest (of equals, the one of the least id)."""
    ids = table.column("canonical_id")
    if ids.null_count == len(ids):
        return table
    own = [each or "\U0010ffff" for each in table.column("event_id").to_pylist()]
    width = (_days(table, "latest") - _days(table, "earliest")).astype("timedelta64[D]").astype(float)
    width[np.isnat(_days(table, "latest")) | np.isnat(_days(table, "earliest"))] = np.inf
    chosen: dict[str, int] = {}
    alone: list[int] = []
    for row, happening in enumerate(ids.to_pylist()):
        if happening is None:
            alone.append(row)
        elif happening not in chosen or (width[row], own[row]) < (width[chosen[happening]], own[chosen[happening]]):
            chosen[happening] = row
    return table.take(pa.array(sorted([*alone, *chosen.values()]), pa.int64()))


def _days(table: pa.Table, column: str) -> NDArray[np.datetime64]:
    return np.asarray(table.column(column).combine_chunks().cast(pa.date32()).to_numpy(zero_copy_only=False), "M8[D]")


def _frame(table: pa.Table, dyad: tuple[str, str] | None) -> EventFrame:
    count = table.num_rows
    quad = table.column("quad_class").cast(pa.int64()).to_pylist()
    score = table.column("score").to_pylist()
    kinds, modes = table.column("event_type").to_pylist(), table.column("mode").to_pylist()
    types = event_types()
    for row in range(count):
        if kinds[row] in types:
            quad[row] = types[kinds[row]].quad_class if quad[row] is None else quad[row]
            score[row] = score_of(kinds[row], modes[row]) if score[row] is None else score[row]
    forward, backward = np.ones(count, bool), np.ones(count, bool)
    if dyad:
        for row, (actors, recipients) in enumerate(
            zip(table.column("actors").to_pylist(), table.column("recipients").to_pylist(), strict=True)
        ):
            if recipients:
                forward[row] = dyad[0] in actors and dyad[1] in recipients
                backward[row] = dyad[1] in actors and dyad[0] in recipients
    return EventFrame(
        table,
        _days(table, "earliest"),
        _days(table, "latest"),
        np.array([value or 0 for value in quad], np.int64),
        np.array([np.nan if value is None else value for value in score], np.float64),
        forward,
        backward,
    )
