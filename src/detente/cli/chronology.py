"""`detente show`: the chronology of a state or between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import (
    RECORD,
    Format,
    FormatOption,
    FromOption,
    KnownOnOption,
    OutputOption,
    RecordOption,
    StateArgument,
    ToOption,
    open_record,
)

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from detente.record import EventRow, EventTable

__all__ = ["COMMANDS", "print_chronology", "show"]

INDENT = "    "


def show(
    state: StateArgument = None,
    other: StateArgument = None,
    from_: FromOption = None,
    to: ToOption = None,
    event_type: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="Only events of this PLOVER type.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Only actual, planned, hypothetical or negated events.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="DOCUMENT", help="Only events told by this document.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", min=0, max=1, help="Only events at least as sure as this.")
    ] = None,
    known_on: KnownOnOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="At most so many, the earliest first.")] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Print the chronology of a state, or between two.

    When, as precisely as the source gives it; who, what (PLOVER type and mode), to whom; in whose words.
    """
    from detente.cli.render import write_table
    from detente.workbench import read_date

    with open_record(record) as opened:
        events = opened.events(
            state,
            other,
            from_,
            to,
            event_type,
            status=status,
            document=document,
            min_confidence=min_confidence,
            known_on=read_date(known_on).latest if known_on else None,
            limit=limit,
        )
    if form is Format.TABLE and output is None:
        print_chronology(events)
    else:
        write_table(events.to_arrow(), form, output)


COMMANDS = (show,)


def print_chronology(events: EventTable) -> None:
    """Print events in order of time, as a table where there is room for quotes, else an entry each."""
    from detente.cli.render import WIDE, stdout_console
    from detente.record.report import count_noun

    console = stdout_console()
    if len(events):
        console.print(_wide(events) if console.width >= WIDE else _narrow(events, console))
    console.print(count_noun(len(events), "event"))


def _wide(events: EventTable) -> RenderableType:
    """Return a table with a column of quotes."""
    from detente.cli.render import make_table

    rows = (
        (row.date or "undated", ", ".join(row.actors), row.act, ", ".join(row.recipients), _quote(row), _told_by(row))
        for row in events
    )
    return make_table(("date", "who", "what", "to whom", "quote", "document"), rows, whole=("date", "what"))


def _narrow(events: EventTable, console: Console) -> RenderableType:
    """Return an entry an event: date, parties, act and trigger in a line, the quote and its document indented below."""
    from rich.text import Text

    entries: list[Text] = []
    for row in events:
        who = ", ".join(row.actors) + (f" → {', '.join(row.recipients)}" if row.recipients else "")
        words = f"“{row.trigger}”" if row.trigger else ""
        entries.append(Text.assemble((row.date or "undated", "bold"), "  ", who, "  ", (row.act, "cyan"), "  ", words))
        for part in (_quote(row), Text(_told_by(row), style="dim")):
            if not part.plain:
                continue
            for line in part.wrap(console, console.width - len(INDENT)):
                line.rstrip()
                entries.append(Text.assemble(INDENT, line))
        entries.append(Text())
    return Text("\n").join(entries)


def _quote(row: EventRow) -> Text:
    """Return the sentence with its trigger in bold; what a data set says of the act where it has no sentence."""
    from rich.text import Text

    quote = Text(row.quote or row.content or "")
    if row.trigger_start is not None and row.trigger_end is not None and row.quote_start is not None:
        quote.stylize("bold", row.trigger_start - row.quote_start, row.trigger_end - row.quote_start)
    return quote


def _told_by(row: EventRow) -> str:
    if row.origin == "imported":
        code = f", code {row.original_code}" if row.original_code else ""
        return f"{row.dataset}{code}{f' ({row.source})' if row.source else ''}"
    told = row.document_title or row.source or row.dataset
    return f"{told}, sentence {row.sentence + 1}" if row.sentence is not None else told
