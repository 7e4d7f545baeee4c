"""States by every name of every time, as of a day."""

from __future__ import annotations

import datetime

import pytest

from detente.errors import EntityError
from detente.refdata.spell import read_day
from detente.refdata.states import find_state, load_states, name_on, state, states_on

NAMES = """
Soviet Union: RUS; USSR: RUS; U.S.S.R.: RUS; Russia: RUS; Russian Empire: RUS; Russian Federation: RUS; Moscow: RUS
Soviet Russia: RUS; 365: RUS; SUN: RUS; SU: RUS; RU: RUS; Union of Soviet Socialist Republics: RUS; Petrograd: RUS
China: CHN; People's Republic of China: CHN; PRC: CHN; Communist China: CHN; Red China: CHN; Peking: CHN; Beijing: CHN
710: CHN; Taiwan: TAW; Formosa: TAW; Taipei: TAW; TWN: TAW; 713: TAW; Empire of China: CHN
People’s Republic of China: CHN
Great Britain: UKG; United Kingdom: UKG; Britain: UKG; England: UKG; GBR: UKG; GB: UKG; London: UKG; 200: UKG
United States: USA; U.S.: USA; the United States: USA; Washington: USA; US: USA; 2: USA; United States of America: USA
France: FRN; Paris: FRN; FRA: FRN; 220: FRN; Vichy France: FRN; Italy: ITA; Sardinia: ITA; Piedmont: ITA; Spain: SPN
ESP: SPN; Germany: GMY; Prussia: GMY; Nazi Germany: GMY; West Germany: GFR; East Germany: GDR; DDR: GDR; Bonn: GFR
German Democratic Republic: GDR; 255: GMY; 260: GFR; 265: GDR; Austria-Hungary: AUH; 300: AUH; Hungary: HUN
Czechoslovakia: CZE; CSK: CZE; Czech Republic: CZR; Slovakia: SLO; Yugoslavia: YUG; Serbia: YUG; Belgrade: YUG
Poland: POL; Warsaw: POL; Romania: RUM; Rumania: RUM; ROM: RUM; Bulgaria: BUL; Albania: ALB; Greece: GRC; Turkey: TUR
Ottoman Empire: TUR; Constantinople: TUR; Persia: IRN; Iran: IRN; Tehran: IRN; Egypt: EGY; Cairo: EGY; Türkiye: TUR
UAR: EGY; United Arab Republic: EGY; Israel: ISR; Jordan: JOR; Transjordan: JOR; Iraq: IRQ; Mesopotamia: IRQ
Siam: THI; Thailand: THI; Bangkok: THI; Burma: MYA; Myanmar: MYA; Ceylon: SRI; Sri Lanka: SRI; Cambodia: CAM
Kampuchea: CAM; Khmer Republic: CAM; Laos: LAO; North Vietnam: DRV; South Vietnam: RVN; Hanoi: DRV; Saigon: RVN
North Korea: PRK; DPRK: PRK; South Korea: ROK; Republic of Korea: ROK; Japan: JPN; Tokyo: JPN; Mongolia: MON
Mongolian People's Republic: MON; Outer Mongolia: MON; India: IND; Pakistan: PAK; Bangladesh: BNG; East Pakistan: BNG
Indonesia: INS; Dutch East Indies: INS; Malaya: MAL; Malaysia: MAL; Singapore: SIN; Philippines: PHI; Manila: PHI
Zaire: DRC; Belgian Congo: DRC; Democratic Republic of the Congo: DRC; Congo-Brazzaville: CON; ZAR: DRC
Rhodesia: ZIM; Zimbabwe: ZIM; Gold Coast: GHA; Ghana: GHA; Upper Volta: BFO; Burkina Faso: BFO; Dahomey: BEN
Tanganyika: TAZ; Abyssinia: ETH; Ethiopia: ETH; South Africa: SAF; Namibia: NAM; South West Africa: NAM; Niger: NIR
Nigeria: NIG; Ivory Coast: CDI; Côte d'Ivoire: CDI; Guinea: GUI; Guinea-Bissau: GNB; Equatorial Guinea: EQG
Dominica: DMA; Dominican Republic: DOM; Cuba: CUB; Havana: CUB; Haiti: HAI; Mexico: MEX; Colombia: COL; Chile: CHL
New Granada: COL; Brazil: BRA; Argentina: ARG; Holland: NTH; Netherlands: NTH; Dutch Republic: NTH; Canada: CAN
Papal States: PAP; Two Sicilies: SIC; Bavaria: BAV; Hanover: HAN; Georgia: GRG; Chad: CHA; Libya: LIB; Algiers: ALG
South Yemen: YPR; North Yemen: YAR; Kuwait: KUW; Saudi Arabia: SAU; Afghanistan: AFG; Kabul: AFG; AUS: AUS; SLV: SLV
Republic of Texas: X:Texas; Kingdom of Hawaii: X:Hawaii; Tibet: X:Tibet; Manchukuo: X:Manchukuo; Biafra: X:Biafra
Confederate States of America: X:Confederacy; Transvaal: X:Transvaal; Orange Free State: X:Orange Free State
Gran Colombia: X:Gran Colombia; Vatican City: X:Holy See; Republic of Venice: X:Venice; X:Texas: X:Texas
"""
CASES = [tuple(case.rsplit(": ", 1)) for line in NAMES.strip().splitlines() for case in line.split("; ")]


