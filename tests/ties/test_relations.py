"""How two parties stood on a day, and what changed between two."""

from __future__ import annotations

import datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.model import BoundedDate, Tie
from detente.ties.acts import Act, one_each
from detente.ties.joining import JoinedTie
from detente.ties.relations import changes_between, faded_score, is_standing, outcome_on, relations_on
from tests.ties.makers import day, tie_of

TALKS = tie_of(
    "talks", ("opened", "ongoing", "1979-09-20/1979-09-30"), ("closed", "broken off", "1980-01-01/1980-01-31")
)
ALLY = tie_of("alliance", ("changed", "in force", ""), roles="CHN:member CAM:member")
DEMAND = tie_of("demand", ("opened", "open", "1979-10-01"), roles="CHN:demander RUS:addressee")
OFFER = tie_of("proposal", ("opened", "pending", "1979-10-01"), roles="CHN:proposer RUS:addressee")


def no_score(day: datetime.date) -> None:
    """Return what is known of the acts of two that did nothing."""


def joined(*ties: Tie) -> list[JoinedTie]:
    return [JoinedTie(tie.id, tie, (tie.id,)) for tie in ties]


def act_of(name: str, when: str, canonical: str = "") -> Act:
    return Act(
        name, BoundedDate.day(day(when)), "CONSULT", None, ("CHN",), ("RUS",), 3.0, "", "d", "D", "actual", canonical
    )


STANDING = [
    (TALKS, "1979-09-19", None, False),
    (TALKS, "1979-09-20", "ongoing", True),
    (TALKS, "1980-01-15", "ongoing", True),
    (TALKS, "1980-01-31", "broken off", False),
    (ALLY, "1900-01-01", "in force", True),
    (ALLY, "2000-01-01", "in force", True),
]


@pytest.mark.parametrize(("tie", "on", "outcome", "standing"), STANDING)
def test_a_tie_has_an_outcome_on_any_day(tie: Tie, on: str, outcome: str | None, standing: bool) -> None:
    assert outcome_on(tie, day(on)) == outcome
    assert is_standing(tie, day(on)) == standing


@given(st.lists(st.dates(datetime.date(1975, 1, 1), datetime.date(1985, 1, 1)), min_size=2, max_size=6).map(sorted))
def test_a_tie_stands_once_from_its_opening_to_its_close(days: list[datetime.date]) -> None:
    stood = [is_standing(TALKS, each) for each in days]
    assert "TFT" not in "".join("FT"[each] for each in stood).replace("TT", "T").replace("FF", "F")
    outcomes = [outcome_on(TALKS, each) for each in days]
    order = {None: 0, "ongoing": 1, "broken off": 2}
    assert [order[each] for each in outcomes] == sorted(order[each] for each in outcomes)


def test_the_state_of_relations_tells_what_stood_what_was_asked_and_what_was_on_the_table() -> None:
    acts = [act_of("a", "1979-09-25", "a"), act_of("b", "1979-09-25", "a"), act_of("c", "1979-12-01")]
    state = relations_on(joined(TALKS, DEMAND, OFFER), acts, no_score, ("CHN", "RUS"), day("1979-10-15"))
    assert (state.standing, state.asked, state.tabled) == ((TALKS,), (DEMAND,), (OFFER,))
    assert [(act.event_id, act.tellings) for act in state.recent] == [("a", 2)]
    assert state.score is state.trend is None


def test_a_state_has_no_relations_with_itself() -> None:
    with pytest.raises(UsageError, match="itself"):
        relations_on([], [], no_score, ("CHN", "CHN"), day("1979-10-15"))


def test_changes_come_in_order_and_only_from_the_period() -> None:
    changes = changes_between([TALKS, DEMAND, ALLY], day("1979-09-25"), day("1979-12-31"))
    assert [(change.tie.kind, change.moment.change) for change in changes] == [
        ("talks", "opened"),
        ("demand", "opened"),
    ]
    with pytest.raises(UsageError, match="comes after"):
        changes_between([], day("1980-01-01"), day("1979-01-01"))


def test_the_telling_with_the_tightest_date_stands_for_a_happening() -> None:
    loose = Act("a", BoundedDate.year(1979), "CONSULT", None, ("CHN",), ("RUS",), 3.0, "", "d", "D", "actual", "a")
    [act] = one_each([loose, act_of("b", "1979-09-25", "a")])
    assert (act.event_id, act.tellings) == ("b", 2)


@given(
    st.lists(st.tuples(st.dates(datetime.date(1960, 1, 1), datetime.date(1979, 1, 1)), st.floats(-10, 10)), min_size=1)
)
def test_the_faded_score_lies_among_the_scores(told: list[tuple[datetime.date, float]]) -> None:
    days = pa.array([each for each, _ in told], pa.date32())
    history = pa.table({"earliest": days, "latest": days, "score": [score for _, score in told]})
    found = faded_score(history, day("1980-01-01"))
    assert found is not None
    scores = [score for _, score in told]
    assert min(scores) - 1e-9 <= found <= max(scores) + 1e-9


def test_a_later_act_weighs_more() -> None:
    days = pa.array([day("1970-01-01"), day("1975-01-01")])
    history = pa.table({"earliest": days, "latest": days, "score": [-10.0, 10.0]})
    assert faded_score(history, day("1975-01-01")) > 0  # type: ignore[operator]
    assert faded_score(history, day("1974-12-31")) == -10
    assert faded_score(history, day("1969-12-31")) is None
