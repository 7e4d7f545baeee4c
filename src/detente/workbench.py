"""The workbench: the one place that composes the stages, and `Record`, what a user holds."""

from __future__ import annotations

import datetime
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Self

from detente.coding import Coder, default_coder, event_to_line, write_events
from detente.coding.llm.cost import Cost
from detente.coding.scoring import Score, read_gold, score_sentences
from detente.errors import DateError, DetenteError, DocumentError, UsageError
from detente.model import STATUSES, BoundedDate, Document, Event, Tie
from detente.reading.reader import find_documents, read_document
from detente.record import (
    DatasetTable,
    DocumentTable,
    EventQuery,
    EventTable,
    Judgement,
    Store,
    TieQuery,
    as_known_on,
    verdicts,
)
from detente.record.report import AddReport, Failure, Progress, ReconcileReport, Tally, count_noun
from detente.refdata.plover import event_type as plover_type
from detente.ties.acts import read_acts
from detente.ties.compare import Comparison, compare_dyads, dyads_here, years_covered
from detente.ties.find import find_ties
from detente.ties.joining import JoinedTie, join_ties
from detente.ties.output import write_ties
from detente.ties.outside import outside_form, read_outside
from detente.ties.relations import Change, StateOfRelations, changes_between, is_standing, relations_on
from detente.ties.stories import Story, join_stories, read_tellings

__all__ = [
    "AddReport",
    "Coded",
    "DateLike",
    "Failure",
    "Progress",
    "Record",
    "code_all",
    "code_document",
    "estimate_cost",
    "evaluate",
    "find_party",
    "read_date",
    "read_document",
    "write_coded",
]

DateLike = datetime.date | BoundedDate | str


@dataclass(frozen=True, slots=True)
class Coded:
    """A document and what it tells; `known` where it was left uncoded because it is known already."""

    document: Document
    events: tuple[Event, ...] = ()
    ties: tuple[Tie, ...] = ()
    known: bool = False


