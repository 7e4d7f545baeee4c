"""The record beside a data set: for the same dyads and years, what is in both, only here, only there."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.model import Tie
from detente.ties.outside import Coded, Dyad, Outside
from detente.ties.relations import Act, outcome_on

__all__ = ["Comparison", "Evidence", "compare_dyads"]

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
    rows: list[Comparison] = []
    for dyad in sorted({(min(pair), max(pair)) for pair in dyads}):
        here = _years_here(outside, dyad, ties, acts, (first, last))
        there = outside.years.get(dyad, {})
        rows += _runs(dyad, here, there, (first, last))
    return rows


def _years_here(
    outside: Outside, dyad: Dyad, ties: Sequence[Tie], acts: Sequence[Act], years: tuple[int, int]
) -> Mapping[int, tuple[Evidence, ...]]:
    found: dict[int, dict[str, Evidence]] = defaultdict(dict)
    for tie in ties:
        if tie.kind in outside.ties and set(dyad) <= {party.code for party in tie.parties}:
            for year in range(years[0], years[1] + 1):
                if _stood_in(tie, year):
                    found[year][tie.id] = Evidence(tie.id, tie.moments[0].quote.text)
    for act in acts:
        parties = {*act.actors, *act.recipients}
        if act.event_type in outside.events and set(dyad) <= parties and act.when.earliest and act.when.latest:
            for year in range(max(years[0], act.when.earliest.year), min(years[1], act.when.latest.year) + 1):
                found[year][act.event_id] = Evidence(act.event_id, act.quote)
    return {year: tuple(each.values()) for year, each in found.items()}


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
