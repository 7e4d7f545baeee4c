"""EDTF: bounds of each form, errors that say why, the round trip, and agreement with the `edtf` package."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DateError
from detente.model import BoundedDate
from detente.resolving.edtf import read_edtf, write_edtf

FORMS = """
1972-02-21 | 1972-02-21 | 1972-02-21
1979-09 | 1979-09-01 | 1979-09-30
1900-02 | 1900-02-01 | 1900-02-28
1969 | 1969-01-01 | 1969-12-31
0814 | 0814-01-01 | 0814-12-31
1985-04-12T23:20:30 | 1985-04-12 | 1985-04-12
1985-04-12T23:20:30Z | 1985-04-12 | 1985-04-12
1985-04-12T23:20:30+04:30 | 1985-04-12 | 1985-04-12
196X | 1960-01-01 | 1969-12-31
19XX | 1900-01-01 | 1999-12-31
1XXX | 1000-01-01 | 1999-12-31
1960-XX | 1960-01-01 | 1960-12-31
1960-05-XX | 1960-05-01 | 1960-05-31
1960-XX-XX | 1960-01-01 | 1960-12-31
1960-1X | 1960-10-01 | 1960-12-31
156X-12-25 | 1560-12-25 | 1569-12-25
156X-02-29 | 1560-02-29 | 1568-02-29
15XX-12-XX | 1500-12-01 | 1599-12-31
XXXX-12-25 | |
1984? | 1984-01-01 | 1984-12-31
1984~ | 1984-01-01 | 1984-12-31
1984% | 1984-01-01 | 1984-12-31
2004-06~-11 | 2004-06-11 | 2004-06-11
?2004-06-~11 | 2004-06-11 | 2004-06-11
1969-21 | 1969-03-01 | 1969-05-31
1969-22 | 1969-06-01 | 1969-08-31
1969-23 | 1969-09-01 | 1969-11-30
1939-24 | 1939-12-01 | 1940-02-29
1969-29 | 1969-09-01 | 1969-11-30
1969-33 | 1969-01-01 | 1969-03-31
1969-36 | 1969-10-01 | 1969-12-31
1969-38 | 1969-05-01 | 1969-08-31
1969-40 | 1969-01-01 | 1969-06-30
1969-41 | 1969-07-01 | 1969-12-31
1958/1960 | 1958-01-01 | 1960-12-31
1958-08-23/1960-02 | 1958-08-23 | 1960-02-29
../1960 | | 1960-12-31
/1960 | | 1960-12-31
1958-08-23/.. | 1958-08-23 |
1958/ | 1958-01-01 |
1958~/1960? | 1958-01-01 | 1960-12-31
1969-21/1969-23 | 1969-03-01 | 1969-11-30
1950S2 | 1900-01-01 | 1999-12-31
1955S3 | 1950-01-01 | 1959-12-31
[1667,1668,1670..1672] | 1667-01-01 | 1672-12-31
[..1760-12-03] | | 1760-12-03
[1760-12..] | 1760-12-01 |
{1960,1961-12} | 1960-01-01 | 1961-12-31
"""

REFUSED = (
    ("1972-02-30", "29 days"),
    ("1900-02-29", "28 days"),
    ("1972-13", "no month 13"),
    ("1972-00", "no month 00"),
    ("1972-02-00", "29 days"),
    ("1972-21-05", "no month 21"),
    ("0000", "0001 to 9999"),
    ("1960/1958", "comes after"),
    ("../..", "needs an end"),
    ("/", "needs an end"),
    ("19X4", "come last"),
    ("1960-XX-05", "needs its month"),
    ("1960-X5", "no such digits"),
    ("9999-24", "0001 to 9999"),
    ("1985-04T10:00", "EDTF"),
    ("1985-04-12T10", "no time"),
    ("-0333", "EDTF"),
    ("72-02-21", "EDTF"),
    ("1984~?", "EDTF"),
    ("[]", "EDTF"),
    ("[..]", "needs a date"),
    ("", "EDTF"),
    ("hello", "EDTF"),
)


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "earliest", "latest"), rows(FORMS))
def test_bounds_of_each_form(text: str, earliest: str, latest: str) -> None:
    date = read_edtf(text)
    assert (str(date.earliest or ""), str(date.latest or ""), write_edtf(date)) == (earliest, latest, text)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_edtf_says_why(text: str, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        read_edtf(text)


def test_a_date_without_bounds_cannot_be_written() -> None:
    with pytest.raises(DateError, match="no bound"):
        write_edtf(BoundedDate(None, None))


days = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))


@given(st.tuples(st.none() | days, st.none() | days).filter(any))
def test_bounds_survive_the_round_trip(ends: tuple[datetime.date | None, datetime.date | None]) -> None:
    earliest, latest = ends
    if earliest and latest:
        earliest, latest = sorted((earliest, latest))
    back = read_edtf(write_edtf(BoundedDate(earliest, latest)))
    assert (back.earliest, back.latest) == (earliest, latest)


@given(st.text(alphabet="0123456789X-/.~?%[]{},ST:Z ", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        date = read_edtf(text)
    except DateError:
        return
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest


# Forms that `edtf` bounds as the standard says (it widens approximate dates, and fails on open intervals).
@pytest.mark.parametrize(
    "text",
    [
        "1972-02-21",
        "1979-09",
        "1969",
        "196X",
        "19XX",
        "1960-05-XX",
        "156X-12-25",
        "1958/1960",
        "1958-08-23/1960-02",
        "1984?",
    ],
)
def test_agrees_with_the_edtf_package(text: str) -> None:
    edtf = pytest.importorskip("edtf")
    theirs = edtf.parse_edtf(text)
    ours = read_edtf(text)
    assert _day(theirs.lower_strict()) == ours.earliest
    assert _day(theirs.upper_strict()) == ours.latest


def _day(moment: time.struct_time) -> datetime.date:
    return datetime.date(moment.tm_year, moment.tm_mon, moment.tm_mday)
