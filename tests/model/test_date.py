"""Bounds stay in order, and say in EDTF what they are."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DateError
from detente.model import BoundedDate

DAYS = st.dates(datetime.date(1500, 1, 1), datetime.date(2100, 12, 31))
BOUNDS = st.tuples(DAYS, DAYS).map(sorted).map(lambda pair: BoundedDate.between(*pair))


@pytest.mark.parametrize(
    ("date", "text", "days"),
    [
        (BoundedDate.year(1969), "1969", 365),
        (BoundedDate.month(1972, 2), "1972-02", 29),
        (BoundedDate.day(datetime.date(1972, 2, 21)), "1972-02-21", 1),
        (BoundedDate.between(datetime.date(1967, 1, 1), datetime.date(1969, 12, 31)), "1967/1969", 1096),
        (BoundedDate.between(datetime.date(1967, 1, 1), datetime.date(1967, 2, 28)), "1967-01/1967-02", 59),
        (BoundedDate.between(datetime.date(1969, 1, 1), None), "1969-01-01/..", None),
        (BoundedDate.between(None, None), "", None),
    ],
)
def test_edtf_and_length(date: BoundedDate, text: str, days: int | None) -> None:
    assert (str(date), date.days) == (text, days)


def test_bounds_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(DateError, match="1972-01-01 comes after 1969-01-01"):
        BoundedDate(datetime.date(1972, 1, 1), datetime.date(1969, 1, 1))


@given(BOUNDS, BOUNDS)
def test_overlap_is_the_same_both_ways(first: BoundedDate, second: BoundedDate) -> None:
    assert first.overlaps(second) == second.overlaps(first)
    assert first.overlaps(first)


@given(BOUNDS)
def test_an_open_date_overlaps_every_other(date: BoundedDate) -> None:
    assert BoundedDate(None, None).overlaps(date)
