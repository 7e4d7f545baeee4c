from __future__ import annotations

import csv
import io
import shutil
import time
from html import unescape
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from detente.examples import example_page
from detente.model import EVENT_COLUMNS
from detente.record.datasets import Dataset
from detente.site.app import PAGES, make_app
from detente.site.shapes import shape_of
from detente.workbench import Record

DYAD = "/dyads/CHN-RUS"


@pytest.fixture(scope="module")
def ids(client: TestClient) -> dict[str, str]:
    room = client.app.state.room  # type: ignore[attr-defined]
    return {
        "{code}": "RUS", "{pair}": "CHN-RUS", "{type}": "CONSULT",
        "event": next(iter(room.record.events("China", "Soviet Union"))).event_id,
        "tie": room.catalogue.ties()[0].id,
        "document": next(iter(room.record.documents()))["document_id"],
    }  # fmt: skip


def address(path: str, ids: dict[str, str]) -> str:
    kind = next((kind for kind in ("event", "tie", "document") if path.startswith(f"/{kind}s/")), "event")
    for name in ("{code}", "{pair}", "{type}"):
        path = path.replace(name, ids[name])
    return path.replace("{id}", ids[kind])


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_every_page_has_its_twins_and_says_where_they_are(client: TestClient, ids: dict[str, str], path: str) -> None:
    page = address(path, ids)
    base = "/index" if page == "/" else page
    html, as_json, as_csv = (client.get(each) for each in (page, f"{base}.json", f"{base}.csv"))
    assert (html.status_code, as_json.status_code, as_csv.status_code) == (200, 200, 200)
    assert f'href="{base}.json"' in html.text
    assert len(list(csv.DictReader(io.StringIO(as_csv.text)))) == len(as_json.json()["rows"])


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_the_twins_have_the_shape_that_is_documented(client: TestClient, ids: dict[str, str], path: str) -> None:
    shape, page = shape_of(path), address(path, ids)
    base = "/index" if page == "/" else page
    body = client.get(f"{base}.json").json()
    assert body.keys() == {"rows", *(field.name for field in shape.record)}
    columns = [field.name for field in shape.rows]
    assert next(csv.reader(io.StringIO(client.get(f"{base}.csv").text))) == columns
    assert all(list(row) == columns for row in body["rows"])


