"""The record: documents, events, ties and judgements in one DuckDB file."""

from detente.record.arrow_table import ArrowTable
from detente.record.clock import as_known_on
from detente.record.datasets import Dataset, DatasetTable
from detente.record.documents import DocumentTable
from detente.record.dyads import Dyad
from detente.record.event_table import EventRow, EventTable
from detente.record.judgements import Judgement, verdicts
from detente.record.queries import EventQuery
from detente.record.store import Store
from detente.record.ties import TieQuery

__all__ = [
    "ArrowTable",
    "Dataset",
    "DatasetTable",
    "DocumentTable",
    "Dyad",
    "EventQuery",
    "EventRow",
    "EventTable",
    "Judgement",
    "Store",
    "TieQuery",
    "as_known_on",
    "verdicts",
]
