"""Events out: tables, PLOVER JSON, Stata, the network as GraphML, and their sources as RIS or BibTeX."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from lxml import etree

from detente.errors import FormatError, UsageError
from detente.exchange.importing import named_errors
from detente.refdata.codes import code_of
from detente.refdata.states import state

__all__ = ["EXPORTS", "ExportReport", "export_events", "plover_object", "write_stata"]


class ExportReport(str):
    """What was written, in one line."""

    __slots__ = ()


def export_events(events: Any, form: str, path: Path | str) -> ExportReport:
    """Write `events` (Arrow, an Arrow stream, or Parquet: a file or folder) to `path` as `form`, whole or not at all.

    `form` is "csv" (lists parted by `;`), "parquet", "jsonl", "plover" (the manual's field names; `text_info` has the
    trigger's character offsets, `edtf` the date as written), "stata" (the `frames` extra), "graphml" (parties, and for
    each pair the number of acts and their summed score), "ris" or "bibtex" (each source once). UsageError in one line
    for an unknown form or a place that cannot be written.
    """
    if form not in EXPORTS:
        raise UsageError(f"{form!r} is not a form of export: expected one of {', '.join(EXPORTS)}")
    path, table = Path(path), _read(events)
    passing = path.with_name(path.name + ".part")
    with named_errors(path):
        try:
            with passing.open("wb") as stream:
                EXPORTS[form](table, stream)
            passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)
    return ExportReport(f"{path}: {table.num_rows:,} events as {form}")


def plover_object(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of an event table as a PLOVER object, in the manual's field names; what is not known is left out.

    Entities carry ISO 3166 codes where the state has one on the day, and the COW abbreviation as `cow`.
    """
    day = row["earliest"] or row["latest"]
    offsets = {"start": row["trigger_start"], "end": row["trigger_end"]}
    written = {
        "id": row["event_id"],
        "date": day.isoformat() if day else None,
        "enddate": row["latest"].isoformat() if row["latest"] else None,
        "edtf": row["edtf"],
        "event": {"category": row["event_type"] or row["original_code"]},
        "mode": [row["mode"]] if row["mode"] else None,
        "actor": _entities(row["actors"], row["actor_text"], day),
        "recipient": _entities(row["recipients"], row["recipient_text"], day),
        "event_loc": {"extracted_place": row["place"]} if row["place"] else None,
        "event_text": row["trigger"],
        "quad_code": row["quad_class"],
        "event_scale": row["score"],
        "text": row["quote"],
        "text_info": offsets if row["trigger_start"] is not None else None,
        "cite_info": {"title": row["document_title"], "url": row["source"]} if row["source"] else None,
        "coder": row["coder"],
        "comment": row["content"],
        "status": row["status"],
    }
    return {name: value for name, value in written.items() if value not in (None, [])}


def write_stata(table: pa.Table, path: Path) -> None:
    """Write `table` as a Stata file; lists become text parted by `;`. UsageError where pandas is not installed."""
    passing = path.with_name(path.name + ".part")
    with named_errors(path):
        try:
            with passing.open("wb") as stream:
                _write_stata(table, stream)
            passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)


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


def _rows(table: pa.Table) -> Iterable[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=4096):
        yield from batch.to_pylist()


def _write_csv(table: pa.Table, stream: BinaryIO) -> None:
    pyarrow.csv.write_csv(_flatten(table), stream)


def _write_parquet(table: pa.Table, stream: BinaryIO) -> None:
    pq.write_table(table, stream, compression="zstd")


def _write_jsonl(table: pa.Table, stream: BinaryIO) -> None:
    for row in _rows(table):
        stream.write((json.dumps(row, ensure_ascii=False, default=lambda value: value.isoformat()) + "\n").encode())


def _write_plover(table: pa.Table, stream: BinaryIO) -> None:
    for row in _rows(table):
        stream.write((json.dumps(plover_object(row), ensure_ascii=False) + "\n").encode())


