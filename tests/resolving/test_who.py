"""One name as of a date, and the reasons given."""

from __future__ import annotations

import datetime

import pytest

from detente.model import BoundedDate
from detente.resolving.who import resolve_entity

CASES = """
China|1935-01-01|CHN
China|1965-01-01|CHN
Vietnam|1960-01-01|?
Vietnam|1980-01-01|DRV
Germany|1970-01-01|?
Germany|1935-01-01|GMY
Germany|1995-01-01|GMY
Korea|1960-01-01|?
Korea|1890-01-01|KOR
Republic of China|1949-12-01|CHN
Republic of China|1949-12-08|TAW
the Soviet Union|1950-01-01|RUS
USSR|1950-01-01|RUS
U.S.S.R.|1950-01-01|RUS
RUS||RUS
365||RUS
SUN||RUS
SU||RUS
USA||USA
GDR|1970-01-01|GDR
DDR|1970-01-01|GDR
710||CHN
Peking|1965-05-01|CHN
Beijing|1990-01-01|CHN
Peiping|1935-01-01|CHN
Siam|1900-01-01|THI
Thailand|1960-01-01|THI
Burma|1960-01-01|MYA
Persia|1900-01-01|IRN
Zaire|1980-01-01|DRC
Rhodesia|1970-01-01|ZIM
Ottoman Empire|1850-01-01|TUR
Turkey|1960-01-01|TUR
the Sublime Porte|1850-01-01|TUR
the Kremlin|1979-01-01|RUS
Whitehall|1938-01-01|UKG
the White House|1979-01-01|USA
Moscow|1979-01-01|RUS
Tokyo|1941-01-01|JPN
Hanoi|1965-01-01|DRV
Saigon|1965-01-01|RVN
Bonn|1970-01-01|GFR
Gorbachev|1985-03-11|RUS
Gorbachev|1985-03-10|?
Gorbachev|1980-01-01|?
Mikhail Gorbachev|1988-01-01|RUS
Khrushchev|1960-01-01|RUS
Nixon|1972-02-21|USA
President Nixon|1972-02-21|USA
Soviet Premier Nikita Khrushchev|1962-10-01|RUS
Bismarck|1871-01-01|GMY
the Shah|1975-01-01|IRN
the Secretary of State|1975-01-01|USA
the Tsar|1900-01-01|RUS
the King of Spain|1780-01-01|SPN
the Soviets|1960-01-01|RUS
Chinese leaders|1960-01-01|CHN
China's|1960-01-01|CHN
NATO|1960-01-01|NATO
the United Nations|1960-01-01|UNO
the Warsaw Pact|1968-01-01|WTO
OPEC|1973-01-01|OPC
the PLO|1975-01-01|X:PLO
MPLA|1975-01-01|X:MPLA
the Viet Cong|1968-01-01|X:Viet Cong
Holland|1900-01-01|NTH
England|1900-01-01|UKG
Great Britain|1900-01-01|UKG
Austria-Hungary|1900-01-01|AUH
Austria|1850-01-01|AUH
Austria|1960-01-01|AUS
Prussia|1850-01-01|GMY
West Germany|1970-01-01|GFR
East Germany|1970-01-01|GDR
North Korea|1970-01-01|PRK
South Korea|1970-01-01|ROK
Yugoslavia|1970-01-01|YUG
Czechoslovakia|1970-01-01|CZE
United Arab Republic|1959-06-01|EGY
Ceylon|1960-01-01|SRI
Nowhereland|1960-01-01|?
the South China Sea|1960-01-01|?
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_a_name_alone_as_of_a_day(line: str) -> None:
    text, day, wanted = line.split("|")
    resolution = resolve_entity(text, datetime.date.fromisoformat(day) if day else None)
    assert (resolution.code or "?") == wanted
    assert resolution.text == text
    assert all(candidate.reason and candidate.source for candidate in resolution.candidates)


def test_a_name_held_only_later_is_rejected_with_the_day() -> None:
    resolution = resolve_entity("Republic of China", datetime.date(1940, 1, 1))
    assert ["TAW held this name only from 1949-12-08" in rejected.reason for rejected in resolution.rejected] == [True]


@pytest.mark.parametrize(
    ("name", "day", "context", "code"),
    [
        ("Vietnam", "1965-01-01", "Hanoi sent more troops south.", "DRV"),
        ("Vietnam", "1965-01-01", "Saigon asked for more help.", "RVN"),
        ("Vietnam", "1965-01-01", "Hanoi and Saigon met.", None),
        ("Germany", "1970-01-01", "Bonn opened to the east.", "GFR"),
        ("Korea", "1951-01-01", "The government in Seoul refused.", "ROK"),
    ],
)
def test_a_context_that_speaks_of_one_decides(name: str, day: str, context: str, code: str | None) -> None:
    resolution = resolve_entity(name, datetime.date.fromisoformat(day), context)
    assert resolution.code == code


def test_bounds_within_which_a_name_changed_hands_leave_it_open() -> None:
    resolution = resolve_entity("Republic of China", BoundedDate.year(1949))
    assert resolution.code in (None, "CHN")
    assert {each.code for each in (*resolution.candidates, *resolution.rejected)} == {"CHN", "TAW"}
