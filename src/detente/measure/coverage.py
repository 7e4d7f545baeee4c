"""Which days the record covers: outside them a count is unknown, not zero."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from detente.measure.events import EventFrame
from detente.measure.periods import Periods

__all__ = ["Coverage", "covered_periods", "find_coverage"]

Coverage = tuple[tuple[datetime.date, datetime.date], ...]
"""Spans of days, both ends inclusive, in order and without overlap."""


def find_coverage(frame: EventFrame) -> Coverage:
    """Return the spans the events' own documents and data sets cover.

    A document covers the days from the first to the last of its dated events in `frame`, an imported data set
    likewise; where documents overlap or touch, their spans are one.
    """
    dated = frame.dated
    documents = frame.table.column("document_id").to_pylist()
    datasets = frame.table.column("dataset").to_pylist()
    spans: dict[tuple[str, str], list[datetime.date]] = {}
    for row in np.flatnonzero(dated):
        first, last = frame.earliest[row].astype(datetime.date), frame.latest[row].astype(datetime.date)
        key = ("dataset", datasets[row]) if datasets[row] else ("document", documents[row] or "")
        if key in spans:
            span = spans[key]
            span[0], span[1] = min(span[0], first), max(span[1], last)
        else:
            spans[key] = [first, last]
    return join_spans((span[0], span[1]) for span in spans.values())


def join_spans(spans: Iterable[tuple[datetime.date, datetime.date]]) -> Coverage:
    """Return `spans` in order, with those that overlap or touch made one."""
    joined: list[tuple[datetime.date, datetime.date]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + datetime.timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def covered_periods(coverage: Coverage, periods: Periods) -> NDArray[np.bool_]:
    """Return, for each period, whether some day of it is covered."""
    covered = np.zeros(len(periods), bool)
    for first, last in coverage:
        covered |= (periods.ends >= np.datetime64(first, "D")) & (periods.starts <= np.datetime64(last, "D"))
    return covered
