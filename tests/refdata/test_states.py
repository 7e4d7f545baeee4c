"""States by every name of every time, and their codes as of a day."""

from __future__ import annotations

import datetime

import pycountry
import pytest

from detente.errors import EntityError
from detente.refdata.codes import SYSTEMS, code_of, convert_code, find_code
from detente.refdata.movements import load_movements
from detente.refdata.organisations import load_organisations, members
from detente.refdata.states import dependencies, find_state, load_states, name_on, name_table, state, states_on


def day(year: int, month: int = 7, date: int = 1) -> datetime.date:
    return datetime.date(year, month, date)


NAMES = """
Soviet Union: RUS; USSR: RUS; U.S.S.R.: RUS; Russia: RUS; Russian Empire: RUS; Russian Federation: RUS; Moscow: RUS
Soviet Russia: RUS; 365: RUS; SUN: RUS; SU: RUS; RU: RUS
China: CHN; People's Republic of China: CHN; PRC: CHN; Communist China: CHN; Red China: CHN; Peking: CHN; Beijing: CHN
710: CHN; Taiwan: TAW; Formosa: TAW; Taipei: TAW; TWN: TAW; 713: TAW
Great Britain: UKG; United Kingdom: UKG; Britain: UKG; England: UKG; GBR: UKG; GB: UKG; London: UKG; 200: UKG
United States: USA; U.S.: USA; the United States: USA; Washington: USA; US: USA; 2: USA
France: FRN; Paris: FRN; FRA: FRN; 220: FRN; Italy: ITA; Sardinia: ITA; Piedmont: ITA; Spain: SPN; ESP: SPN
Germany: GMY; Prussia: GMY; Nazi Germany: GMY; West Germany: GFR; East Germany: GDR; DDR: GDR; GDR: GDR; Bonn: GFR
German Democratic Republic: GDR; 255: GMY; 260: GFR; 265: GDR; Austria-Hungary: AUH; 300: AUH; Hungary: HUN
Czechoslovakia: CZE; CSK: CZE; Czech Republic: CZR; Slovakia: SLO; Yugoslavia: YUG; Serbia: YUG; Belgrade: YUG
Poland: POL; Warsaw: POL; Romania: RUM; Rumania: RUM; ROM: RUM; Bulgaria: BUL; Albania: ALB; Greece: GRC; Turkey: TUR
Ottoman Empire: TUR; Constantinople: TUR; Persia: IRN; Iran: IRN; Tehran: IRN; Teheran: IRN; Egypt: EGY; Cairo: EGY
UAR: EGY; United Arab Republic: EGY; Israel: ISR; Jordan: JOR; Transjordan: JOR; Iraq: IRQ; Mesopotamia: IRQ
Siam: THI; Thailand: THI; Bangkok: THI; Burma: MYA; Myanmar: MYA; Ceylon: SRI; Sri Lanka: SRI; Cambodia: CAM
Kampuchea: CAM; Laos: LAO; North Vietnam: DRV; South Vietnam: RVN; Hanoi: DRV; Saigon: RVN; Vietnam: DRV
North Korea: PRK; DPRK: PRK; South Korea: ROK; Republic of Korea: ROK; Japan: JPN; Tokyo: JPN; Mongolia: MON
Mongolian People's Republic: MON; Outer Mongolia: MON; India: IND; Pakistan: PAK; Bangladesh: BNG; East Pakistan: BNG
Indonesia: INS; Dutch East Indies: INS; Malaya: MAL; Malaysia: MAL; Singapore: SIN; Philippines: PHI
Zaire: DRC; Belgian Congo: DRC; Democratic Republic of the Congo: DRC; Congo-Brazzaville: CON; ZAR: DRC
Rhodesia: ZIM; Zimbabwe: ZIM; Gold Coast: GHA; Ghana: GHA; Upper Volta: BFO; Burkina Faso: BFO; Dahomey: BEN
Tanganyika: TAZ; Abyssinia: ETH; Ethiopia: ETH; South Africa: SAF; Namibia: NAM; South West Africa: NAM; Niger: NIR
Nigeria: NIG; Ivory Coast: CDI; Côte d'Ivoire: CDI; Guinea: GUI; Guinea-Bissau: GNB; Equatorial Guinea: EQG
Dominica: DMA; Dominican Republic: DOM; Cuba: CUB; Havana: CUB; Haiti: HAI; Mexico: MEX; Colombia: COL
New Granada: COL; Brazil: BRA; Argentina: ARG; Chile: CHL; Holland: NTH; Netherlands: NTH; Dutch Republic: NTH
Papal States: PAP; Two Sicilies: SIC; Bavaria: BAV; Hanover: HAN; Georgia: GRG; Chad: CHA; Libya: LIB; Algiers: ALG
South Yemen: YPR; North Yemen: YAR; Kuwait: KUW; Saudi Arabia: SAU; Afghanistan: AFG; Kabul: AFG; Canada: CAN
"""
CASES = [tuple(case.split(": ")) for line in NAMES.strip().splitlines() for case in line.split("; ")]


