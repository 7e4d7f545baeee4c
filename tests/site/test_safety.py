from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.errors import UsageError
from detente.site import Settings, make_app
from detente.site.sandbox import run_apart
from detente.site.security import RateLimit

from .conftest import PASSWORD


def test_the_policy_allows_nothing_inline_and_pages_have_none(client: TestClient) -> None:
    answer = client.get("/dyads/CHN-RUS")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not re.search(r"<style|<script(?! src=)| style=| on\w+=\"", answer.text)


def test_text_of_documents_is_escaped(client: TestClient) -> None:
    page = client.get("/dyads/CHN-RUS").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("sql", "status"),
    [
        ("SELECT count(*) FROM event", 200),
        ("WITH few AS (SELECT * FROM event LIMIT 2) SELECT * FROM few", 200),
        ("SELECT * FROM read_text('/etc/passwd')", 400),
        ("FROM '/etc/passwd'", 400),
        ("DELETE FROM event", 400),
        ("COPY event TO '/tmp/event.csv'", 400),
        ("SELECT * FROM (WITH {csv} AS (SELECT 1) SELECT * FROM {csv}) AS a, {csv} AS b", 400),
        ("SELECT * FROM glob('/tmp/*')", 400),
        ("SELECT * FROM duckdb_settings()", 400),
        ("SELECT current_setting('temp_directory')", 400),
        ("ATTACH '/tmp/other.duckdb' AS other", 400),
        ("SELECT 1; SELECT 2", 400),
        ("SELECT repeat('x', 20000000)", 400),
        ("nonsense", 400),
        ("", 400),
    ],
)
def test_sql_reads_the_record_and_nothing_else(client: TestClient, tmp_path: Path, sql: str, status: int) -> None:
    (tmp_path / "secret.csv").write_text("secret\n1\n")
    answer = client.get("/-/query", params={"sql": sql.format(csv=f'"{tmp_path / "secret.csv"}"')})
    assert answer.status_code == status, answer.text


def test_a_late_query_is_ended(record_file: Path) -> None:
    endless = "SELECT count(*) FROM " + ", ".join(f"event AS e{number}" for number in range(9))
    with pytest.raises(TimeoutError):
        run_apart(record_file, endless, rows=1, letters=100, seconds=2)


def test_sql_gives_at_most_its_rows(client: TestClient) -> None:
    body = client.get("/-/query", params={"sql": "SELECT e.event_id FROM event AS e, event AS f"}).json()
    assert (len(body["rows"]), body["truncated"]) == (1000, True)


def test_sql_is_only_answered_where_it_is_switched_on(reviewing: TestClient, record_file: Path) -> None:
    assert reviewing.get("/-/query?sql=SELECT+1").status_code == 404
    with pytest.raises(UsageError, match="cannot go together"):
        make_app(record_file, Settings(review=True, query=True))


