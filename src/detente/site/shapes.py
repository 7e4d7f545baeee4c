"""The shape of the twins: which fields each page's rows and record have, what they are and what they mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Field", "Shape", "shape_of"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a twin: its type as the table writes it ("[string]", "number?") and what it means."""

    name: str
    type: str
    meaning: str

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of a value.

        >>> Field("score", "number?", "How much.").schema
        {'description': 'How much.', 'type': ['number', 'null']}
        """
        plain = self.type.rstrip("?")
        said: dict[str, Any] = {"description": self.meaning}
        if plain.startswith("["):
            return said | {"type": "array", "items": {"type": plain.strip("[]")}}
        return said | {"type": [plain, "null"] if self.type.endswith("?") else plain}


@dataclass(frozen=True, slots=True)
class Shape:
    """What the twins of a page hold: the fields of each row, and those that the JSON has beside `rows`."""

    rows: tuple[Field, ...]
    record: tuple[Field, ...]

    @property
    def row_schema(self) -> dict[str, Any]:
        """The JSON schema of a row; no row has more or fewer fields."""
        return _object_of(self.rows)

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the JSON twin."""
        found = _object_of(self.record)
        found["properties"]["rows"] = {"type": "array", "items": self.row_schema}
        return found | {"required": [*found["required"], "rows"]}


def shape_of(path: str) -> Shape:
    """Return the shape of the twins of the page at `path`, as the table of pages writes it.

    >>> [field.name for field in shape_of("/codebook").rows][:2]
    ['event_type', 'label']
    """
    table = _table()
    page, own = table["pages"][path], table["own"].get(path, {})
    return Shape(*(tuple(_fields(page[part], own, table)) for part in ("rows", "record")))


def _fields(names: Sequence[str], own: Mapping[str, Any], table: Mapping[str, Any]) -> list[Field]:
    whole = [each for name in names for each in (table["lists"][name[1:]] if name.startswith("*") else [name])]
    return [Field(name, *(own.get(name) or table["fields"][name])) for name in dict.fromkeys(whole)]


def _object_of(fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [field.name for field in fields],
        "properties": {field.name: field.schema for field in fields},
        "additionalProperties": False,
    }


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(files("detente.site").joinpath("api/shapes.toml").read_text("utf-8"))
    return table