@pytest.mark.parametrize(("name", "stateabb"), CASES)
def test_any_name_of_any_time_finds_its_state(name: str, stateabb: str) -> None:
    assert find_state(name).stateabb == stateabb


AT_A_DATE = """
Republic of China|1946-07-01|CHN
Republic of China|1949-12-07|CHN
Republic of China|1949-12-08|TAW
Republic of China|1955-07-01|TAW
Nationalist China|1940-07-01|CHN
Nationalist China|1960-07-01|TAW
China|1935-07-01|CHN
China|1965-07-01|CHN
Formosa|1960-07-01|TAW
Nanking|1936-07-01|CHN
Chungking|1940-07-01|CHN
Germany|1850-07-01|GMY
Germany|1900-07-01|GMY
Germany|1995-07-01|GMY
Federal Republic of Germany|1970-07-01|GFR
Federal Republic of Germany|1995-07-01|GMY
Berlin|1914-07-01|GMY
Berlin|1995-07-01|GMY
Bonn|1960-07-01|GFR
Vietnam|1980-07-01|DRV
Vietnam|1946-07-01|DRV
Hanoi|1966-07-01|DRV
Hue|1850-07-01|DRV
Saigon|1966-07-01|RVN
VNM|1970-07-01|RVN
VNM|1980-07-01|DRV
VDR|1970-07-01|DRV
Congo|1900-07-01|DRC
Congo|1959-07-01|DRC
Congo Free State|1900-07-01|DRC
Republic of the Congo|1980-07-01|?
Republic of the Congo|1995-07-01|CON
Zaire|1975-07-01|DRC
Leopoldville|1960-07-01|?
Léopoldville|1961-07-01|DRC
Yemen|1970-07-01|YAR
Yemen|1990-05-22|YEM
Yemen|1995-07-01|YEM
Austria|1900-07-01|AUH
Austria|1918-11-11|AUH
Austria|1918-11-12|AUS
Austria|1930-07-01|AUS
Vienna|1850-07-01|AUH
Vienna|1960-07-01|AUS
Korea|1900-07-01|KOR
Korea|1930-07-01|KOR
Seoul|1905-07-01|KOR
Seoul|1975-07-01|ROK
Prague|1968-08-21|CZE
Prague|2001-07-01|CZR
Berlin|1960-07-01|?
Germany|1970-07-01|?
Vietnam|1960-07-01|?
Korea|1946-07-01|?
Korea|1960-07-01|?
Congo|1961-07-01|?
Georgia|1970-07-01|?
Georgia|1995-07-01|GRG
Samoa|1995-07-01|WSM
Sudan|1960-07-01|SUD
Guinea|1970-07-01|GUI
Macedonia|1995-07-01|MAC
Papal States|1850-07-01|PAP
Holy See|1850-07-01|PAP
Holy See|1985-07-01|X:Holy See
Rome|1860-07-01|PAP
Rome|1900-07-01|ITA
Turin|1855-07-01|ITA
Florence|1868-07-01|ITA
Naples|1850-07-01|SIC
Texas|1840-07-01|X:Texas
Texas|1900-07-01|?
Hawaii|1880-07-01|X:Hawaii
Hawaii|1950-07-01|?
Confederacy|1862-07-01|X:Confederacy
Siam|1900-07-01|THI
Siam|1990-07-01|?
Soviet Union|1950-07-01|RUS
Soviet Union|1900-07-01|?
Russian Federation|1980-07-01|?
Persia|1920-07-01|IRN
Persia|1980-07-01|?
Ottoman Empire|1853-07-01|TUR
Ottoman Empire|1950-07-01|?
Constantinople|1900-07-01|TUR
Ankara|1900-07-01|?
United Arab Republic|1960-07-01|EGY
Great Colombia|1825-07-01|X:Gran Colombia
DEU|1935-07-01|GMY
DEU|1985-07-01|GFR
DEU|1995-07-01|GMY
YUG|1980-07-01|YUG
SCG|2005-07-01|YUG
SRB|2010-07-01|YUG
"""


