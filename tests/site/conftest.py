from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente.coding.lexicon import LexiconCoder
from detente.examples import example_page
from detente.site import Settings, make_app
from detente.site.accounts import add_account
from detente.workbench import Record

PASSWORD = "a long enough password"


@pytest.fixture(scope="session")
def record_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("record")
    hostile = folder / "hostile.txt"
    hostile.write_text("In May 1969, China attacked the Soviet Union <script>alert(1)</script> on the river.\n")
    with Record(folder / "record.duckdb") as record:
        record.add(example_page(), hostile, coder=LexiconCoder())
    return folder / "record.duckdb"


@pytest.fixture(scope="session")
def client(record_file: Path) -> Iterator[TestClient]:
    app = make_app(record_file, Settings(query=True))
    yield TestClient(app, follow_redirects=False)
    app.state.room.record.close()


@pytest.fixture
def reviewing(record_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    copy = tmp_path / "record.duckdb"
    shutil.copy(record_file, copy)
    accounts = tmp_path / "accounts.json"
    add_account(accounts, "Ada", PASSWORD)
    app = make_app(copy, Settings(review=True, accounts=accounts))
    yield TestClient(app, follow_redirects=False)
    app.state.room.record.close()
