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
from detente.refdata.spell import Spell, read_days, read_members, read_spells

__all__ = ["SYSTEMS", "NameRow", "State", "find_state", "load_states", "name_on", "name_table", "state", "states_on"]

NameRow = tuple[str, str, str, datetime.date | None, datetime.date | None, str]

REGIONS = ("americas", "europe", "africa", "middle_east", "asia_pacific", "others")
SYSTEMS = ("cow", "gw")
NO_NUMBER = 1000


@dataclass(frozen=True, slots=True)
class State:
    """A polity with all it was ever called; every tuple of spells is in the table's order.

    `stateabb` is its abbreviation in the Correlates of War list (`also`: those of other releases), or `X:` and a name
    for a polity outside that list, which has no `ccode`. `members` are its days as a member of that state system and
    `gw` its numbers in the list of Gleditsch and Ward with its days as a member of theirs. `iso3`, `iso2`, `cameo` and
    `fips` are its codes in other lists. `names` are all it was called, usual names first and then its styles, which are
    in `official` too; `adjectives`, `people` and `combining` ("Sino") the other forms. `capitals`, and `seats` used for
    its government; `cities` are other places in it. `rulers` are the states it depended on, by abbreviation;
    `predecessors` and `successors` the states it came from and became.
    """

    stateabb: str
    also: tuple[str, ...]
    ccode: int | None
    members: tuple[Spell, ...]
    gw: tuple[Spell, ...]
    iso3: tuple[Spell, ...]
    iso2: tuple[Spell, ...]
    cameo: tuple[Spell, ...]
    fips: tuple[Spell, ...]
    names: tuple[Spell, ...]
    official: tuple[Spell, ...]
    adjectives: tuple[Spell, ...]
    people: tuple[Spell, ...]
    combining: tuple[Spell, ...]
    capitals: tuple[Spell, ...]
    seats: tuple[Spell, ...]
    cities: tuple[Spell, ...]
    rulers: tuple[Spell, ...]
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its usual name today, or when it last had one."""
        return next((name.value for name in self.names if name.end is None), self.names[0].value)

    @property
    def gwcode(self) -> int | None:
        """Its number in the list of Gleditsch and Ward, the last where it has had several; None where it has none."""
        return int(self.gw[-1].value) if self.gw else None

    def name_on(self, day: datetime.date | None = None) -> str:
        """Return what it was usually called on `day`: the first of its names in use then, in the table's order."""
        for name in self.names if day is not None else ():
            if name.holds(day):
                return name.value
        return self.name

    def official_on(self, day: datetime.date) -> str:
        """Return its full style on `day`, or its usual name then where the table has no style."""
        return next((style.value for style in self.official if style.holds(day)), self.name_on(day))

    def capital_on(self, day: datetime.date) -> str | None:
        """Return its capital on `day`, None where it had none (or the table has none)."""
        return next((capital.value for capital in self.capitals if capital.holds(day)), None)

    def ruler_on(self, day: datetime.date) -> str | None:
        """Return the abbreviation of the state it depended on that day; None where it was its own master.

        >>> state("IND").ruler_on(datetime.date(1930, 1, 1))
        'UKG'
        """
        return next((ruler.value for ruler in self.rulers if ruler.holds(day)), None)

    def in_system(self, day: datetime.date, system: str = "cow") -> bool:
        """Return whether it was a member of the state system ("cow" or "gw") on `day`.

        Raises EntityError for another system.
        """
        if system not in SYSTEMS:
            raise EntityError(system, expected=f"a state system, one of {', '.join(SYSTEMS)}")
        return any(spell.holds(day) for spell in (self.members if system == "cow" else self.gw))


@cache
def load_states() -> tuple[State, ...]:
    """Return all states in the order of their COW numbers, then the polities outside that list by name."""
    folder = files("detente.refdata").joinpath("data/states")
    rows: list[dict[str, Any]] = []
    for region in REGIONS:
        rows += tomllib.loads(folder.joinpath(f"{region}.toml").read_text("utf-8"))["state"]
    became: dict[str, list[str]] = {}
    for row in rows:
        for predecessor in row.get("predecessors", ()):
            became.setdefault(predecessor, []).append(row["stateabb"])
    states = (_read_state(row, tuple(became.get(row["stateabb"], ()))) for row in rows)
    return tuple(sorted(states, key=lambda each: (each.ccode or NO_NUMBER, each.stateabb)))


