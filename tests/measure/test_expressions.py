"""The counts as Ibis expressions: equal to those of the panel, and on Spark to the digit."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.measure.dyad_counts import add_counts, open_events
from detente.measure.expressions import connect_spark, counts_on
from detente.measure.panels import panel
from tests.measure.conftest import act, make_table

ibis = pytest.importorskip("ibis")

ROWS = [
    act("ACCUSE", "CHN", "RUS", "1969-03-02"),
    act("ASSAULT", "RUS", "CHN USA", "1969-03-15", "1970-02-03"),
    act("CONSULT", "CHN RUS IND", "", "1969-09-11"),
    act("AID", "USA UKG", "IND", "1971-12-30", "1972-01-02"),
    act("AID", "USA", "IND", "1971-12-30", status="planned"),
    {**act("AID", "USA", "IND", "1971-12-30"), "event_type": None, "score": None, "quad_class": None},
]
KEYS = [("one", "ascending"), ("two", "ascending"), ("step", "ascending")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    pq.write_table(make_table(ROWS), tmp_path / "events.parquet")
    return tmp_path / "events.parquet"


def own_counts(path: Path, every: str) -> pa.Table:
    with duckdb.connect() as connection:
        open_events(connection, path)
        add_counts(connection, every, ("actual",), directed=True)
        return connection.sql("FROM told").to_arrow_table().sort_by(KEYS)


@pytest.mark.parametrize("every", ["year", "quarter", "month"])
def test_the_expression_is_the_panel(path: Path, every: str) -> None:
    assert counts_on(ibis.duckdb.connect(), path, every=every).to_pylist() == own_counts(path, every).to_pylist()


@pytest.mark.spark
def test_spark_gives_the_same_to_the_digit(path: Path) -> None:
    pytest.importorskip("pyspark")
    spark = panel(path, every="month", directed=True, dyads="active", engine="spark").table
    assert spark.equals(panel(path, every="month", directed=True, dyads="active").table)
    assert counts_on(connect_spark(), path, every="month").to_pylist() == own_counts(path, "month").to_pylist()
