"""Printing tables: for reading in a terminal of any width, and as JSON lines, CSV and Parquet for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from detente.cli.options import Format
from detente.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console, RenderableType

__all__ = ["make_table", "print_all", "stdout_console", "write_table"]

WIDE = 120
"""The width from which a table has room for a column of quotes."""

NOT_A_TERMINAL = 100
"""The width of what is printed into a pipe or file, unless the environment's COLUMNS says otherwise."""


def stdout_console() -> Console:
    """Return the console that commands print tables to, as wide as the terminal."""
    import os

    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else NOT_A_TERMINAL
    return Console(width=width, highlight=False, soft_wrap=False)


def make_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, right: Iterable[str] = (), whole: Iterable[str] = ()
) -> RenderableType:
    """Return a table for reading, every cell as plain text (nothing in it is taken as markup).

    Columns named in `right` are aligned right and, like those in `whole`, never broken; in the others, cells that are
    too wide go on in the next line.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    numeric, unbroken = set(right), {*right, *whole}
    for column in columns:
        justify: Literal["left", "right"] = "right" if column in numeric else "left"
        table.add_column(column, justify=justify, overflow="fold", no_wrap=column in unbroken)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text("" if cell is None else str(cell)) for cell in row))
    return table


def print_all(*parts: RenderableType) -> None:
    """Print `parts` to standard output, one below the other."""
    console = stdout_console()
    for part in parts:
        console.print(part)


def write_table(table: pa.Table, form: Format, output: Path | None) -> None:
    """Write `table` as JSON lines, CSV (UTF-8; lists parted by `;`) or Parquet, to `output` or standard output.

    A file is whole or not there. UsageError where Parquet would go to a terminal, or the file's folder is missing.
    """
    if output is None:
        if form is Format.PARQUET and sys.stdout.isatty():
            raise UsageError(
                "parquet is not for a terminal: expected --output FILE, or standard output to go elsewhere"
            )
        sys.stdout.flush()
        _write(table, form, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if not output.parent.is_dir():
        raise UsageError(f"{output}: its folder does not exist (expected a folder to write to)")
    from detente.exchange.whole_file import open_whole

    with open_whole(output) as stream:
        _write(table, form, stream)


def _write(table: pa.Table, form: Format, stream: BinaryIO) -> None:
    if form is Format.PARQUET:
        import pyarrow.parquet as pq

        pq.write_table(table, stream, compression="zstd")
    elif form is Format.CSV:
        import pyarrow.csv

        pyarrow.csv.write_csv(_flatten(table), stream)
    else:
        for batch in table.to_batches(max_chunksize=4096):
            lines = (json.dumps(row, ensure_ascii=False, default=_iso) + "\n" for row in batch.to_pylist())
            stream.write("".join(lines).encode())


def _iso(value: Any) -> str:
    return str(value.isoformat())


def _flatten(table: pa.Table) -> pa.Table:
    """Return `table` with every list as one text, parted by `;`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for number, column in enumerate(table.schema):
        if pa.types.is_list(column.type):
            table = table.set_column(number, column.name, pc.binary_join(table.column(number), ";"))
    return table
