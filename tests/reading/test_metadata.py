"""What documents say of themselves, and the simple dates in it."""

from __future__ import annotations

import pytest

from detente.model import BoundedDate
from detente.reading.metadata import Details, read_date_stamp

STAMPS = {
    "10-Nov-04": "2004-11-10",
    "10-Nov-89": "1989-11-10",
    "10 November 2004": "2004-11-10",
    "10th November, 2004": "2004-11-10",
    "November 10, 2004": "2004-11-10",
    "Nov. 10, 2004": "2004-11-10",
    "Wednesday, November 10, 2004": "2004-11-10",
    "Wed, 10 Nov 2004 12:00:00 GMT": "2004-11-10",
    "2004-11-10": "2004-11-10",
    "20041110": "2004-11-10",
    "2004-11-10T08:30:00+01:00": "2004-11-10",
    "2004-11-10 08:30": "2004-11-10",
    "D:20041110083000Z": "2004-11-10",
    "May 1989": "1989-05",
    "May, 1989.": "1989-05",
    "2004-11": "2004-11",
    "1989": "1989",
}
UNREAD = [
    "10/11/2004",
    "2004-13-01",
    "February 30, 2004",
    "2004-13",
    "soon",
    "",
    "1989 to 1991",
    "troops moved in 1989",
]


@pytest.mark.parametrize(("words", "edtf"), STAMPS.items())
def test_date_stamps_are_read(words: str, edtf: str) -> None:
    date = read_date_stamp(words)
    assert date is not None and date.edtf == edtf and date.text == words.strip(".")


@pytest.mark.parametrize("words", UNREAD)
def test_what_is_no_date_or_two_is_not_read(words: str) -> None:
    assert read_date_stamp(words) is None


def test_of_two_labels_for_one_field_the_first_that_can_be_read_holds() -> None:
    details = Details.from_labels([("published", "soon"), ("published", "1989"), ("title", " "), ("title", "A  page")])
    assert details == Details(title="A page", published=BoundedDate.year(1989, "1989"))


def test_details_fill_the_gaps_of_others() -> None:
    assert Details(title="A").or_else(Details(title="B", source="C")) == Details(title="A", source="C")
