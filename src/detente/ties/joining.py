"""Ties that several documents tell of, made one: with every telling's moments, and where tellings contradict."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.model import Tie, TieMoment, TieParty
from detente.ties.clusters import Clusters
from detente.ties.naming import stem_words
from detente.ties.rules import kinds

__all__ = ["JoinedTie", "join_ties"]

SHARED = 0.5
"""The share of the lesser name's words that must recur in the other for two treaties or demands to be one."""

YEAR = 366


@dataclass(frozen=True, slots=True)
class JoinedTie:
    """A tie as all documents together tell it: its canonical id, the tie, the ids told, and contradictions."""

    canonical_id: str
    tie: Tie
    tellings: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


def join_ties(
    ties: Iterable[Tie], joins: Iterable[Sequence[str]] = (), splits: Iterable[Sequence[str]] = ()
) -> list[JoinedTie]:
    """Return the ties that `ties`, of any documents, tell of, in order of opening; the same for any order of `ties`.

    Two are one where kind, parties and roles agree and their openings are no further apart than the kind allows; those
    of which there can be many at once (treaties, demands, proposals) must share words too. `joins` and `splits` are
    reviewers' words on ids, and hold against that.
    """
    by_id = {tie.id: tie for tie in ties}
    clusters = Clusters(by_id, splits)
    for ids in joins:
        present = sorted(set(ids) & set(by_id))
        for other in present[1:]:
            clusters.join(present[0], other)
    for group in _groups(by_id.values()):
        for one, other in _pairs(group):
            clusters.join(one, other)
    joined = [_make_one([by_id[member] for member in members]) for members in clusters.members()]
    return sorted(joined, key=lambda each: (_first_day(each.tie.moments[0]), each.canonical_id))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is compared of a tie: the window of its opening, its words, and the documents that tell of it."""

    id: str
    earliest: datetime.date | None
    latest: datetime.date
    words: frozenset[str]
    documents: frozenset[str]


def _groups(ties: Iterable[Tie]) -> list[tuple[int, list[_Telling]]]:
    """Return tellings that may be compared, with the days their kind allows between openings, in order of opening."""
    groups: dict[tuple[str, tuple[TieParty, ...]], list[_Telling]] = defaultdict(list)
    for tie in ties:
        groups[tie.kind, tuple(sorted(tie.parties))].append(_tell(tie))
    return [
        (kinds()[kind].apart, sorted(group, key=lambda each: (each.earliest or datetime.date.min, each.id)))
        for (kind, _), group in groups.items()
        if len(group) > 1
    ]


def _tell(tie: Tie) -> _Telling:
    when = tie.opened.when if tie.opened else None
    return _Telling(
        tie.id,
        when.earliest if when else None,
        (when.latest or when.earliest if when else None) or datetime.date.max,
        stem_words(f"{tie.name} {tie.terms or ''}"),
        frozenset(moment.document_id for moment in tie.moments),
    )


def _pairs(group: tuple[int, list[_Telling]]) -> Iterator[tuple[str, str]]:
    """Yield the ids of tellings of one tie; those whose kind keeps none apart by time must share words."""
    apart, told = group
    longest = datetime.timedelta(days=apart or YEAR)
    for index, first in enumerate(told):
        for second in told[index + 1 :]:
            if first.earliest and second.earliest and second.earliest - first.latest > longest:
                break
            if not first.documents & second.documents and (apart or _alike(first, second)):
                yield first.id, second.id


def _alike(first: _Telling, second: _Telling) -> bool:
    shared = len(first.words & second.words)
    return shared > 0 and shared / min(len(first.words), len(second.words)) >= SHARED


def _make_one(ties: list[Tie]) -> JoinedTie:
    ids = tuple(sorted(tie.id for tie in ties))
    if len(ties) == 1:
        return JoinedTie(ids[0], ties[0], ids)
    told = sorted(ties, key=lambda tie: (tie.opened is None, _looseness(tie.moments[0]), tie.id))
    first = told[0]
    closings = sorted((tie.closed for tie in told if tie.closed), key=_order)
    between = [moment for tie in told for moment in tie.moments if moment is not first.moments[0]]
    closing = min(closings, key=lambda moment: (_looseness(moment), _order(moment)), default=None)
    changes = [replace(moment, change="changed") for moment in between if moment.change != "closed"]
    moments = [first.moments[0], *sorted(set(changes), key=_order)]
    if closing is not None:
        moments.append(closing)
    outcome = closing.outcome if closing else moments[-1].outcome
    tie = replace(first, moments=tuple(moments), outcome=outcome)
    return JoinedTie(ids[0], tie, ids, (*_conflicts(told, "opened"), *_conflicts(told, "closed")))


def _conflicts(ties: Sequence[Tie], change: str) -> tuple[str, ...]:
    """Return a line for each two documents whose bounds for the same change share no day."""
    dated = [
        moment.when
        for tie in sorted(ties, key=lambda tie: tie.id)
        for moment in tie.moments
        if moment.change == change and moment.when
    ]
    return tuple(
        f"{ties[0].name}: {change} {one} or {other}"
        for index, one in enumerate(dated)
        for other in dated[index + 1 :]
        if not one.overlaps(other)
    )


def _looseness(moment: TieMoment) -> int:
    days = moment.when.days if moment.when else None
    return days if days is not None else datetime.date.max.toordinal()


def _order(moment: TieMoment) -> tuple[datetime.date, str, int]:
    return (_first_day(moment), moment.document_id, moment.quote.start)


def _first_day(moment: TieMoment) -> datetime.date:
    return moment.when.earliest if moment.when and moment.when.earliest else datetime.date.min
