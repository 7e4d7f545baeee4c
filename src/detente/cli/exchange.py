"""`detente import`, `detente export`, `detente panel`: the field's data in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from detente.cli.options import (
    RECORD,
    EngineOption,
    Format,
    FormatOption,
    FromOption,
    OutputOption,
    RecordOption,
    ToOption,
    open_record,
)
from detente.errors import UsageError

__all__ = ["COMMANDS", "export", "import_", "panel"]

FORMATS = (
    "gdelt, gdelt-mentions, icews, polecat, plover, phoenix, cline-phoenix, keds, tabari, ucdp-ged, mid-dyadic,"
    " mid-participants, mid, wars, wars-dyadic, atop, atop-dyadic, visits"
)
"""The formats of `detente.exchange.formats`, said here so that the help loads none of them."""

DatasetOption = Annotated[
    str | None,
    typer.Option("--dataset", metavar="NAME", help='Only events of this data set; "" for those coded from documents.'),
]
EventsOption = Annotated[
    Path | None,
    typer.Option("--events", metavar="PARQUET", help="Take the events from this file or folder, not from the record."),
]


def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=f"auto, or one of {FORMATS}.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, plain or packed.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Write Parquet here, not into the record.")
    ] = None,
    rejects: Annotated[
        Path, typer.Option("--rejects", metavar="FILE", help="Where lines that cannot be read go (record imports).")
    ] = Path("rejects.jsonl"),
    record: RecordOption = RECORD,
) -> None:
    """Bring in event data: each row is kept or rejected with its line and why; an import cut off goes on."""
    from detente.cli.exchange_progress import show_bytes
    from detente.exchange.formats import find_importer, recognise
    from detente.exchange.importing import ParquetFolder, import_files
    from detente.workbench import import_events

    importer = recognise(paths[0]) if form == "auto" else find_importer(form)
    with show_bytes(f"importing {importer.title}", paths) as move:
        if to is not None:
            report = import_files(importer, paths, ParquetFolder(to), progress=move)
        else:
            with open_record(record, read_only=False) as opened:
                report = import_events(opened, importer, paths, rejects=rejects, progress=move)
    print(report)
    for code, count in report.most_unknown(10):
        print(f"  {count:,} {code}")


def export(
    form: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="csv, parquet, jsonl, plover, stata, graphml, ris or bibtex."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
    a: Annotated[str | None, typer.Option("--actor", help="Only events of this party.")] = None,
    b: Annotated[str | None, typer.Option("--other", help="And of this one.")] = None,
    from_: FromOption = None,
    to: ToOption = None,
    dataset: DatasetOption = None,
    events: EventsOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Write events, or the sources they come from, for other programs."""
    from detente.exchange.exporting import export_events

    if events is not None:
        if any(each is not None for each in (a, b, from_, to, dataset)):
            raise UsageError("--events: expected no choice of events beside it; a record's events can be chosen from")
        print(export_events(events, form, output))
        return
    with open_record(record) as opened:
        found = opened.events(a, b, from_=from_, to=to, dataset=dataset)
        print(export_events(found, form, output))


def panel(
    unit: Annotated[str, typer.Option("--unit", help="dyad or state.")] = "dyad",
    every: Annotated[str, typer.Option("--every", help="year, quarter or month.")] = "year",
    directed: Annotated[bool, typer.Option("--directed", help="Each direction by itself.")] = False,
    dyads: Annotated[str, typer.Option("--dyads", help="all, active or relevant.")] = "all",
    codes: Annotated[str, typer.Option("--codes", help="cow or gw numbers.")] = "cow",
    contiguity: Annotated[
        Path | None, typer.Option("--contiguity", metavar="FILE", help="Your copy of COW Direct Contiguity.")
    ] = None,
    spells: Annotated[
        str | None, typer.Option("--spells", metavar="COLUMN", help="Add periods since this column last rose above 0.")
    ] = None,
    both_codes: Annotated[bool, typer.Option("--both-codes", help="Add the numbers of the other list.")] = False,
    cite: Annotated[bool, typer.Option("--cite", help="Print what each column came from as well.")] = False,
    engine: EngineOption = "duckdb",
    from_: FromOption = None,
    to: ToOption = None,
    dataset: DatasetOption = None,
    events: EventsOption = None,
    form: FormatOption = Format.CSV,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Make a panel of dyads or states by year, quarter or month; missing, not 0, outside coverage."""
    import sys

    from detente.cli.render import make_table, print_all, write_table
    from detente.exchange.exporting import write_stata
    from detente.measure.panels import panel as measure
    from detente.workbench import cite_datasets

    options: dict[str, Any] = {"unit": unit, "every": every, "directed": directed, "dyads": dyads, "codes": codes}
    options |= {"contiguity": contiguity, "spells": spells, "both_codes": both_codes, "engine": engine}
    if events is not None:
        if dataset is not None:
            raise UsageError("--dataset: expected the events of a record; import one data set --to DIR for --events")
        told_by = cite_datasets(events) if cite else None
        made = measure(events, start=from_, end=to, told_by=told_by, **options)
    else:
        with open_record(record) as opened:
            made = opened.panel(from_=from_, to=to, dataset=dataset, **options)
    if output is not None and output.suffix == ".dta":
        write_stata(made.table, output)
    elif form is Format.TABLE:
        rows = ([str(value) if value is not None else "" for value in row.values()] for row in made.table.to_pylist())
        print_all(made.summary(), make_table(made.table.column_names, rows))
    else:
        write_table(made.table, form, output)
    if cite:
        print(made.cite(), file=sys.stderr)


import_.__name__ = "import"
COMMANDS = (import_, export, panel)
