"""Movements, and the years in which one of them was the government."""

from __future__ import annotations

import datetime

import pytest

from detente.errors import EntityError
from detente.refdata.movements import load_movements, movement
from detente.refdata.states import state


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("Taliban", 1995, "X:Taliban"),
        ("Taliban", 1998, "AFG"),
        ("Taliban", 2010, "X:Taliban"),
        ("Taliban", 2023, "AFG"),
        ("Sandinistas", 1975, "X:Sandinistas"),
        ("Sandinistas", 1985, "NIC"),
        ("Sandinistas", 1995, "X:Sandinistas"),
        ("Khmer Rouge", 1974, "X:Khmer Rouge"),
        ("Khmer Rouge", 1977, "CAM"),
        ("Khmer Rouge", 1985, "X:Khmer Rouge"),
        ("Kuomintang", 1920, "X:Kuomintang"),
        ("Kuomintang", 1940, "CHN"),
        ("Kuomintang", 1960, "TAW"),
        ("Chinese Communist Party", 1940, "X:Chinese Communist Party"),
        ("Chinese Communist Party", 1960, "CHN"),
        ("MPLA", 1974, "X:MPLA"),
        ("PLO", 1980, "X:PLO"),
    ],
)
def test_a_movement_that_governs_is_the_state(name: str, year: int, code: str) -> None:
    day = datetime.date(year, 7, 1)
    assert movement(name).code_on(day) == code
    assert {spell.value for spell in movement(name).stands_for() if spell.holds(day)} <= {code}


@pytest.mark.parametrize(
    "name",
    [
        "Hamas",
        "Hezbollah",
        "Viet Minh",
        "Viet Cong",
        "Pathet Lao",
        "UNITA",
        "FNLA",
        "FRELIMO",
        "SWAPO",
        "ANC",
        "mujahideen",
        "al-Qaeda",
        "Contras",
        "FMLN",
        "Polisario",
        "FLN",
        "Boxers",
        "Hungarian insurgents",
        "Cuban exiles",
        "Fenians",
        "Cherokee",
        "Sioux",
        "Greek insurgents",
    ],
)
def test_the_movements_that_diplomatic_history_names_are_there(name: str) -> None:
    assert movement(f"X:{name}").code == f"X:{name}"


def test_an_unknown_movement_is_refused() -> None:
    with pytest.raises(EntityError, match="'Rosicrucians' is not known: expected a movement's name"):
        movement("Rosicrucians")


def test_names_are_unique_and_ties_are_to_states() -> None:
    names = [each.name for each in load_movements()]
    assert len(set(names)) == len(names)
    for each in load_movements():
        assert not each.tied_to or state(each.tied_to)
        assert all(state(spell.value) for spell in each.governs)
        with pytest.raises(EntityError):
            state(each.code)
