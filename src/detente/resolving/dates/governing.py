"""Which date of a sentence governs an act told in it, and what days an act may take from the dates around it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from detente.model import BoundedDate
from detente.resolving.dates.narrative import Told

__all__ = ["REACH", "carry_on", "rank_dates", "reach_on", "side_of"]

_CLAUSE = re.compile(
    r"[;:(—]|,\s+(?:and|but|while|when|where|which|who|whom|although|though|after|before|as|whereas|so|yet|leading|causing)\b"
    r"|\b(?:which|who|while|whereas|although|but|when|after|before|until|because|that|since)\b"
)
_WEIGHTS = {"break": 70.0, "and": 30.0, "leading": -35.0, "aside": 30.0, "name": 20.0, "behind": 45.0}
"""Characters' worth of distance, fitted on annotated essays (`scripts/measure_dates.py` prints what they give)."""
REACH = 400
"""The cost beyond which a date of the sentence that is off the account's line does not govern an act."""
_AFTER = re.compile(
    r"\b(?:after|following|in response to|in the wake of|once|upon|as a result of)\b[^,]*$", re.IGNORECASE
)
_BEFORE = re.compile(r"\b(?:before|prior to|leading up to|led to|leading to|resulted in|culminat\w+)\b")
_NEAR = 25
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
        ahead = span.start >= offset
        words = text[offset - start : span.start - start] if ahead else text[span.end - start : offset - start]
        cost = len(words) + _WEIGHTS["break"] * len(_CLAUSE.findall(words))
        if each.leads:
            cost -= _WEIGHTS["leading"]
        elif not ahead:
            cost += _WEIGHTS["behind"] + _WEIGHTS["and"] * words.count(" and ")
        if not each.on_line:
            cost += _WEIGHTS["aside"]
        if each.attribute and len(words) > _NEAR:
            cost += _WEIGHTS["name"]
        ranked.append((cost, each))
    return sorted(ranked, key=lambda pair: (pair[0], pair[1].start))


def side_of(text: str, told: Told, offset: int, start: int) -> int:
    """Return 1 where an act follows what a date of its sentence dates ("After the treaty of 1918, troops occupied …"),
    -1 where it leads up to it ("talks that led to the treaty of 1918"), 0 where the date is its own."""
    first, last, act = told.phrase.span.start - start, told.phrase.span.end - start, offset - start
    if last <= act:
        return int("," in text[last:act] and _AFTER.search(text[:first]) is not None)
    return -int(_BEFORE.search(text[act:first]) is not None)


def carry_on(told: Told, following: Told | None, distance: int) -> BoundedDate:
    """Return the days an act may have been on, told `distance` sentences after a date and before the `following` one.

    The account goes on from a day or a month to its next date; a year or more covers what is told under it.
    """
    when = told.when
    if when.earliest is None or when.latest is None:
        return when
    if told.unit in ("decade", "century") or (following is None and distance == 1):
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


def reach_on(first: Told, last: Told) -> BoundedDate:
    """Return the days from one date to another."""
    return BoundedDate.between(first.when.earliest, last.when.latest, first.when.text)
