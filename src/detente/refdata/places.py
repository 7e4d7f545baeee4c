"""Names that hold a state's name and are no party."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["load_places"]


@cache
def load_places() -> tuple[str, ...]:
    """Return the names, in the table's order."""
    return tuple(tomllib.loads(files("detente.refdata").joinpath("data/places.toml").read_text("utf-8"))["names"])