@pytest.mark.parametrize("case", AT_A_DATE.strip().splitlines())
def test_a_name_is_settled_by_its_day(case: str) -> None:
    name, on, stateabb = case.split("|")
    if stateabb == "?":
        with pytest.raises(EntityError):
            find_state(name, read_day(on))
    else:
        assert find_state(name, read_day(on)).stateabb == stateabb


@pytest.mark.parametrize(
    ("name", "on", "candidates"),
    [
        ("Germany", "1970-07-01", {"GFR", "GDR"}),
        ("Vietnam", "1960-07-01", {"DRV", "RVN"}),
        ("Korea", "1960-07-01", {"PRK", "ROK"}),
        ("Korea", "", {"KOR", "PRK", "ROK"}),
        ("Congo", "1961-07-01", {"CON", "DRC"}),
        ("Congo", "", {"CON", "DRC"}),
        ("Atlantis", "", set()),
    ],
)
def test_a_refusal_names_the_candidates(name: str, on: str, candidates: set[str]) -> None:
    with pytest.raises(EntityError) as refused:
        find_state(name, read_day(on))
    assert {candidate.split(" ")[0] for candidate in refused.value.candidates} == candidates


NAMES_ON = """
RUS|1880|Russia; RUS|1979|Soviet Union; RUS|2000|Russia; THI|1900|Siam; THI|1979|Thailand; TUR|1900|Ottoman Empire
TUR|1950|Turkey; IRN|1900|Persia; IRN|1950|Iran; GMY|1850|Prussia; GMY|1900|Germany; GMY|2000|Germany; DRC|1975|Zaire
DRC|1950|Belgian Congo; SRI|1960|Ceylon; SRI|1990|Sri Lanka; EGY|1960|United Arab Republic; EGY|1990|Egypt
CHN|1930|China; GFR|1970|West Germany; GDR|1970|East Germany; DRV|1960|North Vietnam; DRV|1980|Vietnam
RVN|1960|South Vietnam
AUH|1850|Austria; AUH|1900|Austria-Hungary; ITA|1850|Sardinia; ITA|1900|Italy; BFO|1970|Upper Volta
GHA|1950|Gold Coast; MYA|1970|Burma; MYA|2000|Myanmar; YUG|1900|Serbia; YUG|1970|Yugoslavia; YUG|2010|Serbia
NATO|1960|NATO
"""


@pytest.mark.parametrize("case", [case for line in NAMES_ON.strip().splitlines() for case in line.split("; ")])
def test_name_of_a_day(case: str) -> None:
    stateabb, year, name = case.split("|")
    assert name_on(stateabb, datetime.date(int(year), 7, 1)) == name


