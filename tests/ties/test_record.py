"""Ties in a record: what stood, as known when, whatever order the documents came in, and beside the outside."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from importlib.resources import files
from itertools import permutations
from pathlib import Path

import pytest

from detente.coding.handcoded import read_handcoded
from detente.errors import DateError, EntityError, RecordError, UsageError
from detente.model import Document, Event
from detente.reading import read_document
from detente.ties.find import find_ties
from detente.workbench import Record
from tests.ties.makers import act, document_of

EXAMPLES = Path(str(files("detente"))) / "examples"


def add(record: Record, document: Document, events: list[Event]) -> None:
    record.store.add(document, events, find_ties(document, events))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A record of the example, with its hand-coded events."""
    [document] = read_document(EXAMPLES / "alliance-and-rift.json")
    with Record(tmp_path / "record.duckdb") as made:
        add(made, document, read_handcoded(EXAMPLES / "alliance-and-rift.events.jsonl", document))
        yield made


def tellings() -> list[tuple[Document, list[Event]]]:
    """Return three documents that tell of one treaty, two with its end, one with another day."""
    first = document_of("In 1950 China and the Soviet Union signed a treaty of friendship.", name="first")
    second = document_of(
        "On February 14, 1950, China and the Soviet Union signed a treaty of friendship.",
        "In 1979 China annulled the treaty of friendship.",
        name="second",
    )
    third = document_of("China and the Soviet Union signed a treaty of friendship on February 21, 1950.", name="third")
    signed = "a treaty of friendship"
    return [
        (first, [act(first, 0, "signed", "SUPPORT", "CHN RUS", "", "1950-01-01/1950-12-31", signed)]),
        (
            second,
            [
                act(second, 0, "signed", "SUPPORT", "CHN RUS", "", "1950-02-14", signed),
                act(
                    second,
                    1,
                    "annulled",
                    "SANCTION/discontinue",
                    "CHN",
                    "RUS",
                    "1979-01-01/1979-12-31",
                    "the treaty of friendship",
                ),
            ],
        ),
        (third, [act(third, 0, "signed", "SUPPORT", "RUS CHN", "", "1950-02-21", signed)]),
    ]


def test_documents_in_any_order_give_the_same_ties_and_stories() -> None:
    outcomes = []
    for order in permutations(tellings()):
        with Record(":memory:") as record:
            for document, events in order:
                add(record, document, events)
            record.reconcile()
            leads = {row.event_id: row.canonical_id for row in record.events()}
            outcomes.append((record.joined_ties("China", "Russia"), leads))
    assert all(each == outcomes[0] for each in outcomes)
    [treaty] = outcomes[0][0]
    assert treaty.tie.outcome == "denounced"
    assert len(treaty.tellings) == 3


def test_contradictions_are_reported_and_a_second_run_changes_nothing() -> None:
    with Record(":memory:") as record:
        for document, events in tellings():
            add(record, document, events)
        report = record.reconcile()
        assert (report.tellings, report.happenings) == (4, 2)
        assert any("1950-02-14" in line and "1950-02-21" in line for line in report.conflicts)
        assert record.reconcile().moved == 0


def test_splits_and_joins_stick_when_documents_are_added_and_reconciled() -> None:
    one, two, three = tellings()
    with Record(":memory:") as record:
        add(record, *one)
        add(record, *two)
        ids = [one[1][0].id, two[1][0].id]
        record.reconcile()
        assert record.store.canonical_id(ids[0]) == record.store.canonical_id(ids[1]) == min(ids)
        record.split(ids, "M. Weber", "two treaties")
        add(record, *three)
        record.reconcile()
        assert record.store.canonical_id(ids[0]) != record.store.canonical_id(ids[1])
        record.join(ids, "M. Weber", "one, after all")
        assert record.store.canonical_id(ids[0]) == record.store.canonical_id(ids[1])
        assert [(said.who, said.kind) for said in record.store.judgements()] == [
            ("M. Weber", "split"),
            ("M. Weber", "join"),
        ]
        with pytest.raises(RecordError, match="no such event or tie"):
            record.join([ids[0], "nothing"], "M. Weber", "")


def test_the_record_answers_as_it_knew() -> None:
    one, two, _ = tellings()
    with Record(":memory:") as record:
        add(record, *one)
        then = datetime.datetime.now(datetime.UTC)
        time.sleep(0.01)
        add(record, *two)
        now = record.relations("China", "Russia", "1985-01-01")
        before = record.relations("China", "Russia", "1985-01-01", known_on=then)
    assert (len(before.standing), len(now.standing)) == (1, 0)
    assert len(before.recent) == 1


def test_the_page_of_a_dyad_has_sources_for_all_it_says(record: Record) -> None:
    state = record.relations("China", "Soviet Union", "1979-10-15")
    assert state.parties == ("CHN", "RUS")
    assert state.standing or state.asked or state.tabled
    assert state.score is not None and -10 <= state.score <= 10
    assert len(state.recent) == 10
    documents = {moment.document_id for tie in state.standing for moment in tie.moments}
    assert documents <= set(state.sources)


def test_the_alliance_and_its_end_are_in_the_record(record: Record) -> None:
    stood = {
        year: [tie.kind for tie in record.relations("CHN", "RUS", f"{year}-01-01").standing]
        for year in (1949, 1955, 1985)
    }
    assert "alliance" in stood[1955]
    assert "alliance" not in stood[1949] + stood[1985]
    changes = record.changes("China", "Russia", "1950-01-01", "1950-12-31")
    assert ("alliance", "opened") in {(change.tie.kind, change.moment.change) for change in changes}


@pytest.mark.shared
def test_the_alliance_of_1950_and_the_fighting_of_1969_are_in_both(shared: Path, tmp_path: Path) -> None:
    page = shared / "annotation/dev/sino-soviet-relations.json"
    [document] = read_document(page)
    with Record(tmp_path / "record.duckdb") as record:
        add(record, document, read_handcoded(page.with_suffix(".events.jsonl"), document))
        sets = shared / "reference/peacesciencer"
        years = {"from_": "1949-01-01", "to": "1989-12-31"}
        atop = record.compare("atop", sets / "atop_alliance.parquet", "China", "Russia", **years)
        mid = record.compare("mid", sets / "cow_mid_dirdisps.parquet", "China", "Russia", **years)
    both = next(row for row in atop if row.where == "both")
    assert (both.first_year, both.last_year) == (1950, 1980)
    assert all(row.where != "only there" for row in atop if row.first_year > 1950)
    fighting = next(row for row in mid if row.where == "both")
    assert (fighting.first_year, fighting.last_year) == (1968, 1969)
    assert "hostility: CHN 4, RUS 4" in " ".join(coded.write(fighting.dyad) for coded in fighting.there)
    joined_late = next(row for row in mid if row.first_year <= 1979 <= row.last_year)
    assert "dispnum 3007 (hostility: CHN 5, RUS 3)" in {coded.write(joined_late.dyad) for coded in joined_late.there}


BAD = [
    (("China", "Soviet Union", "1979-02-30"), DateError),
    (("China", "Atlantis", "1979-10-15"), EntityError),
    (("China", "PRC", "1979-10-15"), UsageError),
]


@pytest.mark.parametrize(("asked", "error"), BAD)
def test_what_cannot_be_asked_is_refused(asked: tuple[str, str, str], error: type[Exception]) -> None:
    with Record(":memory:") as record, pytest.raises(error):
        record.relations(*asked)
