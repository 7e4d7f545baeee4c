"""Windows: the days each sentence of a document tells of, for reading its names as of then."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from detente.model import BoundedDate, Document
from detente.resolving.anchor import DocumentDates
from detente.resolving.names import Window

__all__ = ["sentence_windows", "whole_window"]

_YEAR = re.compile(r"(?<![\d,.$£])(1[5-9]\d\d|20\d\d)(?!\d|,\d|\s(?:troops|men|people|miles|tons|soldiers))")
_SPAN = 10


def sentence_windows(document: Document, dates: DocumentDates) -> list[Window | None]:
    """Return for each sentence the days it tells of: by its dates, else carried on; None before any date is known."""
    windows: list[Window | None] = []
    current = _years(document.title)
    for sentence in document.sentences:
        current = _closed(dates.bounds_for(sentence.index, sentence.start)[0]) or current
        windows.append(current)
    return _filled(windows)


def whole_window(windows: Sequence[Window | None]) -> Window | None:
    """Return the days from the earliest to the latest window; None where there is none."""
    known = [window for window in windows if window is not None]
    return (min(window[0] for window in known), max(window[1] for window in known)) if known else None


def _closed(bounds: BoundedDate | None) -> Window | None:
    if bounds is None:
        return None
    earliest, latest = bounds.earliest, bounds.latest
    if earliest is None or latest is None:
        end = earliest or latest
        return (end, end) if end else None
    return (earliest, latest) if (latest - earliest).days < 365 * _SPAN else None


def _years(text: str) -> Window | None:
    years = [int(year) for year in _YEAR.findall(text)]
    if not years or max(years) - min(years) > 5 * _SPAN:
        return None
    return datetime.date(min(years), 1, 1), datetime.date(max(years), 12, 31)


def _filled(windows: list[Window | None]) -> list[Window | None]:
    """The sentences before the first date take the first that is known."""
    first = next((window for window in windows if window is not None), None)
    return [window if window is not None else first for window in windows]
