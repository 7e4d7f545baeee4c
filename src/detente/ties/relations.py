"""The state of relations on a day: what stands, what is asked and not met, what is on the table; and what changed."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.errors import UsageError
from detente.model import BoundedDate, Tie, TieMoment

__all__ = ["Act", "Change", "StateOfRelations", "changes_between", "outcome_on", "relations_on", "temperature"]

HALF_LIFE_DAYS = 730.5
"""Two years: after that an act weighs half of what it did."""

ASKED, TABLED = "demand", "proposal"


@dataclass(frozen=True, slots=True)
class Act:
    """An event as the page shows it: id, date, type and mode, parties, score, words and document."""

    event_id: str
    when: BoundedDate
    event_type: str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    score: float | None
    quote: str
    document_id: str | None
    document_title: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A moment in which a tie opened, changed or closed, and the tie as it was from then on."""

    tie: Tie
    moment: TieMoment


@dataclass(frozen=True, slots=True)
class StateOfRelations:
    """How two parties stood on a day.

    `standing` are ties in force, `asked` demands neither met nor dropped, `tabled` proposals neither taken nor
    refused, `recent` the last acts, latest first; `score` the temperature of relations (see `temperature`), `trend`
    how much it has risen or fallen in the year before.
    """

    parties: tuple[str, str]
    day: datetime.date
    standing: tuple[Tie, ...]
    asked: tuple[Tie, ...]
    tabled: tuple[Tie, ...]
    recent: tuple[Act, ...]
    score: float | None
    trend: float | None


def outcome_on(tie: Tie, day: datetime.date) -> str | None:
    """Return the outcome of `tie` as of the end of `day`; None before it can have opened.

    A moment has come by a day when the earliest day it can have happened has come; a closing, when the latest has.
    A tie whose opening is not told stands before its first moment too.
    """
    first = tie.moments[0]
    if first.change == "opened" and first.when and first.when.earliest and first.when.earliest > day:
        return None
    outcome = first.outcome
    for moment in tie.moments[1:]:
        if _has_come(moment, day):
            outcome = moment.outcome
    return outcome


def is_standing(tie: Tie, day: datetime.date) -> bool:
    """Return whether `tie` stands on `day`: it may have opened, and has not surely closed."""
    if outcome_on(tie, day) is None:
        return False
    return tie.closed is None or not _has_come(tie.closed, day)


def relations_on(
    ties: Iterable[Tie], acts: Sequence[Act], parties: tuple[str, str], day: datetime.date, last: int = 10
) -> StateOfRelations:
    """Return how `parties` stood on `day`, from the ties and the acts between them.

    Raises UsageError for a party with itself.
    """
    if parties[0] == parties[1]:
        raise UsageError(f"{parties[0]}: a state has no relations with itself (expected two different parties)")
    standing = sorted((tie for tie in ties if is_standing(tie, day)), key=_opening)
    told = [act for act in acts if act.when.earliest is None or act.when.earliest <= day]
    score, before = temperature(told, day), temperature(told, day - datetime.timedelta(days=365))
    return StateOfRelations(
        parties,
        day,
        tuple(tie for tie in standing if tie.kind not in (ASKED, TABLED)),
        tuple(tie for tie in standing if tie.kind == ASKED),
        tuple(tie for tie in standing if tie.kind == TABLED),
        tuple(sorted(told, key=lambda act: (act.when.latest or day, act.event_id), reverse=True)[:last]),
        score,
        score - before if score is not None and before is not None else None,
    )


def changes_between(ties: Iterable[Tie], first: datetime.date, last: datetime.date) -> list[Change]:
    """Return what opened, changed and closed from `first` to `last` (both inclusive), in order of time.

    A moment belongs to the period where its bounds reach into it. Raises UsageError where `last` is before `first`.
    """
    if last < first:
        raise UsageError(f"{first} comes after {last}: expected the earlier day first")
    period = BoundedDate(first, last)
    changes = [
        Change(tie, moment)
        for tie in ties
        for moment in tie.moments
        if moment.when is not None and (moment.when.earliest or moment.when.latest) and moment.when.overlaps(period)
    ]
    return sorted(changes, key=lambda change: (_day_of(change.moment), change.tie.id))


def temperature(acts: Iterable[Act], day: datetime.date, half_life: float = HALF_LIFE_DAYS) -> float | None:
    """Return the mean score of `acts` up to `day`, each weighed by how long ago it was (-10 to 10); None without any.

    The weight of an act halves every `half_life` days from the middle of its bounds: an exponentially weighted mean
    (Brown, Smoothing, Forecasting and Prediction, 1963, p. 101).
    """
    total = weight = 0.0
    for act in acts:
        middle = _middle(act.when)
        if act.score is None or middle is None or middle > day:
            continue
        share = math.exp(-math.log(2) * (day - middle).days / half_life)
        total, weight = total + share * act.score, weight + share
    return total / weight if weight else None


def _has_come(moment: TieMoment, day: datetime.date) -> bool:
    when = moment.when
    if when is None:
        return True
    bound = (when.latest or when.earliest) if moment.change == "closed" else (when.earliest or when.latest)
    return bound is None or bound <= day


def _opening(tie: Tie) -> tuple[datetime.date, str]:
    when = tie.moments[0].when
    return (when.earliest if when and when.earliest else datetime.date.min, tie.id)


def _day_of(moment: TieMoment) -> datetime.date:
    assert moment.when
    return moment.when.earliest or moment.when.latest or datetime.date.min


def _middle(when: BoundedDate) -> datetime.date | None:
    if when.earliest is None or when.latest is None:
        return when.earliest or when.latest
    return when.earliest + (when.latest - when.earliest) / 2
