"""Movements and armed groups that act across borders, and when one of them was itself a government."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.refdata.spell import Spell, read_day, read_spells

__all__ = ["Movement", "load_movements"]

Days = tuple[str, datetime.date | None, datetime.date | None]


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement, the state it is tied to ("" for none), and the spells in which it governed a state."""

    name: str
    names: tuple[str, ...]
    tied_to: str
    start: datetime.date | None
    end: datetime.date | None
    governs: tuple[Spell, ...]

    @property
    def code(self) -> str:
        """Its code as a party: `X:` and its name."""
        return f"X:{self.name}"

    def stands_for(self) -> Iterator[Days]:
        """Yield (code, first day, last day): the state while it governed one, itself before and after."""
        first = self.start
        for spell in self.governs:
            if spell.start is not None and (first is None or first < spell.start):
                yield self.code, first, spell.start - datetime.timedelta(days=1)
            yield spell.value, spell.start, spell.end
            if spell.end is None:
                return
            first = spell.end + datetime.timedelta(days=1)
        yield self.code, first, self.end


@cache
def load_movements() -> tuple[Movement, ...]:
    """Return all movements, in the table's order."""
    rows = tomllib.loads(files("detente.refdata").joinpath("data/movements.toml").read_text("utf-8"))["movement"]
    return tuple(
        Movement(
            row["name"],
            tuple(row["names"]),
            row.get("tied_to", ""),
            read_day(row["from"]),
            read_day(row["to"], last=True),
            read_spells(row.get("governs", [])),
        )
        for row in rows
    )
