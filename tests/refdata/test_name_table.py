"""The table of names that text is searched for."""

from __future__ import annotations

import datetime

import pytest

from detente.refdata.dependencies import load_dependencies
from detente.refdata.movements import load_movements
from detente.refdata.organisations import load_organisations
from detente.refdata.places import load_namesakes, load_places
from detente.refdata.states import NameRow, load_states, name_table

ROWS = list(name_table())
KINDS = {
    "name", "demonym", "people", "combining", "seat", "city", "dependency", "organisation", "movement", "place",
}  # fmt: skip


def rows_of(form: str, day: datetime.date) -> set[tuple[str, str]]:
    """The kinds and codes of a form on a day."""
    return {
        (kind, code)
        for found, kind, code, start, end, _ in ROWS
        if found == form and (start is None or start <= day) and (end is None or day <= end)
    }


def test_every_kind_is_there_and_nothing_else() -> None:
    assert {kind for _, kind, *_ in ROWS} == KINDS


def test_days_are_in_order() -> None:
    assert [row for row in ROWS if row[3] and row[4] and row[3] > row[4]] == []


def test_every_code_is_known() -> None:
    states = {each.stateabb for each in load_states()}
    movements = {each.code for each in load_movements()}
    organisations = {each.code for each in load_organisations()}
    for form, kind, code, *_ in ROWS:
        assert code in states | movements | organisations or (kind == "place" and code == ""), form


def test_no_form_is_empty_or_ends_in_days() -> None:
    def spoilt(row: NameRow) -> bool:
        return not row[0] or row[0] != row[0].strip() or "/" in row[0]

    assert [row for row in ROWS if spoilt(row)] == []


@pytest.mark.parametrize(
    "case",
    """
India|1930|dependency:IND
India|1950|name:IND
Philippines|1920|dependency:PHI
Dutch East Indies|1930|dependency:INS
Congo|1950|dependency:DRC
Korea|1960|name:PRK name:ROK
German|1970|demonym:GFR demonym:GDR
Puerto Rico|1890|dependency:SPN
Puerto Rico|1950|dependency:USA
Louisiana|1750|dependency:FRN
Hong Kong|1990|dependency:UKG
Hong Kong|2000|dependency:CHN
Soviets|1950|people:RUS
Soviets|1900|
Russians|1900|people:RUS
Sino|1950|combining:CHN
Anglo|1900|combining:UKG
Austro|1900|combining:AUH
Kremlin|1960|seat:RUS
Quai d'Orsay|1930|seat:FRN
Sublime Porte|1850|seat:TUR name:TUR
Foggy Bottom|1960|seat:USA
Zhongnanhai|1970|seat:CHN
Wilhelmstrasse|1914|seat:GMY
Ballhausplatz|1914|seat:AUH
Whitehall|1930|seat:UKG
Vichy|1942|seat:FRN
Vichy|1960|
Peiping|1935|seat:CHN
Danzig|1930|city:POL
Security Council|1960|organisation:UNO
Baghdad Pact|1956|organisation:CENTO
African Union|1980|
African Union|2005|organisation:OAU
Taliban|1998|movement:AFG
South China Sea|1979|place:
Monroe Doctrine|1823|place:
American Samoa|1950|place:
Georgia|1995|name:GRG place:
""".strip().splitlines(),
)
def test_what_a_form_is_on_a_day(case: str) -> None:
    form, year, expected = case.split("|")
    wanted = {tuple(each.split(":", 1)) for each in expected.split()}
    found = rows_of(form, datetime.date(int(year), 7, 1))
    assert found - {("place", "")} == wanted - {("place", "")}
    assert ("place", "") in found or ("place", "") not in wanted


def test_places_are_no_names_of_states() -> None:
    names = {form for form, kind, *_ in ROWS if kind != "place"}
    assert set(load_places()) & names == set()


def test_namesakes_are_names_of_parties() -> None:
    forms = {form for form, kind, *_ in ROWS if kind != "place"}
    assert set(load_namesakes()) - forms == set()


def test_whose_a_dependency_was() -> None:
    rulers = {each.name: each.rulers for each in load_dependencies()}
    assert [ruler.value for ruler in rulers["Goa"]] == ["POR", "IND"]
    assert [ruler.value for ruler in rulers["Dodecanese"]] == ["TUR", "ITA", "GRC"]
