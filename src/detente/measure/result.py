"""What every measure returns: a frozen value with a table, a chart, a summary in words and its references."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from detente.measure.charts import save_chart
from detente.measure.sources import cite

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Result"]


@dataclass(frozen=True)
class Result:
    """The base of all results. `table` is an Arrow table whose columns the subclass names.

    `plot()` gives an Altair chart (the `measure` extra), `summary()` a paragraph of plain words, `cite()` the
    references, one a line, and `save(path)` writes the chart by its suffix: .svg, .png, .html or .json. `to_pandas()`
    and `to_polars()` give the table as a data frame; whatever reads Arrow reads the result itself.
    """

    table: pa.Table

    references: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def plot(self) -> Any:
        """Return the chart, an `altair.Chart` or a concatenation of charts."""

    @abstractmethod
    def summary(self) -> str:
        """Return what the figures say, in words."""

    def cite(self) -> str:
        """Return the references of the measure, one a line."""
        return cite(*self.references)

    def to_arrow(self) -> pa.Table:
        """Return the table as an Arrow table."""
        return self.table

    def to_pandas(self) -> pd.DataFrame:
        """Return the table as a pandas data frame (the `frames` extra)."""
        frame: pd.DataFrame = self.table.to_pandas()
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Return the table as a polars data frame (the `frames` extra)."""
        import polars as pl

        return pl.DataFrame(self.table)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def save(self, path: str | Path) -> Path:
        """Write the chart to `path` (.svg, .png, .html or .json) and return the path."""
        return save_chart(self.plot(), path)

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.summary())}</p>{self.table.slice(0, 20).to_pandas().to_html(index=False)}"

    def __str__(self) -> str:
        return self.summary()
