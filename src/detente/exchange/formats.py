"""The formats that can be read, by name and by sight."""

from __future__ import annotations

from pathlib import Path

from detente.errors import FormatError, UsageError
from detente.exchange.atop import ATOP, ATOP_DYADS
from detente.exchange.chunks import read_head
from detente.exchange.cow import MID_DISPUTES, MID_DYADS, MID_PARTICIPANTS, WAR_DYADS, WARS
from detente.exchange.gdelt import EVENTS, MENTIONS
from detente.exchange.icews import ICEWS
from detente.exchange.importer import Importer
from detente.exchange.keds import KEDS, TABARI
from detente.exchange.phoenix import CLINE_PHOENIX, PHOENIX
from detente.exchange.plover import PLOVER
from detente.exchange.polecat import POLECAT
from detente.exchange.ucdp import UCDP_GED
from detente.exchange.visits import VISITS

__all__ = ["IMPORTERS", "find_importer", "recognise"]

IMPORTERS: tuple[Importer, ...] = (
    *(EVENTS, MENTIONS, ICEWS, POLECAT, PLOVER, PHOENIX, CLINE_PHOENIX, KEDS, TABARI, UCDP_GED),
    *(MID_DYADS, MID_PARTICIPANTS, MID_DISPUTES, WARS, WAR_DYADS, ATOP, ATOP_DYADS, VISITS),
)


def find_importer(name: str) -> Importer:
    """Return the importer of the format called `name`; UsageError where there is none.

    >>> find_importer("gdelt").dataset
    'GDELT'
    """
    found = next((each for each in IMPORTERS if each.name == name.lower()), None)
    if found is None:
        raise UsageError(
            f"{name!r} is not a format: expected one of {', '.join(each.name for each in IMPORTERS)}, auto"
        )
    return found


def recognise(path: Path) -> Importer:
    """Return the importer that knows a file by its beginning; FormatError where none does."""
    head = read_head(path)
    for each in IMPORTERS:
        if each.recognises(head):
            return each
    raise FormatError(path, 1, "is of no known format", expected="the name of its format, if it is one of them")
