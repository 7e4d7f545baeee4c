"""The PLOVER event types: modes, quad classes and cooperation-conflict scores."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detente.errors import UsageError

__all__ = ["EventType", "event_type", "event_types", "quad_class_of", "quad_classes", "score_of"]


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type.

    `quad_class` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; `score` its
    place on Goldstein's scale (-10 to 10); `mode_scores` the modes it has, each with a score of its own.
    """

    name: str
    quad_class: int
    label: str
    score: float
    cameo: str
    mode_scores: Mapping[str, float]


@cache
def _table() -> dict[str, object]:
    return tomllib.loads(files("detente.refdata").joinpath("data/plover.toml").read_text(encoding="utf-8"))


@cache
def event_types() -> Mapping[str, EventType]:
    """Return the types by name, in the codebook's order.

    >>> list(event_types())[:3]
    ['AGREE', 'CONSULT', 'SUPPORT']
    """
    rows: dict[str, dict] = _table()["types"]  # type: ignore[assignment, type-arg]
    return MappingProxyType(
        {
            name: EventType(
                name,
                row["quad_class"],
                row["label"],
                row["score"],
                row["cameo"],
                MappingProxyType({mode: entry["score"] for mode, entry in row.get("modes", {}).items()}),
            )
            for name, row in rows.items()
        }
    )


@cache
def quad_classes() -> Mapping[int, str]:
    """Return the names of the four quad classes by number.

    >>> quad_classes()[4]
    'material conflict'
    """
    rows: dict[str, str] = _table()["quad_classes"]  # type: ignore[assignment]
    return MappingProxyType({int(number): name for number, name in rows.items()})


def event_type(name: str) -> EventType:
    """Return the type called `name`, in any case; UsageError where there is none.

    >>> event_type("consult").quad_class
    1
    """
    found = event_types().get(name.upper())
    if found is None:
        raise UsageError(f"{name!r} is not a PLOVER event type: expected one of {', '.join(event_types())}")
    return found


def quad_class_of(name: str) -> int:
    """Return the quad class (1 to 4) of the type called `name`.

    >>> quad_class_of("ASSAULT")
    4
    """
    return event_type(name).quad_class


def score_of(name: str, mode: str | None = None) -> float:
    """Return the cooperation-conflict score of a type, or of its mode where that has one of its own (-10 to 10).

    The scale is Goldstein's (1992, pp. 369-385), carried over to PLOVER through CAMEO.

    >>> score_of("RETREAT"), score_of("RETREAT", "withdraw")
    (9.0, 10.0)
    """
    found = event_type(name)
    return found.mode_scores.get(mode, found.score) if mode else found.score
