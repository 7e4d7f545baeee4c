"""When an act can have been: the windows that a document's dates allow for a trigger, and what is seen of each."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.model import BoundedDate, Document, Span

__all__ = ["FEATURES", "MOST", "DateWindow", "Told", "choose_window", "describe_windows", "find_windows", "overlap"]

MOST = 40
"""The windows considered for one trigger, at most."""
KINDS = (
    "none",
    "phrase",
    "until another",
    "to the end",
    "from the beginning",
    "whole",
    "rule",
    "to the month's end",
    "to the year's end",
    "to the next year's end",
)
WIDTHS = (1, 7, 31, 100, 366, 1500)
NOWHERE = 12
FEATURES = (
    ("kind", len(KINDS)),
    ("begins at", NOWHERE + 1),
    ("ends at", NOWHERE + 1),
    ("width of phrase", len(WIDTHS) + 2),
    ("width", len(WIDTHS) + 2),
    ("nearness", 7),
    ("relative", 3),
    ("by rule", 3),
    ("leads", 3),
)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Told:
    """A date phrase of the document: its words, its sentence, its days (inclusive, as ordinals), relative or not."""

    span: Span
    sentence: int
    earliest: int
    latest: int
    relative: bool
    when: BoundedDate


@dataclass(frozen=True, slots=True)
class DateWindow:
    """Days between which an act can have been (ordinals, inclusive; None for no bound) and the phrases relied on.

    `ruled` is what the resolver's rules say, where the window is theirs, and `phrase` the words they rely on.
    """

    kind: int
    earliest: int | None
    latest: int | None
    begin: Told | None = None
    end: Told | None = None
    ruled: BoundedDate | None = None
    phrase: Span | None = None

    @property
    def words(self) -> Span | None:
        """The words relied on, of the phrase it begins with rather than of that it ends with; None where none is."""
        told = self.begin or self.end
        return told.span if told else self.phrase

    @property
    def when(self) -> BoundedDate | None:
        """The bounds as a date."""
        if self.earliest is None or self.latest is None:
            return None
        if self.ruled:
            return self.ruled
        if self.begin and self.begin is self.end:
            return self.begin.when
        days = (datetime.date.fromordinal(self.earliest), datetime.date.fromordinal(self.latest))
        return BoundedDate.between(*days, text=self.begin.span.text if self.begin else "")


def find_windows(
    told: Sequence[Told], sentence: int, offset: int, rule: BoundedDate | None, phrase: Span | None = None
) -> list[DateWindow]:
    """Return the windows considered for a trigger at `offset` of `sentence`; `rule` is what the resolver would say,
    `phrase` the words it relies on.

    `told` are the date phrases of the whole document, in order.
    """
    windows = [DateWindow(0, None, None)]
    if rule and rule.earliest and rule.latest:
        days = rule.earliest.toordinal(), rule.latest.toordinal()
        windows.append(DateWindow(KINDS.index("rule"), *days, ruled=rule, phrase=phrase))
    if not told:
        return windows
    last = max(t.latest for t in told)
    own = [t for t in told if t.sentence == sentence]
    earlier = [t for t in told if t.sentence < sentence][-4:][::-1]
    later = [t for t in told if t.sentence > sentence][:3]
    own.sort(key=lambda t: abs(t.span.start - offset))
    near = own[:4] + earlier
    windows += [DateWindow(1, t.earliest, t.latest, t, t) for t in near + later[:2]]
    for begin in own[:3] + earlier[:3]:
        ends = [t for t in own[:4] + earlier[:3] + later if t is not begin and t.latest > begin.latest]
        for end in ends[:4]:
            windows.append(DateWindow(2, begin.earliest, end.latest, begin, end))
    windows += [DateWindow(3, t.earliest, last, t) for t in (own[:2] + earlier[:2]) if last > t.latest]
    for one in own[:2] + earlier[:2]:
        windows += _run_on(one)
    first = min(t.earliest for t in told)
    windows += [DateWindow(4, first, t.latest, None, t) for t in (own + later)[:1] if first < t.earliest]
    windows.append(DateWindow(5, first, last))
    seen: dict[tuple[int | None, int | None, bool], DateWindow] = {}
    for window in windows:
        seen.setdefault((window.earliest, window.latest, window.kind == KINDS.index("rule")), window)
    return list(seen.values())[:MOST]


def _run_on(told: Told) -> list[DateWindow]:
    """Return windows from a phrase to the end of its month, its year and the year after."""
    day = datetime.date.fromordinal(told.latest)
    month = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
    ends = [month, datetime.date(day.year, 12, 31)]
    if day.year < datetime.MAXYEAR:
        ends.append(datetime.date(day.year + 1, 12, 31))
    kinds = range(KINDS.index("to the month's end"), len(KINDS))
    pairs = zip(kinds, ends, strict=False)
    return [DateWindow(k, told.earliest, e.toordinal(), told) for k, e in pairs if e.toordinal() > told.latest]


def describe_windows(
    windows: Sequence[DateWindow], told: Sequence[Told], document: Document, sentence: int, offset: int
) -> Ints:
    """Return the features of `windows`, [len(windows), len(FEATURES)]."""
    ruled = next((i for i, w in enumerate(windows) if w.kind == KINDS.index("rule")), None)
    by_rule = [0] * len(windows) if ruled is None else (1 + (_overlaps(windows)[ruled] >= 0.5)).tolist()
    order = {id(t): i for i, t in enumerate(sorted(told, key=lambda t: abs(t.span.start - offset))[:6])}
    rows = []
    for number, window in enumerate(windows):
        phrase = window.begin or window.end
        rows.append(
            (
                window.kind,
                _place(window.begin, sentence, offset),
                _place(window.end, sentence, offset),
                _width(phrase.earliest, phrase.latest) if phrase else 0,
                _width(window.earliest, window.latest),
                order.get(id(phrase), 6) if phrase else 6,
                1 + phrase.relative if phrase else 0,
                by_rule[number],
                1 + _leads(phrase, document) if phrase else 0,
            )
        )
    return np.array(rows, dtype=np.int64).reshape(-1, len(FEATURES))


def overlap(one: DateWindow, other: DateWindow) -> float:
    """Return the share of the days of either that are days of both; 1 for two without bounds."""
    return float(_overlaps([one, other])[0, 1])


def choose_window(windows: Sequence[DateWindow], chances: npt.NDArray[np.float64]) -> tuple[DateWindow, float]:
    """Return the window most likely to agree with the truth, and how likely: every window speaks for those like it."""
    support = (_overlaps(windows) >= 0.5) @ chances
    # Among windows with the same support the one with the highest chance of its own is taken.
    best = max(range(len(windows)), key=lambda i: (round(float(support[i]), 6), float(chances[i])))
    return windows[best], float(support[best])


def _overlaps(windows: Sequence[DateWindow]) -> npt.NDArray[np.float64]:
    """Return the overlap of every two windows, [len(windows), len(windows)]."""
    bounded = np.array([w.earliest is not None and w.latest is not None for w in windows])
    days = np.array([(w.earliest or 0, w.latest or 0) for w in windows], dtype=np.float64)
    begins, ends = days[:, 0], days[:, 1]
    shared = np.minimum(ends[:, None], ends) - np.maximum(begins[:, None], begins) + 1
    union = np.maximum(ends[:, None], ends) - np.minimum(begins[:, None], begins) + 1
    share = np.clip(shared, 0, None) / union
    both, neither = bounded[:, None] & bounded, ~bounded[:, None] & ~bounded
    return np.asarray(np.where(both, share, neither), dtype=np.float64)


def _place(told: Told | None, sentence: int, offset: int) -> int:
    if told is None:
        return NOWHERE
    if told.sentence == sentence:
        gap = told.span.start - offset
        return (0 if gap > -40 else 1 if gap > -120 else 2) if gap < 0 else (3 if gap < 40 else 4 if gap < 120 else 5)
    if told.sentence < sentence:
        return 5 + min(sentence - told.sentence, 4)
    return 10 if told.sentence == sentence + 1 else 11


def _width(earliest: int | None, latest: int | None) -> int:
    if earliest is None or latest is None:
        return 0
    return 1 + bisect_left(WIDTHS, latest - earliest + 1)


def _leads(told: Told, document: Document) -> int:
    return int(told.span.start - document.sentences[told.sentence].start < 12)
