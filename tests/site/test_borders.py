"""The borders of a day, and the drawing that all maps share."""

from __future__ import annotations

import datetime
import re
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from detente.site.borders import HEIGHT, WIDTH, shapes_on


@pytest.fixture(scope="module")
def drawing() -> dict[str, str]:
    """The outline of each shape, by its id."""
    text = files("detente.site").joinpath("static/borders.svg").read_text("utf-8")
    return dict(re.findall(r'<path id="(\w+)"[^>]* d="([^"]+)"', text))


@pytest.mark.parametrize("year", [1820, 1914, 1938, 1965, 1989, 2020])
def test_every_shape_of_a_day_has_its_outline(drawing: dict[str, str], year: int) -> None:
    shapes = shapes_on(datetime.date(year, 6, 15))
    assert len(shapes) > 150 and {shape.outline for shape in shapes} <= set(drawing)


def test_outlines_stay_on_the_map(drawing: dict[str, str]) -> None:
    for name, data in drawing.items():
        x = y = 0
        for ring in data.split("z")[:-1]:
            numbers = [int(each) for each in re.findall(r"-?\d+", ring)]
            x, y = x + numbers[0], y + numbers[1]
            far, down = x, y
            for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
                far, down = far + dx, down + dy
                assert 0 <= far <= WIDTH * 10 and 0 <= down <= HEIGHT * 10, name


def test_small_states_are_on_the_map() -> None:
    codes = {shape.code for shape in shapes_on(datetime.date(2020, 1, 1)) if shape.sovereign}
    assert {"SIN", "MLT", "NAU", "MAD", "SNM"} <= codes


def test_a_map_page_draws_from_the_one_drawing(client: TestClient) -> None:
    page = client.get("/map?on=1979-10-15").text
    assert 'href="/static/borders.svg#' in page and " d=" not in page
    assert client.get("/static/borders.svg").headers["content-type"].startswith("image/svg+xml")
    assert client.get("/static/borders.topojson").status_code == 200
