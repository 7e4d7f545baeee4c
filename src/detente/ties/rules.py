"""Which events open and close which ties, as the rules file says, and the kinds of ties there are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from detente.model import Document, Event

__all__ = ["Kind", "Rule", "ToldEnd", "clause_of", "closing_rules", "kinds", "opening_rules", "told_ends"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tie: roles of actors and recipients, the outcomes it may have, and how it fares untold.

    `apart` is the number of days after which the same kind between the same parties is another tie; 0 where each
    differs by its content. `long_past` gives the years after which an untold tie is over, and its outcome then.
    """

    name: str
    roles: tuple[str, str]
    standing: str
    outcomes: tuple[str, ...]
    apart: int
    long_past: tuple[float, str] | None

    @property
    def alike(self) -> bool:
        """Whether all parties have the same role."""
        return self.roles[0] == self.roles[1]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on an event, and what follows for ties of `kind`: opened, or closed with `outcome`.

    For a closing: `by` is the role that the event's actors must have in the tie, `shares` the number of words it must
    share with the tie and `share` the part of the tie's words that they make, `near` the number of sentences it may be
    away (0: any), `of` a pattern that what the tie is called must match, `lag` the number of years by whose end it
    takes effect ("would not renew"); one that `implies` makes a tie known that was not told of before. For an opening:
    `host` says that the place named after the trigger stands for the recipients ("named", where there is one;
    "placed", always), `bars` the kinds that the same event does not open then.
    """

    kind: str
    types: tuple[str, ...]
    modes: tuple[str, ...] = ()
    status: tuple[str, ...] = ("actual",)
    sides: str = ""
    trigger: str = ""
    words: str = ""
    unless: str = ""
    about: str = ""
    by: str = "any"
    shares: int = 0
    share: float = 0.0
    near: int = 0
    lag: int = 0
    of: str = ""
    implies: bool = False
    host: str = ""
    bars: tuple[str, ...] = ()
    outcome: str = ""

    def holds(self, event: Event, clause: str) -> bool:
        """Return whether the rule holds for `event`, told in `clause` (as `clause_of` gives it)."""
        return (
            event.event_type in self.types
            and (not self.modes or event.mode in self.modes)
            and event.status in self.status
            and (not self.sides or (self.sides == "two") == event.two_sided)
            and _finds(self.trigger, event.trigger.text.lower())
            and _finds(self.words, clause)
            and _finds(self.about, clause)
            and not (self.unless and re.search(self.unless, clause))
        )


@dataclass(frozen=True, slots=True)
class ToldEnd:
    """Words after its opening that say how a tie of `kind` ended ("but without success")."""

    kind: str
    words: re.Pattern[str]
    outcome: str


def clause_of(event: Event, document: Document, before: int = 30, after: int = 60) -> str:
    """Return the words round the trigger of `event`, its content with them, in lower case."""
    start = max(event.quote.start, event.trigger.start - before)
    end = min(event.quote.end, event.trigger.end + after)
    near = document.text[start:end]
    content = event.content.text if event.content else ""
    return f"{near} {content}".lower()


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of ties by name."""
    rows = tomllib.loads(files("detente.ties").joinpath("data/kinds.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: _read_kind(name, row) for name, row in rows.items()})


@cache
def opening_rules() -> tuple[Rule, ...]:
    """Return the rules by which an event opens a tie, in the order they are tried."""
    return tuple(_read_rule(row) for row in _rules()["opens"])


@cache
def closing_rules() -> tuple[Rule, ...]:
    """Return the rules by which an event closes a tie, in the order they are tried."""
    return tuple(_read_rule(row) for row in _rules()["closes"])


@cache
def told_ends() -> tuple[ToldEnd, ...]:
    """Return the words by which the sentence that opens a tie tells how it ended."""
    return tuple(ToldEnd(row["kind"], re.compile(row["words"]), row["outcome"]) for row in _rules()["ends"])


@cache
def _rules() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("detente.ties").joinpath("data/rules.toml").read_text(encoding="utf-8"))


def _read_rule(row: dict[str, Any]) -> Rule:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Rule(**fields)


def _read_kind(name: str, row: dict[str, Any]) -> Kind:
    past = row.get("long_past")
    return Kind(
        name,
        (row["roles"][0], row["roles"][1]),
        row["standing"],
        tuple(row["outcomes"]),
        row["apart"],
        (past["years"], past["outcome"]) if past else None,
    )


def _finds(pattern: str, text: str) -> bool:
    return not pattern or re.search(pattern, text) is not None
