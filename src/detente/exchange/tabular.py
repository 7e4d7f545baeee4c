"""Delimited files read by DuckDB's own CSV reader and mapped to event rows in SQL."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from detente.errors import FormatError
from detente.exchange.importer import Chunk, Reading, Reject
from detente.model import EVENT_COLUMNS

__all__ = ["TabularImporter", "column_key", "quoted_literal"]


@dataclass(frozen=True)
class TabularImporter:
    """A format of lines parted by a delimiter, told by its columns.

    `layouts` are the columns (as `column_key` writes them) of the versions without a header, found by their number;
    with a header, columns go by name, and `synonyms` gives the usual name of a differing one (the first of several).
    `required` names the columns it is known by, `optional` those it may lack, `types` those that are not text. `select`
    says in SQL what any of `EVENT_COLUMNS` are (the rest are null) over the view `raw` with `joins`. A line whose
    `earliest` comes out null is rejected, unless the format has rows without a date (`undated`).
    """

    name: str
    dataset: str
    title: str
    citation: str
    select: Mapping[str, str]
    required: tuple[str, ...]
    joins: str = ""
    layouts: tuple[tuple[str, ...], ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    delimiter: str = "\t"
    date_format: str = "%Y-%m-%d"
    has_header: bool = True
    quoted: bool = False
    whole: bool = False
    undated: bool = False

    def recognises(self, head: bytes) -> bool:
        """Return whether the first line has the columns (by name, or by number where there is no header)."""
        first = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace").rstrip("\r")
        if self.has_header:
            return set(self.required) <= set(self._named(first))
        width = len(first.split(self.delimiter))
        return any(len(layout) == width for layout in self.layouts)

    def read(self, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
        """Return what `chunk` holds; FormatError where a column that must be there is not."""
        columns = self._columns(chunk)
        data = _as_utf8(chunk.data)
        with tempfile.NamedTemporaryFile(prefix="detente-", suffix=".csv") as file:
            file.write(data)
            file.flush()
            _forget(connection)
            scan = self._scan(file.name, columns)
            missing = [
                f"CAST(NULL AS {self.types.get(name, 'VARCHAR')}) AS {name}"
                for name in self.optional
                if name not in columns
            ]
            connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT {', '.join(['*', *missing])} FROM {scan}")
            kept = "" if self.undated else "WHERE earliest IS NOT NULL"
            table = connection.sql(f"SELECT * FROM ({self._query()}) {kept}").to_arrow_table()
            rejects = _damaged(connection, chunk)
            records = _count_records(data, self.quoted)
            if records != table.num_rows + len(rejects):
                rejects += self._undated(connection, chunk, data, {reject.line for reject in rejects})
                records = table.num_rows + len(rejects)
        return Reading(_complete(table, self.dataset), records, rejects)

    def _query(self, *more: str) -> str:
        columns = [*more, *(f"{value} AS {name}" for name, value in self.select.items())]
        return f"SELECT {', '.join(columns)} FROM raw {self.joins}"

    def _named(self, header: str) -> list[str]:
        names = next(csv.reader([header], delimiter=self.delimiter), [])
        keys = [column_key(name) or f"column_{number}" for number, name in enumerate(names)]
        for other, usual in self.synonyms.items():
            if other in keys and usual not in keys:
                keys[keys.index(other)] = usual
        return [key if key not in keys[:number] else f"{key}_{number}" for number, key in enumerate(keys)]

    def _columns(self, chunk: Chunk) -> list[str]:
        if self.has_header:
            columns = self._named(chunk.header)
            absent = [name for name in self.required if name not in columns]
            if absent:
                raise FormatError(
                    chunk.path, 1, f"has no column {absent[0]!r}", expected=f"the columns of {self.title}"
                )
            return columns
        widths = [len(line.split(self.delimiter)) for line in chunk.header.split("\n")[:50]]
        for layout in self.layouts:
            if len(layout) in widths:
                return list(layout)
        wanted = " or ".join(str(len(layout)) for layout in self.layouts)
        raise FormatError(chunk.path, chunk.first_line, f"has {widths[0]} columns", expected=f"{wanted} columns")

    def _scan(self, path: str, columns: Iterable[str]) -> str:
        kinds = ", ".join(f"'{name}': '{self.types.get(name, 'VARCHAR')}'" for name in columns)
        quote = '"' if self.quoted else ""
        return (
            f"read_csv({quoted_literal(path)}, auto_detect = false, header = false, columns = {{{kinds}}},"
            f" delim = {quoted_literal(self.delimiter)}, quote = '{quote}', escape = '{quote}',"
            f" dateformat = '{self.date_format}', null_padding = false, strict_mode = true, max_line_size = 16777216,"
            f" store_rejects = true, rejects_table = 'damaged', rejects_scan = 'damaged_scan', rejects_limit = 0)"
        )

    def _undated(
        self, connection: duckdb.DuckDBPyConnection, chunk: Chunk, data: bytes, damaged: set[int]
    ) -> list[Reject]:
        """Return the lines that were read but have no date, and the empty ones: few, so the way may be long."""
        numbered = list(_records(data, chunk.first_line, self.quoted))
        rejects = [
            Reject(chunk.path, line, "is empty", "") for line, text in numbered if not text and line not in damaged
        ]
        read = [(line, text) for line, text in numbered if text and line not in damaged]
        _forget(connection)
        if self.undated:
            return rejects
        connection.execute("CREATE OR REPLACE TEMP TABLE numbered AS SELECT *, row_number() OVER () AS row_no FROM raw")
        connection.execute("CREATE OR REPLACE TEMP VIEW raw AS FROM numbered")
        query = f"SELECT row_no FROM ({self._query('raw.row_no AS row_no')}) WHERE earliest IS NULL ORDER BY 1"
        for (number,) in connection.execute(query).fetchall():
            line, text = read[number - 1]
            rejects.append(Reject(chunk.path, line, "has no date", text))
        return rejects


def column_key(name: str) -> str:
    """Return a column's name in small letters and underscores.

    >>> column_key("CAMEO Code"), column_key("GLOBALEVENTID"), column_key("StartYear1")
    ('cameo_code', 'globaleventid', 'startyear1')
    """
    return re.sub(r"[^0-9a-z]+", "_", name.strip().strip('"').lower()).strip("_")


def quoted_literal(text: str) -> str:
    """Return `text` as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _as_utf8(data: bytes) -> bytes:
    """Return `data` as it is where it holds UTF-8, damaged or not; from Latin-1 where it holds no such letters."""
    if data.isascii():
        return data
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    wide = len(data) - len(text)
    return data.decode("latin-1").encode() if broken > wide else data


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DROP TABLE IF EXISTS damaged")
    connection.execute("DROP TABLE IF EXISTS damaged_scan")


