"""`detente add`, `documents`, `remove`: what is in the record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

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
from detente.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from detente.record import DocumentTable

__all__ = ["COMMANDS", "add", "documents", "remove"]

NARROW = 90
"""The width under which the list of documents has no room for their sources."""


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

    found, missing = _find(addresses)  # where no path exists, no empty record is left behind
    with (
        open_coder(coder, model, address, min_confidence, found) as chosen,
        open_record(record, read_only=False) as opened,
        show_progress("adding") as move,
    ):
        report = opened.add(*found, coder=chosen, again=again, progress=move)
    for problem in (*missing, *(failure.problem for failure in report.failed)):
        print(f"detente: {problem}", file=sys.stderr)
    print(report)
    if report.failed or missing:
        raise typer.Exit(1 if report.documents or report.unchanged else 2)


def documents(
    datasets: Annotated[
        bool, typer.Option("--datasets", help="List the imported data sets alone, with how to cite them.")
    ] = False,
    record: RecordOption = RECORD,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """List what is in the record, with sources and counts: documents, and imported data sets."""
    from detente.cli.render import make_table, print_all, write_table

    with open_record(record) as opened:
        listed, imported = opened.documents(), opened.datasets()
    if form is not Format.TABLE or output:
        write_table((imported if datasets else listed).to_arrow(), form, output)
        return
    if not datasets:
        print_all(_table_of(listed))
    if datasets or len(imported):
        shown = ("dataset", "row_count", "rejected", "citation")
        rows = ([row[name] for name in shown] for row in imported)
        print_all("", make_table(("data set", "rows", "rejected", "citation"), rows, right=("rows", "rejected")))


def _table_of(listed: DocumentTable) -> RenderableType:
    from detente.cli.render import make_table, stdout_console

    rows = [
        {
            "id": row["document_id"],
            "title": row["title"] or row["name"],
            "source": row["source"],
            "date": row["published"] or row["as_of"] or row["revised"],
            "sentences": row["sentences"],
            "events": row["events"],
            "ties": row["ties"],
        }
        for row in listed
    ]
    counts = ("sentences", "events", "ties")
    told = ("title",) if stdout_console().width < NARROW else ("title", "source")
    shown = ("id", *told, "date", *counts)
    return make_table(shown, ([row[name] for name in shown] for row in rows), right=counts, whole=("id", "date"))


def remove(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="DOCUMENT...", help="Its id, or how that begins; its name or address.")
    ] = None,
    dataset: Annotated[
        str | None, typer.Option("--dataset", metavar="NAME", help="Take out this imported data set.")
    ] = None,
    record: RecordOption = RECORD,
) -> None:
    """Take documents and what they tell, or an imported data set, out for good."""
    from detente.record.report import count_noun

    if not names and dataset is None:
        raise UsageError("nothing to remove: expected DOCUMENT... or --dataset NAME")
    with open_record(record, read_only=False) as opened:
        if dataset is not None:
            opened.remove_dataset(dataset)
            print(f"{dataset} removed")
        if names:
            print(f"{count_noun(opened.remove(*names), 'document')} removed")


def _find(addresses: list[str]) -> tuple[list[str], list[str]]:
    """Return the documents found, and what to say of the addresses where nothing is; DocumentError where all are so."""
    from detente.reading.reader import find_documents

    found: dict[str, None] = {}
    missing: list[DocumentError] = []
    for address in addresses:
        try:
            found.update(dict.fromkeys(find_documents([address])))
        except DocumentError as error:
            missing.append(error)
    if not found:
        raise missing[0]
    return list(found), [str(error) for error in missing]


COMMANDS = (add, documents, remove)
