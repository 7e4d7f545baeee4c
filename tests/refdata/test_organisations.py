"""Organisations: who was a member when."""

from __future__ import annotations

import datetime

import pytest

from detente.errors import EntityError
from detente.refdata.organisations import load_organisations, members, memberships, organisation
from detente.refdata.states import state


@pytest.mark.parametrize(
    "case",
    """
NATO|1950|FRN UKG|GFR GRC
NATO|1960|GFR TUR|SPN
NATO|1995|GMY SPN|GFR POL
WTO|1960|ALB RUS|YUG
WTO|1970|GDR|ALB
EEC|1960|FRN GFR|UKG
EEC|1975|UKG IRE|GRC
EEC|2021|GRC|UKG
LON|1935|RUS MEX|USA GMY JPN
UNO|1950|TAW RUS|CHN GFR
UNO|1972|CHN|TAW
UNO|1965|RUS|INS
UNO|1967|INS|GFR
UNO|1980|GFR GDR DRV|ROK PRK
UNO|1995|ROK PRK GMY|GFR YUG SWZ
UNO|2003|SWZ YUG ETM|SSD
OAS|1950|CUB USA|CAN
OAS|1970|USA|CUB
OAU|1970|MOR|SAF
OAU|1990|EGY|MOR
ARL|1950|EGY YAR|LIB
ARL|1985|SYR|EGY
SEATO|1960|PAK THI|DRV CAM
CENTO|1957|IRQ IRN|USA
CENTO|1962|IRN|IRQ
ASEAN|1970|INS SIN|DRV BRU
ANZUS|1970|NEW|UKG
ANZUS|1990|AUL|NEW
OPC|1973|NIG IRN|EGY
CMEA|1980|DRV CUB MON|YUG CHN
G7|1980|CAN GFR|RUS
G7|2000|RUS GMY|CHN
OSCE|1975|USA RUS GDR X:Holy See|ALB
GCC|1985|SAU OMA|YAR IRQ
COMW|1950|IND SAF|IRE
COMW|1970|GHA|SAF
EDC|1953|GFR FRN|UKG
""".strip().splitlines(),
)
def test_members_on_a_day(case: str) -> None:
    code, year, inside, outside = case.split("|")
    there = members(code, datetime.date(int(year), 7, 1))
    wanted = [inside] if inside.startswith("X:") else inside.replace("X:Holy See", "X:Holy_See").split()
    assert {each.replace("_", " ") for each in wanted} <= set(there)
    assert not set(outside.split()) & set(there)


@pytest.mark.parametrize(
    ("code", "year", "count"),
    [
        ("UNO", 1946, 51),
        ("UNO", 1960, 82),
        ("UNO", 2012, 193),
        ("NATO", 1949, 12),
        ("NATO", 2025, 32),
        ("EEC", 2010, 27),
    ],
)
def test_number_of_members_on_new_year(code: str, year: int, count: int) -> None:
    day = datetime.date(year, 9, 1) if year == 1949 else datetime.date(year, 1, 1)
    assert len(members(code, day)) == count


def test_an_organisation_has_no_members_when_there_was_none() -> None:
    assert members("WTO", datetime.date(1995, 1, 1)) == ()
    assert members("NATO", datetime.date(1939, 1, 1)) == ()


@pytest.mark.parametrize("code", ["QQQ", "IMF"])
def test_members_that_are_not_known_are_refused(code: str) -> None:
    with pytest.raises(EntityError, match=code):
        members(code, datetime.date(1990, 1, 1))


def test_memberships_of_a_state() -> None:
    assert {"NATO", "ANZUS", "SEATO", "UNO", "OAS"} <= set(memberships("USA", datetime.date(1960, 1, 1)))


def test_every_member_is_a_state_that_joined_while_it_stood() -> None:
    for each in load_organisations():
        for member in each.members or ():
            assert state(member.value)
            assert member.start is None or member.end is None or member.start <= member.end
            assert each.start is None or member.start is None or each.start <= member.start, (each.code, member)


def test_codes_are_unique_and_not_those_of_states() -> None:
    codes = [each.code for each in load_organisations()]
    assert len(set(codes)) == len(codes)
    for code in codes:
        with pytest.raises(EntityError):
            state(code)


def test_names_of_their_time() -> None:
    names = {name.value: name for name in organisation("CENTO").names}
    assert names["Baghdad Pact"].end == datetime.date(1959, 8, 18)
