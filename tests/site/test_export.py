from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from detente.errors import UsageError
from detente.site import Settings, make_app
from detente.site.export import export_site
from detente.site.links import file_of


@pytest.fixture(scope="module")
def exported(record_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "site"
    export_site(record_file, folder)
    return folder


def links_of(file: Path) -> Iterator[str]:
    if file.suffix == ".html":
        yield from re.findall(r'(?:href|src|data-chart)="(?!https?:|#)([^"#]+)', file.read_text("utf-8"))
    elif file.suffix == ".csv":
        with file.open(newline="", encoding="utf-8") as text:
            yield from (row["url"] for row in csv.DictReader(text) if row.get("url"))
    elif file.suffix == ".json":
        body = json.loads(file.read_text("utf-8"))
        yield from (row["url"] for row in body.get("rows", ()) if isinstance(row, dict) and row.get("url"))
        yield from filter(None, [body.get("next")])


@pytest.mark.parametrize("ending", ["html", "json", "csv"])
def test_every_link_of_the_export_leads_to_a_file(exported: Path, ending: str) -> None:
    files = [file for file in exported.rglob(f"*.{ending}") if "static" not in file.parts]
    lost = {
        (str(file.relative_to(exported)), link)
        for file in files
        for link in links_of(file)
        if not (file.parent / unquote(link)).is_file()
    }
    assert len(files) > 20 and sorted(lost) == []


def test_the_export_has_every_page_of_rows_in_every_form(exported: Path, client: TestClient) -> None:
    pages = client.get("/events.json").json()["pages"]
    ids = []
    for page in range(1, pages + 1):
        stem = "events" if page == 1 else f"events-page-{page}"
        rows = json.loads((exported / f"{stem}.json").read_text("utf-8"))["rows"]
        with (exported / f"{stem}.csv").open(newline="", encoding="utf-8") as text:
            assert [row["event_id"] for row in csv.DictReader(text)] == [row["event_id"] for row in rows]
        assert f'href="{stem}.json"' in (exported / f"{stem}.html").read_text("utf-8")
        ids += [row["event_id"] for row in rows]
    assert pages > 1 and len(set(ids)) == len(ids) == client.get("/events.json").json()["total"]


def test_nothing_of_the_export_needs_a_server(exported: Path) -> None:
    for name in ("index.html", "dyads/CHN-RUS.html", "events-page-2.html"):
        page = (exported / name).read_text("utf-8")
        assert "<form" not in page and not re.search(r'(?:href|src)="/', page)


@pytest.mark.parametrize(
    ("address", "cited"), [("", []), ("https://example.org/room", ["https://example.org/room/dyads/CHN-RUS.html"])]
)
def test_an_export_is_cited_where_it_is_hosted(record_file: Path, address: str, cited: list[str]) -> None:
    app = make_app(record_file, Settings(static=True, address=address))
    for path in ("/dyads/CHN-RUS", "/dyads/CHN-RUS.bib"):
        text = TestClient(app).get(path).text
        assert sorted(set(re.findall(r"https?://[^\s\"<}]+(?<!\.)", text))) == cited
    app.state.room.record.close()


@pytest.mark.parametrize("address", ["example.org", "javascript:alert(1)", "https://", "https://example.org/?a"])
def test_an_address_that_is_none_is_refused(record_file: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match="is no address"):
        export_site(record_file, tmp_path / "site", address=address)


def test_files_of_others_are_left_alone(record_file: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds other files"):
        export_site(record_file, tmp_path)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"), ("/index.json", "index.json"), ("/states/RUS?page=2", "states/RUS-page-2.html"),
        ("/states/RUS.csv?page=2", "states/RUS-page-2.csv"), ("/states/a%3Ab", "states/a_b.html"),
    ],
)  # fmt: skip
def test_an_address_has_its_file(address: str, file: str) -> None:
    assert file_of(address) == file
