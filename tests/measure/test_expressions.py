"""The counts as Ibis expressions: equal, to the digit, to those that DuckDB's own SQL makes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import FormatError, UsageError
from detente.measure.dyad_counts import add_counts
from detente.measure.engines import check_engine, read_events
from detente.measure.events import open_events
from detente.measure.expressions import counts_on
from detente.measure.tallies import DyadActs, tally_dyad, tally_on
from tests.measure.conftest import act, make_table

ibis = pytest.importorskip("ibis")

ENGINE = ibis.duckdb.connect()
KEYS = [("one", "ascending"), ("two", "ascending"), ("step", "ascending")]
WAYS = [{"directed": True}, {"directed": False}, {"directed": False, "alone": True}]
PARTIES = st.lists(st.sampled_from(["CHN", "RUS", "USA", "IND", "X:PLO"]), max_size=3)


@st.composite
def event_rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    rows = []
    for number in range(draw(st.integers(1, 12))):
        first = datetime.date(1960, 1, 1) + datetime.timedelta(draw(st.integers(0, 800)))
        last = first + datetime.timedelta(draw(st.sampled_from([0, 0, 1, 45, 800])))
        row = act(draw(st.sampled_from(["ACCUSE", "AID", "ASSAULT"])), "", "", str(first), str(last))
        row |= {"actors": draw(PARTIES), "recipients": draw(PARTIES), "event_id": f"e{number:02}"}
        row |= {
            "status": draw(st.sampled_from(["actual", "planned", None])),
            "dataset": draw(st.sampled_from(["", "D"])),
        }
        if draw(st.booleans()):
            row |= {"event_type": None, "quad_class": None, "score": draw(st.sampled_from([None, 1.9, -0.4]))}
        if draw(st.booleans()):
            row["canonical_id"] = f"e{draw(st.integers(0, number)):02}"
        rows += [row] if draw(st.booleans()) else [row, {**row, "event_id": f"f{number:02}", "canonical_id": None}]
    return rows


def own_counts(path: Path, every: str, status: Sequence[str] = ("actual",), **way: bool) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        open_events(connection, path)
        add_counts(connection, every, status, **way)  # type: ignore[arg-type]
        return connection.sql("FROM told").to_arrow_table().sort_by(KEYS).to_pylist()


def same_acts(here: DyadActs, there: DyadActs) -> bool:
    names = here.tallies.__dataclass_fields__
    columns = [[getattr(side.tallies, name).tolist() for name in names] for side in (here, there)]
    others = [(side.parties, side.coverage, side.undated) for side in (here, there)]
    return str(columns[0]) == str(columns[1]) and others[0] == others[1]  # as text, where not a number is itself


@settings(max_examples=20, deadline=None)
@given(event_rows(), st.sampled_from(["year", "quarter", "month"]), st.sampled_from(WAYS))
def test_the_expression_counts_as_the_panel_does(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], every: str, way: dict[str, bool]
) -> None:
    path = tmp_path_factory.mktemp("counts") / "events.parquet"
    pq.write_table(make_table(rows), path)
    source = read_events(ENGINE, path)
    assert counts_on(source, every=every, **way).to_pylist() == own_counts(path, every, **way)  # type: ignore[arg-type]


@settings(max_examples=20, deadline=None)
@given(event_rows())
def test_the_expression_tallies_a_dyad_as_its_series_does(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("tallies") / "events.parquet"
    pq.write_table(make_table([*rows, {**rows[0], "event_id": "z", "latest": None}]), path)
    for status in (("actual",), ("actual", "planned")):
        here, there = tally_dyad(path, "CHN", "RUS", status), tally_on(ENGINE, path, "CHN", "RUS", status)
        assert same_acts(here, there)


def test_a_column_an_event_table_may_lack_may_be_lacking(tmp_path: Path) -> None:
    table = make_table([act("ACCUSE", "CHN", "RUS", "1969-03-02")]).drop_columns(["canonical_id", "event_id", "mode"])
    pq.write_table(table, tmp_path / "events.parquet")
    source = read_events(ENGINE, tmp_path)
    assert counts_on(source).to_pylist() == own_counts(tmp_path, "year", directed=True)


@pytest.mark.parametrize(
    ("source", "error", "said"),
    [
        (pa.table({}), UsageError, "expected the path of Parquet files"),
        ("herring.parquet", FormatError, "cannot be read"),
        ("lacking.parquet", FormatError, "lacks actors, earliest"),
    ],
)
def test_what_is_no_event_table_is_refused_in_one_line(
    source: Any, error: type[Exception], said: str, tmp_path: Path
) -> None:
    pq.write_table(pa.table({"event_type": ["AID"]}), tmp_path / "lacking.parquet")
    with pytest.raises(error, match=said) as caught:
        read_events(ENGINE, str(tmp_path / source) if isinstance(source, str) else source)
    assert "\n" not in str(caught.value)


def test_an_engine_that_cannot_is_refused_in_one_line() -> None:
    with pytest.raises(UsageError, match="engine='flink': expected one of duckdb, spark"):
        check_engine("flink")
    with pytest.raises(UsageError, match="turning points needs single events"):
        check_engine("spark", ("duckdb",), "turning points")
