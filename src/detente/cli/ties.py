"""`detente ties`, `state-of-relations`, `compare`, `reconcile`, `join`, `split`: what stands between states."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
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
    import datetime

    from detente.model import BoundedDate, Tie
    from detente.ties.relations import Change, StateOfRelations

__all__ = ["COMMANDS", "compare", "join", "reconcile", "split", "state_of_relations", "ties"]

CONTRADICTIONS_SHOWN = 20


class PageFormat(StrEnum):
    """How a page is given."""

    TEXT = "text"
    JSON = "json"


Party = Annotated[str, typer.Argument(metavar="STATE", help="A state by a name of any time, or by a code.")]
Subjects = Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of events or of ties.")]
WhoOption = Annotated[str, typer.Option("--who", envvar="DETENTE_REVIEWER", metavar="NAME", help="Who says so.")]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why.")]


def ties(
    state: StateArgument = None,
    other: StateArgument = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Only what stood on that day.")] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="DATE DATE", help="What changed between two days, and why."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help='Only ties of this kind ("alliance", "demand" …).')
    ] = None,
    known_on: KnownOnOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Print what stands between states.

    Treaties, alliances, talks, demands, proposals, troops, wars, aid, sanctions, disputes and diplomatic ties: when
    they opened and closed, and the words that say so.
    """
    from detente.cli.render import write_table
    from detente.errors import UsageError
    from detente.ties.output import change_table, tie_table
    from detente.workbench import read_date

    if between and (on or state is None or other is None):
        raise UsageError("--between: expected two states, and no --on")
    known = read_date(known_on).latest if known_on else None
    parties = [party for party in (state, other) if party is not None]
    with open_record(record) as opened:
        if between:
            changes = [
                change
                for change in opened.changes(parties[0], parties[1], *between, known_on=known)
                if kind in (None, change.tie.kind)
            ]
            table = change_table(changes)
        else:
            day = read_date(on).latest if on else None
            found = [each.tie for each in opened.joined_ties(*parties, kind=kind, on=day, known_on=known)]
            table = tie_table(found, day)
    if form is not Format.TABLE or output is not None:
        write_table(table, form, output)
    elif between:
        _print_changes(changes)
    else:
        _print_ties(found, day)


def state_of_relations(
    state: Party,
    other: Party,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day as of which it is asked.")],
    known_on: KnownOnOption = None,
    form: Annotated[PageFormat, typer.Option("--format", "-f", help="How to print it.")] = PageFormat.TEXT,
    record: RecordOption = RECORD,
) -> None:
    """Print how two states stood on a day.

    What stood, what was asked and not met, what was on the table, the last ten acts, the score and its trend; with
    the words that say so, and their sources.
    """
    from detente.ties.output import state_to_json
    from detente.workbench import read_date

    known = read_date(known_on).latest if known_on else None
    with open_record(record) as opened:
        page = opened.relations(state, other, on, known_on=known)
    if form is PageFormat.JSON:
        print(json.dumps(state_to_json(page), ensure_ascii=False, indent=2))
    else:
        _print_state(page)


