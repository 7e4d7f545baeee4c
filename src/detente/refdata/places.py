"""Names that hold a state's name and are no party, and the other things a state's own name may mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

__all__ = ["load_namesakes", "load_places"]


@cache
def load_places() -> tuple[str, ...]:
    """Return the names that are no party ("South China Sea", "Monroe Doctrine"), in the table's order."""
    return tuple(name for names in _read()["places"].values() for name in names)


@cache
def load_namesakes() -> Mapping[str, str]:
    """Return the forms that may mean something else than a state, with what that is.

    >>> load_namesakes()["Georgia"]
    'a state of the United States; a given name'
    """
    return MappingProxyType(_read()["namesakes"])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("detente.refdata").joinpath("data/places.toml").read_text("utf-8"))
