"""Places by their names: found whole or not at all, and left open where a name means several."""

from __future__ import annotations

import pytest

from detente.refdata.gazetteer import AREAS, find_places, load_gazetteer
from detente.refdata.places import load_places


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Moscow", "Moscow"),
        ("Peking", "Beijing"),
        ("MOSCOW", "Moscow"),
        ("the city of Hue", "Hue"),
        ("the port of Murmansk", "Murmansk"),
        ("the Ussuri River", "Ussuri River"),
        ("the Ussuri", "Ussuri River"),
        ("Straits of Hormuz", "Strait of Hormuz"),
        ("the island of Quemoy", "Quemoy"),
        ("Washington, D.C.", "Washington"),
        ("Yaounde", "Yaoundé"),
        ("Biqa‘", "Beqaa Valley"),
        ("Moscow’s", "Moscow"),
        ("Buenos\n  Aires", "Buenos Aires"),
    ],
)
def test_a_name_in_any_of_its_forms_finds_its_place(words: str, name: str) -> None:
    assert [place.name for place in find_places(words)] == [name]


@pytest.mark.parametrize(
    "words", ["", "the border", "northern Iran", "the capital of China", "Moscow and Peking", "Europe", "Paris Peace"]
)
def test_nothing_is_guessed_from_a_part_of_the_words(words: str) -> None:
    assert find_places(words) == ()


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("Tripoli", ["Tripoli, Libya", "Tripoli, Lebanon"]),
        ("Tripoli, Lebanon", ["Tripoli, Lebanon"]),
        ("Portsmouth, New Hampshire", ["Portsmouth, New Hampshire"]),
        ("Congo", ["Congo, Brazzaville", "Congo, Kinshasa"]),
        ("Paris, Texas", ["Paris, Texas, United States"]),
        ("Paris", ["Paris, France"]),
    ],
)
def test_a_name_of_several_places_gives_them_all(words: str, labels: list[str]) -> None:
    assert [place.label for place in find_places(words)] == labels


def test_every_row_is_on_the_earth_and_findable() -> None:
    kinds = {"city", "site", "island", "strait", *AREAS}
    for place in load_gazetteer():
        assert -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180, place
        assert place.kind in kinds, place
        assert all(place in find_places(form) for form in (place.name, place.label, *place.forms)), place


def test_candidates_can_be_told_apart() -> None:
    for place in load_gazetteer():
        labels = [each.label for each in find_places(place.name)]
        assert len(set(labels)) == len(labels), place


def test_most_waters_that_hold_the_name_of_a_state_are_known() -> None:
    waters = [name for name in load_places() if name.endswith((" Sea", "Strait", "Straits", "River"))]
    known = [name for name in waters if find_places(name)]
    assert len(known) > 0.6 * len(waters)
