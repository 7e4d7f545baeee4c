"""The options that commands share, and the record they name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from detente.workbench import Record

__all__ = [
    "RECORD",
    "AddressOption",
    "CoderOption",
    "EngineOption",
    "Format",
    "FormatOption",
    "FromOption",
    "KnownOnOption",
    "MinConfidenceOption",
    "ModelOption",
    "OnOption",
    "OutputOption",
    "RecordOption",
    "StateArgument",
    "ToOption",
    "UnusedRecordOption",
    "open_record",
]

RECORD = Path("record.duckdb")


class Format(StrEnum):
    """How a table is given: for reading, or for other programs."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


RecordOption = Annotated[
    Path, typer.Option("--record", envvar="DETENTE_RECORD", metavar="FILE", help="The file that keeps the record.")
]
UnusedRecordOption = Annotated[
    Path,
    typer.Option("--record", envvar="DETENTE_RECORD", hidden=True, help="Taken by every command; not needed here."),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print it.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to standard output.")
]
StateArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[STATE]",
        help="A state by a name of any time, COW abbreviation or number, or ISO code.",
        show_default=False,
    ),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help='First day: ISO, EDTF or words ("May 1969").')
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, inclusive.")]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day as of which it is asked.")]
KnownOnOption = Annotated[
    str | None, typer.Option("--known-on", metavar="DAY", help="As the record knew it at the end of that day.")
]

CoderOption = Annotated[
    str, typer.Option("--coder", metavar="NAME", help="The coder: learned, lexicon or llm (a language model).")
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="A folder of weights, or for llm the model (anthropic:…, openai:…)."),
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="duckdb, or spark: the Parquet files of --events, counted as a Spark job.")
]
AddressOption = Annotated[
    str, typer.Option("--address", metavar="URL", help="For llm: the server, where it speaks OpenAI's protocol.")
]
MinConfidenceOption = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="Only events at least as sure as this.")
]


def open_record(path: Path, *, read_only: bool = True) -> Record:
    """Return the record at `path`, open; commands that change nothing open it beside other readers."""
    from detente.workbench import Record

    return Record(path, read_only=read_only)
