"""The flags that states flew, each of its time."""

from __future__ import annotations

import datetime
from importlib.resources import files
from itertools import pairwise

import pytest

from detente.refdata.states import load_states
from detente.site.flags import flag_of, flags_of

STATES = [each.stateabb for each in load_states()]


@pytest.mark.parametrize(
    ("code", "year", "file"),
    [
        ("RUS", 1979, "former/soviet-union.svg"),
        ("RUS", 1993, "ru.svg"),
        ("CHN", 1935, "tw.svg"),
        ("CHN", 1969, "cn.svg"),
        ("SYR", 1979, "former/syria-1972.svg"),
        ("SYR", 2000, "former/syria-1980.svg"),
        ("YUG", 1979, "former/yugoslavia.svg"),
        ("YUG", 2015, "former/serbia.svg"),
        ("CAM", 1972, "former/khmer-republic.svg"),
        ("CAM", 1990, "former/cambodia-1989.svg"),
        ("RUM", 1979, "former/romania-1948.svg"),
        ("GMY", 1850, "former/prussia.svg"),
        ("LIB", 1960, "ly.svg"),
    ],
)
def test_a_flag_is_of_its_time(code: str, year: int, file: str) -> None:
    found = flag_of(code, datetime.date(year, 7, 1))
    assert found is not None and found.file == file


@pytest.mark.parametrize("year", [1950, 1960, 1975, 1979, 1990, 2020])
def test_nearly_every_member_of_the_state_system_has_a_flag(year: int) -> None:
    day = datetime.date(year, 7, 1)
    members = [each.stateabb for each in load_states() if any(spell.holds(day) for spell in each.members)]
    assert len([code for code in members if not flag_of(code, day)]) <= 1


@pytest.mark.parametrize("code", STATES)
def test_the_flags_of_a_state_follow_one_another(code: str) -> None:
    flags, static = flags_of(code), files("detente.site").joinpath("static/flags")
    assert all(static.joinpath(flag.file).is_file() for flag in flags)
    assert all(one.end and two.start and one.end < two.start for one, two in pairwise(flags))