def _damaged(connection: duckdb.DuckDBPyConnection, chunk: Chunk) -> list[Reject]:
    rows = connection.execute(
        "SELECT line, arg_min(lower(error_type::VARCHAR), column_idx), arg_min(column_name, column_idx),"
        " any_value(csv_line) FROM damaged GROUP BY line ORDER BY line"
    ).fetchall()
    return [
        Reject(chunk.path, int(line) + chunk.first_line - 1, _reason(problem, column), (text or "").strip("\r\n"))
        for line, problem, column, text in rows
    ]


def _reason(problem: str, column: str | None) -> str:
    return f"{column} cannot be read" if problem == "cast" else f"has {problem}" if "columns" in problem else problem


def _count_records(data: bytes, quoted: bool) -> int:
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if quoted and b'"' in data:
        lines -= sum(piece.count(b"\n") for piece in data.split(b'"')[1::2])
    return lines


def _records(data: bytes, first_line: int, quoted: bool) -> Iterable[tuple[int, str]]:
    line, held, start = first_line, b"", first_line
    for text in data.removesuffix(b"\n").split(b"\n"):
        held = held + b"\n" + text if held else text
        if not quoted or held.count(b'"') % 2 == 0:
            yield start, held.decode("utf-8", "replace").rstrip("\r")
            held, start = b"", line + 1
        line += 1
    if held:
        yield start, held.decode("utf-8", "replace")


def _complete(table: pa.Table, dataset: str) -> pa.Table:
    """Return `table` with all of `EVENT_COLUMNS`, those it lacks null."""
    count = table.num_rows
    given = {"origin": "imported", "dataset": dataset, "status": "actual"}
    columns = []
    for each in EVENT_COLUMNS:
        if each.name in table.column_names:
            columns.append(table.column(each.name).cast(each.type))
        elif each.name in given:
            columns.append(pa.chunked_array([pa.repeat(pa.scalar(given[each.name], each.type), count)]))
        else:
            columns.append(pa.chunked_array([pa.nulls(count, each.type)]))
    return pa.Table.from_arrays(columns, schema=EVENT_COLUMNS)