def _entities(codes: list[str] | None, words: list[str] | None, day: Any) -> list[dict[str, str]]:
    texts = words if words and codes and len(words) == len(codes) else [None] * len(codes or ())
    found = []
    for code, text in zip(codes or (), texts, strict=True):
        entity = {"code": _iso(code, day), "cow": code, "entity_text": text}
        found.append({name: value for name, value in entity.items() if value})
    return found


def _iso(code: str, day: Any) -> str:
    from detente.errors import EntityError

    try:
        return code_of(state(code), "iso3", day)
    except EntityError:
        return code.removeprefix("X:")


def _write_graphml(table: pa.Table, stream: BinaryIO) -> None:
    """Write a directed graph: an edge for each actor and recipient (both ways for a two-sided act)."""
    events: Counter[tuple[str, str]] = Counter()
    scores: dict[tuple[str, str], float] = {}
    for row in _rows(table.select(["actors", "recipients", "score"])):
        near, far = row["actors"] or [], row["recipients"] or row["actors"] or []
        for pair in {(one, other) for one in near for other in far if one != other}:
            events[pair] += 1
            scores[pair] = scores.get(pair, 0.0) + (row["score"] or 0.0)
    root = etree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for key, owner, kind in (("events", "edge", "long"), ("score_sum", "edge", "double"), ("name", "node", "string")):
        etree.SubElement(root, "key", {"id": key, "for": owner, "attr.name": key, "attr.type": kind})
    graph = etree.SubElement(root, "graph", edgedefault="directed")
    for code in sorted({code for pair in events for code in pair}):
        node = etree.SubElement(graph, "node", id=code)
        etree.SubElement(node, "data", key="name").text = _name(code)
    for (one, other), count in sorted(events.items()):
        edge = etree.SubElement(graph, "edge", source=one, target=other)
        etree.SubElement(edge, "data", key="events").text = str(count)
        etree.SubElement(edge, "data", key="score_sum").text = repr(round(scores[one, other], 6))
    stream.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _name(code: str) -> str:
    from detente.errors import EntityError

    try:
        return state(code).name
    except EntityError:
        return code.removeprefix("X:")


def _sources(table: pa.Table) -> list[tuple[str, str, str]]:
    """Return each source once: (key, title, address or source)."""
    found = {
        (row["document_id"] or row["source"], row["document_title"] or row["dataset"] or "", row["source"] or "")
        for row in _rows(table.select(["document_id", "document_title", "source", "dataset"]))
        if row["document_id"] or row["source"]
    }
    return sorted(found)


def _write_ris(table: pa.Table, stream: BinaryIO) -> None:
    for key, title, source in _sources(table):
        lines = ["TY  - GEN", f"ID  - {key}", f"TI  - {title}"]
        lines += [f"UR  - {source}"] if re.match(r"https?://", source) else [f"PB  - {source}"] if source else []
        stream.write(("\r\n".join([*lines, "ER  - "]) + "\r\n\r\n").encode())


def _write_bibtex(table: pa.Table, stream: BinaryIO) -> None:
    for number, (key, title, source) in enumerate(_sources(table), start=1):
        label = re.sub(r"[^0-9A-Za-z]+", "-", key).strip("-")[:60] or f"source-{number}"
        field = "url" if re.match(r"https?://", source) else "publisher"
        values = {"title": title, field: source, "note": key}
        body = ",\n".join(f"  {name} = {{{_braced(value)}}}" for name, value in values.items() if value)
        stream.write(f"@misc{{{label},\n{body}\n}}\n\n".encode())


def _braced(text: str) -> str:
    return re.sub(r"([{}&%$#_\\])", r"\\\1", text)


EXPORTS: dict[str, Callable[[pa.Table, BinaryIO], None]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "jsonl": _write_jsonl,
    "plover": _write_plover,
    "stata": _write_stata,
    "graphml": _write_graphml,
    "ris": _write_ris,
    "bibtex": _write_bibtex,
}
