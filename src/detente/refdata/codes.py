"""Crosswalks: from one system of state codes to another, as of a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from detente.errors import EntityError, UsageError
from detente.refdata.spell import Spell, common
from detente.refdata.states import State, load_states

__all__ = ["SYSTEMS", "code_of", "code_spells", "convert", "crossings", "find_code"]

Crossing = tuple[str, str, datetime.date | None, datetime.date | None]
SYSTEMS = ("cow", "cown", "gw", "iso3", "iso2", "cameo", "fips")


def convert(value: str | int, from_system: str, to_system: str, on: datetime.date | None = None) -> str:
    """Return the code in `to_system` of the state that `value` is in `from_system`, both as of the day `on`.

    The systems are "cow" (abbreviations), "cown" and "gw" (numbers), "iso3", "iso2", "cameo" and "fips" (FIPS 10-4, as
    GDELT's places have it). Raises UsageError for another system; EntityError where no state, or more than one, has
    the code then, or where the state has no code in the other system then.

    >>> convert("SUN", "iso3", "cow"), convert("365", "cown", "iso3", datetime.date(1980, 1, 1))
    ('RUS', 'SUN')
    """
    return code_of(find_code(value, from_system, on), to_system, on)


def find_code(value: str | int, system: str, on: datetime.date | None = None) -> State:
    """Return the one state with the code `value` in `system` as of `on`; EntityError where none or several have it.

    Without a day, a code that one state alone has today is that state's.
    """
    wanted = str(value).strip().upper()
    held = _by_code(system).get(wanted, ())
    found = {state.stateabb: state for state, spell in held if spell.holds(on)}
    if on is None and len(found) > 1:
        today = {state.stateabb: state for state, spell in held if spell.end is None}
        found = today if len(today) == 1 else found
    if len(found) != 1:
        raise EntityError(wanted, tuple(found), expected=f"a code of the system {system!r}{_when(on)}")
    return next(iter(found.values()))


def code_of(state: State, system: str, on: datetime.date | None = None) -> str:
    """Return the code of `state` in `system` as of `on` (None: its latest); EntityError where it has none then."""
    standing = [spell for spell in _spells(state, system) if spell.holds(on)]
    if not standing:
        raise EntityError(f"{state.stateabb} in {system}", expected=f"a state that has such a code{_when(on)}")
    return next((spell.value for spell in standing if on is None and spell.end is None), standing[0].value)


def crossings(from_system: str, to_system: str) -> tuple[Crossing, ...]:
    """Return the whole crosswalk, to join tables on: (code, code in `to_system`, first day, last day); None is open.

    >>> ("365", "SUN", None, datetime.date(1991, 12, 25)) in crossings("cown", "iso3")
    True
    """
    rows = {
        (one.value, shared.value, shared.start, shared.end): None
        for state in load_states()
        for one in _spells(state, from_system)
        for other in _spells(state, to_system)
        if (shared := common(other, one)) is not None
    }
    return tuple(rows)


def code_spells(system: str) -> tuple[Crossing, ...]:
    """Return whom each code of `system` means when: (code, COW abbreviation, first day, last day); None is open.

    Spells of one code do not overlap, so that a table joined to them keeps its rows. A code that only one state ever
    had means that state at any time: data sets are slow to take up new codes.

    >>> [row[1:] for row in code_spells("cameo") if row[0] == "SUN"]
    [('RUS', None, None)]
    """
    rows: list[Crossing] = []
    for code, held in _by_code(system).items():
        if len({state.stateabb for state, _ in held}) == 1:
            rows.append((code, held[0][0].stateabb, None, None))
        else:
            rows += [(code, state.stateabb, spell.start, spell.end) for state, spell in held]
    return tuple(rows)


def _when(on: datetime.date | None) -> str:
    return f" on {on}" if on else ""


@cache
def _by_code(system: str) -> Mapping[str, tuple[tuple[State, Spell], ...]]:
    found: dict[str, list[tuple[State, Spell]]] = {}
    for state in load_states():
        others = map(Spell, state.also) if system == "cow" else ()
        for spell in (*_spells(state, system), *others):
            found.setdefault(spell.value.upper(), []).append((state, spell))
    return MappingProxyType({code: tuple(held) for code, held in found.items()})


def _spells(state: State, system: str) -> tuple[Spell, ...]:
    match system:
        case "cow":
            return (Spell(state.stateabb),)
        case "cown":
            return (Spell(str(state.ccode)),) if state.ccode is not None else ()
        case "gw":
            return _widen(state.gw)
        case "iso3" | "iso2" | "cameo" | "fips":
            spells: tuple[Spell, ...] = getattr(state, system)
            return spells
    raise UsageError(f"{system!r} is not a system of state codes: expected one of {', '.join(SYSTEMS)}")


def _widen(spells: tuple[Spell, ...]) -> tuple[Spell, ...]:
    """Join spells that follow each other under one number: an occupied state keeps its number."""
    joined: list[Spell] = []
    for spell in sorted(spells, key=lambda each: each.start or datetime.date.min):
        if joined and joined[-1].value == spell.value:
            joined[-1] = Spell(spell.value, joined[-1].start, spell.end)
        else:
            joined.append(spell)
    return tuple(joined)
