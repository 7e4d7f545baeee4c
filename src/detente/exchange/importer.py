"""What an importer is: it knows one format, and turns pieces of its files into rows of an event table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

__all__ = ["Chunk", "Importer", "Reading", "Reject"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole lines of a file (or, for XML, the whole of it).

    `part` names it, the same on every reading; `first_line` is the number in the file of its first line, counted from
    1; `header` is the file's header line where the format has one, else how the file begins; `data` the bytes.
    """

    path: str
    part: str
    first_line: int
    header: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read: the line it stands on, why, and what it says."""

    path: str
    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chunk gave.

    `table` holds the rows kept, in `EVENT_COLUMNS`; `rejects` those that could not be; `records` counts what stood in
    the chunk, so that `records == table.num_rows + len(rejects)`. `unknown` counts codes that no table knows, as
    "event 999" or "party XYZ"; their rows are kept.
    """

    table: pa.Table
    records: int
    rejects: Sequence[Reject] = ()
    unknown: dict[str, int] = field(default_factory=dict)


class Importer(Protocol):
    """One format of event data.

    `name` is what the command line calls it, `dataset` what its rows carry, `title` and `citation` what it is and how
    to cite it. `has_header` says whether the first line names columns, `quoted` whether a field in quotes may go over
    several lines, `whole` whether a file must be read in one piece.
    """

    @property
    def name(self) -> str: ...
    @property
    def dataset(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def citation(self) -> str: ...
    @property
    def has_header(self) -> bool: ...
    @property
    def quoted(self) -> bool: ...
    @property
    def whole(self) -> bool: ...

    def recognises(self, head: bytes) -> bool:
        """Return whether a file that begins with `head` is of this format."""
        ...

    def read(self, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
        """Return what `chunk` holds; FormatError where it is not of this format at all."""
        ...
