"""Crosswalks: from one system of state codes to another, as of a day."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from detente.errors import EntityError, UsageError
from detente.refdata.spell import Spell, read_spells
from detente.refdata.states import State, load_states

__all__ = ["SYSTEMS", "code_of", "code_spells", "convert_code", "find_code"]

SYSTEMS = ("cow", "cown", "gw", "iso3", "iso2", "cameo", "fips")


def convert_code(value: str | int, from_system: str, to_system: str, on: datetime.date | None = None) -> str:
    """Return the code in `to_system` of the state that `value` is in `from_system`, both as of the day `on`.

    The systems are "cow" (abbreviations), "cown" and "gw" (numbers), "iso3", "iso2", "cameo" and "fips" (FIPS 10-4, as
    GDELT's places have it). EntityError where no state, or more than one, has the code then, or where the state has no
    code in the other system then.

    >>> convert_code("SUN", "iso3", "cow"), convert_code("365", "cown", "iso3", datetime.date(1980, 1, 1))
    ('RUS', 'SUN')
    """
    return code_of(find_code(value, from_system, on), to_system, on)


def find_code(value: str | int, system: str, on: datetime.date | None = None) -> State:
    """Return the one state with the code `value` in `system`, as of `on`; EntityError where none or several have it.

    Where a state of the system on that day answers, it is preferred to those that were not in it.
    """
    wanted = str(value).strip().upper()
    found = [state for state in load_states() if any(s.value == wanted and s.holds(on) for s in _spells(state, system))]
    if len(found) > 1:
        found = [state for state in found if on is None or state.in_system(on)] or found
    if len(found) > 1 and on is None:
        found = [state for state in found if state.members[-1].end is None] or found
    if len(found) != 1:
        raise EntityError(wanted, tuple(state.stateabb for state in found), expected=f"a code of the system {system!r}")
    return found[0]


def code_of(state: State, system: str, on: datetime.date | None = None) -> str:
    """Return the code of `state` in `system` as of `on` (None: its latest); EntityError where it has none then."""
    standing = [spell for spell in _spells(state, system) if spell.holds(on)]
    if not standing:
        when = f" on {on}" if on else ""
        raise EntityError(f"{state.stateabb} in {system}", expected=f"a state that has such a code{when}")
    return next((spell.value for spell in standing if on is None and spell.end is None), standing[0].value)


def code_spells(system: str) -> tuple[tuple[str, str, datetime.date | None, datetime.date | None], ...]:
    """Return whom each code of `system` means when: (code, COW abbreviation, first day, last day); None is open.

    Spells of one code do not overlap, so that a table joined to them keeps its rows. A code that only one state ever
    had means that state at any time: data sets are slow to take up new codes.

    >>> [row[1:] for row in code_spells("cameo") if row[0] == "SUN"]
    [('RUS', None, None)]
    """
    holders: dict[str, list[tuple[str, Spell]]] = {}
    for each in load_states():
        for spell in _spells(each, system):
            holders.setdefault(spell.value.upper(), []).append((each.stateabb, spell))
    rows: list[tuple[str, str, datetime.date | None, datetime.date | None]] = []
    for code, held in holders.items():
        if len({stateabb for stateabb, _ in held}) == 1:
            rows.append((code, held[0][0], None, None))
        else:
            rows += _segments(code, system, [stateabb for stateabb, _ in held])
    return tuple(rows)


def _segments(
    code: str, system: str, stateabbs: list[str]
) -> list[tuple[str, str, datetime.date | None, datetime.date | None]]:
    """Return whom a code that several states had means from one change of theirs to the next."""
    states = [each for each in load_states() if each.stateabb in stateabbs]
    day = datetime.timedelta(days=1)
    starts = {datetime.date(1, 1, 1)}
    for each in states:
        for spell in (*each.members, *(own for own in _spells(each, system) if own.value.upper() == code)):
            starts |= {spell.start} if spell.start else set()
            starts |= {spell.end + day} if spell.end else set()
    rows = []
    ordered = sorted(starts)
    for number, start in enumerate(ordered):
        try:
            holder = find_code(code, system, start).stateabb
        except EntityError:
            continue
        last = ordered[number + 1] - day if number + 1 < len(ordered) else None
        rows.append((code, holder, None if number == 0 else start, last))
    return rows


def _spells(state: State, system: str) -> tuple[Spell, ...]:
    match system:
        case "cow":
            return (Spell(state.stateabb), *(Spell(each) for each in state.also))
        case "cown":
            return (Spell(str(state.ccode)),)
        case "gw":
            return _widen(state.gw)
        case "iso3":
            return state.iso3
        case "iso2":
            return state.iso2
        case "fips":
            return state.fips
        case "cameo":
            return _cameo().get(state.stateabb, state.iso3)
    raise UsageError(f"{system!r} is not a system of state codes: expected one of {', '.join(SYSTEMS)}")


@cache
def _cameo() -> Mapping[str, tuple[Spell, ...]]:
    rows = tomllib.loads(files("detente.refdata").joinpath("data/cameo.toml").read_text("utf-8"))["codes"]
    return {stateabb: read_spells(spells) for stateabb, spells in rows.items()}


def _widen(spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
    """Return one spell a number, from the first day it was used to the last."""
    numbers = dict.fromkeys(spell.value for spell in spells)
    return tuple(
        Spell(
            number,
            next(spell.start for spell in spells if spell.value == number),
            [spell.end for spell in spells if spell.value == number][-1],
        )
        for number in numbers
    )