def _read_state(row: dict[str, Any], successors: tuple[str, ...]) -> State:
    def dated(field: str) -> tuple[Spell, ...]:
        return read_spells(row.get(field, ()))

    return State(
        stateabb=row["stateabb"],
        also=tuple(row.get("also", ())),
        ccode=row.get("ccode"),
        members=tuple(Spell("cow", *read_days(days)) for days in row.get("cow", ())),
        gw=dated("gw"),
        iso3=dated("iso3"),
        iso2=dated("iso2"),
        cameo=dated("cameo") or dated("iso3"),
        fips=dated("fips"),
        names=tuple(dict.fromkeys((*dated("names"), *dated("official")))),
        official=dated("official"),
        adjectives=dated("adjectives"),
        people=dated("people"),
        combining=dated("combining"),
        capitals=dated("capitals"),
        seats=dated("seats"),
        cities=dated("cities"),
        rulers=read_members(row.get("rulers", ())),
        predecessors=tuple(row.get("predecessors", ())),
        successors=successors,
    )


@cache
def _by_abbreviation() -> Mapping[str, State]:
    return MappingProxyType(
        {abbreviation: each for each in load_states() for abbreviation in (each.stateabb, *each.also)}
    )


@cache
def _by_form() -> Mapping[str, tuple[tuple[State, Spell], ...]]:
    """Every number and code as it is written, and every name without its case or article, with who bears it when."""
    found: dict[str, list[tuple[State, Spell]]] = {}
    for each in load_states():
        if each.ccode is not None:
            found.setdefault(str(each.ccode), []).append((each, Spell(str(each.ccode))))
        for code in (*each.iso3, *each.iso2):
            found.setdefault(code.value, []).append((each, code))
        for name in (*each.names, *each.capitals):
            found.setdefault(_key(name.value), []).append((each, name))
    return MappingProxyType({form: tuple(bearers) for form, bearers in found.items()})


def _key(name: str) -> str:
    return name.replace("’", "'").casefold().removeprefix("the ")


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

    COW's abbreviations go before ISO's ("AUS" is Austria). With a day `on`, names and codes must have been in use
    then. Without one, a name that one state alone bears today is that state's, whoever bore it before; else it must
    have had one bearer only. EntityError, with the candidates, where none answers or several do.

    >>> find_state("USSR").stateabb, find_state("SUN").stateabb, find_state(365).stateabb
    ('RUS', 'RUS', 'RUS')
    >>> find_state("Republic of China", datetime.date(1946, 1, 1)).stateabb
    'CHN'
    """
    wanted = str(text).strip()
    if (exact := _by_abbreviation().get(wanted)) is not None:
        return exact
    bearers = _by_form().get(wanted) or _by_form().get(_key(wanted)) or ()
    found = {each.stateabb: each for each, form in bearers if form.holds(on)}
    if on is None and len(found) > 1:
        today = {each.stateabb: each for each, form in bearers if form.end is None}
        found = today if len(today) == 1 else found
    if len(found) != 1:
        raise EntityError(wanted, tuple(f"{each.stateabb} ({each.name})" for each in found.values()))
    return next(iter(found.values()))


def states_on(day: datetime.date, system: str = "cow") -> tuple[State, ...]:
    """Return the members of the state system ("cow" or "gw") on `day`, in the order of their COW numbers.

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


def name_table() -> Iterator[NameRow]:
    """Yield every form of every name of every party: (form, kind, code, first day, last day, note); None is open.

    `kind` is "name", "demonym", "people", "combining", "seat", "city", "dependency", "organisation", "movement" or
    "place" (which is no party, and whose code is ""). "dependency" is a name in the days its bearer had a ruler: the
    code is the bearer's own where it is in the table of states, else the ruler's; the note says whose it was.
    """
    from detente.refdata.name_table import name_rows

    return name_rows()
