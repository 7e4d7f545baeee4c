"""The published sources of the measures, by key; the lines `cite()` prints."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["cite"]


@cache
def _sources() -> dict[str, str]:
    rows = tomllib.loads(files("detente.measure").joinpath("data/sources.toml").read_text(encoding="utf-8"))
    return {key: row["text"] for key, row in rows.items()}


def cite(*keys: str) -> str:
    """Return the references for `keys`, one a line, in the order given.

    >>> cite("harary1959")
    'Frank Harary (1959). On the Measurement of Structural Balance. Behavioral Science 4(4): 316-323.'
    """
    return "\n".join(_sources()[key] for key in keys)
