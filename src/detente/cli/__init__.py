"""The command line: each command parses, makes one call to the library, and prints what it gives."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run `detente`.

    Exit codes: 0, 1 (some documents failed, the rest were added), 2 (bad input), 130 (interrupted).
    """
    from detente.cli.app import app
    from detente.cli.interrupt import note_interrupts

    note_interrupts()
    app()
