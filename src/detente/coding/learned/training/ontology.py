"""Which event types a model codes: PLOVER's, or those of an ontology file of the user's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.errors import FormatError
from detente.refdata.plover import event_types, quad_classes

__all__ = ["Ontology", "plover_ontology", "read_ontology"]


@dataclass(frozen=True, slots=True)
class Ontology:
    """Event types with the quad class and the modes of each, in the order the model numbers them."""

    quads: Mapping[str, int]
    modes: Mapping[str, tuple[str, ...]]

    @property
    def types(self) -> tuple[str, ...]:
        """The names of the types."""
        return tuple(self.quads)

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """Every (type, mode) that can be, the mode None first for each type."""
        return tuple((name, mode) for name in self.quads for mode in (None, *self.modes.get(name, ())))


def plover_ontology() -> Ontology:
    """Return PLOVER's 16 types and their modes."""
    known = event_types()
    return Ontology({n: t.quad_class for n, t in known.items()}, {n: tuple(t.mode_scores) for n, t in known.items()})


def read_ontology(path: Path) -> Ontology:
    """Return the ontology in a TOML file: a table `[types.NAME]` each, with `quad_class` (1 to 4) and, if any, `modes`.

    FormatError names what is not of the form: a file that is not TOML, no types, a quad class that does not exist.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FormatError(path, None, str(error), expected="a TOML file with [types.NAME] tables") from error
    tables = held.get("types")
    if not isinstance(tables, dict) or len(tables) < 2:
        raise FormatError(path, None, "names fewer than two types", expected="a [types.NAME] table for each type")
    return Ontology(
        {name: _read_quad(path, name, table) for name, table in tables.items()},
        {name: tuple(_read_modes(path, name, table)) for name, table in tables.items()},
    )


def _read_quad(path: Path, name: str, table: object) -> int:
    quad = table.get("quad_class") if isinstance(table, dict) else None
    if not isinstance(quad, int) or quad not in quad_classes():
        known = ", ".join(f"{number} ({label})" for number, label in quad_classes().items())
        raise FormatError(path, None, f"type {name} has quad class {quad!r}", expected=known)
    return quad


def _read_modes(path: Path, name: str, table: Mapping[str, object]) -> Iterable[str]:
    modes = table.get("modes", [])
    if not isinstance(modes, list) or not all(isinstance(mode, str) for mode in modes):
        raise FormatError(path, None, f"type {name} has modes {modes!r}", expected="a list of names")
    return modes
