"""Codes of other lists as of a day, there and back; ISO's checked against pycountry."""

from __future__ import annotations

import datetime
import itertools

import pycountry
import pytest

from detente.errors import EntityError, UsageError
from detente.refdata.codes import SYSTEMS, code_of, code_spells, convert, crossings, find_code
from detente.refdata.spell import read_day
from detente.refdata.states import load_states, states_on


@pytest.mark.parametrize(
    "case",
    """
365|cown|1980|iso3|SUN
365|cown|2000|iso3|RUS
SUN|iso3||cow|RUS
VDR|iso3|1970|cow|DRV
VNM|iso3|1970|cow|RVN
VNM|iso3|1990|cow|DRV
VNM|iso3||cow|DRV
YUG|iso3|1985|cow|YUG
SCG|iso3|2004|cown|345
DDR|iso3|1985|cown|265
DEU|iso3|1985|cow|GFR
DEU|iso3|1995|cow|GMY
DEU|iso3|1935|cow|GMY
CSK|iso3|1980|cow|CZE
CZE|iso3|2000|cow|CZR
BUR|iso3|1980|cow|MYA
ZAR|iso3|1980|cow|DRC
COD|iso3|2000|cow|DRC
HVO|iso3|1980|cow|BFO
DHY|iso3|1970|cow|BEN
YMD|iso3|1980|cow|YPR
TMP|cameo|2005|cow|ETM
ROM|cameo|2005|cow|RUM
KSV|cameo||cow|KOS
RUS|cameo|1980|cow|RUS
SUN|cameo|1980|cow|RUS
KS|fips|1990|cow|ROK
CG|fips||cow|DRC
CF|fips||cow|CON
CH|fips|1990|cow|CHN
SZ|fips|1990|cow|SWZ
AS|fips|1990|cow|AUL
AU|fips|1990|cow|AUS
RI|fips|2010|cow|YUG
EZ|fips|2010|cow|CZR
678|gw|1995|cow|YEM
678|gw|1980|cow|YAR
260|gw|1995|cow|GMY
260|gw|1980|cow|GFR
340|gw|1900|cow|YUG
345|gw|1950|cow|YUG
340|gw|2010|cow|YUG
815|gw|1850|cow|DRV
816|gw|1980|cow|DRV
950|gw|2010|cow|FIJ
YUG|cow|1900|gw|340
YUG|cow|1950|gw|345
USA|cow||cown|2
AUS|cow|1990|iso3|AUT
AUS|iso3|1990|cow|AUL
""".strip().splitlines(),
)
def test_crosswalk(case: str) -> None:
    value, source, year, target, expected = case.split("|")
    assert convert(value, source, target, read_day(year and f"{year}-07-01")) == expected


@pytest.mark.parametrize(
    ("value", "system", "on"),
    [("QQQ", "iso3", None), ("SUN", "iso3", datetime.date(2000, 1, 1)), ("VNM", "gw", None), ("9999", "cown", None)],
)
def test_a_code_that_nobody_has_then_is_refused(value: str, system: str, on: datetime.date | None) -> None:
    with pytest.raises(EntityError, match=f"expected a code of the system '{system}'"):
        find_code(value, system, on)


def test_a_code_system_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="'nato' is not a system of state codes: expected one of cow, cown"):
        convert("USA", "nato", "cow")


def test_a_state_without_such_a_code_is_refused() -> None:
    with pytest.raises(EntityError, match="AUH in iso3"):
        convert("AUH", "cow", "iso3", datetime.date(1900, 1, 1))


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("year", [1980, 2010])
def test_codes_go_there_and_back(system: str, year: int) -> None:
    on = datetime.date(year, 7, 1)
    for each in states_on(on):
        if each.gw or system != "gw":
            assert find_code(code_of(each, system, on), system, on) is each


def test_a_crosswalk_as_a_table_answers_as_single_codes_do() -> None:
    on = datetime.date(1985, 7, 1)
    rows = [row for row in crossings("iso3", "cow") if (not row[2] or row[2] <= on) and (not row[3] or on <= row[3])]
    assert len(rows) > 190
    assert all(convert(source, "iso3", "cow", on) == target for source, target, _, _ in rows)


@pytest.mark.parametrize("system", SYSTEMS)
def test_spells_of_one_code_do_not_overlap(system: str) -> None:
    held: dict[str, list[tuple[datetime.date, datetime.date]]] = {}
    for code, _, start, end in code_spells(system):
        held.setdefault(code, []).append((start or datetime.date.min, end or datetime.date.max))
    for spells in map(sorted, held.values()):
        assert all(before[1] < after[0] for before, after in itertools.pairwise(spells))


def test_current_iso_codes_are_those_of_the_standard() -> None:
    pairs = {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {"XKX": "XK"}
    for each in load_states():
        iso3 = [spell.value for spell in each.iso3 if spell.end is None]
        iso2 = [spell.value for spell in each.iso2 if spell.end is None]
        assert [pairs[code] for code in iso3] == iso2, each.stateabb


def test_withdrawn_iso_codes_end_within_three_years_of_their_withdrawal() -> None:
    ended = {spell.value: spell.end for each in load_states() for spell in each.iso3 if spell.end is not None}
    withdrawn = {each.alpha_3: each.withdrawal_date[:4] for each in pycountry.historic_countries}
    ours = set(ended) & set(withdrawn)
    assert {"SUN", "YUG", "CSK", "DDR", "VDR", "YMD", "ZAR", "BUR", "HVO", "DHY", "RHO", "TMP", "SCG", "NHB"} <= ours
    for code in ours - {"DEU"}:
        assert abs(int(withdrawn[code]) - ended[code].year) <= 3, code


def test_every_code_is_or_was_in_the_standard() -> None:
    known = {each.alpha_3 for each in pycountry.countries} | {each.alpha_3 for each in pycountry.historic_countries}
    ours = {spell.value for each in load_states() for spell in each.iso3}
    assert ours - known <= {"ROM", "XKX"}
