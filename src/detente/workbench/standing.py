"""What stands between states, and one story from many tellings: the part of `Record` that asks of ties."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from detente.errors import UsageError
from detente.model import Tie
from detente.record import EventQuery, Judgement, TieQuery, as_known_on, verdicts
from detente.record.report import ReconcileReport
from detente.ties.acts import Act, read_acts
from detente.ties.compare import Comparison, compare_dyads, dyads_here, years_covered
from detente.ties.joining import JoinedTie, join_ties
from detente.ties.outside import outside_form, read_outside
from detente.ties.relations import Change, StateOfRelations, changes_between, faded_score, is_standing, relations_on
from detente.ties.stories import Story, join_stories, read_tellings
from detente.workbench.keeping import Keeping
from detente.workbench.words import DateLike, find_party, last_day, read_date

__all__ = ["Standing"]


class Standing(Keeping):
    """Ties, the state of relations, comparisons with the outside, and reviewers' joins and splits."""

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
        joined = join_ties(told, *self._verdicts()) if told else []
        return [each for each in joined if day is None or is_standing(each.tie, day)]

    def relations(
        self,
        a: str,
        b: str,
        on: DateLike,
        *,
        known_on: datetime.date | datetime.datetime | None = None,
        last: int = 10,
        ties: Sequence[JoinedTie] | None = None,
    ) -> StateOfRelations:
        """Return how `a` and `b` stood at the end of the day `on`: ties, demands, proposals, last acts, score, trend.

        `last` is how many acts are wanted. `known_on` answers as the record knew it then. `ties` are the joined ties
        between the two where they are at hand. Raises EntityError, DateError and UsageError as `events` does.
        """
        day = last_day(on)
        codes = (find_party(a, day), find_party(b, day))
        query = EventQuery(
            *codes, latest=day, status="actual", known_on=as_known_on(known_on) if known_on is not None else None
        )
        acts: Iterable[Act] = ()
        if last:
            acts = read_acts(self.store.events(replace(query, limit=4 * last, newest_first=True)).to_arrow())
        if known_on is None:
            score_on = partial(self.store.dyad(*codes).score, told_by=day)
        else:
            score_on = partial(faded_score, self.store.history(query))
        if ties is None:
            ties = self.joined_ties(*codes, known_on=known_on)
        state = relations_on(ties, acts, score_on, codes, day, last)
        shown = (*state.standing, *state.asked, *state.tabled)
        titles = self.store.titles({moment.document_id for tie in shown for moment in tie.moments}) if shown else {}
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
        start, end = read_date(first).earliest, last_day(last)
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
        said = self._verdicts()
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

    def _verdicts(self) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        """Return what reviewers joined and split, by the ids that stand now where something was corrected."""
        said = [each for each in self.store.judgements(decision="accepted") if each.kind != "correction"]
        now = self.store.current_ids() if said else {}
        return verdicts(replace(each, subjects=tuple(now.get(old, old) for old in each.subjects)) for each in said)

    def _judge(self, kind: str, ids: Iterable[str], who: str, why: str) -> Judgement:
        judgement = self.store.judge(Judgement(kind, tuple(dict.fromkeys(ids)), who, why))
        self.reconcile()
        return judgement
