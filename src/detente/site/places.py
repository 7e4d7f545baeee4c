"""The places of two parties: where the events between them were, as far as their words name a place that is known."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from detente.record import Store
from detente.record.queries import PAIR
from detente.refdata.gazetteer import AREAS, Place, find_places
from detente.site.projection import project

__all__ = ["PLACE_FIELDS", "Spot", "gather_places", "place_fields"]

SHOWN = 40
PLACE_FIELDS = (
    "place", "found", "kind", "latitude", "longitude", "words", "candidates", "events", "first", "last", "event_ids",
)  # fmt: skip

_PLACED = """
    SELECT event_id, place, event_type, mode, original_code, earliest, latest FROM {view} WHERE place IS NOT NULL
        AND coalesce(status, 'actual') = 'actual' {live} AND event_no IN (SELECT event_no FROM {dyads}
            WHERE {pair})
        AND ($until IS NULL OR coalesce(earliest, latest, $until) <= $until)"""
_GROUPED = f"""
    SELECT place, count(*) AS events, min(coalesce(earliest, latest)) AS first, max(coalesce(latest, earliest)) AS last,
        list(event ORDER BY event.earliest NULLS LAST, event.latest, event.event_id)[:{SHOWN}] AS told
    FROM (SELECT place, earliest, latest, {{{{'event_id': event_id, 'event_type': event_type, 'mode': mode,
        'original_code': original_code, 'earliest': earliest, 'latest': latest}}}} AS event FROM ({{placed}}))
    GROUP BY place"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place named by `words` in the events between two parties, the most often used first.

    `candidates` are the places it may be: one where it is known, none where it is not. `told` are its first events.
    """

    words: tuple[str, ...]
    candidates: tuple[Place, ...]
    events: int
    first: datetime.date | None
    last: datetime.date | None
    told: tuple[dict[str, Any], ...]

    @property
    def place(self) -> Place | None:
        """The place, where the words name one alone."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def name(self) -> str:
        """The place's name; the words themselves where it is not known."""
        return self.place.name if self.place else self.words[0]

    @property
    def found(self) -> str:
        """Return "known", "ambiguous" or "unknown"."""
        return "known" if self.place else "ambiguous" if self.candidates else "unknown"

    @property
    def area(self) -> bool:
        """Whether its point stands for a stretch of land or water."""
        return self.place is not None and self.place.kind in AREAS

    @property
    def at(self) -> tuple[float, float]:
        """Where it lies on the map. ValueError for a place that is not known."""
        if self.place is None:
            raise ValueError(f"{self.name!r} lies nowhere on the map (expected a place that is known)")
        return project(self.place.latitude, self.place.longitude)

    @property
    def radius(self) -> float:
        """The size of its mark, in the map's units at full width: its area grows with the events."""
        return round(min(3.2 + 1.3 * math.sqrt(self.events), 14.0), 1)


def gather_places(store: Store, a: str, b: str, until: datetime.date | None = None) -> list[Spot]:
    """Return the places of what was done between `a` and `b`, those that are known first, the most told of each first.

    Events that were planned, denied or only supposed are left out. With `until`, so are those known to be later than
    that day; undated ones stay.
    """
    placed = " UNION ALL ".join(
        _PLACED.format(view=view, dyads=dyads, live=live, pair=PAIR)
        for view, dyads, live in (
            ("coded_event", "event_dyad", "AND retired_at IS NULL"),
            ("imported_event", "imported_dyad", ""),
        )
    )
    values = {"a": a, "b": b, "until": until}
    rows = store.connection.execute(_GROUPED.format(placed=placed), values).fetchall()
    spots = _merge(
        Spot((" ".join(words.split()),), find_places(words), events, first, last, tuple(told))
        for words, events, first, last, told in rows
    )
    return sorted(spots, key=lambda spot: (len(spot.candidates) != 1, -spot.events, spot.name.casefold(), spot.words))


def _merge(spots: Iterable[Spot]) -> list[Spot]:
    """Return the spots with those of one place made one."""
    merged: dict[object, Spot] = {}
    for spot in sorted(spots, key=lambda each: (-each.events, each.words)):
        key = spot.candidates or spot.words
        held = merged.get(key)
        merged[key] = spot if held is None else _join(held, spot)
    return list(merged.values())


def _join(one: Spot, other: Spot) -> Spot:
    told = sorted((*one.told, *other.told), key=lambda each: (each["earliest"] or datetime.date.max, each["event_id"]))
    return Spot(
        tuple(dict.fromkeys((*one.words, *other.words))),
        one.candidates,
        one.events + other.events,
        min((day for day in (one.first, other.first) if day), default=None),
        max((day for day in (one.last, other.last) if day), default=None),
        tuple(told[:SHOWN]),
    )


def place_fields(spots: Iterable[Spot]) -> list[dict[str, Any]]:
    """Return places in the fields of the twins: degrees only where a place is known."""
    return [
        {
            "place": spot.name,
            "found": spot.found,
            "kind": spot.place.kind if spot.place else "",
            "latitude": spot.place.latitude if spot.place else None,
            "longitude": spot.place.longitude if spot.place else None,
            "words": list(spot.words),
            "candidates": [each.label for each in spot.candidates] if not spot.place else [],
            "events": spot.events,
            "first": spot.first,
            "last": spot.last,
            "event_ids": [event["event_id"] for event in spot.told],
        }
        for spot in spots
    ]
