"""Import: files through an importer into a destination, chunk by chunk, each kept whole or not at all."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.errors import FormatError, UsageError
from detente.exchange.chunks import CHUNK_BYTES, read_chunks
from detente.exchange.codelists import connect, read_list
from detente.exchange.importer import Chunk, Importer, Reading, Reject
from detente.exchange.overlap import WriteBehind, read_ahead
from detente.exchange.whole_file import named_errors, open_whole

__all__ = ["Destination", "ImportProgress", "ImportReport", "ParquetFolder", "import_files"]
__all__ += ["count_unknown", "write_rejects"]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: bytes of chunks read so far, records kept and rejected, the file at work."""

    path: str
    bytes_read: int
    kept: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import, earlier runs of it included: `records` read are `kept` or `rejected`.

    `unknown` counts codes that no table knows; their rows are kept.
    """

    dataset: str
    records: int
    kept: int
    rejected: int
    unknown: dict[str, int] = field(default_factory=dict)
    rejects: Path | None = None

    def most_unknown(self, count: int) -> list[tuple[str, int]]:
        """Return the `count` unknown codes that stand in most places, with how often."""
        return sorted(self.unknown.items(), key=lambda each: (-each[1], each[0]))[:count]

    def __str__(self) -> str:
        said = f"{self.dataset}: {self.records:,} records read, {self.kept:,} kept, {self.rejected:,} rejected"
        if self.unknown:
            rows = sum(self.unknown.values())
            said += f"; {len(self.unknown):,} unknown codes in {rows:,} places, kept as they are"
        return f"{said}; rejected lines in {self.rejects}" if self.rejects else said


class Destination(Protocol):
    """Where imported rows go: a part at a time, whole or not at all."""

    def summary_of(self, part: str) -> dict[str, Any] | None:
        """Return what was said of a part when it was kept ("kept", "rejected", "unknown"); None where it is not."""
        ...

    def parts_like(self, beginning: str) -> set[str]:
        """Return the parts that are kept whose names begin so."""
        ...

    def keep(self, part: str, reading: Reading) -> None:
        """Keep the rows and the rejects of a part."""
        ...


class ParquetFolder:
    """A folder of Parquet files in `EVENT_COLUMNS`, one a part, and `rejects.jsonl`.

    Each file says in its metadata what part it is and what became of its records: what is in the folder is the state
    of the import. FormatError where other Parquet files lie there, which would be taken for events of it.
    """

    def __init__(self, folder: Path | str, compression: str = "zstd") -> None:
        self.folder = Path(folder)
        self.compression = compression
        self._parts: dict[str, dict[str, Any]] = {}
        with named_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            for file in self.folder.glob("*.tmp"):
                file.unlink()
            for file in sorted(self.folder.glob("*.parquet")):
                said = _read_summary(file)
                self._parts[said["part"]] = said

    def summary_of(self, part: str) -> dict[str, Any] | None:
        """Return what was said of a part when it was kept; None where it is not."""
        return self._parts.get(part)

    def parts_like(self, beginning: str) -> set[str]:
        """Return the parts in the folder whose names begin so."""
        return {part for part in list(self._parts) if part.startswith(beginning)}  # a part may be on its way

    def keep(self, part: str, reading: Reading) -> None:
        """Write a part: under a passing name first, so that a file with its own name is whole."""
        said = {
            "part": part,
            **_summary_of(reading),
            "rejects": [[each.path, each.line, each.reason, each.text] for each in reading.rejects],
        }
        name = f"part-{len(self._parts):06d}.parquet"
        table = reading.table.replace_schema_metadata({"detente": json.dumps(said)})
        passing = self.folder / f"{name}.{os.getpid()}.tmp"
        with named_errors(self.folder):
            try:
                pq.write_table(table, passing, compression=self.compression, compression_level=1)
                passing.replace(self.folder / name)
            finally:
                passing.unlink(missing_ok=True)
        self._parts[part] = said

    def write_rejects(self) -> Path | None:
        """Write `rejects.jsonl` (path, line, reason, text) from all parts; None where nothing was rejected."""
        rejects = [Reject(*each) for said in self._parts.values() for each in said["rejects"]]
        return write_rejects(rejects, self.folder / "rejects.jsonl")


def import_files(
    importer: Importer,
    paths: Iterable[Path | str],
    destination: Destination,
    *,
    progress: Callable[[ImportProgress], None] | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> ImportReport:
    """Take the files at `paths` into `destination` and return what came of it.

    Parts that the destination has are passed over: an import that was cut off goes on where it stopped, and one that
    is run again changes nothing. FormatError in one line for a file that cannot be read, ends early, is of another
    format, or is not as it was when some of it was kept; what was kept before stays.
    """
    kept = rejected = done = 0
    unknown: Counter[str] = Counter()
    with connect() as connection, WriteBehind(destination.keep) as behind:
        for path in map(Path, paths):
            chunks = read_chunks(
                path, has_header=importer.has_header, quoted=importer.quoted, whole=importer.whole, size=chunk_bytes
            )
            with read_ahead(chunks) as ahead:
                for chunk in ahead:
                    behind.wait(_place_of(chunk))
                    said = destination.summary_of(chunk.part)
                    if said is None:
                        _refuse_changed(chunk, destination)
                        reading = _read(importer, chunk, connection)
                        behind.write(chunk.part, reading)
                        said = _summary_of(reading)
                    kept += int(said["kept"])
                    rejected += int(said["rejected"])
                    unknown.update(said.get("unknown") or {})
                    done += len(chunk.data)
                    if progress is not None:
                        progress(ImportProgress(str(path), done, kept, rejected))
    rejects = destination.write_rejects() if isinstance(destination, ParquetFolder) else None
    return ImportReport(importer.dataset, kept + rejected, kept, rejected, dict(unknown), rejects)


def _read_summary(file: Path) -> dict[str, Any]:
    """Return what a Parquet file says of its part; FormatError where no import made it."""
    try:
        said: dict[str, Any] = json.loads((pq.read_metadata(file).metadata or {})[b"detente"])
    except (pa.ArrowInvalid, KeyError, ValueError) as error:
        raise FormatError(file, None, "was made by no import", expected="an empty folder, or that of one") from error
    return said


def write_rejects(rejects: Sequence[Reject], path: Path) -> Path | None:
    """Write the rejected records as JSON lines; None, and no file, where there are none."""
    if not rejects:
        return None
    with open_whole(path) as stream:
        for each in rejects:
            line = {"path": each.path, "line": each.line, "reason": each.reason, "text": each.text}
            stream.write((json.dumps(line, ensure_ascii=False) + "\n").encode())
    return path


def _summary_of(reading: Reading) -> dict[str, Any]:
    return {"kept": reading.table.num_rows, "rejected": len(reading.rejects), "unknown": reading.unknown}


def _place_of(chunk: Chunk) -> str:
    """Return how the names of parts begin that were read from this place in the file, whatever stood there."""
    return chunk.part.partition("=")[0] + "="


def _refuse_changed(chunk: Chunk, destination: Destination) -> None:
    """Raise FormatError where the destination holds other contents of this place in the file."""
    if destination.parts_like(_place_of(chunk)):
        raise FormatError(
            chunk.path,
            chunk.first_line,
            "is not as it was when it was imported",
            expected="the same file, or what was imported of it taken out first",
        )


def _read(importer: Importer, chunk: Chunk, connection: duckdb.DuckDBPyConnection) -> Reading:
    try:
        reading = importer.read(chunk, connection)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise FormatError(chunk.path, chunk.first_line, reason, expected=importer.title) from error
    except OSError as error:
        raise UsageError(f"no room to unpack {chunk.path}: {error.strerror} (expected space for one chunk)") from error
    unknown = count_unknown(reading.table)
    return Reading(reading.table, reading.records, reading.rejects, unknown)


def count_unknown(table: pa.Table) -> dict[str, int]:
    """Return how often each code stands in `table` that no table knows: "event 999", "party X:XYZ"."""
    without = table.filter(pc.and_(pc.is_null(table["event_type"]), pc.is_valid(table["original_code"])))
    codes = {row["values"]: row["counts"] for row in pc.value_counts(without["original_code"]).to_pylist()}
    counts = {f"event {code}": count for code, count in codes.items() if code.split(",")[0] not in _listed_codes()}
    for side in ("actors", "recipients"):
        parties = pc.list_flatten(table[side])
        strange = parties.filter(pc.starts_with(parties, "X:"))
        for row in pc.value_counts(strange).to_pylist():
            counts[f"party {row['values']}"] = counts.get(f"party {row['values']}", 0) + row["counts"]
    return counts


@cache
def _listed_codes() -> frozenset[str]:
    """Return the codes that our lists know, those that have no PLOVER type among them (CAMEO's statements)."""
    codes = {row["code"] for name in ("cameo", "weis") for row in read_list(name)}
    codes |= {f"hiact {row['hiact']}" for row in read_list("mid_actions")}
    return frozenset(codes | {row["old"] for row in read_list("plover_names")})