def compare(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Your copy of the data set, CSV or Parquet.")],
    state: StateArgument = None,
    other: StateArgument = None,
    name: Annotated[str, typer.Option("--with", metavar="NAME", help="atop, mid, ucdp, wars or rivalries.")] = "",
    from_: FromOption = None,
    to: ToOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Hold the record beside your own copy of a data set.

    For the same dyads and years: what is in both, only here, only there, with the words of the record and the
    labels of the data set.
    """
    from detente.cli.render import make_table, print_all, write_table
    from detente.record.report import count_noun
    from detente.ties.output import comparison_table

    parties = [party for party in (state, other) if party is not None]
    with open_record(record) as opened:
        rows = opened.compare(name, path, *parties, from_=from_, to=to)
    table = comparison_table(rows)
    if form is not Format.TABLE or output is not None:
        write_table(table, form, output)
        return
    cells = [
        (
            f"{row['a']}–{row['b']}",
            str(row["first_year"])
            if row["first_year"] == row["last_year"]
            else f"{row['first_year']}–{row['last_year']}",
            row["where"],
            _shorten("; ".join(row["here"])),
            _shorten("; ".join(row["there"])),
        )
        for row in table.to_pylist()
    ]
    columns = ("dyad", "years", "where", "here", "there")
    print_all(make_table(columns, cells, whole=("dyad", "years", "where")), count_noun(len(cells), "row"))


def reconcile(record: RecordOption = RECORD) -> None:
    """Find the happenings that several tellings tell of, and join them.

    Coded and imported events, and ties told by several documents. What reviewers joined and split stays so.
    """
    with open_record(record, read_only=False) as opened:
        report = opened.reconcile()
    for line in report.conflicts[:CONTRADICTIONS_SHOWN]:
        print(f"contradiction: {line}")
    print(report)


def join(ids: Subjects, who: WhoOption, why: WhyOption = "", record: RecordOption = RECORD) -> None:
    """Say that events, or ties, tell of one happening.

    It holds from then on, whatever is added and however often the record is reconciled.
    """
    with open_record(record, read_only=False) as opened:
        judgement = opened.join(ids, who, why)
        lead = opened.store.canonical_id(judgement.subjects[0])
    print(f"joined by {judgement.who}: {', '.join(judgement.subjects)} lead to {lead}")


def split(ids: Subjects, who: WhoOption, why: WhyOption = "", record: RecordOption = RECORD) -> None:
    """Say that events, or ties, tell of different happenings.

    One alone is kept apart from all others. It holds from then on.
    """
    with open_record(record, read_only=False) as opened:
        judgement = opened.split(ids, who, why)
    print(f"split by {judgement.who}: {', '.join(judgement.subjects)}")


COMMANDS = (ties, state_of_relations, compare, reconcile, join, split)


def _print_ties(found: list[Tie], day: datetime.date | None) -> None:
    from detente.cli.render import make_table, print_all
    from detente.record.report import count_noun
    from detente.ties.output import write_parties
    from detente.ties.relations import outcome_on

    rows = [
        (
            tie.kind,
            write_parties(tie),
            _shorten(tie.name),
            _write(tie.opened.when if tie.opened else None) or "before",
            _write(tie.closed.when) if tie.closed else "",
            (outcome_on(tie, day) if day else tie.outcome) or "",
        )
        for tie in found
    ]
    columns = ("kind", "parties", "name", "opened", "closed", "outcome")
    print_all(make_table(columns, rows, whole=("opened", "closed")), count_noun(len(rows), "tie"))


def _print_changes(changes: list[Change]) -> None:
    from detente.cli.render import make_table, print_all
    from detente.record.report import count_noun

    rows = [
        (
            _write(change.moment.when),
            f"{change.tie.kind} {change.moment.change}",
            f"{_shorten(change.tie.name)}: {change.moment.outcome}",
            change.moment.quote.text,
        )
        for change in changes
    ]
    print_all(make_table(("date", "what", "tie", "why"), rows, whole=("date",)), count_noun(len(rows), "change"))


def _print_state(page: StateOfRelations) -> None:
    from detente.cli.render import make_table, print_all
    from detente.ties.output import write_parties
    from detente.ties.relations import outcome_on

    score = "no score" if page.score is None else f"score {page.score:+.1f}"
    trend = "" if page.trend is None else f", {page.trend:+.1f} on the year before"
    print(f"{page.parties[0]} and {page.parties[1]} on {page.day}: {score}{trend}")
    for head, stood in (("Standing", page.standing), ("Asked and not met", page.asked), ("Proposed", page.tabled)):
        print(f"\n{head}: {len(stood) or 'nothing'}")
        rows = [
            (
                tie.kind,
                write_parties(tie),
                f"since {_write(tie.opened.when)}" if tie.opened and tie.opened.when else "",
                outcome_on(tie, page.day) or "",
                _shorten(tie.name),
                page.sources.get(tie.moments[0].document_id, ""),
            )
            for tie in stood
        ]
        if rows:
            print_all(make_table(("kind", "parties", "since", "outcome", "name", "source"), rows))
    print(f"\nLast acts: {len(page.recent) or 'none'}")
    acts = [
        (
            str(act.when),
            ", ".join(act.actors) + (f" → {', '.join(act.recipients)}" if act.recipients else ""),
            f"{act.event_type}/{act.mode}" if act.mode else act.event_type,
            _shorten(act.quote),
            act.document_title or "",
        )
        for act in page.recent
    ]
    if acts:
        print_all(make_table(("date", "who", "what", "quote", "source"), acts, whole=("date",)))
    for line in page.conflicts:
        print(f"contradiction: {line}")


def _write(when: BoundedDate | None) -> str:
    return str(when) if when else ""


def _shorten(text: str, longest: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else f"{flat[: longest - 1].rstrip()}…"
