"""The borders of a day, and the drawing that all maps share."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.site.app import make_app
from detente.site.borders import HEIGHT, WIDTH, outlines, shapes_on
from detente.site.room import Settings


@pytest.mark.parametrize("year", [1820, 1914, 1938, 1965, 1989, 2020])
def test_every_shape_of_a_day_has_its_outline(year: int) -> None:
    shapes = shapes_on(datetime.date(year, 6, 15))
    assert len(shapes) > 150 and {shape.outline for shape in shapes} <= set(outlines())


def test_outlines_stay_on_the_map() -> None:
    for name, each in outlines().items():
        assert each.path.startswith("m") and each.path.endswith("z"), name
        assert 0 <= each.left < each.right <= WIDTH and 0 <= each.top < each.bottom <= HEIGHT, name


def test_small_states_are_on_the_map() -> None:
    codes = {shape.code for shape in shapes_on(datetime.date(2020, 1, 1)) if shape.sovereign}
    assert {"SIN", "MLT", "NAU", "MAD", "SNM"} <= codes


def test_a_map_page_draws_from_the_one_drawing(client: TestClient) -> None:
    page = client.get("/map?on=1979-10-15").text
    assert 'href="/static/borders.svg#' in page and " d=" not in page
    assert client.get("/static/borders.svg").headers["content-type"].startswith("image/svg+xml")
    assert client.get("/static/borders.topojson").status_code == 200


def test_a_static_page_has_its_outlines_within(record_file: Path) -> None:
    app = make_app(record_file, Settings(static=True))
    page = TestClient(app).get("/map?on=1979-10-15").text
    app.state.room.record.close()
    assert "borders.svg#" not in page and page.count(" d=") > 150
