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

__all__ = ["SYSTEMS", "code_of", "convert_code", "find_code"]

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
