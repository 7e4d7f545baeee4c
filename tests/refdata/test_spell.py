"""Dated values: how they are written, and the algebra of their days."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.refdata.spell import Spell, common, read_day, read_days, read_members, read_spells, without

DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(1800, 3, 1))
BOUNDS = st.one_of(st.none(), DAYS)


@st.composite
def spells(draw: st.DrawFn, value: str = "a") -> Spell:
    start, end = draw(BOUNDS), draw(BOUNDS)
    if start and end and start > end:
        start, end = end, start
    return Spell(value, start, end)


@pytest.mark.parametrize(
    ("row", "spell"),
    [
        ("Russia", Spell("Russia")),
        ("Siam ../1939", Spell("Siam", None, datetime.date(1939, 12, 31))),
        (
            "Soviet Union 1922-12-30/1991-12",
            Spell("Soviet Union", datetime.date(1922, 12, 30), datetime.date(1991, 12, 31)),
        ),
        ("Iran 1935/..", Spell("Iran", datetime.date(1935, 1, 1))),
        ("leap 2000-02/2000-02", Spell("leap", datetime.date(2000, 2, 1), datetime.date(2000, 2, 29))),
    ],
)
def test_a_row_is_a_value_and_its_days(row: str, spell: Spell) -> None:
    assert read_spells([row]) == (spell,)


def test_members_share_their_days() -> None:
    rows = read_members(["GRC TUR 1952/..", "X:Holy See 1975/.."])
    assert [row.value for row in rows] == ["GRC", "TUR", "X:Holy See"]


def test_what_is_no_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="'1939' is not an interval"):
        read_days("1939")


@given(spells(), st.lists(spells("b"), max_size=3), DAYS)
def test_without_leaves_the_days_that_no_part_holds(whole: Spell, parts: list[Spell], day: datetime.date) -> None:
    left = list(without(whole, parts))
    held = [spell for spell in left if spell.holds(day)]
    assert len(held) == (whole.holds(day) and not any(part.holds(day) for part in parts))


@given(spells(), spells("b"), DAYS)
def test_common_holds_where_both_do(one: Spell, other: Spell, day: datetime.date) -> None:
    shared = common(one, other)
    assert (shared is not None and shared.holds(day)) == (one.holds(day) and other.holds(day))


def test_an_open_day_is_none() -> None:
    assert read_day("..") is None