@pytest.mark.parametrize(("name", "stateabb"), CASES)
def test_any_name_of_any_time_finds_its_state(name: str, stateabb: str) -> None:
    assert find_state(name).stateabb == stateabb


@pytest.mark.parametrize(
    ("name", "on", "stateabb"),
    [
        ("Republic of China", day(1946), "CHN"),
        ("Republic of China", day(1955), "TAW"),
        ("Nationalist China", day(1940), "CHN"),
        ("Nationalist China", day(1960), "TAW"),
        ("Germany", day(1900), "GMY"),
        ("Germany", day(1995), "GMY"),
        ("Vietnam", day(1980), "DRV"),
        ("Congo", day(1959), "DRC"),
        ("Yemen", day(1970), "YAR"),
        ("Yemen", day(1995), "YEM"),
        ("Austria", day(1900), "AUH"),
        ("Austria", day(1930), "AUS"),
        ("Korea", day(1900), "KOR"),
        ("Prague", day(1968), "CZE"),
        ("Prague", day(2001), "CZR"),
    ],
)
def test_a_shared_name_is_settled_by_its_day(name: str, on: datetime.date, stateabb: str) -> None:
    assert find_state(name, on).stateabb == stateabb


@pytest.mark.parametrize(
    ("name", "on"),
    [("Germany", day(1970)), ("Vietnam", day(1960)), ("Korea", day(1960)), ("Congo", day(1961)), ("Atlantis", None)],
)
def test_what_is_not_one_state_is_refused(name: str, on: datetime.date | None) -> None:
    with pytest.raises(EntityError):
        find_state(name, on)


@pytest.mark.parametrize(
    ("stateabb", "year", "name"),
    [
        ("RUS", 1880, "Russia"),
        ("RUS", 1979, "Soviet Union"),
        ("RUS", 2000, "Russia"),
        ("THI", 1900, "Siam"),
        ("THI", 1979, "Thailand"),
        ("TUR", 1900, "Ottoman Empire"),
        ("TUR", 1950, "Turkey"),
        ("IRN", 1900, "Persia"),
        ("GMY", 1850, "Prussia"),
        ("GMY", 1900, "Germany"),
        ("DRC", 1975, "Zaire"),
        ("SRI", 1960, "Ceylon"),
        ("EGY", 1960, "United Arab Republic"),
        ("NATO", 1960, "NATO"),
    ],
)
def test_name_of_a_day(stateabb: str, year: int, name: str) -> None:
    assert name_on(stateabb, day(year)) == name


@pytest.mark.parametrize(
    ("value", "source", "on", "target", "expected"),
    [
        ("365", "cown", day(1980), "iso3", "SUN"),
        ("365", "cown", day(2000), "iso3", "RUS"),
        ("VDR", "iso3", day(1970), "cow", "DRV"),
        ("YUG", "iso3", day(1985), "cow", "YUG"),
        ("DDR", "iso3", day(1985), "cown", "265"),
        ("DEU", "iso3", day(1985), "cow", "GFR"),
        ("DEU", "iso3", day(1995), "cow", "GMY"),
        ("KS", "fips", day(1990), "cow", "ROK"),
        ("CG", "fips", None, "cow", "DRC"),
        ("CF", "fips", None, "cow", "CON"),
        ("678", "gw", day(1995), "cow", "YEM"),
        ("678", "gw", day(1980), "cow", "YAR"),
        ("KSV", "cameo", None, "cow", "KOS"),
        ("USA", "cow", None, "cown", "2"),
    ],
)
def test_crosswalk(value: str, source: str, on: datetime.date | None, target: str, expected: str) -> None:
    assert convert_code(value, source, target, on) == expected


