"""Names found in running text, each as of its day."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.resolving.mentions import find_mentions, noun_phrase

TABLE = Path(__file__).with_name("names_in_text.txt")


def cases() -> list[tuple[str, str, list[tuple[str, tuple[str, ...]]]]]:
    rows = []
    for line in TABLE.read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            day, text, wanted = (part.strip() for part in line.split("|"))
            pairs = [] if wanted == "-" else [part.strip().rpartition("=") for part in wanted.split(";")]
            rows.append(
                (day, text, [(words, () if code == "?" else tuple(code.split("+"))) for words, _, code in pairs])
            )
    return rows


@pytest.mark.parametrize(("day", "text", "wanted"), cases())
def test_names_in_text_as_of_a_day(day: str, text: str, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    found = find_mentions(text, datetime.date.fromisoformat(day))
    assert [(mention.span.text, mention.codes) for mention in found if mention.kind != "description"] == wanted


def test_the_table_is_long_enough() -> None:
    assert len(cases()) >= 250


def test_a_name_not_yet_held_says_why() -> None:
    (mention,) = find_mentions("Gorbachev spoke.", datetime.date(1980, 1, 1))
    assert mention.codes == ()
    assert any("1985-03-11" in rejected.reason for rejected in mention.resolutions[0].rejected)


def test_an_ambiguous_name_lists_its_candidates() -> None:
    (mention,) = find_mentions("Germany was divided.", datetime.date(1970, 1, 1))
    assert {candidate.code for candidate in mention.resolutions[0].candidates} == {"GFR", "GDR"}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Later the Chinese leaders met.", "the Chinese leaders"),
        ("He saw some senior Soviet officials.", "some senior Soviet officials"),
        ("France refused.", "France"),
    ],
)
def test_the_phrase_a_name_stands_in(text: str, phrase: str) -> None:
    assert noun_phrase(text, find_mentions(text)[0]).text == phrase


def test_combining_marks_leave_offsets_exact() -> None:
    text = "In Me\u0301xico and Peru\u0301 and Japan."
    found = find_mentions(text)
    assert [mention.codes for mention in found] == [("MEX",), ("PER",), ("JPN",)]
    assert all(text[mention.span.start : mention.span.end] == mention.span.text for mention in found)


SCRAPS = """
the The Sino-Soviet talks, Soviet - American U.S. U.S.-led President Nixon’s Nixon King of Spain and (China) Genêt
French diplomat Edmond in 1972 South China Sea both sides they İstanbul ß \u0301 e\u0301 “Japan” West Berlin Secretary
State other nations .
"""
WORDS = st.sampled_from(SCRAPS.split())


@settings(max_examples=300, deadline=None)
@given(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.sampled_from([None, datetime.date(1793, 4, 8), datetime.date(1972, 2, 21)]),
)
def test_spans_are_the_text_in_order_and_apart(text: str, on: datetime.date | None) -> None:
    found = find_mentions(text, on)
    assert all(text[mention.span.start : mention.span.end] == mention.span.text for mention in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert found == find_mentions(text, on)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(text[mention.span.start : mention.span.end] == mention.span.text for mention in find_mentions(text))
