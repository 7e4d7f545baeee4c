"""What the room answers to requests that no page could be asked."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans, dates, none, one_of
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.testclient import TestClient

from detente.site.app import PAGES
from detente.site.openapi import describe_api

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    unsupported_method,
]  # fmt: skip
DYAD = "/dyads/CHN-RUS"


TWINS = list(describe_api(PAGES)["paths"])


@pytest.fixture(scope="module")
def api(client: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", client.app)


@pytest.fixture(scope="module")
def held(client: TestClient) -> dict[str, dict[str, str]]:
    """What the record holds, by the addresses that ask for it."""
    ids = {kind: client.get(f"/{kind}s.json").json()["rows"][0][f"{kind}_id"] for kind in ("event", "tie", "document")}
    return {f"/{kind}s/{{id}}": {"id": value} for kind, value in ids.items()} | {
        "/states/{code}": {"code": "RUS"}, "/dyads/{pair}": {"pair": "CHN-RUS"},
        "/dyads/{pair}/places": {"pair": "CHN-RUS"}, "/codebook/{type}": {"type": "AID"},
    }  # fmt: skip


@pytest.mark.parametrize("path", TWINS)
def test_every_twin_answers_as_the_openapi_says(
    api: schemathesis.BaseSchema, held: dict[str, dict[str, str]], path: str
) -> None:
    operation = api[path]["GET"]
    fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    unfit = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=one_of(fitting, unfit), real=booleans(), day=none() | dates().map(str))
    def ask(case: schemathesis.Case, real: bool, day: str | None) -> None:
        if real and case.path_parameters:
            case.path_parameters = held[path.rpartition(".")[0]]
        if day and case.query and "on" in case.query:
            case.query["on"] = day
        case.call_and_validate(checks=CHECKS)

    ask()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        # control characters, whole or at the end of an address that is right without them
        ("/states/%00", 404), ("/states/RUS%0A", 404), ("/states.json%0A", 404), ("/states/%C2%85", 404),
        ("/dyads/CHN-%00", 404), (f"{DYAD}/chart.vl.json%0A", 404), ("/events/%00", 404), ("/ties/a%1Fb", 404),
        ("/documents/%7F", 404), ("/codebook/%00", 404), ("/events/%00/correction", 404), ("/static/%00", 404),
        ("/states/RUS?on=%00", 400), ("/search?q=war%00", 400), ("/search?q=%C2%9F", 400), ("/ties?party=%0A%00", 400),
        # what is not text, not a state, not an id
        ("/states/%FF%FE", 404), ("/states/X:nobody", 404), ("/states/LON", 200),
        ("/states/%2e%2e%2fetc", 404), ("/dyads/--", 404),
        ("/dyads/RUS-", 404), ("/dyads/RUS-Atlantis", 404), ("/states/%F0%9F%92%A5", 404), ("/map?of=Atlantis", 404),
        ("/ties?party=%E2%80%AE", 404), ("/events?party=Atlantis", 404), ("/events/none/correction", 404),
        # days
        (f"{DYAD}?on=1979-02-30", 400), ("/map?on=1979-13-01", 400), ("/network?on=29+February+1900", 400),
        ("/ties?on=yesterday", 400), ("/states/RUS?on=20000-01-01", 400), ("/events?from=1980&to=1970", 400),
        ("/events?to=-1", 400), ("/map?on=..", 400), (f"{DYAD}?on=0001-01-01", 200), ("/network?on=9999-12-31", 200),
        ("/map?on=0001-01-01", 200), ("/states/RUS?on=9999", 200), ("/ties?on=0001-01-01", 200),
        # pages of rows
        ("/dyads?page=-1", 400), ("/dyads?page=1.5", 400), ("/dyads?page=%D9%A1", 400), ("/dyads?page=1e3", 400),
        (f"/dyads?page={'9' * 200}", 400), ("/dyads?page=999999", 404), ("/events?page=1000000", 404),
        ("/events?status=actual&page=1000", 404), ("/search?q=war&page=900", 404), ("/documents?page=2", 404),
        # length
        (f"/states/{'x' * 900}", 404), (f"/states/{'x' * 10_000}", 414), (f"/dyads/{'-' * 900}", 404),
        (f"/events/{'%00' * 2_000}", 414), (f"/search?q={'x' * 10_000}", 400), (f"/ties?party={'x' * 10_000}", 400),
        (f"/map?on={'1' * 10_000}", 400), (f"/states?{'a' * 10_000}", 200), (f"/search?q={'a+' * 150}", 200),
        # names in the query that mean something to the program, not to the page
        ("/states?path=x&self=y&answer=z", 200), (f"{DYAD}?form=csv&id=1", 200),
    ],
)  # fmt: skip
def test_a_bad_request_gets_its_status_and_a_helpful_page(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert status == 200 or ".json" in path or "index of states" in answer.text


def test_an_echoed_query_leads_nowhere_else(client: TestClient) -> None:
    assert "sneaky" not in client.get("/states?sneaky=1").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_page_is_only_read(client: TestClient, method: str) -> None:
    assert client.request(method, DYAD).status_code == 405
