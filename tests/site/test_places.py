"""Where the events between two parties were: on the map, in the table and in the twins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.examples import example_page
from detente.refdata.gazetteer import find_places
from detente.site import make_app
from detente.site.frame import frame_places
from detente.site.places import Spot
from detente.site.projection import project
from detente.workbench import Record

PLACES = "/dyads/CHN-RUS/places"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    file: Path = tmp_path_factory.mktemp("places") / "record.duckdb"
    with Record(file) as record:
        record.add(example_page())
    app = make_app(file)
    yield TestClient(app, follow_redirects=False)
    app.state.room.record.close()


def test_the_twins_give_each_place_with_its_events(client: TestClient) -> None:
    rows = {row["place"]: row for row in client.get(f"{PLACES}.json").json()["rows"]}
    moscow = rows["Moscow"]
    assert (moscow["found"], moscow["latitude"], moscow["longitude"]) == ("known", 55.76, 37.62)
    assert moscow["events"] == len(moscow["event_ids"]) >= 3
    assert all(client.get(f"/events/{each}").status_code == 200 for each in moscow["event_ids"])
    river = rows["Ussuri River"]
    assert (river["kind"], river["words"]) == ("river", ["the Ussuri River"])
    written = csv.DictReader(io.StringIO(client.get(f"{PLACES}.csv").text))
    assert [row["place"] for row in written] == list(rows)


def test_what_is_not_known_is_listed_and_not_drawn(client: TestClient) -> None:
    page = client.get(PLACES).text
    rows = [row for row in client.get(f"{PLACES}.json").json()["rows"] if row["found"] == "unknown"]
    assert "the border" in {row["place"] for row in rows}
    assert all(row["latitude"] is None for row in rows)
    assert "“the border”" in page and 'aria-label="the border' not in page


def test_every_mark_on_the_map_leads_to_its_row(client: TestClient) -> None:
    for page in (client.get(PLACES).text, client.get("/map?of=CHN&with=RUS").text):
        for number in (1, 2, 3):
            assert f'href="#place-{number}"' in page and f'id="place-{number}"' in page


def test_the_map_of_a_day_has_the_places_of_until_then(client: TestClient) -> None:
    def seen(day: str) -> dict[str, int]:
        places = client.get(f"/map.json?on={day}&of=CHN&with=RUS").json()["places"]
        return {row["place"]: row["events"] for row in places}

    before, after = seen("1955-01-01"), seen("1975-01-01")
    assert "Ussuri River" not in before and "Ussuri River" in after
    assert before["Moscow"] < after["Moscow"]
    assert client.get("/map.json?of=CHN").json()["places"] == []


def test_the_dyad_page_leads_to_its_places(client: TestClient) -> None:
    page = client.get("/dyads/CHN-RUS").text
    assert f'href="{PLACES}"' in page and "with=RUS" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/map?of=CHN&with=China", 400),
        ("/map?of=CHN&with=Atlantis", 404),
        ("/dyads/CHN-CHN/places", 400),
        (f"{PLACES}?on=1979-02-30", 400),
        ("/dyads/CHN-USA/places", 200),
        ("/map?with=RUS", 200),
    ],
)
def test_a_bad_or_empty_question_gets_a_helpful_page(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def spot(words: str, events: int = 1) -> Spot:
    return Spot((words,), find_places(words), events, None, None, ())


def test_names_on_the_map_do_not_cover_one_another() -> None:
    spots = [spot(name) for name in ("Geneva", "Lausanne", "Bern", "Vienna", "Moscow", "Tokyo")]
    frame = frame_places(spots)
    names = [label.name for label in frame.labels]
    assert "Moscow" in names and "Tokyo" in names and len(names) < len(spots)
    assert all(frame.x <= each.at[0] <= frame.x + frame.width for each in spots)


def test_a_single_place_is_not_drawn_nearer_than_the_outlines_allow() -> None:
    assert frame_places([spot("Geneva")]).width == 110
    assert frame_places([]).width == 1000


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"), [(0, 0, 500.0, 243.5), (90, 0, 500.0, 2.0), (-90, 0, 500.0, 485.0)]
)
def test_the_projection_fits_the_map(latitude: float, longitude: float, x: float, y: float) -> None:
    assert project(latitude, longitude) == (x, y)
