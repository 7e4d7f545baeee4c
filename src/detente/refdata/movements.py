"""Movements and armed groups that act across borders, and when one of them was itself a government."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.errors import EntityError
from detente.refdata.spell import Spell, read_days, read_spells, without

__all__ = ["Movement", "load_movements", "movement"]


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement from `start` to `end`, the state it is tied to ("" for none), and the spells it governed a state."""

    name: str
    names: tuple[Spell, ...]
    tied_to: str
    start: datetime.date | None
    end: datetime.date | None
    governs: tuple[Spell, ...]

    @property
    def code(self) -> str:
        """Its code as a party: `X:` and its name."""
        return f"X:{self.name}"

    def stands_for(self) -> Iterator[Spell]:
        """Yield the codes its names stand for, with their days: a state while it governed one, itself otherwise.

        >>> [spell.value for spell in movement("Khmer Rouge").stands_for()]
        ['CAM', 'X:Khmer Rouge', 'X:Khmer Rouge']
        """
        yield from self.governs
        yield from without(Spell(self.code, self.start, self.end), self.governs)

    def code_on(self, day: datetime.date) -> str:
        """Return what its names stand for on `day`: the state it then governed, else its own code."""
        return next((spell.value for spell in self.governs if spell.holds(day)), self.code)


@cache
def load_movements() -> tuple[Movement, ...]:
    """Return all movements, in the table's order."""
    table = tomllib.loads(files("detente.refdata").joinpath("data/movements.toml").read_text("utf-8"))
    return tuple(
        Movement(
            row["name"],
            read_spells(row["names"]),
            row.get("tied_to", ""),
            *read_days(row.get("days", "../..")),
            read_spells(row.get("governs", ())),
        )
        for row in table["movement"]
    )


def movement(name: str) -> Movement:
    """Return the movement of this name (or code); EntityError where there is none."""
    wanted = name.removeprefix("X:")
    for each in load_movements():
        if each.name == wanted:
            return each
    raise EntityError(name, expected="a movement's name such as Viet Minh")
