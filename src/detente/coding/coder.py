"""What a coder is: it reads a document and says which events it tells of."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from detente.model import Document, Event

__all__ = ["Coder"]


@runtime_checkable
class Coder(Protocol):
    """Anything with a name, a version and `code`.

    Every event a coder gives has its trigger, quote and parties' words as spans of `document.text`, and at least two
    parties; the same document always gives the same events, in the order of their triggers.
    """

    @property
    def name(self) -> str:
        """What the coder is called, as events bear it."""
        ...

    @property
    def version(self) -> str:
        """What its answers depend on: a version, weights, a prompt."""
        ...

    def code(self, document: Document) -> list[Event]:
        """Return the events `document` tells of, in the order of their triggers."""
        ...
