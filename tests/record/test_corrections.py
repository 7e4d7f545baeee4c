"""An accepted correction changes what every query shows; what was found stays, and comes back when it is undone."""

from __future__ import annotations

import datetime

import pytest

from detente.errors import DetenteError
from detente.record import EventQuery, Judgement, Store, TieQuery
from tests.record.conftest import make_document, make_events


def say(store: Store, subject: str, change: dict[str, object], decision: str = "accepted") -> None:
    store.judge(Judgement("correction", (subject,), "A. Reader", "the archive says so", decision, change))


def first_row(store: Store):  # type: ignore[no-untyped-def]
    return next(row for row in store.events() if row.quote.startswith("In May"))


def test_a_correction_changes_values_only_when_it_is_accepted(filled: Store) -> None:
    before = first_row(filled)
    say(filled, before.event_id, {"date": "1950-02-14"}, "proposed")
    assert first_row(filled) == before
    say(filled, before.event_id, {"date": "1950-02-14"})
    row = first_row(filled)
    assert (row.event_id, row.edtf, row.earliest) == (before.event_id, "1950-02-14", datetime.date(1950, 2, 14))
    assert filled.events(EventQuery(latest=datetime.date(1950, 3, 1))).to_arrow().num_rows == 1
    assert filled.found_event(before.event_id).when.edtf == "1950-05"  # type: ignore[union-attr]


@pytest.mark.parametrize("decision", ["rejected", "withdrawn"])
def test_taking_it_back_puts_the_found_values_in_place(filled: Store, decision: str) -> None:
    before, change = first_row(filled), {"event_type": "CONSULT", "status": "planned"}
    say(filled, before.event_id, change)
    new = first_row(filled)
    assert new.event_id != before.event_id and (new.event_type, new.status) == ("CONSULT", "planned")
    assert filled.canonical_id(before.event_id) == new.event_id
    assert filled.event(before.event_id).id == new.event_id
    say(filled, before.event_id, change, decision)
    assert first_row(filled).event_id == before.event_id
    assert filled.canonical_id(new.event_id) == before.event_id
    assert filled.canonical_id(before.event_id) == before.event_id


def test_the_record_as_known_before_shows_what_was_found(filled: Store) -> None:
    before = first_row(filled)
    say(filled, before.event_id, {"actors": ["USA", "RUS"]})
    assert [row.actors for row in filled.events(EventQuery(known_on=before.recorded_at)) if row.sentence == 0] == [
        ["CHN", "RUS"]
    ]
    assert len(filled.events(EventQuery("USA", "RUS"))) == 1


def test_corrections_of_several_fields_stand_together_and_the_later_wins(filled: Store) -> None:
    subject = first_row(filled).event_id
    for change in ({"date": "1951"}, {"status": "negated"}, {"date": "1952"}):
        say(filled, subject, change)
    row = first_row(filled)
    assert (row.edtf, row.status) == ("1952", "negated")


def test_coding_a_document_again_keeps_what_reviewers_corrected(filled: Store) -> None:
    subject, document = first_row(filled).event_id, make_document()
    say(filled, subject, {"status": "negated"})
    filled.add(document, make_events(document), again=True)
    assert [row.status for row in filled.events() if row.sentence == 0] == ["negated"]


def test_a_joined_telling_stays_joined_when_it_is_corrected(filled: Store) -> None:
    ids = [row.event_id for row in filled.events()]
    filled.judge(Judgement("join", tuple(ids), "A. Reader", "one signing"))
    say(filled, min(ids), {"status": "negated"})
    assert len({row.canonical_id for row in filled.events()}) == 1


def test_a_tie_is_corrected_and_put_back(filled: Store) -> None:
    (before,) = filled.ties()
    say(filled, before.id, {"closed": "1955", "outcome": "lapsed", "name": "the rivers pact"})
    (tie,) = filled.ties(TieQuery(on=datetime.date(1954, 1, 1)))
    assert (tie.name, tie.outcome, str(tie.closed.when)) == ("the rivers pact", "lapsed", "1955")  # type: ignore[union-attr]
    assert filled.ties(TieQuery(on=datetime.date(1956, 1, 1))) == []
    say(filled, before.id, {"closed": "1955", "outcome": "lapsed", "name": "the rivers pact"}, "rejected")
    assert filled.ties() == [before]


@pytest.mark.parametrize(
    "change",
    [{"event_type": "WALTZ"}, {"mode": "waltz"}, {"status": "maybe"}, {"actors": ["CHN"]}, {"date": "1950-02-30"},
     {"colour": "red"}],
)  # fmt: skip
def test_what_a_field_cannot_be_changes_nothing(filled: Store, change: dict[str, object]) -> None:
    before = first_row(filled)
    with pytest.raises(DetenteError):
        say(filled, before.event_id, change)
    assert first_row(filled) == before and filled.judgements() == []
