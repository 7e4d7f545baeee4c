"""Imported events answer the same questions as coded ones, and can be told apart from them."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import ConflictError, FormatError, RecordError
from detente.model import EVENT_COLUMNS
from detente.record import Dataset, EventQuery, Store
from detente.record.events import dyads_of, write_dyads

sides = st.lists(st.sampled_from(["CHN", "RUS", "USA"]), max_size=3)
OURS = Dataset("OURS", "1", "Our own rows", datetime.date(1950, 1, 1), datetime.date(1960, 12, 31))


def make_rows(count: int = 3) -> pa.Table:
    rows = [
        {
            "event_id": f"ours-{number}",
            "origin": "imported",
            "dataset": "OURS",
            "event_type": "CONSULT",
            "quad_class": 1,
            "score": 1.0,
            "original_code": "042",
            "actors": ["CHN"],
            "recipients": ["RUS"] if number % 2 == 0 else [],
            "earliest": datetime.date(1950 + number, 1, 1),
            "latest": datetime.date(1950 + number, 1, 1),
            "edtf": f"{1950 + number}-01-01",
        }
        for number in range(count)
    ]
    return pa.Table.from_pylist(rows, schema=EVENT_COLUMNS)


def test_imported_and_coded_events_answer_together_and_apart(filled: Store) -> None:
    assert filled.import_part(OURS, "first.csv", make_rows().to_batches(), rejected=2) == 3
    both = filled.events(EventQuery(a="RUS", b="CHN"))
    assert [row.origin for row in both] == ["imported", "coded", "coded", "imported"]
    assert both.to_arrow().schema == EVENT_COLUMNS
    assert len(filled.events(EventQuery(a="RUS", b="CHN", dataset="OURS"))) == 2
    assert len(filled.events(EventQuery(a="RUS", b="CHN", dataset=""))) == 2
    assert len(filled.events(EventQuery(a="CHN", dataset="OURS"))) == 3


def test_a_part_is_taken_in_once(store: Store) -> None:
    store.import_part(OURS, "first.csv", make_rows().to_batches())
    with pytest.raises(ConflictError, match=r"first\.csv"):
        store.import_part(OURS, "first.csv", make_rows().to_batches())
    store.import_part(OURS, "second.csv", make_rows(2).to_batches(), rejected=1)
    (listed,) = store.datasets()
    assert (listed["row_count"], listed["rejected"], listed["citation"]) == (5, 1, "Our own rows")


def test_a_part_that_breaks_off_leaves_nothing(store: Store) -> None:
    def breaking():  # type: ignore[no-untyped-def]
        yield from make_rows().to_batches()
        raise OSError("the stream ended early")

    with pytest.raises(OSError, match="the stream ended early"):
        store.import_part(OURS, "first.csv", breaking())
    assert len(store.events()) == 0
    assert len(store.datasets()) == 0


def test_a_parquet_file_answers_where_it_lies(filled: Store, tmp_path: Path) -> None:
    pq.write_table(make_rows(), tmp_path / "ours.parquet")
    assert filled.link_parquet(OURS, tmp_path / "ours.parquet") == 3
    assert len(filled.events(EventQuery(a="RUS", b="CHN"))) == 4
    assert len(filled.events(EventQuery(a="CHN"))) == 5
    assert len(filled.events(EventQuery(a="CHN", dataset=""))) == 2


def test_a_parquet_file_of_something_else_is_refused(store: Store, tmp_path: Path) -> None:
    pq.write_table(pa.table({"herring": [1]}), tmp_path / "other.parquet")
    with pytest.raises(FormatError, match="has no column 'event_id'"):
        store.link_parquet(OURS, tmp_path / "other.parquet")


def test_removing_a_data_set_leaves_the_rest(filled: Store) -> None:
    filled.import_part(OURS, "first.csv", make_rows().to_batches())
    filled.remove_dataset("OURS")
    assert [row.origin for row in filled.events()] == ["coded", "coded"]
    with pytest.raises(RecordError, match="no such data set"):
        filled.remove_dataset("OURS")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(sides, sides), min_size=1, max_size=6))
def test_dyads_written_in_bulk_are_those_written_one_by_one(events: list[tuple[list[str], list[str]]]) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE dyad (code_a VARCHAR, code_b VARCHAR, event_no BIGINT)")
        connection.execute("CREATE TABLE told (event_no BIGINT, actors VARCHAR[], recipients VARCHAR[])")
        for number, (actors, recipients) in enumerate(events):
            connection.execute("INSERT INTO told VALUES ($1, $2, $3)", [number, actors, recipients])
        write_dyads(connection, "told", "dyad", 0, len(events))
        bulk = connection.execute("SELECT event_no, code_a, code_b FROM dyad ORDER BY ALL").fetchall()
    single = [
        (number, *pair) for number, (actors, recipients) in enumerate(events) for pair in dyads_of(actors, recipients)
    ]
    assert bulk == single
