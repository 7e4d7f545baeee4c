"""The offices people hold for a state, and the titles by which prose calls whoever holds one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

__all__ = ["ExclusiveTitle", "Office", "load_offices"]


@dataclass(frozen=True, slots=True)
class ExclusiveTitle:
    """A title that by itself points to `states` (COW abbreviations) in the years `first` to `last`; None is open."""

    title: str
    states: tuple[str, ...]
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office: `titles` are borne in any state, `exclusive` ones tell the state too.

    `has_surname` is False where holders are not known by the last word of their name; `speaks_for_state` is True
    where what a holder does is, as a rule, an act of the state.
    """

    key: str
    label: str
    titles: tuple[str, ...]
    exclusive: tuple[ExclusiveTitle, ...]
    speaks_for_state: bool
    has_surname: bool


@cache
def load_offices() -> Mapping[str, Office]:
    """Return the offices by key, in the order of the file.

    >>> load_offices()["foreign_minister"].exclusive[0].states
    ('USA',)
    """
    table = tomllib.loads(files("detente.refdata").joinpath("data/offices.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: _office(key, entry) for key, entry in table["office"].items()})


def _office(key: str, entry: dict[str, Any]) -> Office:
    exclusive = tuple(
        ExclusiveTitle(title, tuple(group["states"]), group.get("from"), group.get("to"))
        for group in entry["exclusive"]
        for title in group["titles"]
    )
    return Office(
        key, entry["label"], tuple(entry["titles"]), exclusive, entry["speaks_for_state"], entry.get("surname", True)
    )
