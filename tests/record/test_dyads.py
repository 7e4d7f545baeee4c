"""What is answered by way of the sums by dyad and year is what the events themselves say, whatever was done to them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model import EVENT_COLUMNS
from detente.record import Dataset, EventQuery, Judgement, Store
from detente.record.connection import connect
from detente.record.schema import prepare_schema
from detente.ties.relations import faded_score
from tests.record.conftest import make_events

OURS, OTHERS = Dataset("OURS"), Dataset("OTHERS")
DAYS = [datetime.date(year, month, 15) for year in (1949, 1950, 1951, 1953, 1960) for month in (1, 6, 12)]
CODES = ("CHN", "RUS", "USA")

days = st.dates(datetime.date(1949, 11, 1), datetime.date(1953, 2, 1))
spans = st.one_of(
    st.just((None, None)),
    days.map(lambda day: (day, day)),
    days.map(lambda day: (day, None)),
    days.map(lambda day: (None, day)),
    st.tuples(days, st.integers(0, 800)).map(lambda pair: (pair[0], pair[0] + datetime.timedelta(pair[1]))),
)
sides = st.lists(st.sampled_from(CODES), max_size=3, unique=True)
rows = st.lists(
    st.tuples(
        sides, sides, spans, st.sampled_from([None, 1, 2, 3, 4]), st.sampled_from([None, -10.0, 0.0, 3.4]),
        st.sampled_from(["actual", "planned", None]), st.sampled_from(["", "a", "b"]),
    ).filter(lambda row: row[0] or row[1]),
    max_size=12,
)  # fmt: skip


def make_table(told: list[tuple], dataset: str = "OURS") -> pa.Table:  # type: ignore[type-arg]
    return pa.Table.from_pylist(
        [
            {
                "event_id": f"{dataset}-{number}",
                "canonical_id": happening or None,
                "origin": "imported",
                "dataset": dataset,
                "event_type": "CONSULT",
                "quad_class": kind,
                "score": score,
                "status": status,
                "actors": actors,
                "recipients": recipients,
                "earliest": earliest,
                "latest": latest,
            }
            for number, (actors, recipients, (earliest, latest), kind, score, status, happening) in enumerate(told)
        ],
        schema=EVENT_COLUMNS,
    )


def simple(count: int, dataset: str = "OURS") -> pa.Table:
    first = datetime.date(1950, 1, 1)
    return make_table(
        [
            (["CHN"], ["RUS"], (first + datetime.timedelta(90 * n),) * 2, 1 + n % 4, float(n % 7 - 3), "actual", "")
            for n in range(count)
        ],
        dataset,
    )


DYADS = (("CHN", "RUS"), ("CHN", "USA"), ("RUS", "USA"))


def assert_exact(store: Store) -> None:
    assert_same_events_and_scores(store)
    for a, b in DYADS:
        told = store.events(EventQuery(a, b)).to_arrow()
        firsts = [row["earliest"] or row["latest"] for row in told.to_pylist()]
        counted = Counter(
            (day.year if day else None, kind) for day, kind in zip(firsts, told["quad_class"].to_pylist(), strict=True)
        )
        assert {(year, kind): events for year, kind, events in store.dyad(a, b).years()} == dict(counted)


def assert_same_events_and_scores(store: Store) -> None:
    for a, b in DYADS:
        dyad, told = store.dyad(a, b), store.events(EventQuery(a, b)).to_arrow()
        for limit, offset in ((len(told) + 1, 0), (2, 0), (3, 2), (2, max(0, len(told) - 1))):
            for few in (0, 600):  # found by their order; read whole
                with patch("detente.record.dyads.FEW", few):
                    assert dyad.events(limit, offset) == told.slice(offset, limit).to_pylist(), (a, b, limit, offset)
        for day in DAYS:
            history = store.history(EventQuery(a, b, latest=day, status="actual"))
            for few in (0, 600):
                with patch("detente.record.dyads.FEW", few):
                    assert dyad.score(day) == pytest.approx(faded_score(history, day))


@settings(max_examples=20, deadline=None)
@given(rows, rows)
def test_sums_answer_as_the_events_do(first: list, second: list) -> None:  # type: ignore[type-arg]
    with Store(":memory:") as store:
        store.import_part(OURS, "first", make_table(first).to_batches())
        store.import_part(OTHERS, "second", make_table(second, "OTHERS").to_batches())
        store.import_part(OTHERS, "again", make_table(second, "OTHERS").to_batches())
        assert_exact(store)


def remove_document(store: Store, document_id: str) -> None:
    store.remove(document_id)


def add_again(store: Store, document_id: str) -> None:
    document = store.document(document_id)
    store.add(document, make_events(document)[:1], again=True)


def import_more(store: Store, document_id: str) -> None:
    del document_id
    store.import_part(OURS, "second", simple(5, "SECOND").to_batches())


def import_the_same(store: Store, document_id: str) -> None:
    del document_id
    store.import_part(OTHERS, "again", simple(4).to_batches())


def remove_dataset(store: Store, document_id: str) -> None:
    del document_id
    store.remove_dataset("OURS")


def join_with_coded(store: Store, document_id: str) -> None:
    coded = store.events_of(document_id)[0].id
    store.judge(Judgement("join", ("OURS-3", "OURS-4", coded), "A. Reader", "one meeting"))


def split_again(store: Store, document_id: str) -> None:
    join_with_coded(store, document_id)
    store.judge(Judgement("split", ("OURS-3", "OURS-4"), "A. Reader", "two, after all"))


def lead(store: Store, document_id: str) -> None:
    store.lead({"OURS-1": "OURS-2", store.events_of(document_id)[0].id: "OURS-5"})


def correct(store: Store, document_id: str) -> None:
    coded = store.events_of(document_id)[0].id
    store.judge(Judgement("correction", (coded,), "A. Reader", "the day", change={"date": "1952-05-01"}))


@pytest.mark.parametrize(
    "change",
    [
        remove_document,
        add_again,
        import_more,
        import_the_same,
        remove_dataset,
        join_with_coded,
        split_again,
        lead,
        correct,
    ],
)
def test_sums_are_kept_up(filled: Store, document, change: Callable[[Store, str], None]) -> None:  # type: ignore[no-untyped-def]
    filled.import_part(OURS, "first", simple(12).to_batches())
    assert_exact(filled)
    change(filled, document.id)
    assert_exact(filled)


def test_linked_files_are_read_beside_the_sums(filled: Store, tmp_path: Path) -> None:
    filled.import_part(OURS, "first", simple(12).to_batches())
    pq.write_table(simple(3, "LINKED"), tmp_path / "linked.parquet")
    filled.link_parquet(Dataset("LINKED"), tmp_path / "linked.parquet")
    assert_same_events_and_scores(filled)


def test_a_change_that_fails_leaves_the_sums(filled: Store) -> None:
    filled.import_part(OURS, "first", simple(12).to_batches())

    def breaking():  # type: ignore[no-untyped-def]
        yield from simple(3, "SECOND").to_batches()
        raise OSError("the stream ended early")

    with pytest.raises(OSError, match="the stream ended early"):
        filled.import_part(OURS, "second", breaking())
    assert_exact(filled)


def test_sums_are_put_in_order_once_they_are_many(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.record.dyad_years.FEW", 3)
    for number in range(6):
        filled.import_part(OURS, str(number), simple(7, f"PART{number}").to_batches())
        assert_exact(filled)
    rows = filled.connection.execute("SELECT count(*) FILTER (settled), count(*) FROM imported_dyad_year").fetchall()
    assert 0 < rows[0][0] <= rows[0][1]


def test_a_record_opened_anew_answers_the_same(path: Path, document) -> None:  # type: ignore[no-untyped-def]
    with Store(path) as store:
        store.add(document, make_events(document))
        store.import_part(OURS, "first", simple(12).to_batches())
        lead(store, document.id)
        before = store.dyad("CHN", "RUS").years()
    with Store(path, read_only=True) as store:
        assert store.dyad("CHN", "RUS").years() == before
        assert_exact(store)


def test_an_older_record_gets_its_sums_when_it_is_opened(path: Path, document) -> None:  # type: ignore[no-untyped-def]
    with Store(path) as store:
        store.add(document, make_events(document))
        store.import_part(OURS, "first", simple(12).to_batches())
        join_with_coded(store, document.id)
        for table in ("imported_dyad_year", "retold"):
            store.connection.execute(f"DROP TABLE {table}")
        store.connection.execute("UPDATE record_format SET version = 2")
    connection = connect(path)
    prepare_schema(connection, path)
    connection.close()
    with Store(path, read_only=True) as store:
        assert sum(events for _, _, events in store.dyad("CHN", "RUS").years()) == 14
        assert_exact(store)
