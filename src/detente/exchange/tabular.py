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
from detente.exchange.quoting import Quoting, check_quotes, split_records
from detente.model import EVENT_COLUMNS

__all__ = ["TabularImporter", "column_key", "quoted_literal"]

LONGEST_LINE = 1 << 24
"""Bytes; DuckDB reads as much at a time, so that a chunk has work for several threads."""


@dataclass(frozen=True)
class TabularImporter:
    """A format of lines parted by a delimiter, told by its columns.

    `layouts` are the columns (as `column_key` writes them) of the versions without a header, found by their number;
    with a header, columns go by name, and `synonyms` gives the usual name of a differing one (the first of several).
    `required` names the columns it is known by, `optional` those it may lack, `types` those that are not text. `select`
    says in SQL what any of `EVENT_COLUMNS` are (the rest are null) over the view `raw` with `joins`. A line without
    bounds that exist, or that ends before it begins, is rejected.
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
        data = _one_line_end(_as_utf8(chunk.data))
        quoting = check_quotes(data, self.delimiter, chunk.first_line) if self.quoted else Quoting(data)
        with tempfile.NamedTemporaryFile(prefix="detente-", suffix=".csv") as file:
            file.write(quoting.data)
            file.flush()
            _forget(connection)
            scan = self._scan(file.name, columns)
            missing = [
                f"CAST(NULL AS {self.types.get(name, 'VARCHAR')}) AS {name}"
                for name in self.optional
                if name not in columns
            ]
            connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT {', '.join(['*', *missing])} FROM {scan}")
            table = connection.sql(f"SELECT * FROM ({self._query()}) WHERE {_BOUNDED}").to_arrow_table()
            rejects = [Reject(chunk.path, line, "has a quote out of place", text) for line, text in quoting.damaged]
            rejects += _damaged(connection, chunk, quoting)
            records = _count_lines(data) - sum(quoting.further.values())
            if records != table.num_rows + len(rejects):
                rejects += self._unbounded(connection, chunk, quoting, {reject.line for reject in rejects})
                records = table.num_rows + len(rejects)
        return Reading(_complete(table, self.dataset), records, sorted(rejects, key=lambda each: each.line))

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
            f" dateformat = '{self.date_format}', null_padding = false, strict_mode = true,"
            f" max_line_size = {LONGEST_LINE}, buffer_size = {LONGEST_LINE},"
            f" store_rejects = true, rejects_table = 'damaged', rejects_scan = 'damaged_scan', rejects_limit = 0)"
        )

    def _unbounded(
        self, connection: duckdb.DuckDBPyConnection, chunk: Chunk, quoting: Quoting, damaged: set[int]
    ) -> list[Reject]:
        """Return the lines that were read but have no bounds, and the empty ones: few, so the way may be long."""
        lines = quoting.data.removesuffix(b"\n").split(b"\n")
        numbered = [each for each in split_records(lines, quoting.further, chunk.first_line) if each[0] not in damaged]
        rejects = [Reject(chunk.path, line, "is empty", "") for line, text in numbered if not text]
        read = [each for each in numbered if each[1]]
        _forget(connection)
        connection.execute("CREATE OR REPLACE TEMP TABLE numbered AS SELECT *, row_number() OVER () AS row_no FROM raw")
        connection.execute("CREATE OR REPLACE TEMP VIEW raw AS FROM numbered")
        query = f"SELECT row_no, {_UNBOUNDED} FROM ({self._query('raw.row_no AS row_no')})"
        for number, reason in connection.execute(
            f"{query} WHERE NOT coalesce({_BOUNDED}, FALSE) ORDER BY 1"
        ).fetchall():
            line, text = read[number - 1]
            rejects.append(Reject(chunk.path, line, reason, text))
        return rejects


_BOUNDED = "earliest <= latest"
_UNBOUNDED = (
    "CASE WHEN earliest IS NULL THEN 'has no date' WHEN latest IS NULL THEN 'has a last day that does not exist'"
    " ELSE 'ends before it begins' END"
)


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


def _one_line_end(data: bytes) -> bytes:
    """Return `data` with line feeds alone: DuckDB takes a stray carriage return for a line end, and stops at a mix."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b" ") if b"\r" in data else data


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("DROP TABLE IF EXISTS damaged")
    connection.execute("DROP TABLE IF EXISTS damaged_scan")


def _damaged(connection: duckdb.DuckDBPyConnection, chunk: Chunk, quoting: Quoting) -> list[Reject]:
    rows = connection.execute(
        "SELECT line, arg_min(lower(error_type::VARCHAR), column_idx), arg_min(column_name, column_idx),"
        " any_value(csv_line) FROM damaged GROUP BY line ORDER BY line"
    ).fetchall()
    lines = quoting.lines_of([int(row[0]) + chunk.first_line - 1 for row in rows])  # DuckDB counts records
    return [
        Reject(chunk.path, line, _reason(problem, column), (text or "").strip("\r\n"))
        for line, (_, problem, column, text) in zip(lines, rows, strict=True)
    ]


def _reason(problem: str, column: str | None) -> str:
    return f"{column} cannot be read" if problem == "cast" else f"has {problem}" if "columns" in problem else problem


def _count_lines(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n"))


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
