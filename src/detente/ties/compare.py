"""The record beside a data set: for the same dyads and years, what is in both, only here, only there."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from detente.model import Tie
from detente.ties.acts import Act
from detente.ties.outside import Coded, Dyad, Form, Outside
from detente.ties.relations import outcome_on

__all__ = ["Comparison", "Evidence", "compare_dyads", "dyads_here", "years_covered"]

BOTH, HERE, THERE = "both", "only here", "only there"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the record has something in a year: the words, and the id of the tie or event."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run of years of one dyad that stand alike: in both, only here or only there; with what each has."""

    dyad: Dyad
    first_year: int
    last_year: int
    where: str
    here: tuple[Evidence, ...]
    there: tuple[Coded, ...]


def compare_dyads(
    outside: Outside, dyads: Iterable[Dyad], ties: Sequence[Tie], acts: Sequence[Act], years: tuple[int, int]
) -> list[Comparison]:
    """Return how the record and `outside` agree for `dyads` in `years` (both inclusive, cut to the set's own span).

    A tie of an answering kind is here in every year it may have stood; an act of an answering type in every year of
    its bounds. Runs of years that stand alike are one row, in order of dyad and time.
    """
    first, last = max(years[0], outside.span[0]), min(years[1], outside.span[1])
    here = _years_here(outside, ties, acts, (first, last))
    return [
        row
        for dyad in sorted({(min(pair), max(pair)) for pair in dyads})
        for row in _runs(dyad, here.get(dyad, {}), outside.years.get(dyad, {}), (first, last))
    ]


def dyads_here(outside: Form, ties: Iterable[Tie], acts: Iterable[Act]) -> set[Dyad]:
    """Return the dyads between which the record has ties or acts that answer to `outside`."""
    told = [tie for tie in ties if tie.kind in outside.ties]
    done = [act for act in acts if act.event_type in outside.events]
    return {pair for tie in told for pair in _pairs_in(tie)} | {pair for act in done for pair in _pairs_of(act)}


def years_covered(ties: Iterable[Tie], acts: Iterable[Act]) -> tuple[int, int]:
    """Return the first and the last year that the record tells of; 1, 0 where it tells of none."""
    told = [moment.when for tie in ties for moment in tie.moments if moment.when] + [act.when for act in acts]
    years = [day.year for when in told for day in (when.earliest, when.latest) if day]
    return (min(years), max(years)) if years else (1, 0)


def _years_here(
    outside: Outside, ties: Iterable[Tie], acts: Iterable[Act], years: tuple[int, int]
) -> Mapping[Dyad, Mapping[int, tuple[Evidence, ...]]]:
    found: dict[Dyad, dict[int, dict[str, Evidence]]] = defaultdict(lambda: defaultdict(dict))
    for tie in ties:
        if tie.kind in outside.ties:
            for year in range(years[0], years[1] + 1):
                if _stood_in(tie, year):
                    for pair in _pairs_in(tie):
                        found[pair][year][tie.id] = Evidence(tie.id, tie.moments[0].quote.text)
    for act in acts:
        if act.event_type in outside.events and act.when.earliest and act.when.latest:
            for year in range(max(years[0], act.when.earliest.year), min(years[1], act.when.latest.year) + 1):
                for pair in _pairs_of(act):
                    found[pair][year][act.event_id] = Evidence(act.event_id, act.quote)
    return {dyad: {year: tuple(each.values()) for year, each in told.items()} for dyad, told in found.items()}


def _pairs_in(tie: Tie) -> set[Dyad]:
    """Return the pairs of parties of a tie; of different roles where its kind has two."""
    roles = {party.role for party in tie.parties}
    return {
        (min(one.code, other.code), max(one.code, other.code))
        for one, other in combinations(tie.parties, 2)
        if one.code != other.code and (len(roles) == 1 or one.role != other.role)
    }


def _pairs_of(act: Act) -> set[Dyad]:
    near, far = act.actors or act.recipients, act.recipients or act.actors
    return {(min(one, other), max(one, other)) for one in near for other in far if one != other}


def _stood_in(tie: Tie, year: int) -> bool:
    """Return whether `tie` may have stood on some day of `year`; without a known opening, from its first words on."""
    first = tie.moments[0].when
    if first is None or outcome_on(tie, datetime.date(year, 12, 31)) is None:
        return False
    if first.earliest and first.earliest.year > year:
        return False
    closed = tie.closed.when if tie.closed else None
    return not (closed and closed.latest and closed.latest.year < year)


def _runs(
    dyad: Dyad,
    here: Mapping[int, tuple[Evidence, ...]],
    there: Mapping[int, tuple[Coded, ...]],
    years: tuple[int, int],
) -> Iterable[Comparison]:
    run: list[int] = []
    before = None
    for year in range(years[0], years[1] + 2):
        where = _where(year in here, year in there) if year <= years[1] else None
        if run and where != before and before:
            ours = dict.fromkeys(evidence for each in run for evidence in here.get(each, ()))
            theirs = dict.fromkeys(coded for each in run for coded in there.get(each, ()))
            yield Comparison(dyad, run[0], run[-1], before, tuple(ours), tuple(theirs))
        run = [*run, year] if where == before else [year]
        before = where


def _where(here: bool, there: bool) -> str | None:
    if here and there:
        return BOTH
    return HERE if here else THERE if there else None
