"""The interrupt of the command line: noted as it comes, for a library beneath may swallow it or call it by its name.

DuckDB looks for tables among Python's variables; an interrupt that falls there is lost, and the query then fails for
want of a table.
"""

from __future__ import annotations

import signal
from types import FrameType

__all__ = ["check_interrupt", "note_interrupts", "was_interrupted"]

_noted: list[int] = []


def note_interrupts() -> None:
    """Raise KeyboardInterrupt on an interrupt, as Python does, and note that it came."""
    # A program started in the background has its interrupts ignored, and they stay so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _note)


def was_interrupted() -> bool:
    """Return whether an interrupt came."""
    return bool(_noted)


def check_interrupt() -> None:
    """Raise KeyboardInterrupt where an interrupt came before."""
    if _noted:
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    _noted.append(number)
    signal.default_int_handler(number, frame)
