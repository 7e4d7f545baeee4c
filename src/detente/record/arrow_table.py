"""A table that goes to pandas, polars and Arrow without copying by hand, and prints well."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["ArrowTable", "write_html"]

SHOWN = 20


class ArrowTable:
    """Rows of named columns around a `pyarrow.Table`.

    Anything that takes Arrow data (`polars.DataFrame`, `duckdb.sql`, `pandas.DataFrame.from_arrow`, altair) takes it as
    it is. Iteration gives a mapping of column to value for each row.
    """

    __slots__ = ("_table",)

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @property
    def column_names(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self._table.column_names)

    def to_arrow(self) -> pa.Table:
        """Return the rows as a `pyarrow.Table`, without a copy."""
        return self._table

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas data frame; days that pandas cannot hold as timestamps stay `datetime.date`."""
        frame: pd.DataFrame = self._table.to_pandas()
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a polars data frame."""
        import polars as pl

        return pl.DataFrame(self)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __dataframe__(self, nan_as_null: bool = False, allow_copy: bool = True) -> object:
        return self._table.__dataframe__(nan_as_null, allow_copy)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[Any]:
        for batch in self._table.to_batches():
            yield from batch.to_pylist()

    def _head(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._table.slice(0, SHOWN).to_pylist()
        return rows

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)} rows: {', '.join(self.column_names)})"

    def _repr_html_(self) -> str:
        rows = [{name: "" if value is None else str(value) for name, value in row.items()} for row in self._head()]
        return write_html(rows, self.column_names, len(self), "rows")


def write_html(rows: list[dict[str, str]], columns: list[str], total: int, noun: str) -> str:
    """Return an HTML table of `rows`, every value escaped, and how many of `total` are shown."""
    head = "".join(f"<th style='text-align:left'>{escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align:left'>{escape(row[column])}</td>" for column in columns) + "</tr>"
        for row in rows
    )
    count = f"{total:,} {noun}" if total <= len(rows) else f"{total:,} {noun}, the first {len(rows)} shown"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{count}</p>"
