"""Ties that several documents tell of, made one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import Tie
from detente.ties.joining import join_ties
from tests.ties.makers import tie_of

OPENED, CLOSED = "opened", "closed"
ALLIANCE = tie_of("alliance", (OPENED, "in force", "1950-01-01/1950-12-31"), roles="CHN:member RUS:member")
RETOLD = tie_of(
    "alliance",
    (OPENED, "in force", "1950-02-14"),
    (CLOSED, "lapsed", "1980-04-11"),
    roles="RUS:member CHN:member",
    document="two",
)


def test_a_tie_told_twice_has_the_moments_of_both() -> None:
    [joined] = join_ties([ALLIANCE, RETOLD])
    assert joined.tellings == tuple(sorted([ALLIANCE.id, RETOLD.id]))
    assert joined.canonical_id == min(joined.tellings)
    assert joined.tie.opened and str(joined.tie.opened.when) == "1950-02-14"
    assert [moment.change for moment in joined.tie.moments] == [OPENED, "changed", CLOSED]
    assert joined.tie.outcome == "lapsed"


OTHERS = [
    ("another kind", tie_of("talks", (OPENED, "ongoing", "1950-02-14"), document="two")),
    (
        "another party",
        tie_of("treaty", (OPENED, "in force", "1950-02-14"), roles="CHN:party IND:party", document="two"),
    ),
    ("another name", tie_of("treaty", (OPENED, "in force", "1950-02-14"), name="air routes", document="two")),
    ("another decade", tie_of("treaty", (OPENED, "in force", "1969-02-14"), document="two")),
    (
        "the same document",
        tie_of("treaty", (OPENED, "in force", "1950-02-15"), name="treaty on the border", document="one"),
    ),
]


@pytest.mark.parametrize("other", [case[1] for case in OTHERS], ids=[case[0] for case in OTHERS])
def test_other_ties_stay_apart(other: Tie) -> None:
    treaty = tie_of("treaty", (OPENED, "in force", "1950-02-14"))
    assert len(join_ties([treaty, other])) == 2


def test_documents_that_differ_on_the_day_are_named() -> None:
    first = tie_of("treaty", (OPENED, "in force", "1950-02-14"))
    second = tie_of("treaty", (OPENED, "in force", "1950-04-30"), document="two")
    [joined] = join_ties([first, second])
    assert len(joined.conflicts) == 1
    assert "1950-02-14" in joined.conflicts[0] and "1950-04-30" in joined.conflicts[0]


def test_what_reviewers_said_of_ties_holds() -> None:
    assert len(join_ties([ALLIANCE, RETOLD], splits=[(ALLIANCE.id, RETOLD.id)])) == 2
    other = tie_of("treaty", (OPENED, "in force", "1969-01-01"), document="two")
    assert len(join_ties([ALLIANCE, other], joins=[(ALLIANCE.id, other.id)])) == 1


TIES = st.lists(
    st.builds(
        lambda kind, year, length, name, document, end: tie_of(
            kind,
            (OPENED, "in force", f"{year}-01-01/{year + length}-06-30"),
            *([(CLOSED, "lapsed", f"{end}-12-31")] if end > year + length else []),
            name=name,
            document=document,
        ),
        st.sampled_from(["treaty", "alliance", "talks"]),
        st.integers(1950, 1960),
        st.integers(0, 2),
        st.sampled_from(["border treaty", "treaty on the border", "air routes"]),
        st.sampled_from("abcd"),
        st.integers(1950, 1990),
    ),
    max_size=8,
    unique_by=lambda tie: tie.id,
)


@given(TIES, st.randoms())
def test_documents_in_any_order_give_the_same_ties(ties: list[Tie], chance: object) -> None:
    shuffled = list(ties)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert join_ties(shuffled) == join_ties(ties)
