"""Marks given to the encoder with the pieces: which polity is named there, and by what kind of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from detente.coding.learned.references import KINDS as WORD_KINDS
from detente.coding.learned.references import Reference
from detente.coding.learned.windows import Window

__all__ = ["KINDS", "SLOTS", "mark_window"]

RANKED = 6
OTHER, SEVERAL, UNSURE = RANKED + 1, RANKED + 2, RANKED + 3
SLOTS = RANKED + 4
"""No polity; the six named most in the document; any other; several at once; not sure which."""
KINDS = len(WORD_KINDS) + 1
"""No mention, or one of the kinds of words (`references.KINDS`), or a date."""
DATE = KINDS - 1

Ints = npt.NDArray[np.int64]


def mark_window(
    window: Window, references: Sequence[Reference], ranks: Mapping[str, int], dates: Sequence[tuple[int, int]]
) -> tuple[Ints, Ints]:
    """Return the slot and the kind of each piece of `window`; `dates` are the bounds of date phrases in the text."""
    slots = np.zeros(len(window.ids), dtype=np.int64)
    kinds = np.zeros(len(window.ids), dtype=np.int64)
    for start, end in dates:
        place = window.find(start, end)
        if place:
            kinds[place[0] : place[1]] = DATE
    for reference in references:
        place = window.find(reference.span.start, reference.span.end)
        if place:
            slots[place[0] : place[1]] = _slot(reference, ranks)
            kind = WORD_KINDS.index(reference.kind) if reference.kind in WORD_KINDS else len(WORD_KINDS) - 1
            kinds[place[0] : place[1]] = kind
    return slots, kinds


def _slot(reference: Reference, ranks: Mapping[str, int]) -> int:
    if not reference.sure:
        return UNSURE
    if len(reference.codes) > 1:
        return SEVERAL
    rank = ranks.get(reference.codes[0], RANKED)
    return rank + 1 if rank < RANKED else OTHER
