"""Candidates: which of the things a form of words may be, it can be at a date; with the reason for each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from detente.model import Candidate, Resolution
from detente.resolving.names import Entry, Name, Window, name_at

_NEAR = 15 * 365  # days by which a movement may be spoken of before or after its time

__all__ = ["candidate", "settle", "span_of_years"]


def settle(found: str, entry: Entry, window: Window | None, *, sort: str = "", strict: bool = False) -> Resolution:
    """Return what `found` stands for in `window`: candidates that the tables allow then, and those they rule out.

    `sort` is "party", "person" or "office" to look at these alone; "" takes parties first, then people. A party's
    name that was out of
    use then still stands if it never meant another party (prose speaks of "Thailand" in 1800); not so with `strict`,
    and never for a leader out of office.
    """
    names = _of_sort(entry, sort)
    standing = tuple(index for index, name in enumerate(names) if name.stands(window))
    key = (found, standing, sort, strict, window if not standing else None)
    if key not in entry.memory:
        entry.memory[key] = _judge(found, names, [names[index] for index in standing], window, strict)
    resolution: Resolution = entry.memory[key]
    if len(resolution.candidates) > 1 and window is not None and window[0] != window[1]:
        middle = window[0] + (window[1] - window[0]) / 2
        narrower = settle(found, entry, (middle, middle), sort=sort, strict=strict)
        return narrower if narrower.code else resolution
    return resolution


def _of_sort(entry: Entry, sort: str) -> Sequence[Name]:
    if sort == "office":
        return entry.offices
    if not sort and len(entry.names) == 1:
        return entry.names
    people = [name for name in entry.names if name.kind == "leader"]
    parties = [name for name in entry.names if name.kind not in ("leader", "place")]
    if sort:
        return people if sort == "person" else parties
    return [*parties, *people]


def _judge(
    found: str, names: Sequence[Name], standing: Sequence[Name], window: Window | None, strict: bool
) -> Resolution:
    day = window[0] if window else None
    parties = [name for name in standing if name.kind != "leader"]
    kept = _without_cities(parties) or [name for name in standing if name.kind != "place"]
    if not kept and not strict:
        kept = _out_of_use(names, window)
    chosen = _one_each(kept, day)
    codes = {each.code for each in chosen}
    others = [name for name in names if name.code not in codes and name.kind != "place"]
    if window is not None:
        others.sort(key=lambda name: _distance(name, window))
    rejected = _one_each(others, day, ruled_out=True)
    return Resolution(found, tuple(chosen), tuple(rejected))


def _without_cities(names: list[Name]) -> list[Name]:
    return [name for name in names if name.kind != "city"] or names


def _out_of_use(names: Iterable[Name], window: Window | None) -> list[Name]:
    """A party's names out of use at the date, if they are all one party's, or one is much the nearest."""
    parties = [name for name in names if name.kind not in ("leader", "place", "office")]
    parties = [name for name in parties if name.kind != "movement" or window is None or _distance(name, window) < _NEAR]
    if not parties:
        return []
    if len({name.code for name in parties}) <= 1 or window is None:
        return parties
    return [min(parties, key=lambda name: _distance(name, window))]


def _distance(name: Name, window: Window) -> int:
    after = (name.start - window[1]).days if name.start else 0
    before = (window[0] - name.end).days if name.end else 0
    return max(after, before, 0)


def _one_each(names: Iterable[Name], day: datetime.date | None, *, ruled_out: bool = False) -> list[Candidate]:
    best: dict[str, Candidate] = {}
    for name in names:
        if name.code not in best:
            best[name.code] = candidate(name, day, ruled_out=ruled_out)
    return list(best.values())


def candidate(name: Name, day: datetime.date | None, *, ruled_out: bool = False) -> Candidate:
    """Return a name of the tables as a candidate, saying what it was and when."""
    years = span_of_years(name)
    if ruled_out and (name.start or name.end):
        reason = (
            f"{name.code} held this name only {years}"
            if name.kind != "leader"
            else f"{name.called}: held office only {years}"
        )
    else:
        reason = f"{name.called} ({years})" if years else name.called
    return Candidate(name.code, entity_kind(name.code, name.kind), name_at(name, day), reason, name.source)


def entity_kind(code: str, kind: str) -> str:
    """Return the sort of entity a code is: "state", "organisation", "movement" or "collective"."""
    if kind in ("organisation", "collective"):
        return kind
    return "movement" if code.startswith("X:") else "state"


def span_of_years(name: Name) -> str:
    """Return in words when a name was in use: "from 1949-12-08", "to 1868", "1922 to 1991"; "" for always."""
    if name.start and name.end:
        return f"from {name.start} to {name.end}"
    if name.start:
        return f"from {name.start}"
    return f"until {name.end}" if name.end else ""
