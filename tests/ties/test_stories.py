"""One story from many tellings: what is joined, what is kept apart, and what contradicts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ties.stories import Telling, join_stories
from tests.ties.makers import day


def telling(
    name: str, kind: str = "ASSAULT", a: str = "CHN", b: str = "RUS", when: str = "", words: str = "", **more: str
) -> Telling:
    """Return a telling of document `more["document"]` (else one of its own)."""
    first, _, last = when.partition("/")
    return Telling(
        name,
        kind,
        (frozenset(a.split()), frozenset(b.split())),
        day(first) if when else None,
        day(last or first) if when else None,
        frozenset(words.split()),
        place_in_text=(more.get("document", name), int(more.get("sentence", 0))),
        dataset=more.get("dataset", ""),
    )


def together(*tellings: Telling, **judged: Sequence[Sequence[str]]) -> set[tuple[str, ...]]:
    """Return the tellings of each story."""
    return {story.tellings for story in join_stories(tellings, **judged)}


CASES = [
    ("the same day and parties", telling("a", when="1969-03-02"), telling("b", when="1969-03-02"), True),
    ("a day within a month", telling("a", when="1969-03-02"), telling("b", when="1969-03-01/1969-03-31"), True),
    ("another day", telling("a", when="1969-03-02"), telling("b", when="1969-08-13"), False),
    ("another type", telling("a", when="1969-03-02"), telling("b", "ACCUSE", when="1969-03-02"), False),
    ("another party", telling("a", when="1969-03-02"), telling("b", b="IND", when="1969-03-02"), False),
    ("the other direction", telling("a", when="1969-03-02"), telling("b", a="RUS", b="CHN", when="1969-03-02"), False),
    ("a year alone", telling("a", when="1969-01-01/1969-12-31"), telling("b", when="1969-01-01/1969-12-31"), False),
    (
        "a year, and words in common",
        telling("a", when="1969-01-01/1969-12-31", words="island patrol"),
        telling("b", when="1969-03-02", words="island ambush patrol"),
        True,
    ),
    (
        "the same day, other words",
        telling("a", when="1979-04-03", words="treaty renew"),
        telling("b", when="1979-04-03", words="embassy staff"),
        False,
    ),
    (
        "one sentence",
        telling("a", when="1969-03-02", document="d"),
        telling("b", when="1969-03-02", document="d"),
        False,
    ),
    (
        "two documents, the same words, days a little apart",
        telling("a", when="1918-01-15", words="treaty peace"),
        telling("b", when="1918-01-28", words="treaty peace"),
        True,
    ),
    (
        "one document, the same words, days a little apart",
        telling("a", when="1918-01-15", words="treaty peace", document="d"),
        telling("b", when="1918-01-28", words="treaty peace", document="d", sentence="4"),
        False,
    ),
    ("no date, no words", telling("a"), telling("b"), False),
    ("no date, the same words", telling("a", words="consulate"), telling("b", words="consulate"), True),
]


@pytest.mark.parametrize(("first", "second", "one"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_tellings_are_one_story_or_two(first: Telling, second: Telling, one: bool) -> None:
    assert (len(together(first, second)) == 1) == one


def test_an_imported_row_joins_the_coded_telling_it_alone_fits() -> None:
    coded = telling("a", when="1969-03-01/1969-03-31")
    row, other = telling("x", when="1969-03-02", dataset="S"), telling("y", when="1969-03-15", dataset="S")
    assert together(coded, row) == {("a", "x")}
    assert together(coded, row, other) == {("a",), ("x",), ("y",)}
    assert together(row, telling("z", when="1969-03-02", dataset="T")) == {("x",), ("z",)}


def test_what_reviewers_said_holds() -> None:
    same = [telling("a", when="1969-03-02"), telling("b", when="1969-03-02")]
    apart = [telling("c", when="1960-01-01"), telling("d", when="1970-01-01")]
    assert together(*same, splits=[("a", "b")]) == {("a",), ("b",)}
    assert together(*apart, joins=[("c", "d")]) == {("c", "d")}
    assert together(*same, telling("e", when="1969-03-02"), splits=[("b",)]) == {("a", "e"), ("b",)}


def test_contradictions_are_named_and_nothing_is_averaged() -> None:
    first = telling("a", when="1918-01-15", words="treaty peace")
    second = telling("b", when="1918-01-28", words="treaty peace")
    [story] = join_stories([first, second])
    assert story.conflicts == ("a has 1918-01-15/1918-01-15, b has 1918-01-28/1918-01-28",)
    sided = telling("c", when="1918-01-15", a="CHN RUS", b="")
    [story] = join_stories([telling("a", when="1918-01-15"), sided])
    assert story.conflicts == ("a has CHN to RUS, c has CHN and RUS",)


DAYS = st.dates(datetime.date(1968, 12, 1), datetime.date(1969, 6, 1))
TELLINGS = st.lists(
    st.builds(
        lambda number, kind, start, length, words, place, dataset: Telling(
            f"{number:04}",
            kind,
            (frozenset({"CHN"}), frozenset({"RUS"})),
            start,
            start + datetime.timedelta(days=length),
            words,
            place_in_text=place,
            dataset=dataset,
        ),
        st.integers(0, 9999),
        st.sampled_from(["ASSAULT", "ACCUSE"]),
        DAYS,
        st.sampled_from([0, 6, 30, 300]),
        st.frozensets(st.sampled_from(["island", "border", "patrol"])),
        st.tuples(st.sampled_from(["one", "two"]), st.integers(0, 5)),
        st.sampled_from(["", "", "SET"]),
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)


@given(TELLINGS, st.randoms())
def test_the_order_of_telling_makes_no_difference(tellings: list[Telling], chance: object) -> None:
    shuffled = list(tellings)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert join_stories(shuffled) == join_stories(tellings)


@given(TELLINGS)
def test_every_telling_is_in_one_story_whose_id_is_the_least(tellings: list[Telling]) -> None:
    stories = join_stories(tellings)
    assert sorted(member for story in stories for member in story.tellings) == sorted(each.id for each in tellings)
    assert all(story.canonical_id == min(story.tellings) for story in stories)
