"""A dyad's series: counts that add up, dates that are ranges, gaps that are gaps, directions, temperature."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DataTooThin, DetenteError, FormatError, UsageError
from detente.measure.series import QUAD_COLUMNS, decayed_sum, series
from tests.measure.conftest import act, make_table

DAY = st.dates(datetime.date(1900, 1, 1), datetime.date(1990, 12, 31))
KINDS = st.sampled_from(["CONSULT", "AID", "ACCUSE", "ASSAULT"])


@st.composite
def event_rows(draw: st.DrawFn) -> list[dict[str, object]]:
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        first, other = draw(DAY), draw(DAY)
        first, last = min(first, other), max(first, other)
        actors, recipients = draw(
            st.sampled_from([("AAA", "BBB"), ("BBB", "AAA"), ("AAA BBB", ""), ("AAA", "BBB CCC")])
        )
        rows.append(act(draw(KINDS), actors, recipients, first.isoformat(), last.isoformat()))
    return rows


@settings(max_examples=40, deadline=None)
@given(event_rows(), st.sampled_from(["week", "month", "quarter", "year", "decade"]))
def test_columns_sum_to_the_number_of_events(rows: list[dict[str, object]], every: str) -> None:
    course = series(make_table(rows), "AAA", "BBB", every=every)
    assert np.nansum(course.column("events")) == pytest.approx(len(rows))
    assert sum(np.nansum(course.column(name)) for name in QUAD_COLUMNS) == pytest.approx(len(rows))
    assert sum(course.types.column("events").to_pylist()) == pytest.approx(len(rows))


def test_a_two_sided_act_counts_once_in_the_dyad_and_once_each_way() -> None:
    table = make_table([act("CONSULT", "AAA BBB", "", "1960-02-01"), act("AID", "AAA", "BBB", "1960-03-01")])
    assert np.nansum(series(table, "AAA", "BBB", every="year").column("events")) == 2
    directed = series(table, "AAA", "BBB", every="year", directed=True)
    assert np.nansum(directed.column("events", "AAA > BBB")) == 2
    assert np.nansum(directed.column("events", "BBB > AAA")) == 1


def test_a_direction_without_acts_is_zero_not_missing() -> None:
    table = make_table([act("AID", "AAA", "BBB", "1960-02-01"), act("AID", "AAA", "BBB", "1961-02-01")])
    course = series(table, "AAA", "BBB", every="year", directed=True)
    assert course.column("events", "BBB > AAA").tolist() == [0.0, 0.0]


def test_a_date_that_is_a_range_is_spread_by_days() -> None:
    course = series(make_table([act("AID", "AAA", "BBB", "1960-01-01", "1961-12-31")]), "AAA", "BBB", every="year")
    assert course.column("events").tolist() == pytest.approx([366 / 731, 365 / 731])


def test_gaps_are_null_and_quiet_times_are_zero() -> None:
    rows = [
        act("AID", "AAA", "BBB", "1950-05-01", document_id="first"),
        act("AID", "AAA", "BBB", "1952-05-01", document_id="first"),
        act("AID", "AAA", "BBB", "1960-05-01", document_id="second"),
    ]
    course = series(make_table(rows), "AAA", "BBB", every="year")
    counts = dict(zip(course.table.column("label").to_pylist(), course.table.column("events").to_pylist(), strict=True))
    assert counts["1951"] == 0 and counts["1952"] == 1
    assert all(counts[str(year)] is None for year in range(1953, 1960))


def test_joint_acts_on_a_third_and_other_statuses_stay_out() -> None:
    rows = [
        act("AID", "AAA", "BBB", "1960-01-01"),
        act("ACCUSE", "AAA BBB", "CCC", "1960-01-01"),
        act("CONSULT", "AAA BBB", "", "1960-06-01", status="planned"),
    ]
    table = make_table(rows)
    assert np.nansum(series(table, "AAA", "BBB").column("events")) == 1
    assert np.nansum(series(table, "AAA", "BBB", status=("actual", "planned")).column("events")) == 2


def test_tellings_of_one_happening_count_once_with_the_tightest_date() -> None:
    rows = [
        act("AID", "AAA", "BBB", "1960-01-01", "1961-12-31", canonical_id="h1"),
        act("AID", "AAA", "BBB", "1960-05-01", "1960-05-01", canonical_id="h1"),
    ]
    course = series(make_table(rows), "AAA", "BBB", every="year")
    assert course.column("events").tolist() == [1.0]


def test_undated_happenings_are_counted_apart() -> None:
    rows = [act("AID", "AAA", "BBB", "1960-01-01"), {**act("AID", "AAA", "BBB", "1960-01-01"), "latest": None}]
    assert series(make_table(rows), "AAA", "BBB").undated == 1


def test_scores_mean_and_temperature() -> None:
    rows = [act("ASSAULT", "AAA", "BBB", "1960-01-01"), act("AID", "AAA", "BBB", "1962-12-31")]
    course = series(make_table(rows), "AAA", "BBB", every="year", half_life=365 / 365.25)
    assert course.column("score_sum").tolist() == [-10.0, 0.0, 7.0]
    assert course.column("score_mean")[0] == -10.0 and np.isnan(course.column("score_mean")[1])
    assert course.column("temperature").tolist() == pytest.approx([-5.0, -5 / 1.5, (7 - 2.5) / 2.25])


def test_decay_halves_in_a_half_life() -> None:
    assert decayed_sum(np.array([0.0, 8.0, 0.0, 1.0]), np.full(4, 10.0), 10.0).tolist() == [0.0, 8.0, 4.0, 3.0]


def test_arrow_parquet_duckdb_and_streams_give_the_same(tmp_path: Path) -> None:
    table = make_table([act("AID", "AAA", "BBB", "1960-01-01"), act("ACCUSE", "BBB", "AAA", "1961-01-01")])
    pq.write_table(table, tmp_path / "events.parquet")
    relation = duckdb.connect().from_arrow(table)

    class Stream:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return table.__arrow_c_stream__(requested_schema)

    wanted = series(table, "AAA", "BBB").table
    for source in (tmp_path / "events.parquet", str(tmp_path / "events.parquet"), relation, Stream()):
        assert series(source, "AAA", "BBB").table.equals(wanted)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"a": "AAA", "b": "AAA"}, UsageError, "two different parties"),
        ({"every": "fortnight"}, UsageError, "expected one of day, week"),
        ({"half_life": 0}, UsageError, "expected years above 0"),
        ({"start": "1960-02-30"}, DetenteError, "a day that exists"),
        ({"start": 1965, "end": 1961}, UsageError, "comes after the last"),
        ({"start": 1900, "end": 1910}, DataTooThin, "the record covers"),
        ({"a": "CCC"}, DataTooThin, "needs at least 1"),
        ({"status": ("real",)}, UsageError, "expected some of actual"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(options: dict[str, object], error: type[Exception], words: str) -> None:
    table = make_table([act("AID", "AAA", "BBB", "1960-01-01"), act("AID", "CCC", "DDD", "1960-01-01")])
    with pytest.raises(error, match=words) as caught:
        series(table, **{"a": "AAA", "b": "BBB", **options})  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(FormatError, match="lacks event_type, quad_class"):
        series(pa.table({"actors": [["AAA"]], "recipients": [["BBB"]]}), "AAA", "BBB")


def test_the_reference_page(seed_events: pa.Table) -> None:
    course = series(seed_events, "CHN", "RUS", every="year")
    assert np.nansum(course.column("events")) == pytest.approx(31)
    labels = course.table.column("label").to_pylist()
    assert labels[int(np.nanargmin(course.column("temperature")))] in ("1967", "1968", "1969")
    assert int(labels[int(np.nanargmax(course.column("temperature")))]) >= 1986
