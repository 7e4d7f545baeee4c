"""Chances lost: openings in a hostile time that material conflict cut short."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from detente.measure.events import EventFrame
from detente.measure.regimes import Regime
from detente.measure.series import Series

__all__ = ["Chance", "find_chances"]


@dataclass(frozen=True, slots=True)
class Chance:
    """An opening that closed: verbal cooperation in a hostile time, cut short by material conflict within a year."""

    first: datetime.date
    last: datetime.date
    opened_by: tuple[str, ...]
    closed_by: str


def find_chances(course: Series, regimes: tuple[Regime, ...]) -> tuple[Chance, ...]:
    """Return the openings: at least two acts of verbal cooperation, then material conflict, all within a year."""
    frame = course.events
    assert frame is not None
    sharp = frame.take((frame.latest - frame.earliest).astype(int) <= 120)
    order = np.argsort(sharp.earliest, kind="stable")
    sharp = sharp.take(order)
    found: list[Chance] = []
    for row in range(len(sharp)):
        if sharp.quad[row] != 4:
            continue
        since = sharp.earliest[row] - np.timedelta64(365, "D")
        opens = [
            other
            for other in range(row)
            if sharp.quad[other] == 1 and since <= sharp.earliest[other] < sharp.earliest[row]
        ]
        last = sharp.latest[row].astype(datetime.date)
        if len(opens) < 2 or (found and (last - found[-1].last).days < 365):
            continue
        first = sharp.earliest[opens[0]].astype(datetime.date)
        if _hostile(regimes, last):
            found.append(Chance(first, last, tuple(_act(sharp, other) for other in opens[-3:]), _act(sharp, row)))
    return tuple(found)


def _act(frame: EventFrame, row: int) -> str:
    actors = " and ".join(frame.table.column("actors")[row].as_py())
    return f"{actors}: {frame.table.column('trigger')[row].as_py() or frame.table.column('event_type')[row].as_py()}"


def _hostile(regimes: tuple[Regime, ...], day: datetime.date) -> bool:
    return any(regime.first <= day <= regime.last and regime.conflict > regime.cooperation for regime in regimes)
