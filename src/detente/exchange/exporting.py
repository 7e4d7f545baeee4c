"""Events out: tables, PLOVER JSON, Stata, the network as GraphML, and their sources as RIS or BibTeX."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from detente.errors import FormatError, UsageError
from detente.exchange.graphml import write_graphml
from detente.exchange.plover_objects import plover_object
from detente.exchange.rows import read_rows
from detente.exchange.sources import write_bibtex, write_ris
from detente.exchange.whole_file import open_whole

__all__ = ["EXPORTS", "ExportReport", "export_events", "plover_object", "write_stata"]


class ExportReport(str):
    """What was written, in one line."""

    __slots__ = ()


def export_events(events: Any, form: str, path: Path | str) -> ExportReport:
    """Write `events` (Arrow, an Arrow stream, or Parquet: a file or folder) to `path` as `form`, whole or not at all.

    `form` is "csv" (lists parted by `;`), "parquet", "jsonl", "plover" (the manual's field names; `text_info` has the
    trigger's character offsets, `edtf` the date as written), "stata" (the `frames` extra), "graphml" (parties, and for
    each pair the number of acts and their summed score), "ris" or "bibtex" (each source once). PLOVER has no place for
    an event without a day, or for a row of no type or code (what stood in a year, say): they are left out, and the
    report says how many. UsageError in one line for an unknown form or a place that cannot be written.
    """
    if form not in EXPORTS:
        raise UsageError(f"{form!r} is not a form of export: expected one of {', '.join(EXPORTS)}")
    path, table = Path(path), _read(events)
    written = table.filter(_is_plover(table)) if form == "plover" else table
    with open_whole(path) as stream:
        EXPORTS[form](written, stream)
    said = f"{path}: {written.num_rows:,} events as {form}"
    left = table.num_rows - written.num_rows
    return ExportReport(f"{said}; {left:,} without a day, or without type and code, left out" if left else said)


def write_stata(table: pa.Table, path: Path) -> None:
    """Write `table` as a Stata file; lists become text parted by `;`. UsageError where pandas is not installed."""
    with open_whole(path) as stream:
        _write_stata(table, stream)


def _stata_frame(table: pa.Table) -> Any:
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError("Stata files need pandas: install detente[frames]") from error
    frame = _flatten(table).to_pandas(date_as_object=False)
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.DatetimeTZDtype):
            frame[name] = frame[name].dt.tz_localize(None)
        elif frame[name].isna().all():
            frame[name] = ""
        elif not pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_datetime64_any_dtype(frame[name]):
            frame[name] = frame[name].fillna("").astype(str).astype(object)
    return frame


def _write_stata(table: pa.Table, stream: BinaryIO) -> None:
    _stata_frame(table).to_stata(stream, write_index=False, version=118)


def _read(events: Any) -> pa.Table:
    if isinstance(events, (str, Path)):
        try:
            return pq.read_table(events) if Path(events).is_file() else _read_folder(Path(events))
        except (OSError, pa.ArrowInvalid) as error:
            raise FormatError(events, None, "cannot be read", expected="Parquet files of events") from error
    return events if isinstance(events, pa.Table) else pa.RecordBatchReader.from_stream(events).read_all()


def _read_folder(folder: Path) -> pa.Table:
    tables = [pq.read_table(file).replace_schema_metadata(None) for file in sorted(folder.glob("*.parquet"))]
    if not tables:
        raise FormatError(folder, None, "holds no Parquet file", expected="Parquet files of events")
    return pa.concat_tables(tables)


def _flatten(table: pa.Table) -> pa.Table:
    for number, column in enumerate(table.schema):
        if pa.types.is_list(column.type):
            table = table.set_column(number, column.name, pc.binary_join(table.column(number), ";"))
    return table


def _write_csv(table: pa.Table, stream: BinaryIO) -> None:
    pyarrow.csv.write_csv(_flatten(table), stream)


def _write_parquet(table: pa.Table, stream: BinaryIO) -> None:
    pq.write_table(table, stream, compression="zstd")


def _write_jsonl(table: pa.Table, stream: BinaryIO) -> None:
    for row in read_rows(table):
        stream.write((json.dumps(row, ensure_ascii=False, default=lambda value: value.isoformat()) + "\n").encode())


def _is_plover(table: pa.Table) -> pa.ChunkedArray:
    """Return which rows have what every PLOVER event must: a category and a day."""
    category = pc.or_(pc.is_valid(table["event_type"]), pc.is_valid(table["original_code"]))
    return pc.and_(category, pc.or_(pc.is_valid(table["earliest"]), pc.is_valid(table["latest"])))


def _write_plover(table: pa.Table, stream: BinaryIO) -> None:
    for row in read_rows(table):
        stream.write((json.dumps(plover_object(row), ensure_ascii=False) + "\n").encode())


EXPORTS: dict[str, Callable[[pa.Table, BinaryIO], None]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "jsonl": _write_jsonl,
    "plover": _write_plover,
    "stata": _write_stata,
    "graphml": write_graphml,
    "ris": write_ris,
    "bibtex": write_bibtex,
}
