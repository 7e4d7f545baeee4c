"""What the store promises: documents, events and ties come back as they went in, on both clocks."""

from __future__ import annotations

import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from detente.errors import RecordError, UsageError
from detente.model import EVENT_COLUMNS, Document
from detente.record import EventQuery, Store, TieQuery
from detente.record.clock import utc_now
from tests.record.conftest import make_document, make_events, make_tie

DAY = datetime.date


def test_document_comes_back_as_it_was(filled: Store, document: Document) -> None:
    assert filled.document(document.id) == document


def test_events_come_back_as_they_were(filled: Store, document: Document) -> None:
    assert filled.events_of(document.id) == make_events(document)


def test_ties_come_back_as_they_were(filled: Store, document: Document) -> None:
    assert filled.ties() == [make_tie(document, make_events(document)[0])]


def test_event_table_has_the_shared_columns(filled: Store, document: Document) -> None:
    table = filled.events().to_arrow()
    assert table.schema == EVENT_COLUMNS
    row = table.to_pylist()[1]
    assert document.text[row["trigger_start"] : row["trigger_end"]] == "withdrew"
    assert document.text[row["quote_start"] : row["quote_end"]] == row["quote"]
    assert (row["quad_class"], row["origin"], row["edtf"]) == (4, "coded", "1951")
    assert (row["actor_text"], row["recipient_text"]) == (["Moscow"], [])


@pytest.mark.parametrize(
    ("query", "types"),
    [
        (EventQuery(a="CHN"), ["SUPPORT", "SANCTION"]),
        (EventQuery(a="RUS", b="CHN"), ["SUPPORT", "SANCTION"]),
        (EventQuery(a="CHN", b="RUS"), ["SUPPORT", "SANCTION"]),
        (EventQuery(a="CHN", b="USA"), []),
        (EventQuery(earliest=DAY(1950, 6, 1)), ["SANCTION"]),
        (EventQuery(earliest=DAY(1950, 5, 31)), ["SUPPORT", "SANCTION"]),
        (EventQuery(latest=DAY(1950, 12, 31)), ["SUPPORT"]),
        (EventQuery(event_type="SANCTION"), ["SANCTION"]),
        (EventQuery(status="planned"), []),
        (EventQuery(min_confidence=0.7), ["SUPPORT"]),
        (EventQuery(limit=1), ["SUPPORT"]),
        (EventQuery(limit=1, offset=1), ["SANCTION"]),
        (EventQuery(dataset="GDELT"), []),
        (EventQuery(dataset=""), ["SUPPORT", "SANCTION"]),
    ],
)
def test_queries_find_what_they_ask_for(filled: Store, query: EventQuery, types: list[str]) -> None:
    assert [row.event_type for row in filled.events(query)] == types


@pytest.mark.parametrize("values", [{"a": "RUS", "b": "RUS"}, {"earliest": DAY(1960, 1, 1), "latest": DAY(1959, 1, 1)}])
def test_impossible_queries_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="expected"):
        EventQuery(**values)  # type: ignore[arg-type]


def test_adding_twice_changes_nothing(filled: Store, document: Document) -> None:
    before = filled.events().to_arrow()
    assert filled.add(document, make_events(document, "2")) is False
    assert filled.events().to_arrow() == before


def test_adding_again_replaces_and_remembers(filled: Store, document: Document) -> None:
    before = utc_now()
    assert filled.add(document, make_events(document, "2")[:1], again=True)
    assert [row.coder_version for row in filled.events()] == ["2"]
    assert [row.coder_version for row in filled.events(EventQuery(known_on=before))] == ["1", "1"]
    assert filled.ties() == []
    assert len(filled.ties(TieQuery(known_on=before))) == 1
    assert len(filled.documents()) == 1


def test_the_record_knew_nothing_before_it_was_told(filled: Store) -> None:
    assert len(filled.events(EventQuery(known_on=datetime.datetime(2020, 1, 1)))) == 0


