"""`detente who`, `detente when`: what a name stands for, and which days a phrase means."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from detente.cli.options import RECORD, OnOption, UnusedRecordOption

__all__ = ["COMMANDS", "when", "who"]


class AnswerFormat(StrEnum):
    """How an answer is given."""

    TABLE = "table"
    JSONL = "jsonl"


AnswerOption = Annotated[AnswerFormat, typer.Option("--format", "-f", help="How to print it.")]


def who(
    name: Annotated[str, typer.Argument(help="A name, demonym, seat, leader, organisation or code.")],
    on: OnOption = None,
    context: Annotated[str | None, typer.Option("--context", metavar="TEXT", help="Prose that it stands in.")] = None,
    form: AnswerOption = AnswerFormat.TABLE,
    _record: UnusedRecordOption = RECORD,
) -> None:
    """Say who a name stands for, as of a day.

    One answer with its reason, or the candidates that are left open.
    """
    from detente.errors import EntityError
    from detente.resolving.who import resolve_entity
    from detente.workbench import read_date

    resolution = resolve_entity(name, read_date(on) if on else None, context)
    if not resolution.candidates and not resolution.rejected:
        raise EntityError(name, expected="a state, leader, organisation or movement by name or code")
    if form is AnswerFormat.JSONL:
        for candidate, kept in [(c, True) for c in resolution.candidates] + [(c, False) for c in resolution.rejected]:
            fields = ("code", "kind", "name", "reason", "source")
            print(json.dumps({**{f: getattr(candidate, f) for f in fields}, "possible": kept}, ensure_ascii=False))
        return
    from detente.cli.render import make_table, print_all

    answer = f"{name}: {resolution.code}" if resolution.code else f"{name}: not resolved"
    if len(resolution.candidates) > 1:
        answer += f", {len(resolution.candidates)} are possible (--on DATE or --context TEXT may settle it)"
    mark = "✓" if resolution.code else "?"
    rows = [(mark, c.code, c.kind, c.name, c.reason, c.source) for c in resolution.candidates]
    rows += [("✗", c.code, c.kind, c.name, c.reason, c.source) for c in resolution.rejected]
    print_all(answer, make_table(("", "code", "kind", "name", "reason", "source"), rows))


def when(
    phrase: Annotated[str, typer.Argument(help='A date as prose has it ("late September 1979"), ISO or EDTF.')],
    anchor: Annotated[
        str | None, typer.Option("--anchor", metavar="DATE", help="The date told before, for relative phrases.")
    ] = None,
    form: AnswerOption = AnswerFormat.TABLE,
    _record: UnusedRecordOption = RECORD,
) -> None:
    """Say which days a phrase means.

    The earliest and the latest, both inclusive, and the date as EDTF.
    """
    from detente.errors import DateError
    from detente.resolving.edtf import read_edtf
    from detente.resolving.when import resolve_date
    from detente.workbench import read_date

    try:
        date = read_edtf(phrase)
    except DateError:
        date = resolve_date(phrase, read_date(anchor) if anchor else None)
    answer = {
        "earliest": date.earliest.isoformat() if date.earliest else None,
        "latest": date.latest.isoformat() if date.latest else None,
        "edtf": str(date),
        "calendar": date.calendar,
    }
    if form is AnswerFormat.JSONL:
        print(json.dumps({"text": phrase, **answer}, ensure_ascii=False))
        return
    from detente.cli.render import make_table, print_all

    print_all(make_table(("", phrase), [(field, value or "open") for field, value in answer.items()]))


COMMANDS = (who, when)