@pytest.mark.parametrize(
    ("stateabb", "on", "official", "capital"),
    [
        ("RUS", "1950-07-01", "Union of Soviet Socialist Republics", "Moscow"),
        ("RUS", "1910-07-01", "Russian Empire", "Saint Petersburg"),
        ("RUS", "1917-01-01", "Russian Empire", "Petrograd"),
        ("CHN", "1946-07-01", "Republic of China", "Nanking"),
        ("CHN", "1960-07-01", "People's Republic of China", "Peking"),
        ("FRN", "1942-07-01", "French State", "Vichy"),
        ("GMY", "1900-07-01", "German Empire", "Berlin"),
        ("TUR", "1900-07-01", "Sublime Ottoman State", "Constantinople"),
        ("EGY", "1965-07-01", "United Arab Republic", "Cairo"),
        ("BRA", "1950-07-01", "Republic of the United States of Brazil", "Rio de Janeiro"),
        ("PAK", "1965-07-01", "Islamic Republic of Pakistan", "Rawalpindi"),
        ("ZIM", "1975-07-01", "Republic of Rhodesia", "Salisbury"),
    ],
)
def test_style_and_capital_of_a_day(stateabb: str, on: str, official: str, capital: str) -> None:
    day = datetime.date.fromisoformat(on)
    assert (state(stateabb).official_on(day), state(stateabb).capital_on(day)) == (official, capital)


@pytest.mark.parametrize(
    ("stateabb", "year", "ruler"),
    [
        ("IND", 1930, "UKG"),
        ("IND", 1950, None),
        ("PHI", 1890, "SPN"),
        ("PHI", 1930, "USA"),
        ("PHI", 1950, None),
        ("ALG", 1900, "FRN"),
        ("DRC", 1950, "BEL"),
        ("INS", 1930, "NTH"),
        ("INS", 1943, "JPN"),
        ("KOR", 1920, "JPN"),
        ("TAZ", 1900, "GMY"),
        ("TAZ", 1930, "UKG"),
        ("CAN", 1900, "UKG"),
        ("POL", 1850, "RUS"),
        ("UKR", 1950, "RUS"),
        ("SYR", 1960, "EGY"),
        ("X:Manchukuo", 1940, "JPN"),
        ("USA", 1900, None),
    ],
)
def test_whose_it_was(stateabb: str, year: int, ruler: str | None) -> None:
    assert state(stateabb).ruler_on(datetime.date(year, 7, 1)) == ruler


@pytest.mark.parametrize(
    ("stateabb", "successors"),
    [
        ("CZE", {"CZR", "SLO"}),
        ("GFR", {"GMY"}),
        ("YAR", {"YEM"}),
        ("AUH", {"AUS", "HUN", "CZE", "POL"}),
        ("X:Gran Colombia", {"COL", "VEN", "ECU"}),
        ("USA", {"X:Confederacy"}),
    ],
)
def test_what_a_state_became(stateabb: str, successors: set[str]) -> None:
    assert set(state(stateabb).successors) == successors
    assert all(stateabb in state(successor).predecessors for successor in successors)


@pytest.mark.parametrize(
    ("system", "year", "count"),
    [("cow", 1816, 23), ("cow", 1850, 39), ("cow", 1914, 45), ("cow", 1950, 75), ("cow", 2016, 195), ("gw", 1816, 44)],
)
def test_size_of_the_state_system_on_new_year(system: str, year: int, count: int) -> None:
    assert len(states_on(datetime.date(year, 1, 1), system)) == count


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(EntityError, match="one of cow, gw"):
        states_on(datetime.date(1950, 1, 1), "polity")


def test_numbers_are_unique_and_every_record_is_whole() -> None:
    states = load_states()
    numbers = [each.ccode for each in states if each.ccode is not None]
    assert len(set(numbers)) == len(numbers)
    assert len({each.stateabb for each in states}) == len(states)
    for each in states:
        assert each.names
        assert (each.ccode is None) == each.stateabb.startswith("X:") == (not each.members)


def test_every_spell_is_in_order() -> None:
    for each in load_states():
        fields = (each.members, each.gw, each.iso3, each.names, each.official, each.capitals, each.seats, each.rulers)
        for spell in (spell for field in fields for spell in field):
            assert spell.start is None or spell.end is None or spell.start <= spell.end, (each.stateabb, spell)
        bounds = [bound for spell in each.members for bound in (spell.start, spell.end or datetime.date.max)]
        assert bounds == sorted(bounds)


def test_rulers_and_predecessors_are_states_of_the_table() -> None:
    for each in load_states():
        assert all(state(code) for code in (*each.predecessors, *(ruler.value for ruler in each.rulers)))