def test_a_room_for_reading_takes_no_form(client: TestClient) -> None:
    assert client.post("/sign-in", data={"name": "Ada"}).status_code == 403


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_suggestion_is_decided_by_a_reviewer_and_its_history_stays(reviewing: TestClient) -> None:
    event = reviewing.get("/events.json").json()["rows"][0]["event_id"]
    form = f"/events/{event}/correction"
    fields = {"field": "date", "value": "14 February 1950", "why": "The treaty says so.", "who": "A reader"}
    assert reviewing.post(form, data=fields).status_code == 403
    token = token_of(reviewing.get(form).text)
    assert reviewing.post(form, data={**fields, "token": token}).status_code == 303
    wrong_date = reviewing.post(form, data={**fields, "value": "30 February 1950", "token": token})
    assert (wrong_date.status_code, "A reader" in wrong_date.text) == (400, True)
    before = reviewing.get(f"/events/{event}.json").json()
    assert before["date"] != "1950-02-14" and before["corrected"] == []
    proposal = reviewing.app.state.room.catalogue.history(event)[0]["judgement_id"]  # type: ignore[attr-defined]
    decision = {"decision": "accepted", "why": "Checked.", "token": token}
    assert reviewing.post(f"/proposals/{proposal}", data=decision).status_code == 403
    wrong = reviewing.post("/sign-in", data={"name": "Ada", "password": "not it at all", "token": token})
    right = reviewing.post("/sign-in", data={"name": "Ada", "password": PASSWORD, "token": token})
    assert (wrong.status_code, right.status_code) == (403, 303)
    assert "is not right" in wrong.text and 'name="password"' in wrong.text
    decision["token"] = token_of(reviewing.get("/proposals").text)
    assert reviewing.post(f"/proposals/{proposal}", data=decision).status_code == 303
    history = reviewing.app.state.room.catalogue.history(event)  # type: ignore[attr-defined]
    assert [entry["decision"] for entry in history] == ["accepted", "proposed"]
    after = reviewing.get(f"/events/{event}.json").json()
    said = after["corrected"][0]
    assert (after["date"], said["was"], said["proposed_by"], said["accepted_by"]) == (
        "1950-02-14", before["date"], "A reader", "Ada",
    )  # fmt: skip
    assert event in {
        row["event_id"] for row in reviewing.get("/events.json?from=1950-02-14&to=1950-02-14").json()["rows"]
    }
    back = {"decision": "withdrawn", "why": "Another treaty.", "token": token_of(reviewing.get("/proposals").text)}
    assert reviewing.post(f"/proposals/{proposal}", data=back).status_code == 303
    assert reviewing.get(f"/events/{event}.json").json()["date"] == before["date"]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/proposals/none", "/events/{id}/correction"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 403), (b"token=\xc3\xa9", 403), (b"\xff\xfe=\x00", 403), (b'{"token": 1}', 403),
        (b"&".join(b"f%d=1" % number for number in range(40)), 400), (b"a=" + b"1" * 30_000, 413),
    ],
)  # fmt: skip
def test_a_form_that_no_page_made_is_refused(reviewing: TestClient, path: str, body: bytes, status: int) -> None:
    event = reviewing.get("/events.json").json()["rows"][0]["event_id"]
    cookie = {"Cookie": "detente_visit=\u00e9".encode("latin-1")}
    answer = reviewing.post(path.replace("{id}", event), content=body, headers=cookie)
    assert answer.status_code == status and "index of states" in answer.text


def test_suggestions_and_attempts_to_sign_in_are_limited(reviewing: TestClient) -> None:
    event = reviewing.get("/events.json").json()["rows"][0]["event_id"]
    form = f"/events/{event}/correction"
    token = token_of(reviewing.get(form).text)
    fields = {"field": "remark", "value": "So it is.", "why": "I know.", "who": "A reader", "token": token}
    assert [reviewing.post(form, data=fields).status_code for _ in range(11)] == [303] * 10 + [429]
    wrong = {"name": "Ada", "password": "not it at all", "token": token}
    assert [reviewing.post("/sign-in", data=wrong).status_code for _ in range(9)] == [403] * 8 + [429]
    assert reviewing.post("/sign-in", data={**wrong, "password": PASSWORD}).status_code == 429


def test_a_session_is_closed_to_scripts_and_other_sites(reviewing: TestClient) -> None:
    token = token_of(reviewing.get("/sign-in").text)
    answer = reviewing.post("/sign-in", data={"name": "Ada", "password": PASSWORD, "token": token})
    session = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("detente_session"))
    assert "HttpOnly" in session and "SameSite=strict" in session
    assert reviewing.get("/proposals").headers["cache-control"] == "no-store"
    assert reviewing.post("/proposals/none", data={"decision": "accepted", "token": token}).status_code == 403
    reviewing.post("/sign-out", data={"token": token_of(reviewing.get("/proposals").text)})
    assert "Signed in" not in reviewing.get("/proposals").text


@pytest.mark.parametrize("kind", ["event", "tie"])
def test_a_corrected_id_leads_to_what_stands(reviewing: TestClient, kind: str) -> None:
    record = reviewing.app.state.room.record  # type: ignore[attr-defined]
    old = reviewing.get(f"/{kind}s.json").json()["rows"][0][f"{kind}_id"]
    field, value = ("event_type", "CONSULT") if kind == "event" else ("name", "the pact of our own naming")
    said = record.propose(old, field, value, "A reader", "so it is")
    record.decide(said.id, "accepted", "Ada", "yes")
    reviewing.app.state.room.changed()  # type: ignore[attr-defined]
    answer = reviewing.get(f"/{kind}s/{old}")
    assert answer.status_code == 301 and old not in answer.headers["location"]
    assert "Corrected by a reviewer" in reviewing.get(answer.headers["location"]).text


def test_a_limit_forgets_after_its_time() -> None:
    limit = RateLimit(2, 10)
    assert [limit.allows("one", now) for now in (0, 1, 2, 11)] == [True, True, False, True]
