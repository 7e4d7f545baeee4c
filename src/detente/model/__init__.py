"""Frozen values that every part shares: documents, spans, bounded dates, mentions, events, ties."""

from detente.model.columns import EVENT_COLUMNS
from detente.model.date import BoundedDate
from detente.model.document import Document, Paragraph, Sentence
from detente.model.entity import Candidate, Mention, Resolution
from detente.model.event import STATUSES, Event, Party
from detente.model.identity import hash_bytes, hash_content
from detente.model.span import Span
from detente.model.tie import Tie, TieMoment, TieParty

__all__ = [
    "EVENT_COLUMNS",
    "STATUSES",
    "BoundedDate",
    "Candidate",
    "Document",
    "Event",
    "Mention",
    "Paragraph",
    "Party",
    "Resolution",
    "Sentence",
    "Span",
    "Tie",
    "TieMoment",
    "TieParty",
    "hash_bytes",
    "hash_content",
]
