"""Which date of a sentence governs an act told in it, and what days an act may take from the dates around it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from detente.model import BoundedDate
from detente.resolving.narrative import Told

__all__ = ["carry_on", "rank_dates"]

_CLAUSE = re.compile(
    r"[;:(—]|,\s+(?:and|but|while|when|where|which|who|whom|although|though|after|before|as|whereas|so|yet|leading|causing)\b"
    r"|\b(?:which|who|while|whereas|although|but|when|after|before|until|because|that|since)\b"
)
_BREAK, _LEADING, _ASIDE, _NAME, _BEHIND = 30, 45, 25, 40, 15
REACH = 160
"""The cost beyond which a date of the sentence that is off the account's line does not govern an act."""
_SEASON = 500
_MONTHS_ON = datetime.timedelta(92)
_YEAR_ON = datetime.timedelta(365)


def rank_dates(text: str, told: Sequence[Told], offset: int, start: int) -> list[tuple[float, Told]]:
    """Return the dates of a sentence, the likeliest to govern the act at `offset` first, each with its cost.

    Nearness counts, in characters; every clause begun between the two, and a date that only describes a noun, count
    against; a date that opens the sentence governs all that follows.
    """
    ranked = []
    for each in told:
        span = each.phrase.span
        between = (span.end, offset) if span.end <= offset else (offset, span.start)
        words = text[max(between[0] - start, 0) : max(between[1] - start, 0)]
        cost = float(len(words)) + _BREAK * len(_CLAUSE.findall(words))
        if each.leads:
            cost -= _LEADING
        elif span.end <= offset:
            cost += _BEHIND
        if not each.on_line:
            cost += _ASIDE
        if each.attribute and len(words) > _ASIDE:
            cost += _NAME
        ranked.append((cost, each))
    return sorted(ranked, key=lambda pair: (pair[0], pair[1].start))


def carry_on(told: Told, following: Told | None, distance: int) -> BoundedDate:
    """Return the days an act may have been on, told `distance` sentences after a date and before the `following` one.

    The account goes on from a day or a month to its next date; a year or more covers what is told under it.
    """
    when = told.when
    if when.earliest is None or when.latest is None:
        return when
    if told.unit in ("decade", "century") or following is None and distance == 1:
        return when
    if told.unit == "year":
        return when if distance < 4 else _until(when, datetime.date(when.latest.year, 12, 31))
    next_day = following.when.latest if following else None
    if following is None or next_day is None or following.when.earliest is None:
        return _until(when, when.latest + (_MONTHS_ON if told.unit == "day" else _YEAR_ON))
    far = (following.when.earliest - when.latest).days > _SEASON
    if far and told.unit == "day" and distance == 1:
        return when
    return _until(when, next_day)


def _until(when: BoundedDate, last: datetime.date) -> BoundedDate:
    assert when.latest is not None
    return BoundedDate.between(when.earliest, max(when.latest, last), when.text)
