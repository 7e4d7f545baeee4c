"""How figures and spells are written on the pages."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from detente.site.naming import day_words
from detente.site.typesetting import _coded, _signed


@pytest.mark.parametrize(
    ("score", "said"), [(4.0, "+4.0"), (-6.66, "\u22126.7"), (0.0, "0.0"), (-0.04, "0.0"), (0.04, "0.0")]
)
def test_scores_have_a_true_minus_and_no_signed_nought(score: float, said: str) -> None:
    assert _signed(score) == said


@pytest.mark.parametrize("text", ["", "spring 1985", "1985-13-40-1"])
def test_what_is_no_day_stays_as_it_is_written(text: str) -> None:
    assert day_words(text) == text


def test_text_is_escaped_before_its_code_is_marked() -> None:
    assert str(_coded("a <b> `on`")) == "a &lt;b&gt; <code>on</code>"


def test_the_network_is_told_in_names(client: TestClient) -> None:
    page = client.get("/network?on=1965-01-01").text
    assert "parties," in page and "CHN" not in page.split("<figcaption>")[1].split("<h2>")[0]
