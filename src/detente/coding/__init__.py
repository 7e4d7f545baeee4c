"""From a document to its events: coders behind one protocol, their output, and how they are scored."""

from __future__ import annotations

from detente.coding.coder import Coder
from detente.coding.output import event_to_line, write_events

__all__ = ["Coder", "default_coder", "event_to_line", "write_events"]


def default_coder() -> Coder:
    """Return the coder used where none is named."""
    from detente.coding.lexicon import LexiconCoder

    return LexiconCoder()