def test_removing_takes_out_document_events_and_ties(filled: Store, document: Document) -> None:
    other = make_document("lakes")
    filled.add(other, make_events(other))
    filled.remove(document.id)
    assert {row.document_id for row in filled.events()} == {other.id}
    assert filled.ties() == []
    assert not filled.holds(document.id)
    assert filled.connection.execute("SELECT count(*) FROM event_dyad").fetchall() == [(2,)]


def test_removing_what_is_not_there_is_refused(filled: Store) -> None:
    with pytest.raises(RecordError, match="no such document"):
        filled.remove("nothing")


def test_documents_are_listed_with_their_counts(filled: Store) -> None:
    (row,) = filled.documents()
    assert (row["name"], row["sentences"], row["events"], row["ties"]) == ("rivers", 2, 2, 1)
    assert (row["as_of"], row["coder"]) == ("1951-12", "by hand")


@pytest.mark.parametrize("said", ["rivers", "rivers.txt", "ID", "BEGINNING"])
def test_a_document_is_found_by_what_a_user_says(filled: Store, document: Document, said: str) -> None:
    said = {"ID": document.id, "BEGINNING": document.id[:6]}.get(said, said)
    assert filled.find_document_id(said) == document.id


def test_an_ambiguous_name_lists_the_documents(filled: Store) -> None:
    other = make_document("rivers", "China met India. They signed a pact.")
    filled.add(other, [])
    with pytest.raises(RecordError, match=f"could be .*{other.id}"):
        filled.find_document_id("rivers")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (TieQuery(("CHN", "RUS")), 1),
        (TieQuery(("CHN", "USA")), 0),
        (TieQuery(on=DAY(1950, 4, 30)), 0),
        (TieQuery(on=DAY(1950, 5, 1)), 1),
        (TieQuery(on=DAY(1989, 1, 1)), 1),
        (TieQuery(kind="war"), 0),
    ],
)
def test_ties_are_found_by_party_and_day(filled: Store, query: TieQuery, count: int) -> None:
    assert len(filled.ties(query)) == count


def test_a_store_is_kept_in_its_file(path: Path, document: Document) -> None:
    with Store(path) as store:
        store.add(document, make_events(document))
    with Store(path, read_only=True) as store:
        assert len(store.events()) == 2
        with pytest.raises(RecordError, match="reading only"):
            store.remove(document.id)


def test_an_error_within_a_transaction_leaves_the_record_as_it_was(filled: Store) -> None:
    with pytest.raises(ZeroDivisionError), filled.transaction() as connection:
        connection.execute("DELETE FROM event")
        _ = 1 / 0
    assert len(filled.events()) == 2


def test_another_thread_may_read(filled: Store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: len(filled.events(EventQuery(a="CHN"))), range(20)))
    assert counts == [2] * 20


READINGS = {
    "holds": lambda store: store.holds("0"),
    "documents": lambda store: store.documents(),
    "titles": lambda store: store.titles(["0"]),
    "events": lambda store: store.events(),
    "count_events": lambda store: store.count_events(EventQuery()),
    "history": lambda store: store.history(),
    "dyad": lambda store: store.dyad("CHN", "RUS"),
    "beside": lambda store: store.beside(),
    "ties": lambda store: store.ties(),
    "judgements": lambda store: store.judgements(),
    "current_ids": lambda store: store.current_ids(),
    "canonical_id": lambda store: store.canonical_id("0"),
    "datasets": lambda store: store.datasets(),
}


@pytest.mark.parametrize("first", READINGS)
def test_any_reading_may_follow_any_other(filled: Store, first: str) -> None:
    for second in READINGS.values():  # DuckDB 2 refuses a query where the one before was not read to its end
        READINGS[first](filled)
        second(filled)


def test_the_table_goes_where_arrow_goes(filled: Store) -> None:
    events = filled.events()
    assert pa.table(events).num_rows == len(events) == 2
    assert list(events.to_pandas()["event_type"]) == list(events.to_polars()["event_type"]) == ["SUPPORT", "SANCTION"]
