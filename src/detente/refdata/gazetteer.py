"""Where places lie: cities, islands, straits, rivers, regions and countries by their names, as of no day."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["AREAS", "Place", "find_places", "load_gazetteer"]

AREAS = ("river", "water", "region", "country")
"""The kinds whose point stands for a stretch of land or water."""
_GENERIC = ("city", "town", "port", "harbor", "harbour", "island", "islands", "region", "province", "port city")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its kind ("city", "site", "island", "strait" or one of `AREAS`), the degrees north and east of a point
    of it (WGS 84), the lands a text may name after it, and its other names."""

    name: str
    kind: str
    latitude: float
    longitude: float
    within: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name, with what it lies in where that is known: "Tripoli, Lebanon"."""
        return f"{self.name}, {self.within[0]}" if self.within else self.name


@cache
def load_gazetteer() -> tuple[Place, ...]:
    """Return all places, in the table's order."""
    lines = files("detente.refdata").joinpath("data/gazetteer.csv").read_text("utf-8").splitlines()
    return tuple(
        Place(
            row["name"],
            row["kind"],
            float(row["latitude"]),
            float(row["longitude"]),
            _list(row["within"]),
            _list(row["forms"]),
        )
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
    )


def find_places(words: str) -> tuple[Place, ...]:
    """Return the places that `words` name: none where the table has no such place, several where they name any of them.

    The whole of the words must be a name ("Peking", "the Ussuri River"), alone, with its generic word ("the city of
    Hue") or with the land it lies in ("Tripoli, Lebanon"); case and accents do not count. Nothing is guessed from a
    part of them.

    >>> [place.name for place in find_places("the city of Peking")]
    ['Beijing']
    >>> [place.label for place in find_places("Tripoli")]
    ['Tripoli, Libya', 'Tripoli, Lebanon']
    >>> find_places("the border")
    ()
    """
    key = _key(words)
    for generic in ("", *(f"{word} of " for word in _GENERIC)):
        found = _index().get(key.removeprefix(generic)) if key.startswith(generic) else None
        if found:
            return found
    return ()


@cache
def _index() -> Mapping[str, tuple[Place, ...]]:
    index: dict[str, tuple[Place, ...]] = {}
    for place in load_gazetteer():
        for form in dict.fromkeys(_key(form) for form in _forms(place)):
            index[form] = (*index.get(form, ()), place)
    return MappingProxyType(index)


def _forms(place: Place) -> Iterator[str]:
    for name in (place.name, *place.forms):
        yield name
        for land in place.within:
            yield f"{name}, {land}"


def _key(words: str) -> str:
    """Return a name as it is looked up: no accents, case, article, possessive or marks at its ends."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    plain = plain.replace("\u2019", "'").replace("\u2018", "'").replace("\u2013", "-").casefold()
    return " ".join(plain.split()).strip(' .,;:"\u201c\u201d()').removesuffix("'s").removeprefix("the ")


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
