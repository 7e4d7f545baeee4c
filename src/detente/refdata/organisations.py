"""Intergovernmental organisations: names, the days they existed, and who was a member when."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.errors import EntityError
from detente.refdata.spell import Spell, read_day, read_spells

__all__ = ["Organisation", "load_organisations", "members", "organisation"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation from `start` to `end` (None: to date); `members` are states' abbreviations with their days."""

    code: str
    name: str
    names: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None
    members: tuple[Spell, ...]


@cache
def load_organisations() -> tuple[Organisation, ...]:
    """Return all organisations, in the table's order."""
    rows = tomllib.loads(files("detente.refdata").joinpath("data/organisations.toml").read_text("utf-8"))[
        "organisation"
    ]
    return tuple(
        Organisation(
            row["code"],
            row["name"],
            tuple(row["names"]),
            read_day(row["from"]),
            read_day(row["to"], last=True),
            read_spells(row.get("members", [])),
        )
        for row in rows
    )


def organisation(code: str) -> Organisation:
    """Return the organisation with this code; EntityError where there is none."""
    for each in load_organisations():
        if each.code == code:
            return each
    raise EntityError(code, expected="an organisation's code such as NATO")


def members(code: str, on: datetime.date) -> tuple[str, ...]:
    """Return the members of an organisation on a day, as COW abbreviations in the order of the alphabet.

    >>> members("WTO", datetime.date(1970, 1, 1))
    ('BUL', 'CZE', 'GDR', 'HUN', 'POL', 'RUM', 'RUS')
    """
    found = organisation(code)
    if not Spell("", found.start, found.end).holds(on):
        return ()
    return tuple(sorted({member.value for member in found.members if member.holds(on)}))
