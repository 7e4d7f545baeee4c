"""The record beside other people's data sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import FormatError, UsageError
from detente.model import BoundedDate
from detente.ties.acts import Act
from detente.ties.compare import compare_dyads, dyads_here, years_covered
from detente.ties.outside import outside_form, outside_names, read_outside
from tests.ties.makers import tie_of

ALLIANCE = tie_of(
    "alliance",
    ("opened", "in force", "1950-02-14"),
    ("closed", "denounced", "1979-04-03/1980-04-11"),
    roles="CHN:member RUS:member",
)
CLASH = Act("clash", BoundedDate.year(1969), "ASSAULT", None, ("CHN", "RUS"), (), -9.0, "Clashes.", "d", "D")
FILES = {
    "atop": "ccode1,ccode2,year,atop_defense,atop_consul\n"
    "710,365,1950,1,0\n710,365,1951,1,0\n710,365,1952,0,0\n2,200,1949,1,0\n",
    "mid": "dispnum,ccode1,ccode2,year,hostlev1,hostlev2\n349,365,710,1969,3,4\n349,710,365,1969,4,3\n",
    "ucdp": 'conflict_id,gwno_a,gwno_b,year\n208,"710, 2",365,1969\n',
    "wars": "warnum,ccode1,ccode2,year\n999,710,365,1929\n",
    "rivalries": "rivalry,ccode1,ccode2,start,end\nChina-USSR,365,710,1958,1989\n",
}


def write(name: str, folder: Path) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(FILES[name])
    return path


@pytest.mark.parametrize("name", outside_names())
def test_every_data_set_is_read_as_dyads_and_years(name: str, tmp_path: Path) -> None:
    outside = read_outside(name, write(name, tmp_path))
    assert ("CHN", "RUS") in outside.years
    assert outside.years == {**read_outside(name, write(name, tmp_path), {"CHN", "RUS", "USA", "UKG"}).years}
    assert outside.cite


def test_each_side_has_its_own_level_of_hostility(tmp_path: Path) -> None:
    years = read_outside("mid", write("mid", tmp_path)).years["CHN", "RUS"]
    assert [coded.write(("CHN", "RUS")) for coded in years[1969]] == ["dispnum 349 (hostility: CHN 4, RUS 3)"]


def test_a_row_that_codes_no_pledge_is_no_alliance(tmp_path: Path) -> None:
    outside = read_outside("atop", write("atop", tmp_path))
    assert sorted(outside.years["CHN", "RUS"]) == [1950, 1951]
    assert outside.span == (1949, 1952)


def test_years_are_in_both_only_here_or_only_there(tmp_path: Path) -> None:
    outside = read_outside("atop", write("atop", tmp_path))
    rows = compare_dyads(outside, [("RUS", "CHN"), ("USA", "UKG")], [ALLIANCE], [], (1900, 2000))
    assert [(row.dyad, row.first_year, row.last_year, row.where) for row in rows] == [
        (("CHN", "RUS"), 1950, 1951, "both"),
        (("CHN", "RUS"), 1952, 1952, "only here"),
        (("UKG", "USA"), 1949, 1949, "only there"),
    ]
    assert [evidence.id for evidence in rows[0].here] == [ALLIANCE.id]


def test_acts_answer_to_disputes(tmp_path: Path) -> None:
    outside = read_outside("mid", write("mid", tmp_path))
    [row] = compare_dyads(outside, [("CHN", "RUS")], [], [CLASH], (1949, 1989))
    assert (row.first_year, row.where, row.here[0].words) == (1969, "both", "Clashes.")


def test_what_the_record_has_gives_the_dyads_and_the_years() -> None:
    form = outside_form("atop")
    assert dyads_here(form, [ALLIANCE], [CLASH]) == {("CHN", "RUS")}
    assert years_covered([ALLIANCE], [CLASH]) == (1950, 1980)


@pytest.mark.parametrize("name", ["alliances", "cow-alliances", "polity"])
def test_sets_that_are_not_read_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match="use atop" if "alliances" in name else "expected one of"):
        outside_form(name)


BAD = [
    ("ccode1,ccode2,year,version4id\n2,20,1950,1\n", UsageError, "use atop"),
    ("a,b\n1,2\n", FormatError, "none of the columns"),
    ("ccode1,ccode2,year,atop_defense\n2,x,1950,1\n", FormatError, "line 2"),
    ("", FormatError, "bad.csv"),
]


@pytest.mark.parametrize(("text", "error", "words"), BAD)
def test_a_file_that_is_not_of_the_format_is_refused(
    text: str, error: type[Exception], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(error, match=words):
        read_outside("atop", path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="is not a file"):
        read_outside("atop", tmp_path / "none.csv")
