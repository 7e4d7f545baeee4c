"""The words that date, from `data/dates.toml`: months, seasons, parts of a period, named days, wars and periods."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["DateWords", "NamedPeriod", "load_datewords"]


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A war or other period that prose dates by: its first name, first and last day; `war` if "the war" can mean it."""

    name: str
    first: datetime.date
    last: datetime.date
    war: bool


@dataclass(frozen=True, slots=True)
class DateWords:
    """The tables of `data/dates.toml`; words are in lower case, phrases are tuples of words."""

    months: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int, int]]
    weekdays: Mapping[str, int]
    numerals: Mapping[str, int]
    vague_numbers: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    parts: Mapping[str, Mapping[str, tuple[int, int]]]
    part_words: Mapping[tuple[str, ...], str]
    days: Mapping[tuple[str, ...], tuple[int, int]]
    movable_days: Mapping[tuple[str, ...], int]
    counted: frozenset[str]
    labelled: frozenset[str]
    periods: Mapping[tuple[str, ...], NamedPeriod]
    starts: Mapping[str, int]
    """The first words of part words, named days and periods, with the length in words of the longest that begins so."""
    hot: frozenset[str]
    """The words without one of which (or a number) no phrase dates anything."""


@cache
def load_datewords() -> DateWords:
    """Return the tables, read once."""
    raw = tomllib.loads((files("detente.resolving") / "data" / "dates.toml").read_text(encoding="utf8"))
    part_words = {_words(phrase): part for phrase, part in raw["part_words"].items()}
    days = {_words(name): (day[0], day[1]) for name, day in raw["days"].items()}
    movable = {_words(name): offset for name, offset in raw["movable_days"].items()}
    periods = {
        _words(name): NamedPeriod(row["names"][0], row["first"], row["last"], row.get("war", False))
        for row in raw["periods"]
        for name in row["names"]
    }
    named = (*days, *movable, *periods)
    return DateWords(
        months=raw["months"],
        seasons={name: (row[0], row[1], row[2]) for name, row in raw["seasons"].items()},
        weekdays=raw["weekdays"],
        numerals=raw["numerals"],
        vague_numbers=_pairs(raw["vague_numbers"]),
        ordinals=raw["ordinals"],
        units=raw["units"],
        parts={part: _pairs(ranges) for part, ranges in raw["parts"].items()},
        part_words=part_words,
        days=days,
        movable_days=movable,
        counted=frozenset(raw["not_years"]["counted"]),
        labelled=frozenset(raw["not_years"]["labelled"]),
        periods=periods,
        starts=_longest((*named, *part_words)),
        hot=frozenset({*raw["months"], *raw["seasons"], *raw["weekdays"], *raw["units"], "war", "time", "period"})
        | {name[-1] for name in named}
        | {"today", "yesterday", "tomorrow", "conflict"},
    )


def _words(phrase: str) -> tuple[str, ...]:
    """Return a phrase as the tokens of running text: dashes and closing apostrophes stand alone."""
    for dash in "-–":
        phrase = phrase.replace(dash, " - ")
    return tuple(phrase.replace("’", "'").replace("' ", " ' ").lower().split())


def _pairs(table: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    return {name: (row[0], row[1]) for name, row in table.items()}


def _longest(phrases: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest
