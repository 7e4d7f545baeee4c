"""The workbench: the one place that composes the stages, and `Record`, what a user holds."""

from __future__ import annotations

from detente.reading.reader import read_document
from detente.record.report import AddReport, Failure, Progress
from detente.workbench.coding import Coded, code_all, code_document, estimate_cost, evaluate, write_coded
from detente.workbench.exchanging import cite_datasets, import_events
from detente.workbench.record import Record
from detente.workbench.words import DateLike, find_party, read_date

__all__ = [
    "AddReport",
    "Coded",
    "DateLike",
    "Failure",
    "Progress",
    "Record",
    "cite_datasets",
    "code_all",
    "code_document",
    "estimate_cost",
    "evaluate",
    "find_party",
    "import_events",
    "read_date",
    "read_document",
    "write_coded",
]
