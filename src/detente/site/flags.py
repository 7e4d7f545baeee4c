"""The flag that a state flew on a day."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.refdata.spell import read_day

__all__ = ["Flag", "flag_of", "flags_of"]


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag's picture, whose it was, what it is called, and the days it was flown (both inclusive, None open)."""

    file: str
    name: str
    start: datetime.date | None
    end: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Return whether it was flown on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@cache
def _flags() -> dict[str, tuple[Flag, ...]]:
    table = tomllib.loads(files("detente.site").joinpath("flags/flags.toml").read_text("utf-8"))
    return {
        code: tuple(
            Flag(row["file"], row["name"], read_day(row["from"]), read_day(row["to"], last=True)) for row in rows
        )
        for code, rows in table.items()
    }


def flags_of(code: str) -> tuple[Flag, ...]:
    """Return the flags of a state that there are pictures of, in order of time."""
    return _flags().get(code, ())


def flag_of(code: str, on: datetime.date | None = None) -> Flag | None:
    """Return the flag of a state on a day, the last where no day is given; None where there is no picture of it.

    >>> flag_of("RUS", datetime.date(1979, 10, 15)).name
    'Soviet Union'
    """
    flags = flags_of(code)
    if on is None:
        return flags[-1] if flags else None
    return next((flag for flag in flags if flag.holds(on)), None)
