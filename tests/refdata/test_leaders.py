"""Who held office for which state on a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from importlib.resources import files
from itertools import pairwise

import pytest

from detente.errors import FormatError
from detente.refdata.leaders import leaders_named, leaders_of, load_leaders, read_leaders
from detente.refdata.offices import load_offices
from detente.refdata.states import load_states

HEADER = "stateabb,name,aliases,office,start,end,note\n"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "on", "states"),
    [
        ("Gorbachev", "1985-03-11", {"RUS"}),
        ("Gorbachev", "1985-03-10", set()),
        ("Chiang Kai-shek", "1949-03-01", set()),
        ("Chiang Kai-shek", "1945-03-01", {"CHN"}),
        ("Chiang", "1965-03-01", {"TAW"}),
        ("Chou En-lai", "1954-07-20", {"CHN"}),
        ("Mao Tse-tung", "1950-02-14", {"CHN"}),
        ("Metternich", "1815-06-09", {"AUH"}),
        ("Bismarck", "1871-01-18", {"GMY"}),
        ("Adenauer", "1955-05-05", {"GFR"}),
        ("Ulbricht", "1961-08-13", {"GDR"}),
        ("Citizen Genet", "1793-05-01", {"FRN"}),
        ("Commodore Perry", "1853-07-08", {"USA"}),
        ("Secretary of State Kissinger", "1974-01-18", {"USA"}),
        ("President Nixon’s", "1972-02-21", {"USA"}),
        ("Sir Edward Grey", "1914-08-03", {"UKG"}),
        ("de Gaulle", "1966-03-07", {"FRN"}),
        ("the Shah", "1953-08-19", {"IRN"}),
        ("King Hussein", "1970-09-17", {"JOR"}),
        ("Saddam", "1990-08-02", {"IRQ"}),
        ("Qadhafi", "1986-04-15", {"LIB"}),
        ("Ho Chi Minh", "1946-03-06", {"DRV"}),
        ("Diem", "1955-10-26", {"RVN"}),
        ("Queen Liliuokalani", "1893-01-17", {"X:Hawaii"}),
    ],
)
def test_a_name_on_a_day_is_a_state(text: str, on: str, states: set[str]) -> None:
    assert {leader.stateabb for leader in leaders_named(text, day(on))} == states


@pytest.mark.parametrize(
    ("state", "on", "office", "name"),
    [
        ("USA", "1776-12-21", "envoy", "Benjamin Franklin"),
        ("UKG", "1763-02-10", "monarch", "George III"),
        ("FRN", "1778-02-06", "foreign_minister", "Comte de Vergennes"),
        ("RUS", "1939-08-23", "foreign_minister", "Vyacheslav Molotov"),
        ("GMY", "1939-08-23", "foreign_minister", "Joachim von Ribbentrop"),
        ("JPN", "1941-12-07", "foreign_minister", "Tōgō Shigenori"),
        ("ISR", "1978-09-17", "head_of_government", "Menachem Begin"),
        ("EGY", "1978-09-17", "head_of_state", "Anwar Sadat"),
        ("CUB", "1962-10-22", "head_of_government", "Fidel Castro"),
        ("TUR", "1947-03-12", "head_of_state", "İsmet İnönü"),
    ],
)
def test_an_office_on_a_day_has_its_holder(state: str, on: str, office: str, name: str) -> None:
    assert name in {leader.name for leader in leaders_of(state, day(on)) if leader.office == office}


def test_a_month_or_a_year_is_bounds_and_never_a_day() -> None:
    [month, year] = read_leaders(HEADER + "USA,A B,,envoy,1801-02,1804-02,\nUSA,A B,,envoy,1801,1804,\n")
    assert (month.start, month.end) == (day("1801-02-01"), day("1804-02-29"))
    assert (year.start, year.end) == (day("1801-01-01"), day("1804-12-31"))


def test_a_title_keeps_only_those_whose_office_bears_it() -> None:
    assert {leader.office for leader in leaders_named("President Roosevelt", day("1905-09-05"))} == {"head_of_state"}


@pytest.mark.parametrize(
    ("name", "aliases", "form", "known"),
    [
        ("Henry A. Kissinger", "", "Kissinger", True),
        ("Zhou Enlai", "Zhou", "Enlai", False),
        ("Charles de Gaulle", "de Gaulle", "Gaulle", False),
        ("Duke of Wellington", "Wellington", "of Wellington", False),
        ("Napoleon III", "", "III", False),
    ],
)
def test_the_last_word_is_a_short_form_only_where_it_is_the_surname(
    name: str, aliases: str, form: str, known: bool
) -> None:
    [leader] = read_leaders(f"{HEADER}FRN,{name},{aliases},head_of_state,1960,1961,\n")
    assert (form in leader.forms) is known


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("USA,A,,kingmaker,1801,1804,", "kingmaker"),
        ("USA,A,,envoy,1801-13,1804,", "1801-13"),
        ("USA,A,,envoy,about 1801,1804,", "about 1801"),
        ("USA,A,,envoy,1801", "5 values"),
    ],
)
def test_a_bad_row_is_named_with_its_line(row: str, problem: str) -> None:
    with pytest.raises(FormatError, match=f"mine.csv, line 2.*{problem}"):
        list(read_leaders(HEADER + row, "mine.csv"))


def test_no_term_ends_before_it_starts() -> None:
    assert [leader for leader in load_leaders() if leader.end is not None and leader.end < leader.start] == []


def test_no_one_holds_the_same_office_twice_at_once_unless_the_notes_tell_them_apart() -> None:
    terms = defaultdict(list)
    for leader in load_leaders():
        if leader.office in {"monarch", "head_of_state", "head_of_government", "foreign_minister"}:
            terms[leader.stateabb, leader.name, leader.office].append(leader)
    for held in terms.values():
        held.sort(key=lambda leader: leader.start)
    clashes = [
        (first.name, first.start_text, second.start_text)
        for held in terms.values()
        for first, second in pairwise(held)
        if (first.end is None or first.end > second.start) and first.note == second.note
    ]
    assert clashes == []


def test_every_state_is_a_known_one_or_marked_as_outside_the_system() -> None:
    known = {state.stateabb for state in load_states()}
    strangers = {leader.stateabb for leader in load_leaders()} - known
    assert all(state.startswith("X:") for state in strangers), strangers


def test_names_and_aliases_are_clean() -> None:
    names = [form for leader in load_leaders() for form in (leader.name, *leader.aliases)]
    assert [name for name in names if not name or name != " ".join(name.split())] == []


def test_every_table_of_the_folder_is_read() -> None:
    folder = files("detente.refdata").joinpath("data/leaders")
    lines = sum(
        len(path.read_text(encoding="utf-8").splitlines()) - 1
        for path in folder.iterdir()
        if path.name.endswith(".csv")
    )
    assert len(load_leaders()) == lines


def test_exclusive_titles_belong_to_known_states() -> None:
    known = {state.stateabb for state in load_states()}
    states = {state for office in load_offices().values() for title in office.exclusive for state in title.states}
    assert all(state in known or state.startswith("X:") for state in states), states - known
