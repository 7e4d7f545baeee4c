"""Text cut into pieces at the marks that lie over it, which may nest and cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Mark", "Piece", "mark_text"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark over `text[start:end]`: its kind, and the event it leads to with a label, where it does."""

    start: int
    end: int
    kind: str
    event_id: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, and the marks that lie over them, in the order given."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> str:
        """The kinds of its marks, as a class attribute."""
        return " ".join(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def events(self) -> tuple[Mark, ...]:
        """Its marks that lead to an event."""
        return tuple(mark for mark in self.marks if mark.event_id)


def mark_text(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Piece]:
    """Return `text[start:end]` in pieces, each with the marks over it.

    >>> [(piece.text, piece.kinds) for piece in mark_text("They met.", 0, 9, [Mark(5, 8, "trigger")])]
    [('They ', ''), ('met', 'trigger'), ('.', '')]
    """
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    bounds = {start, end, *(mark.start for mark in inside), *(mark.end for mark in inside)}
    cuts = sorted(cut for cut in bounds if start <= cut <= end)
    return [
        Piece(text[one:other], tuple(mark for mark in inside if mark.start <= one and other <= mark.end))
        for one, other in pairwise(cuts)
    ]
