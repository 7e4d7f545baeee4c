"""The ties a document tells of: drafted from its events, joined, closed, and frozen."""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import Document, Event, Tie
from detente.resolving.reference import resolve_mentions
from detente.ties.closing import close_drafts, end_of_text, imply_ties, outcome_at_end
from detente.ties.opening import draft_ties, merge_drafts
from detente.ties.standing import tell_standing

__all__ = ["find_ties"]


def find_ties(document: Document, events: Sequence[Event]) -> list[Tie]:
    """Return the ties that `document` tells of, given its events, in the order in which they are first told."""
    mentions = [mention for mention in resolve_mentions(document) if mention.codes]
    told = [*draft_ties(document, events, mentions), *tell_standing(document, mentions)]
    drafts = merge_drafts(sorted(told, key=lambda draft: draft.moments[0].sentence))
    drafts = close_drafts(document, events, [*drafts, *imply_ties(document, events, drafts)])
    end = end_of_text(document, events)
    return [
        Tie(draft.kind, draft.name, draft.parties, draft.moments, draft.terms, outcome_at_end(draft, end))
        for draft in drafts
    ]