class Record:
    """The record of who did what to whom, kept in one file.

    The file is made where it is missing; `read_only` opens it beside other readers. Close it, or use it in a `with`.
    Parties are named as one likes: a state's name of any time, a COW abbreviation or number, an ISO code, an
    organisation, or `X:` and a movement. Dates are `datetime.date`, ISO or EDTF text, or words ("May 1969").

    >>> from importlib.resources import files
    >>> with Record(":memory:") as record:
    ...     report = record.add(str(files("detente") / "examples/alliance-and-rift.json"))
    ...     report.events >= len(record.events("China", "Soviet Union")) > 0
    True
    """

    def __init__(self, path: str | Path = "record.duckdb", *, read_only: bool = False) -> None:
        self.store = Store(path, read_only=read_only)

    @property
    def path(self) -> str | Path:
        """The record's file."""
        return self.store.path

    def add(
        self,
        *paths: str | Path,
        coder: Coder | None = None,
        progress: Callable[[Progress], None] | None = None,
        again: bool = False,
    ) -> AddReport:
        """Read the documents at `paths` (files, folders, globs, addresses), code and keep them; report what was new.

        Each document is one transaction. Those that the record holds are left as they are, unless `again`: then they
        are coded anew and their events replaced. Documents that cannot be read are listed in the report; a path that
        does not exist raises DocumentError before anything is done.
        """
        started = time.perf_counter()
        coder = coder or default_coder()
        addresses = find_documents(paths)
        tally = Tally(len(addresses))
        for files, outcome in code_all(addresses, coder, known=self.store.holds if not again else None):
            tally.files = files
            if isinstance(outcome, Failure):
                tally.failed.append(outcome)
            elif outcome.known or not self.store.add(
                outcome.document,
                outcome.events,
                outcome.ties,
                coder=coder.name,
                coder_version=coder.version,
                again=again,
            ):
                tally.unchanged += 1
            else:
                tally.count(len(outcome.document.sentences), len(outcome.events), len(outcome.ties))
            if progress:
                progress(tally.progress())
        return tally.report(time.perf_counter() - started)

    def events(
        self,
        a: str | None = None,
        b: str | None = None,
        from_: DateLike | None = None,
        to: DateLike | None = None,
        event_type: str | None = None,
        *,
        status: str | None = None,
        document: str | None = None,
        dataset: str | None = None,
        min_confidence: float | None = None,
        known_on: datetime.date | datetime.datetime | None = None,
        limit: int | None = None,
    ) -> EventTable:
        """Return the chronology: events that `a` has part in, or that stand between `a` and `b`, in order of time.

        `from_` and `to` are days, both inclusive: events whose bounds reach into them. `status` is one of "actual",
        "planned", "hypothetical", "negated"; `document` an id, name or address; `dataset` "" for coded events alone or
        an imported set's name; `known_on` gives the record as it was on that day. Columns: `EVENT_COLUMNS`.

        Raises EntityError for a name that is unknown or could be several, DateError for no date, UsageError for a
        period that ends before it begins or a state with itself.
        """
        if status is not None and status not in STATUSES:
            raise UsageError(f"{status!r} is not a status: expected one of {', '.join(STATUSES)}")
        earliest = read_date(from_).earliest if from_ is not None else None
        latest = read_date(to).latest if to is not None else None
        if b is not None and a is None:
            a, b = b, None
        query = EventQuery(
            a=find_party(a, earliest or latest) if a is not None else None,
            b=find_party(b, earliest or latest) if b is not None else None,
            earliest=earliest,
            latest=latest,
            event_type=plover_type(event_type).name if event_type is not None else None,
            status=status,
            document_id=self.store.find_document_id(document) if document is not None else None,
            dataset=dataset,
            min_confidence=min_confidence,
            known_on=as_known_on(known_on) if known_on is not None else None,
            limit=limit,
        )
        return self.store.events(query)

    def ties(
        self,
        *parties: str,
        kind: str | None = None,
        on: DateLike | None = None,
        known_on: datetime.date | datetime.datetime | None = None,
    ) -> list[Tie]:
        """Return the ties that all of `parties` are in, in order of opening; with `on`, those that may stand then."""
        day = read_date(on).latest if on is not None else None
        query = TieQuery(
            codes=tuple(find_party(party, day) for party in parties),
            kind=kind,
            on=day,
            known_on=as_known_on(known_on) if known_on is not None else None,
        )
        return self.store.ties(query)

    def joined_ties(
        self,
        *parties: str,
        kind: str | None = None,
        on: DateLike | None = None,
        known_on: datetime.date | datetime.datetime | None = None,
    ) -> list[JoinedTie]:
        """Return the ties that all of `parties` are in, those that several documents tell of made one.

        With `on`, those that stand at the end of that day, given all that was told of them. In order of opening.
        """
        day = read_date(on).latest if on is not None else None
        told = self.ties(*parties, kind=kind, known_on=known_on)
        joined = join_ties(told, *verdicts(self.store.judgements()))
        return [each for each in joined if day is None or is_standing(each.tie, day)]

    def relations(
        self,
        a: str,
        b: str,
        on: DateLike,
        *,
        known_on: datetime.date | datetime.datetime | None = None,
        last: int = 10,
    ) -> StateOfRelations:
        """Return how `a` and `b` stood at the end of the day `on`: ties, demands, proposals, last acts, score, trend.

        `known_on` answers as the record knew it then. Raises EntityError, DateError and UsageError as `events` does.
        """
        day = _last_day(on)
        codes = (find_party(a, day), find_party(b, day))
        query = EventQuery(
            *codes, latest=day, status="actual", known_on=as_known_on(known_on) if known_on is not None else None
        )
        recent = self.store.events(replace(query, limit=4 * last, newest_first=True))
        state = relations_on(
            self.joined_ties(*codes, known_on=known_on),
            read_acts(recent.to_arrow()),
            self.store.history(query),
            codes,
            day,
            last,
        )
        ties = (*state.standing, *state.asked, *state.tabled)
        titles = self.store.titles({moment.document_id for tie in ties for moment in tie.moments})
        return replace(state, sources={**state.sources, **titles})

    def changes(
        self,
        a: str,
        b: str,
        first: DateLike,
        last: DateLike,
        *,
        known_on: datetime.date | datetime.datetime | None = None,
    ) -> list[Change]:
        """Return what opened, changed and closed between `a` and `b` from `first` to `last`, both days inclusive."""
        start, end = read_date(first).earliest, _last_day(last)
        codes = (find_party(a, end), find_party(b, end))
        return changes_between((each.tie for each in self.joined_ties(*codes, known_on=known_on)), start or end, end)

    def compare(
        self,
        name: str,
        path: str | Path,
        *parties: str,
        from_: DateLike | None = None,
        to: DateLike | None = None,
    ) -> list[Comparison]:
        """Return how the record agrees, year by year, with the user's own copy of a data set (see `outside_names`).

        The dyads are that of two `parties`, those of one, or all that the record has something of; the years those
        that the record covers, unless given. Raises UsageError and FormatError for a set or a file that cannot be read.
        """
        if len(parties) > 2:
            raise UsageError(f"{', '.join(parties)}: expected no more than two states")
        codes = [find_party(party) for party in parties]
        ties = [each.tie for each in self.joined_ties(*codes)]
        form = outside_form(name)
        a, b = (*codes, None, None)[:2]
        acts = [
            act
            for kind in form.events
            for act in read_acts(self.store.events(EventQuery(a, b, event_type=kind, status="actual")).to_arrow())
        ]
        dyads = {(codes[0], codes[1])} if len(codes) == 2 else dyads_here(form, ties, acts)
        outside = read_outside(name, Path(path), {code for dyad in dyads for code in dyad})
        first = read_date(from_).earliest if from_ is not None else None
        last = read_date(to).latest if to is not None else None
        if first and last and last < first:
            raise UsageError(f"{first} comes after {last}: expected from before to")
        covered = years_covered(ties, acts)
        years = (first.year if first else covered[0], last.year if last else covered[1])
        return compare_dyads(outside, dyads, ties, acts, years)

    def reconcile(self) -> ReconcileReport:
        """Find the happenings that several tellings tell of, coded and imported, and make their ids lead to one.

        Ties told by several documents likewise. What reviewers joined and split stays so. The outcome does not depend
        on the order in which documents and data sets came, and a second run changes nothing.
        """
        said = verdicts(self.store.judgements())
        told = [self.store.events(EventQuery(dataset="")), self.store.beside()]
        tellings = [telling for table in told for telling in read_tellings(table.to_arrow())]
        stories = join_stories(tellings, *said)
        ties = join_ties(self.store.ties(), *said)
        found: list[Story | JoinedTie] = [*stories, *ties]
        leads = {member: each.canonical_id for each in found for member in each.tellings}
        conflicts = [line for each in found for line in each.conflicts]
        return ReconcileReport(len(tellings), len(stories), self.store.lead(leads), tuple(conflicts))

    def join(self, ids: Iterable[str], who: str, why: str) -> Judgement:
        """Say that events (or ties) tell of one happening; it holds from then on. RecordError for an unknown id."""
        return self._judge("join", ids, who, why)

    def split(self, ids: Iterable[str], who: str, why: str) -> Judgement:
        """Say that events (or ties) tell of different happenings; one alone is apart from all others."""
        return self._judge("split", ids, who, why)

    def _judge(self, kind: str, ids: Iterable[str], who: str, why: str) -> Judgement:
        judgement = self.store.judge(Judgement(kind, tuple(dict.fromkeys(ids)), who, why))
        self.reconcile()
        return judgement

    def documents(self) -> DocumentTable:
        """Return the documents, one a row, oldest addition first, with their dates and counts."""
        return self.store.documents()

    def datasets(self) -> DatasetTable:
        """Return the imported data sets, one a row."""
        return self.store.datasets()

    def document(self, text: str) -> Document:
        """Return a document by its id (or how it begins), its name or its address."""
        return self.store.document(self.store.find_document_id(text))

    def event(self, event_id: str) -> Event:
        """Return a coded event, with the words and reasons of its parties, by its id."""
        return self.store.event(event_id)

    def remove(self, *documents: str) -> int:
        """Take documents, with their events and ties, out for good; return how many.

        Each is given by its id (or how it begins), its name or its address; all are looked up before any is taken.
        """
        ids = [self.store.find_document_id(text) for text in documents]
        for document_id in dict.fromkeys(ids):
            self.store.remove(document_id)
        return len(set(ids))

    def close(self) -> None:
        """Let the record's file go."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({str(self.path)!r})"

    def _repr_html_(self) -> str:
        documents = self.documents()
        count = sum(row["events"] for row in documents)
        return (
            f"<b>{escape(str(self.path))}</b><br>{count_noun(len(documents), 'document')}, {count_noun(count, 'event')}"
            f"{documents._repr_html_()}"
        )


def code_document(document: Document, coder: Coder | None = None) -> list[Event]:
    """Return the events that `document` tells of, in the order of their triggers."""
    return (coder or default_coder()).code(document)


def code_all(
    addresses: Iterable[str], coder: Coder, known: Callable[[str], bool] | None = None
) -> Iterator[tuple[int, Coded | Failure]]:
    """Read and code the documents at `addresses`; yield the number of files done, with each document or failure.

    Documents whose id is `known` are not coded.
    """
    for number, address in enumerate(addresses, 1):
        try:
            documents = read_document(address)
        except DocumentError as error:
            yield number, Failure(address, str(error))
            continue
        for document in documents:
            if known and known(document.id):
                yield number, Coded(document, known=True)
                continue
            try:
                events = coder.code(document)
            except DetenteError as error:
                yield number, Failure(document.address or address, f"{document.address or address}: {error}")
            else:
                yield number, Coded(document, tuple(events), tuple(find_ties(document, events)))


def write_coded(
    paths: Iterable[str | Path],
    folder: Path,
    coder: Coder | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> AddReport:
    """Code the documents at `paths` and write NAME.events.jsonl, and NAME.ties.jsonl where there are ties, to `folder`.

    `folder` is made where it is missing; documents of the same name are told apart by a number. Documents that cannot
    be read are listed in the report. Raises DocumentError for a path that does not exist, UsageError where the folder
    cannot be written to.
    """
    started = time.perf_counter()
    addresses = find_documents(paths)
    tally, written = Tally(len(addresses)), Counter[str]()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for files, outcome in code_all(addresses, coder or default_coder()):
            tally.files = files
            if isinstance(outcome, Failure):
                tally.failed.append(outcome)
            else:
                _write_one(outcome, folder, written)
                tally.count(len(outcome.document.sentences), len(outcome.events), len(outcome.ties))
            if progress:
                progress(tally.progress())
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written to: {error.strerror} (expected a folder)") from error
    return tally.report(time.perf_counter() - started)


def _write_one(coded: Coded, folder: Path, written: Counter[str]) -> None:
    name = re.sub(r"[\\/\0]", "_", coded.document.name)
    written[name] += 1
    if written[name] > 1:
        name += f"-{written[name]}"
    write_events(coded.events, coded.document, folder / f"{name}.events.jsonl")
    if coded.ties:
        write_ties(coded.ties, folder / f"{name}.ties.jsonl")


def evaluate(gold: str | Path, coder: Coder | None = None) -> Score:
    """Return how well `coder` reads the hand-coded documents of the folder `gold`, as precision, recall and F1.

    The folder holds NAME.json (the document) and NAME.events.jsonl (its reference events) for each. Raises
    DocumentError where it holds none.
    """
    folder, coder = Path(gold), coder or default_coder()
    if not folder.is_dir():
        raise DocumentError(folder, "is not a folder", expected="a folder of NAME.json and NAME.events.jsonl")
    pairs = [
        (path, events)
        for path in sorted(folder.glob("*.json"))
        if (events := path.with_suffix(".events.jsonl")).exists()
    ]
    if not pairs:
        raise DocumentError(folder, "holds no coded document", expected="NAME.json beside NAME.events.jsonl")
    return score_sentences(
        (
            path.stem,
            [document.sentence_text(sentence.index) for sentence in document.sentences],
            read_gold(events),
            [event_to_line(event, document) for event in coder.code(document)],
        )
        for path, events in pairs
        for document in read_document(path)
    )


def estimate_cost(addresses: Iterable[str], estimate: Callable[[Document], Cost]) -> Cost:
    """Return what `estimate` says coding the documents at `addresses` will cost; unreadable ones count for nothing."""
    total = Cost()
    for address in find_documents(tuple(addresses)):
        try:
            for document in read_document(address):
                total += estimate(document)
        except DocumentError:
            continue
    return total


def _last_day(value: DateLike) -> datetime.date:
    day = read_date(value).latest
    if day is None:
        raise DateError(f"{value}: has no end (expected a day, month or year)")
    return day


def find_party(text: str, on: datetime.date | None = None) -> str:
    """Return the code of the state, organisation or movement that `text` names.

    A name that several states have borne is settled by the day `on` where that leaves one. Raises EntityError for one
    that is unknown, or could still be several.

    >>> find_party("Soviet Union"), find_party("365"), find_party("NATO")
    ('RUS', 'RUS', 'NATO')
    """
    from detente.errors import EntityError
    from detente.refdata.states import find_state
    from detente.resolving.who import resolve_entity

    if text.startswith("X:"):
        return text
    try:
        return find_state(text).stateabb
    except EntityError as unknown:
        for day in (None, on):
            code = resolve_entity(text, day).code
            if code is not None:
                return code
        raise unknown


def read_date(value: DateLike) -> BoundedDate:
    """Return the bounds of a day, of ISO or EDTF text, or of words; DateError where they name no date.

    >>> read_date("1969-03").latest
    datetime.date(1969, 3, 31)
    """
    from detente.resolving.edtf import read_edtf
    from detente.resolving.when import resolve_date

    if isinstance(value, BoundedDate):
        return value
    if isinstance(value, datetime.date):
        return BoundedDate.day(value)
    try:
        return read_edtf(value)
    except DateError:
        return resolve_date(value)
