"""Dependencies that were never states of the tables: lands that changed hands, and whose they were when."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.refdata.spell import Spell, read_spells

__all__ = ["Dependency", "load_dependencies"]


@dataclass(frozen=True, slots=True)
class Dependency:
    """A dependency, and its rulers as COW abbreviations (or an organisation's code) with their days."""

    name: str
    rulers: tuple[Spell, ...]


@cache
def load_dependencies() -> tuple[Dependency, ...]:
    """Return all dependencies, in the order of their names."""
    table = tomllib.loads(files("detente.refdata").joinpath("data/dependencies.toml").read_text("utf-8"))["rulers"]
    return tuple(Dependency(name, read_spells(rulers)) for name, rulers in table.items())
