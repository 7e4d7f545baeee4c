"""Words that may stand for polities, as the resolver reads them, and how often each polity is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from detente.model import Document, Mention, Span

__all__ = ["KINDS", "Reference", "find_references", "rank_codes", "tag_reference"]

KINDS = (
    "absent", "name", "demonym", "seat", "leader", "role", "organisation", "movement",
    "dependency", "pronoun", "description", "collective", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that may stand for polities: the codes, whether the resolver is sure, and its reason for each."""

    span: Span
    sentence: int
    kind: str
    codes: tuple[str, ...]
    sure: bool
    reasons: tuple[str, ...]


def find_references(document: Document, mentions: Iterable[Mention]) -> list[Reference]:
    """Return what the mentions of `document` may stand for, in order; those with no candidate are left out."""
    bounds = np.array([s.start for s in document.sentences] or [0])
    references = []
    for mention in mentions:
        candidates = [r.candidates[0] for r in mention.resolutions if r.code]
        sure = len(candidates) == len(mention.resolutions)
        if not sure:
            candidates = [c for r in mention.resolutions for c in r.candidates[:3]]
        if candidates:
            codes = tuple(dict.fromkeys(c.code for c in candidates))
            reasons = tuple(next(c.reason for c in candidates if c.code == code) for code in codes)
            sentence = max(int(np.searchsorted(bounds, mention.span.start, "right")) - 1, 0)
            references.append(Reference(mention.span, sentence, mention.kind, codes, sure, reasons))
    return sorted(references, key=lambda r: (r.span.start, -r.span.end))


def rank_codes(references: Iterable[Reference]) -> dict[str, int]:
    """Return the place of every code by how often the document names it, 0 the most."""
    counts = Counter(code for r in references if r.sure for code in r.codes)
    return {code: rank for rank, (code, _) in enumerate(counts.most_common())}


def tag_reference(span: Span, sentence: int) -> Reference:
    """Return the reference that words tagged as an unnamed party make."""
    name = re.sub(r"^(?:the|a|an)\s+", "", span.text, flags=re.IGNORECASE)
    return Reference(span, sentence, "collective", (f"X:{name}",), True, ("words that name no known polity",))
