"""Intergovernmental organisations: names, organs, the days they existed, and who was a member when."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detente.errors import EntityError
from detente.refdata.spell import Spell, read_days, read_members, read_spells

__all__ = ["Organisation", "load_organisations", "members", "memberships", "organisation"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation from `start` to `end` (None: to date).

    `names` and `organs` ("Security Council") have the days they were used. `members` are states by abbreviation with
    the days they belonged to it; None where the table does not say who they were.
    """

    code: str
    name: str
    names: tuple[Spell, ...]
    organs: tuple[Spell, ...]
    start: datetime.date | None
    end: datetime.date | None
    members: tuple[Spell, ...] | None

    def existed_on(self, day: datetime.date) -> bool:
        """Return whether there was such an organisation on `day`."""
        return Spell(self.code, self.start, self.end).holds(day)


@cache
def load_organisations() -> tuple[Organisation, ...]:
    """Return all organisations, in the table's order."""
    table = tomllib.loads(files("detente.refdata").joinpath("data/organisations.toml").read_text("utf-8"))
    return tuple(
        Organisation(
            row["code"],
            row["name"],
            read_spells(row["names"]),
            read_spells(row.get("organs", ())),
            *read_days(row["days"]),
            read_members(row["members"]) if row.get("members_known", True) else None,
        )
        for row in table["organisation"]
    )


@cache
def _by_code() -> Mapping[str, Organisation]:
    return MappingProxyType({each.code: each for each in load_organisations()})


def organisation(code: str) -> Organisation:
    """Return the organisation with this code; EntityError where there is none."""
    found = _by_code().get(code)
    if found is None:
        raise EntityError(code, expected="an organisation's code such as NATO")
    return found


def members(code: str, on: datetime.date) -> tuple[str, ...]:
    """Return the members of an organisation on a day, as COW abbreviations in the order of the alphabet.

    None before its first day or after its last. EntityError for a code that is unknown, or an organisation whose
    members the table does not hold.

    >>> members("WTO", datetime.date(1970, 1, 1))
    ('BUL', 'CZE', 'GDR', 'HUN', 'POL', 'RUM', 'RUS')
    """
    found = organisation(code)
    if found.members is None:
        raise EntityError(code, expected="an organisation whose members the table holds")
    if not found.existed_on(on):
        return ()
    return tuple(sorted({member.value for member in found.members if member.holds(on)}))


def memberships(stateabb: str, on: datetime.date) -> tuple[str, ...]:
    """Return the codes of the organisations that a state belonged to on a day, in the table's order.

    >>> memberships("SPN", datetime.date(1957, 1, 1))
    ('UNO',)
    """
    return tuple(
        each.code
        for each in load_organisations()
        if each.existed_on(on) and any(member.value == stateabb and member.holds(on) for member in each.members or ())
    )
