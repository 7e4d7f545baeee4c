"""States through time: what they were called, numbered and governed from, and when they were in the state system."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from detente.errors import EntityError
from detente.refdata.spell import Spell, read_day, read_spells

__all__ = ["State", "dependencies", "find_state", "load_states", "name_on", "name_table", "state", "states_on"]

REGIONS = ("americas", "europe", "africa", "middle_east", "asia_pacific")


@dataclass(frozen=True, slots=True)
class State:
    """A polity with all it was ever called.

    `also` holds abbreviations that other releases of the list use; `members` are its spells in the state system of the
    Correlates of War, `gw` its numbers in the list of Gleditsch and Ward with its spells in theirs; `iso3`, `iso2` and `fips` its codes with their dates; the rest are forms of its name, each with the days in use.
    """

    stateabb: str
    also: tuple[str, ...]
    ccode: int
    members: tuple[Spell, ...]
    gw: tuple[Spell, ...]
    iso3: tuple[Spell, ...]
    iso2: tuple[Spell, ...]
    fips: tuple[Spell, ...]
    names: tuple[Spell, ...]
    adjectives: tuple[Spell, ...]
    people: tuple[Spell, ...]
    combining: tuple[Spell, ...]
    seats: tuple[Spell, ...]
    cities: tuple[Spell, ...]

    @property
    def gwcode(self) -> int | None:
        """Its latest number in the list of Gleditsch and Ward; None where it is not in it."""
        return int(max(self.gw, key=lambda spell: spell.start or datetime.date.min).value) if self.gw else None

    @property
    def name(self) -> str:
        """Its usual name today, or when it last had one."""
        return next((name.value for name in self.names if name.end is None), self.names[0].value)

    def name_on(self, day: datetime.date | None = None) -> str:
        """Return what it was usually called on `day`: the first of its names in use then, in the table's order."""
        if day is None:
            return self.name
        return next((name.value for name in self.names if name.holds(day)), self.name)

    def in_system(self, day: datetime.date, system: str = "cow") -> bool:
        """Return whether it was a member of the state system ("cow" or "gw") on `day`."""
        return any(spell.holds(day) for spell in (self.members if system == "cow" else self.gw))


@cache
def load_states() -> tuple[State, ...]:
    """Return all states, in the order of their numbers."""
    rows: list[dict[str, Any]] = []
    for region in REGIONS:
        rows += tomllib.loads(files("detente.refdata").joinpath(f"data/states/{region}.toml").read_text("utf-8"))[
            "state"
        ]
    return tuple(sorted(map(_read_state, rows), key=lambda each: each.ccode))


@cache
def _by_abbreviation() -> Mapping[str, State]:
    return MappingProxyType(
        {abbreviation: each for each in load_states() for abbreviation in (each.stateabb, *each.also)}
    )


def state(stateabb: str) -> State:
    """Return the state with this COW abbreviation; EntityError where there is none.

    >>> state("RUS").ccode
    365
    """
    found = _by_abbreviation().get(stateabb)
    if found is None:
        raise EntityError(stateabb, expected="a COW abbreviation such as RUS")
    return found


def find_state(text: str | int, on: datetime.date | None = None) -> State:
    """Return the one state that `text` names: any name of any time, COW abbreviation or number, or ISO code.

    With a day `on`, names and codes must have been in use then. EntityError where none answers, or several do.

    >>> find_state("USSR").stateabb, find_state("SUN").stateabb, find_state(365).stateabb
    ('RUS', 'RUS', 'RUS')
    """
    wanted = str(text).strip()
    if (exact := _by_abbreviation().get(wanted)) is not None:
        return exact
    found = [each for each in load_states() if str(each.ccode) == wanted]
    found = found or [each for each in load_states() if _has_code(each, wanted, on)]
    found = found or [each for each in load_states() if _is_called(each, wanted, on)]
    if len(found) != 1:
        raise EntityError(wanted, tuple(f"{each.stateabb} ({each.name})" for each in found))
    return found[0]


def states_on(day: datetime.date, system: str = "cow") -> tuple[State, ...]:
    """Return the members of the state system ("cow" or "gw") on `day`, in the order of their numbers.

    >>> len(states_on(datetime.date(1816, 1, 1)))
    23
    """
    return tuple(each for each in load_states() if each.in_system(day, system))


def name_on(stateabb: str, day: datetime.date | None = None) -> str:
    """Return what the state was usually called on `day`; the abbreviation itself where it is not a state's.

    >>> name_on("RUS", datetime.date(1979, 10, 15))
    'Soviet Union'
    """
    found = _by_abbreviation().get(stateabb)
    return found.name_on(day) if found else stateabb


def name_table() -> Iterator[tuple[str, str, str, datetime.date | None, datetime.date | None, str]]:
    """Yield every form of every name: (form, kind, code, first day, last day, note); None is open.

    `kind` is "name", "demonym", "people", "combining", "seat", "city", "dependency", "organisation", "movement" or
    "place" (which is no party).
    """
    from detente.refdata.movements import load_movements
    from detente.refdata.organisations import load_organisations
    from detente.refdata.places import load_places

    kinds = ("names", "name"), ("adjectives", "demonym"), ("people", "people"), ("combining", "combining")
    for each in load_states():
        for field, kind in (*kinds, ("seats", "seat"), ("cities", "city")):
            for form in getattr(each, field):
                yield form.value, kind, each.stateabb, form.start, form.end, ""
    for name, ruler in dependencies():
        yield name.value, "dependency", ruler, name.start, name.end, f"a dependency of {ruler}"
    for organisation in load_organisations():
        for value in organisation.names:
            yield value, "organisation", organisation.code, organisation.start, None, organisation.name
    for movement in load_movements():
        for value in movement.names:
            yield from (
                (value, "movement", code, start, end, movement.name) for code, start, end in movement.stands_for()
            )
    for place in load_places():
        yield place, "place", "", None, None, "a place, not a party"


@cache
def dependencies() -> tuple[tuple[Spell, str], ...]:
    """Return the dependencies: (name with the days it was so, the ruler's abbreviation)."""
    rows = tomllib.loads(files("detente.refdata").joinpath("data/dependencies.toml").read_text("utf-8"))["dependencies"]
    return tuple((Spell(name, read_day(first), read_day(last, last=True)), ruler) for name, ruler, first, last in rows)


def _has_code(each: State, code: str, on: datetime.date | None) -> bool:
    return any(spell.value == code and spell.holds(on) for spell in (*each.iso3, *each.iso2))


def _is_called(each: State, name: str, on: datetime.date | None) -> bool:
    key = name.casefold().removeprefix("the ")
    forms = (*each.names, *each.seats)
    return any(form.value.casefold().removeprefix("the ") == key and form.holds(on) for form in forms)


def _read_state(row: dict[str, Any]) -> State:
    members = tuple(Spell("cow", read_day(first), read_day(last, last=True)) for first, last in row["members"])
    forms = ("gw", "iso3", "iso2", "fips", "names", "adjectives", "people", "combining", "seats", "cities")
    return State(
        row["stateabb"],
        tuple(row.get("also", ())),
        row["ccode"],
        members,
        *(read_spells(row.get(form, [])) for form in forms),
    )
