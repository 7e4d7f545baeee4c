"""Judgements stick: joined tellings are one happening, old ids lead to it, and a change of mind is remembered."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import RecordError, UsageError
from detente.model import Document
from detente.record import Judgement, Store
from tests.record.conftest import make_document, make_events


def ids(store: Store) -> list[str]:
    return [row.event_id for row in store.events()]


def test_a_join_gives_all_tellings_one_canonical_id(filled: Store) -> None:
    first, second = ids(filled)
    filled.judge(Judgement("join", (first, second), who="A. Reader", why="one signing told twice"))
    head = min(first, second)
    assert {row.canonical_id for row in filled.events()} == {head}
    assert filled.canonical_id(first) == filled.canonical_id(second) == head
    assert ids(filled) == [first, second]


def test_a_split_gives_each_its_own_id_back(filled: Store) -> None:
    first, second = ids(filled)
    filled.judge(Judgement("join", (first, second), who="A. Reader", why="the same"))
    filled.judge(Judgement("split", (first, second), who="B. Reader", why="not the same"))
    assert [row.canonical_id for row in filled.events()] == [first, second]


def test_a_proposal_changes_nothing_until_it_is_accepted(filled: Store) -> None:
    pair = tuple(ids(filled))
    filled.judge(Judgement("join", pair, who="the clustering", why="same day and parties", decision="proposed"))
    assert [row.canonical_id for row in filled.events()] == list(pair)
    filled.judge(Judgement("join", pair, who="A. Reader", why="yes"))
    assert len({row.canonical_id for row in filled.events()}) == 1
    (standing,) = filled.judgements()
    assert (standing.decision, standing.who) == ("accepted", "A. Reader")


def test_a_join_rejected_later_is_undone(filled: Store) -> None:
    pair = tuple(ids(filled))
    filled.judge(Judgement("join", pair, who="A. Reader", why="the same"))
    filled.judge(Judgement("join", pair, who="A. Reader", why="on second thoughts", decision="rejected"))
    assert [row.canonical_id for row in filled.events()] == list(pair)


def test_a_judgement_outlives_a_new_coding_and_a_removal(filled: Store, document: Document) -> None:
    pair = tuple(ids(filled))
    filled.judge(Judgement("join", pair, who="A. Reader", why="the same"))
    filled.add(document, make_events(document, "2"), again=True)
    assert {row.canonical_id for row in filled.events()} == {min(pair)}
    filled.remove(document.id)
    filled.add(document, make_events(document, "3"))
    assert {row.canonical_id for row in filled.events()} == {min(pair)}


def test_a_correction_is_kept_with_its_value(filled: Store) -> None:
    first, _ = ids(filled)
    filled.judge(Judgement("correction", (first,), "A. Reader", "misread", change={"event_type": "AGREE"}))
    (kept,) = filled.judgements(subject=first)
    assert kept.change == {"event_type": "AGREE"}
    assert kept.recorded_at is not None


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "rumour", "subjects": ("a",), "who": "A", "why": ""},
        {"kind": "join", "subjects": ("a", "a"), "who": "A", "why": ""},
        {"kind": "split", "subjects": (), "who": "A", "why": ""},
        {"kind": "split", "subjects": ("a",), "who": " ", "why": ""},
        {"kind": "split", "subjects": ("a",), "who": "A", "why": "", "decision": "perhaps"},
    ],
)
def test_impossible_judgements_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="expected"):
        Judgement(**values)  # type: ignore[arg-type]


def test_a_judgement_on_nothing_is_refused_and_not_kept(filled: Store) -> None:
    with pytest.raises(RecordError, match="no such event"):
        filled.judge(Judgement("join", ("nothing", "never"), who="A. Reader", why=""))
    assert filled.judgements() == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(list(itertools.combinations(range(4), 2))[:4]), st.integers(0, 4))
def test_joins_in_any_order_give_the_same_happenings(order: list[tuple[int, int]], cut: int) -> None:
    joins = sorted(order[:cut])
    outcomes = []
    for sequence in (order[:cut], joins):
        with Store(":memory:") as store:
            for name in ("rivers", "lakes"):
                store.add(document := make_document(name), make_events(document))
            known = sorted(ids(store))
            for one, other in sequence:
                store.judge(Judgement("join", (known[one], known[other]), who="A. Reader", why="the same"))
            outcomes.append({row.event_id: row.canonical_id for row in store.events()})
    assert outcomes[0] == outcomes[1]
