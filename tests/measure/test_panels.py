"""Panels: their rows are the state system's, their figures the events', and missing is not zero."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.measure.panels import panel, whittle
from detente.refdata.states import states_on
from tests.measure.conftest import act, make_table

ROWS = [
    act("ACCUSE", "CHN", "RUS", "1969-03-02"),
    act("ASSAULT", "RUS", "CHN", "1969-03-15"),
    act("CONSULT", "CHN RUS", "", "1969-09-11"),
    act("AID", "USA UKG", "IND", "1971-12-30", "1972-01-02"),
    act("ACCUSE", "X:PLO", "ISR", "1970-05-01"),
]


def row_of(table: pa.Table, **keys: Any) -> dict[str, Any]:
    (row,) = [row for row in table.to_pylist() if all(row[name] == value for name, value in keys.items())]
    return row


def test_undirected_years_hold_every_dyad_of_the_system() -> None:
    table = panel(start=1816, end=1818).table
    count = sum(n * (n - 1) // 2 for n in (len(states_on(datetime.date(year, 7, 1))) for year in (1816, 1817, 1818)))
    assert table.num_rows == count
    assert all(row["ccode1"] < row["ccode2"] for row in table.to_pylist())
    assert panel(start=1816, end=1818, directed=True).table.num_rows == 2 * count


def test_counts_by_dyad_and_year() -> None:
    table = panel(make_table(ROWS), start=1968, end=1973).table
    row = row_of(table, ccode1=365, ccode2=710, year=1969)
    assert (row["events"], row["verbal_conflict"], row["material_conflict"], row["verbal_cooperation"]) == (3, 1, 1, 1)
    assert row["score_mean"] == pytest.approx(row["score_sum"] / 3)
    assert row_of(table, ccode1=365, ccode2=710, year=1970)["events"] == 0


def test_missing_is_not_zero() -> None:
    table = panel(make_table(ROWS), start=1968, end=1973).table
    assert {row["events"] for row in table.to_pylist() if row["year"] in (1968, 1973)} == {None}


def test_direction() -> None:
    table = panel(make_table(ROWS), directed=True, dyads="active").table
    there, back = (row_of(table, ccode1=a, ccode2=b, year=1969) for a, b in ((710, 365), (365, 710)))
    assert (there["events"], there["verbal_conflict"], there["material_conflict"]) == (2, 1, 0)
    assert (back["events"], back["verbal_conflict"], back["material_conflict"]) == (2, 0, 1)


@pytest.mark.parametrize(("every", "last", "share"), [("year", (1971, None), 0.5), ("month", (1971, 12), 0.5)])
def test_a_range_is_shared_by_days(every: str, last: tuple[int, int | None], share: float) -> None:
    table = panel(make_table(ROWS), every=every, dyads="active").table
    keys = {"ccode1": 2, "ccode2": 750, "year": last[0]} | ({"month": last[1]} if last[1] else {})
    assert row_of(table, **keys)["events"] == share


def test_states_by_year() -> None:
    table = panel(make_table(ROWS), unit="state", dyads="all").table
    assert table.column_names[:3] == ["ccode", "year", "stateabb"]
    assert row_of(table, ccode=710, year=1969)["events"] == 3
    assert row_of(table, ccode=750, year=1971)["events"] == 0.5


def test_tellings_of_one_happening_count_once() -> None:
    rows = [{**act("ACCUSE", "CHN", "RUS", "1969-03-02"), "event_id": f"e{n}", "canonical_id": "e0"} for n in range(3)]
    assert panel(make_table(rows), dyads="active").table.column("events").to_pylist() == [1.0]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.permutations(["USA", "RUS", "CHN"]), st.integers(0, 3000), st.integers(0, 900), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["year", "quarter", "month"]),
)
def test_a_column_sums_to_the_number_of_events(drawn: list[Any], every: str) -> None:
    origin = datetime.date(1960, 1, 1)
    rows = []
    for (one, two, _), offset, width, two_sided in drawn:
        first = origin + datetime.timedelta(offset)
        last = (first + datetime.timedelta(width)).isoformat()
        rows.append(act("ACCUSE", f"{one} {two}" if two_sided else one, "" if two_sided else two, str(first), last))
    table = panel(make_table(rows), every=every, dyads="active").table
    assert sum(table.column("events").to_pylist()) == pytest.approx(len(rows), abs=1e-3)


def test_relevant_dyads(tmp_path: Path) -> None:
    path = tmp_path / "contiguity.csv"
    path.write_text("ccode1,ccode2,conttype,stdate,enddate\n750,770,1,1947-08-14,2016-12-31\n")
    table = panel(start=1950, end=1950, dyads="relevant", contiguity=path).table
    assert row_of(table, ccode1=750, ccode2=770, year=1950)["conttype"] == 1
    pairs = {(row["ccode1"], row["ccode2"]) for row in table.to_pylist()}
    assert (2, 160) in pairs  # the United States is a major power
    assert (750, 775) not in pairs
    with pytest.raises(UsageError, match="expected contiguity"):
        panel(start=1950, end=1950, dyads="relevant")


def test_neighbours_are_found_in_the_numbers_of_either_list(tmp_path: Path) -> None:
    path = tmp_path / "contiguity.csv"
    path.write_text("ccode1,ccode2,conttype,stdate,enddate\n255,290,1,1990-10-03,2016-12-31\n")
    near = {}
    for codes in ("cow", "gw"):
        table = panel(start=1995, end=1995, codes=codes, contiguity=path).table
        near[codes] = {(row["stateabb1"], row["stateabb2"]) for row in table.to_pylist() if row["conttype"]}
    assert near == {"cow": {("GMY", "POL")}, "gw": {("GMY", "POL")}}


def test_spells_of_peace() -> None:
    rows = [act("ACCUSE", "CHN", "RUS", "1965-01-01"), act("ASSAULT", "CHN", "RUS", "1967-01-01")]
    rows += [act("ACCUSE", "CHN", "RUS", "1970-01-01")]
    table = panel(make_table(rows), start=1965, end=1971).with_spells().table
    spells = [row["peace_spell"] for row in table.to_pylist() if (row["ccode1"], row["ccode2"]) == (365, 710)]
    assert spells == [0, 1, 2, 0, 1, 2, None]


def test_codes_of_the_other_list() -> None:
    made = panel(start=1995, end=1995, unit="state").with_codes("gw")
    yemen = row_of(made.table, stateabb="YEM")
    assert (yemen["ccode"], yemen["gwcode"]) == (679, 678)
    back = panel(start=1995, end=1995, unit="state", codes="gw").with_codes("cow")
    assert row_of(back.table, gwcode=678)["ccode"] == 679


def test_whittling_does_not_depend_on_the_order_of_rows() -> None:
    rows = [{"ccode1": 2, "ccode2": 20, "year": 1974, "onset": o, "fatality": f} for o, f in ((0, 3), (1, 0), (1, 2))]
    for order in (rows, rows[::-1]):
        (left,) = whittle(pa.Table.from_pylist(order), ["onset", "-fatality"]).to_pylist()
        assert (left["onset"], left["fatality"]) == (1, 0)


def test_each_column_says_where_it_came_from() -> None:
    made = panel(make_table(ROWS), dyads="active").with_spells()
    said = made.cite().splitlines()
    assert [line.split(":")[0] for line in said] == [name for name in made.table.column_names if name != "year"]


@pytest.mark.parametrize(
    ("options", "said"),
    [({"every": "decade"}, "every='decade'"), ({"unit": "leader"}, "unit='leader'"), ({"codes": "iso"}, "codes='iso'")],
)
def test_bad_options_are_one_line(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        panel(start=1950, end=1951, **options)


@pytest.mark.shared
def test_rows_are_those_of_the_published_list(shared: Path) -> None:
    listed = pyarrow.csv.read_csv(shared / "reference/peacesciencer/cow_states.csv").to_pylist()
    expected = 0
    for year in range(1816, 2011):
        states = {row["ccode"] for row in listed if row["styear"] <= year <= row["endyear"]}
        expected += len(states) * (len(states) - 1) // 2
    assert panel(start=1816, end=2010).table.num_rows == expected


@pytest.mark.shared
def test_relevant_dyads_are_those_of_the_published_lists(shared: Path) -> None:
    folder = shared / "reference/peacesciencer"
    majors = pyarrow.csv.read_csv(folder / "cow_majors.csv").to_pylist()
    near = pq.read_table(folder / "cow_contdir.parquet").to_pylist()
    made = panel(start=1950, end=1955, dyads="relevant", contiguity=folder / "cow_contdir.parquet").table
    every = panel(start=1950, end=1955).table.select(["ccode1", "ccode2", "year"]).to_pylist()
    expected = set()
    for year in range(1950, 1956):
        great = {row["ccode"] for row in majors if row["styear"] <= year <= row["endyear"]}
        touching = {
            (row["ccode1"], row["ccode2"])
            for row in near
            if row["stdate"].year <= year <= row["enddate"].year and 1 <= row["conttype"] <= 5
        }
        for row in every:
            pair = row["ccode1"], row["ccode2"]
            if row["year"] == year and (pair in touching or great & set(pair)):
                expected.add((*pair, year))
    assert {(row["ccode1"], row["ccode2"], row["year"]) for row in made.to_pylist()} == expected


@pytest.mark.shared
def test_disputes_whittle_to_one_row_a_dyad_year(shared: Path) -> None:
    disputes = pq.read_table(shared / "reference/peacesciencer/cow_mid_dirdisps.parquet")
    left = whittle(disputes, ["disponset", "fatality1", "hostlev1"])
    keys = ["ccode1", "ccode2", "year"]
    assert left.num_rows == disputes.select(keys).group_by(keys).aggregate([]).num_rows < disputes.num_rows
    (row,) = [each for each in left.to_pylist() if (each["ccode1"], each["ccode2"], each["year"]) == (365, 710, 1966)]
    assert (row["dispnum"], row["disponset"]) == (343, 1)
