"""The state of relations on a day: what stands, what is asked and not met, what is on the table; and what changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from detente.errors import UsageError
from detente.model import BoundedDate, Tie, TieMoment
from detente.model.fading import HALF_LIFE_DAYS, mean_faded, weigh_each
from detente.ties.acts import Act, one_each
from detente.ties.joining import JoinedTie

__all__ = ["Change", "StateOfRelations", "changes_between", "faded_score", "outcome_on", "relations_on"]

ASKED, TABLED = "demand", "proposal"


@dataclass(frozen=True, slots=True)
class Change:
    """A moment in which a tie opened, changed or closed, and the tie as it was from then on."""

    tie: Tie
    moment: TieMoment


@dataclass(frozen=True, slots=True)
class StateOfRelations:
    """How two parties stood on a day.

    `standing` are ties in force, `asked` demands neither met nor dropped, `tabled` proposals neither taken nor
    refused, `recent` the last acts, latest first; `score` the mean score of all acts, faded by age (`faded_score`),
    `trend` how much it has risen or fallen in the year before. `conflicts` names what documents contradict one
    another in, `sources` the documents relied on, title by id.
    """

    parties: tuple[str, str]
    day: datetime.date
    standing: tuple[Tie, ...]
    asked: tuple[Tie, ...]
    tabled: tuple[Tie, ...]
    recent: tuple[Act, ...]
    score: float | None
    trend: float | None
    conflicts: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


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
    ties: Iterable[JoinedTie],
    acts: Iterable[Act],
    score_on: Callable[[datetime.date], float | None],
    parties: tuple[str, str],
    day: datetime.date,
    last: int = 10,
) -> StateOfRelations:
    """Return how `parties` stood on `day`.

    `ties` are those between them, `acts` the latest events (the `last` happenings that can have come by then are
    kept), `score_on` gives their faded score on a day (see `faded_score`). Raises UsageError for a party with itself.
    """
    if parties[0] == parties[1]:
        raise UsageError(f"{parties[0]}: a state has no relations with itself (expected two different parties)")
    joined = [each for each in ties if is_standing(each.tie, day)]
    standing = [each.tie for each in joined]
    told = one_each(act for act in acts if act.when.earliest is not None and act.when.earliest <= day)
    recent = sorted(told, key=lambda act: (act.when.earliest or day, act.event_id), reverse=True)[:last]
    year_before = day - datetime.timedelta(days=min(365, day.toordinal() - 1))
    score, before = score_on(day), score_on(year_before)
    sources = {act.document_id: act.document_title or act.document_id for act in recent if act.document_id}
    return StateOfRelations(
        parties,
        day,
        tuple(tie for tie in standing if tie.kind not in (ASKED, TABLED)),
        tuple(tie for tie in standing if tie.kind == ASKED),
        tuple(tie for tie in standing if tie.kind == TABLED),
        tuple(recent),
        score,
        score - before if score is not None and before is not None else None,
        tuple(line for each in joined for line in each.conflicts),
        sources,
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


def faded_score(history: pa.Table, day: datetime.date, half_life: float = HALF_LIFE_DAYS) -> float | None:
    """Return the mean score of the acts of `history` up to `day`, each weighed by how long ago it was (-10 to 10).

    `history` has the columns `earliest`, `latest` and `score`; None where no act with a score and bounds has come. The
    weight of an act halves every `half_life` days from the middle of its bounds: an exponentially weighted mean
    (Brown, Smoothing, Forecasting and Prediction, 1963, p. 101). Unlike the temperature of a series, it is not drawn
    to neutral as the evidence fades: it says how the last acts were, however long ago.

    >>> import pyarrow as pa
    >>> days = pa.array([datetime.date(1970, 1, 1), datetime.date(1972, 1, 1)])
    >>> history = pa.table({"earliest": days, "latest": days, "score": [-10.0, 10.0]})
    >>> round(faded_score(history, datetime.date(1972, 1, 1)), 2)
    3.33
    """
    return mean_faded(weigh_each(history), day, half_life)


def _has_come(moment: TieMoment, day: datetime.date) -> bool:
    when = moment.when
    if when is None:
        return True
    bound = (when.latest or when.earliest) if moment.change == "closed" else (when.earliest or when.latest)
    return bound is None or bound <= day


def _day_of(moment: TieMoment) -> datetime.date:
    assert moment.when
    return moment.when.earliest or moment.when.latest or datetime.date.min
