"""`detente add`, `documents`, `remove`: what is in the record."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from detente.cli.options import (
    RECORD,
    AddressOption,
    CoderOption,
    Format,
    FormatOption,
    MinConfidenceOption,
    ModelOption,
    OutputOption,
    RecordOption,
    open_record,
)

__all__ = ["COMMANDS", "add", "documents", "remove"]


def add(
    addresses: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders, globs or web addresses.")
    ],
    again: Annotated[
        bool, typer.Option("--again", help="Code documents that the record holds anew, and replace their events.")
    ] = False,
    coder: CoderOption = "learned",
    model: ModelOption = None,
    address: AddressOption = "",
    min_confidence: MinConfidenceOption = 0.0,
    record: RecordOption = RECORD,
) -> None:
    """Read documents and keep what they tell.

    Each is coded for the events it tells of, and kept with them in the record, in one transaction. A document that
    the record holds already is left as it is.
    """
    from detente.cli.coders import open_coder
    from detente.cli.progress import show_progress
    from detente.reading.reader import find_documents

    found = find_documents(addresses)  # a path that does not exist must not leave an empty record behind
    with (
        open_coder(coder, model, address, min_confidence, found) as chosen,
        open_record(record, read_only=False) as opened,
        show_progress("adding") as move,
    ):
        report = opened.add(*found, coder=chosen, again=again, progress=move)
    for failure in report.failed:
        print(f"detente: {failure.problem}", file=sys.stderr)
    print(report)
    if report.failed:
        raise typer.Exit(1 if report.documents or report.unchanged else 2)


def documents(record: RecordOption = RECORD, form: FormatOption = Format.TABLE, output: OutputOption = None) -> None:
    """List what is in the record, with sources and counts."""
    from detente.cli.render import make_table, print_all, write_table

    with open_record(record) as opened:
        listed = opened.documents()
    if form is not Format.TABLE or output:
        write_table(listed.to_arrow(), form, output)
        return
    rows = [
        (
            row["document_id"],
            row["title"] or row["name"],
            row["source"],
            row["published"] or row["as_of"] or row["revised"],
            row["sentences"],
            row["events"],
            row["ties"],
        )
        for row in listed
    ]
    counts = ("sentences", "events", "ties")
    print_all(make_table(("id", "title", "source", "date", *counts), rows, right=counts, whole=("id", "date")))


def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT...", help="Its id, or how that begins; its name or address.")
    ],
    record: RecordOption = RECORD,
) -> None:
    """Take documents and what they tell out for good."""
    from detente.record.report import count_noun

    with open_record(record, read_only=False) as opened:
        count = opened.remove(*names)
    print(f"{count_noun(count, 'document')} removed")


COMMANDS = (add, documents, remove)