@pytest.mark.parametrize("path", ["/", DYAD, f"{DYAD}.json", "/states.csv"])
def test_an_answer_that_the_client_holds_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404), ("/states/Atlantis", 404), ("/dyads/CHN-CHN", 400), ("/dyads/CHN", 404),
        (f"{DYAD}?on=1979-02-30", 400), ("/events/none", 404), ("/ties/none", 404), ("/documents/none", 404),
        ("/events?page=0", 400), ("/events?type=WALTZ", 400), ("/codebook/WALTZ", 404),
        (f"/search?q={'x' * 10_000}", 400), ("/ties?kind=friendship", 400), ("/documents/..%2f..%2fetc%2fpasswd", 404),
    ],
)  # fmt: skip
def test_a_bad_address_gets_a_helpful_page(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "index of states" in answer.text and "Traceback" not in answer.text


def test_errors_of_a_json_twin_are_json(client: TestClient) -> None:
    assert client.get("/states/Atlantis.json").json()["status"] == 404


def test_the_chart_and_the_chronology_of_a_dyad_agree(client: TestClient) -> None:
    body = client.get(f"{DYAD}.json").json()
    assert sum(year["events"] for year in body["years"]) == body["total"] > 20


def test_what_stands_depends_on_the_day(client: TestClient) -> None:
    before, after = (client.get(f"{DYAD}.json?on={day}").json()["standing"] for day in ("1949-01-01", "1955-01-01"))
    assert "alliance" not in {tie["kind"] for tie in before} and "alliance" in {tie["kind"] for tie in after}


def test_pages_show_the_flag_and_the_name_of_the_time(client: TestClient) -> None:
    then = client.get(f"{DYAD}?on=1979-10-15").text
    assert "soviet-union.svg" in then and "Soviet Union" in then
    assert "ru.svg" in client.get(f"{DYAD}?on=1993-01-01").text


def test_a_document_marks_its_words_and_leads_to_their_events(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/documents/{ids['document']}").text
    assert f'id="e-{ids["event"]}"' in page and f'href="/events/{ids["event"]}"' in page


def test_a_page_can_be_cited(client: TestClient) -> None:
    assert client.get(f"{DYAD}.bib").text.startswith("@misc{dyad:CHN-RUS,")
    assert client.get(f"{DYAD}.ris").text.startswith("TY  - ELEC\r\n")


@pytest.mark.parametrize(
    "path",
    ["/", "/states", f"{DYAD}?on=1979-10-15", "/map?on=1979-10-15&of=CHN", "/events?party=CHN&page=2", "/ties?on=1955"],
)
def test_every_page_is_shared_as_it_is_shown(client: TestClient, path: str) -> None:
    page = unescape(client.get(path).text)
    assert f'<a href="http://testserver{path}">Permalink</a>' in page
    assert f'rel="canonical" href="http://testserver{path}"' in page
    before, _, asked = path.partition("?")
    twin = f"{'/index' if before == '/' else before}.bib?{asked}"
    assert f"url = {{http://testserver{path}}}".replace("&", r"\&") in client.get(twin).text


def test_a_page_under_another_name_says_which_is_its_own(client: TestClient) -> None:
    assert 'rel="canonical" href="http://testserver/dyads/CHN-RUS"' in client.get("/dyads/USSR-China").text


def test_what_is_left_empty_is_not_asked(client: TestClient) -> None:
    assert 'href="/events.csv?type=AID"' in client.get("/events?party=&type=AID&from=&to=").text


@pytest.mark.parametrize("path", ["/documents{}", "/documents/{id}{}", "/events/{id}{}", "/about{}"])
def test_no_answer_names_a_folder_of_the_host(client: TestClient, ids: dict[str, str], path: str) -> None:
    for form in ("", ".json", ".csv"):
        answer = client.get(address(path, ids).replace("{}", form))
        assert answer.status_code == 200 and str(example_page().parent) not in answer.text


def test_the_first_page_of_rows_has_one_address(client: TestClient) -> None:
    page = client.get("/events?party=CHN&page=2").text
    assert 'rel="prev" href="/events?party=CHN"' in page


def test_a_document_has_one_address(client: TestClient, ids: dict[str, str]) -> None:
    answer = client.get(f"/documents/{ids['document'][:6]}.json")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/documents/{ids['document']}.json")


def test_ties_show_the_names_and_flags_of_their_time(client: TestClient) -> None:
    rows = client.get("/ties.json?kind=alliance&party=RUS").json()["rows"]
    for path in ("/ties?kind=alliance&party=RUS", rows[0]["url"]):
        page = client.get(path).text
        assert "soviet-union.svg" in page and "flags/ru.svg" not in page and "Russia" not in page


def test_search_finds_words_and_marks_them(client: TestClient) -> None:
    assert "<mark>" in client.get("/search?q=border").text
    kinds = {row["kind"] for row in client.get("/search.json?q=soviet+union").json()["rows"]}
    assert {"state", "event"} <= kinds


def test_search_tells_events_of_one_sentence_apart(client: TestClient) -> None:
    page = client.get("/search?q=Mao+Moscow&kind=event").text
    assert "December 1949, China: " in page


@pytest.mark.parametrize(("words", "address"), [("NATO", "/states/NATO"), ("United Nations", "/states/UNO")])
def test_search_finds_organisations(client: TestClient, words: str, address: str) -> None:
    assert address in {
        row["url"] for row in client.get("/search.json", params={"q": words, "kind": "state"}).json()["rows"]
    }


def test_the_chronology_is_asked_by_two_parties_and_days(client: TestClient) -> None:
    body = client.get("/events.json?party=China&with=USSR&from=1969&to=1969").json()
    assert body["total"] == len(body["rows"]) > 2
    assert all({"CHN", "RUS"} <= {*row["actors"], *row["recipients"]} for row in body["rows"])
    assert all(row["earliest"] <= "1969-12-31" and row["latest"] >= "1969-01-01" for row in body["rows"])
    assert 'href="/events?party=CHN&amp;with=RUS&amp;from=1969&amp;to=1969"' in client.get(DYAD).text


@pytest.mark.parametrize("asked", ["party=CHN", "type=CONSULT", "party=CHN&with=RUS", "status=actual&from=1969"])
def test_the_pages_of_a_chronology_hold_as_many_events_as_they_say(client: TestClient, asked: str) -> None:
    first = client.get(f"/events.json?{asked}").json()
    pages = [client.get(f"/events.json?{asked}&page={page}").json()["rows"] for page in range(1, first["pages"] + 1)]
    assert len({row["event_id"] for rows in pages for row in rows}) == sum(map(len, pages)) == first["total"] > 0


def test_other_names_of_a_code_lead_to_the_codebook_entry(client: TestClient) -> None:
    for asked, leads_to in (("consult", "CONSULT"), ("consult.json", "CONSULT.json")):
        answer = client.get(f"/codebook/{asked}")
        assert (answer.status_code, answer.headers["location"]) == (301, f"/codebook/{leads_to}")
        assert answer.headers["cache-control"] == "no-cache"


def test_the_map_draws_former_states(client: TestClient) -> None:
    assert "East Germany" in client.get("/map?on=1979-10-15&of=CHN").text
    assert "East Germany" not in client.get("/map?on=1999-10-15&of=CHN").text


def test_events_left_in_a_file_have_pages_and_are_counted(record_file: Path, tmp_path: Path) -> None:
    with Record(shutil.copy(record_file, tmp_path / "record.duckdb")) as record:
        rows = record.events("China", "Soviet Union").to_arrow()
        place, ids = rows.column_names.index("event_id"), [f"kept:{number}" for number in range(len(rows))]
        held = rows.set_column(place, "event_id", pa.array(ids))
        pq.write_table(held, tmp_path / "kept.parquet")
        record.store.link_parquet(Dataset("KEPT"), tmp_path / "kept.parquet")
    app = make_app(tmp_path / "record.duckdb")
    room = TestClient(app)
    before = TestClient(make_app(record_file)).get("/events.json").json()["total"]
    assert room.get("/events.json").json()["total"] == before + len(rows)
    page = room.get("/events/kept:0")
    assert page.status_code == 200 and rows["trigger"][0].as_py() in page.text
    app.state.room.record.close()


def test_a_kept_page_names_the_host_it_is_asked_by(client: TestClient) -> None:
    for host in ("first.example", "second.example:8001"):
        for path in (DYAD, f"{DYAD}.bib", f"{DYAD}.ris"):
            said = client.get(path, headers={"host": host}).text
            assert f"http://{host}{DYAD}" in said and ".invalid" not in said
    assert 'a"><b>' not in client.get(DYAD, headers={"host": 'a"><b>'}).text


def test_the_pages_of_the_busiest_dyads_are_made_before_they_are_asked_for(record_file: Path, tmp_path: Path) -> None:
    act = {"event_id": "a", "event_type": "ASSAULT", "actors": ["X:Viet Cong"], "recipients": ["USA"]}
    with Record(shutil.copy(record_file, tmp_path / "record.duckdb")) as record:
        record.store.import_part(Dataset("OURS"), "", pa.Table.from_pylist([act], EVENT_COLUMNS).to_batches())
    app = make_app(tmp_path / "record.duckdb")
    room = app.state.room
    paths = [room.links.dyad(each.a, each.b) for each in room.catalogue.dyads()]
    assert "/dyads/USA-X:Viet%20Cong" in paths
    with TestClient(app) as client:
        deadline = time.monotonic() + 120
        while len(room.pages) < len(paths) and time.monotonic() < deadline:
            time.sleep(0.05)
        room.catalogue.store = None  # what is asked of the record now fails
        assert [client.get(path).status_code for path in paths] == [200] * len(paths)
    room.record.close()


def test_an_open_room_has_done_what_its_first_pages_need(record_file: Path) -> None:
    app = make_app(record_file)
    room = app.state.room
    with TestClient(app):
        pass
    room.record.close()
    room.catalogue.store = None  # what is asked of the record now fails
    assert [TestClient(app).get(path).status_code for path in ("/dyads", "/search?q=border&kind=document")] == [
        200,
        200,
    ]
