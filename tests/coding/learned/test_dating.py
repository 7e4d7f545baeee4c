"""Windows of days: which are considered for an act, and which is chosen."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from detente.coding.learned.dating import (
    FEATURES,
    MOST,
    DateWindow,
    Told,
    choose_window,
    describe_windows,
    find_windows,
    overlap,
)
from detente.model import BoundedDate, Document, Paragraph, Sentence

TEXT = "In 1969 shots fell. Talks began on March 3, 1971. They ended in May 1972."


def make_document() -> Document:
    ends = [TEXT.index("Talks"), TEXT.index("They"), len(TEXT) + 1]
    bounds = zip([0, *ends[:-1]], ends, strict=True)
    sentences = tuple(Sentence(i, 0, start, end - 1) for i, (start, end) in enumerate(bounds))
    return Document(TEXT, (Paragraph(0, len(TEXT)),), sentences, "made", "made")


def tell(words: str, sentence: int, when: BoundedDate) -> Told:
    start = TEXT.index(words)
    assert when.earliest and when.latest
    span = make_document().span(start, start + len(words))
    return Told(span, sentence, when.earliest.toordinal(), when.latest.toordinal(), False, when)


TOLD = (
    tell("1969", 0, BoundedDate.year(1969)),
    tell("March 3, 1971", 1, BoundedDate.day(datetime.date(1971, 3, 3))),
    tell("May 1972", 2, BoundedDate.month(1972, 5)),
)


def days(window: DateWindow) -> tuple[str, str] | None:
    when = window.when
    return (str(when.earliest), str(when.latest)) if when else None


@pytest.mark.parametrize(
    "expected",
    [
        None,
        ("1971-03-03", "1971-03-03"),
        ("1971-03-03", "1972-05-31"),
        ("1971-03-03", "1971-03-31"),
        ("1971-03-03", "1971-12-31"),
        ("1969-01-01", "1969-12-31"),
        ("1969-01-01", "1971-03-03"),
        ("1969-01-01", "1972-05-31"),
    ],
)
def test_windows_run_from_phrase_to_phrase(expected: tuple[str, str] | None) -> None:
    windows = find_windows(TOLD, 1, TEXT.index("began"), None)
    assert expected in [days(w) for w in windows]
    assert len(windows) <= MOST


def test_the_rule_has_a_window_of_its_own() -> None:
    rule = BoundedDate.year(1970)
    windows = find_windows(TOLD, 1, TEXT.index("began"), rule)
    assert [days(w) for w in windows].count(("1970-01-01", "1970-12-31")) == 1
    features = describe_windows(windows, TOLD, make_document(), 1, TEXT.index("began"))
    assert features.shape == (len(windows), len(FEATURES))
    assert all((features[:, i] < size).all() for i, (_, size) in enumerate(FEATURES))
    assert (features >= 0).all()


def test_a_document_without_dates_leaves_the_day_open() -> None:
    windows = find_windows((), 0, 0, None)
    assert [w.when for w in windows] == [None]


def test_a_window_speaks_for_those_like_it() -> None:
    first = datetime.date(1960, 1, 1).toordinal()
    alone = DateWindow(1, first - 4000, first - 3990)
    alike = [DateWindow(1, first, first + 30), DateWindow(2, first, first + 40), DateWindow(3, first + 2, first + 31)]
    window, chance = choose_window([alone, *alike], np.array([0.4, 0.25, 0.15, 0.2]))
    assert window is alike[0]
    assert chance == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((0, 9), (0, 9), 1.0), ((0, 9), (5, 14), 1 / 3), ((0, 9), (10, 19), 0.0), ((0, 0), (0, 1), 0.5)],
)
def test_overlap_is_the_share_of_days_in_common(one: tuple[int, int], other: tuple[int, int], expected: float) -> None:
    base = datetime.date(1950, 1, 1).toordinal()
    first, second = (DateWindow(1, base + a, base + b) for a, b in (one, other))
    assert overlap(first, second) == overlap(second, first) == pytest.approx(expected)


def test_open_days_agree_with_open_days_alone() -> None:
    assert overlap(DateWindow(0, None, None), DateWindow(0, None, None)) == 1.0
    assert overlap(DateWindow(0, None, None), DateWindow(1, 700_000, 700_001)) == 0.0