def test_unknown_code_is_refused() -> None:
    with pytest.raises(EntityError, match="'QQQ' is not known: expected a code of the system 'iso3'"):
        find_code("QQQ", "iso3")


@pytest.mark.parametrize("system", SYSTEMS)
def test_codes_go_there_and_back(system: str) -> None:
    on = day(2010)
    for each in states_on(on):
        if system == "gw" and each.gwcode is None:
            continue
        assert find_code(code_of(each, system, on), system, on) is each


def test_iso_codes_are_those_of_the_standard() -> None:
    current = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    withdrawn = {country.alpha_3 for country in pycountry.historic_countries}
    ours = {spell.value: spell.end is None for each in load_states() for spell in each.iso3}
    assert {code for code, still in ours.items() if still} <= current
    assert set(ours) <= current | withdrawn | {"RHO", "HVO", "SCG"}


@pytest.mark.parametrize(("year", "count"), [(1816, 23), (1850, 39), (1914, 45), (1950, 75)])
def test_size_of_the_state_system_on_new_year(year: int, count: int) -> None:
    assert len(states_on(day(year, 1, 1))) == count


def test_spells_are_in_order_and_numbers_are_unique() -> None:
    states = load_states()
    assert len({each.ccode for each in states}) == len({each.stateabb for each in states}) == len(states)
    for each in states:
        bounds = [bound for spell in each.members for bound in (spell.start, spell.end or datetime.date.max)]
        assert bounds == sorted(bounds)


@pytest.mark.parametrize(
    ("code", "year", "inside", "outside"),
    [
        ("NATO", 1950, "FRN", "GFR"),
        ("NATO", 1960, "GFR", "SPN"),
        ("WTO", 1960, "ALB", "YUG"),
        ("WTO", 1970, "GDR", "ALB"),
        ("EEC", 1960, "FRN", "UKG"),
        ("EEC", 1975, "UKG", "GRC"),
        ("LON", 1935, "RUS", "USA"),
        ("SEATO", 1960, "PAK", "DRV"),
        ("ASEAN", 1970, "INS", "DRV"),
        ("ANZUS", 1970, "NEW", "UKG"),
        ("OPC", 1973, "NIG", "EGY"),
        ("CMEA", 1980, "DRV", "YUG"),
    ],
)
def test_members_of_an_organisation(code: str, year: int, inside: str, outside: str) -> None:
    assert inside in members(code, day(year))
    assert outside not in members(code, day(year))


def test_every_member_is_a_state_of_the_table() -> None:
    for organisation in load_organisations():
        for member in organisation.members:
            assert state(member.value)


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("Taliban", 1995, "X:Taliban"),
        ("Taliban", 1998, "AFG"),
        ("Taliban", 2010, "X:Taliban"),
        ("MPLA", 1974, "X:MPLA"),
    ],
)
def test_a_movement_that_governs_is_the_state(name: str, year: int, code: str) -> None:
    [movement] = [movement for movement in load_movements() if movement.name == name]
    standing = {
        found
        for found, start, end in movement.stands_for()
        if (start is None or start <= day(year)) and (end is None or day(year) <= end)
    }
    assert standing == {code}


@pytest.mark.parametrize(
    ("name", "year", "ruler"),
    [
        ("Louisiana", 1750, "FRN"),
        ("Louisiana", 1790, "SPN"),
        ("Puerto Rico", 1890, "SPN"),
        ("Puerto Rico", 1950, "USA"),
    ],
)
def test_whose_a_dependency_was(name: str, year: int, ruler: str) -> None:
    assert [code for spell, code in dependencies() if spell.value == name and spell.holds(day(year))] == [ruler]


def test_name_table_has_every_kind_and_ordered_days() -> None:
    rows = list(name_table())
    kinds = {kind for _, kind, *_ in rows}
    assert kinds == {
        "name",
        "demonym",
        "people",
        "combining",
        "seat",
        "city",
        "dependency",
        "organisation",
        "movement",
        "place",
    }
    assert all(start <= end for *_, start, end, _ in rows if start and end)
