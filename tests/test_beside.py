"""Imported events beside coded ones: the same calls answer with both, they can be told apart, and are linked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from detente.cli.app import app
from detente.coding.lexicon import LexiconCoder
from detente.exchange.formats import find_importer
from detente.site import Settings, make_app
from detente.workbench import Record, import_events
from tests.exchange.samples import CLINE_HEADER, MENTION, cline_line, gdelt_line

TOLD = "In February 1979, China attacked Vietnam. In May 1977, China praised Vietnam.\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A record of a page and of a data set that tells of the same attack, and of another act."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "page.txt").write_text(TOLD)
    rows = [
        cline_line("NYT1", "2/17/1979", "CHNMIL", "VDRMIL", "190"),
        cline_line("NYT2", "3/1/1980", "VDR", "CHN", "112"),
    ]
    (folder / "phoenix.csv").write_text("\n".join([CLINE_HEADER, *rows]) + "\n")
    with Record(folder / "record.duckdb") as record:
        record.add(folder / "page.txt", coder=LexiconCoder())
        import_events(record, find_importer("cline-phoenix"), [folder / "phoenix.csv"])
        record.reconcile()
    yield folder / "record.duckdb"


def test_both_come_from_one_call_and_can_be_told_apart(path: Path) -> None:
    with Record(path, read_only=True) as record:
        events = record.events("China", "Vietnam")
        assert {(row.origin, row.dataset) for row in events} == {("coded", ""), ("imported", "Cline Phoenix")}
        assert {row.origin for row in record.events(dataset="")} == {"coded"}
        assert {row.origin for row in record.events(dataset="Cline Phoenix")} == {"imported"}


def test_a_happening_found_in_both_is_linked_and_counts_once(path: Path) -> None:
    with Record(path, read_only=True) as record:
        attacks = record.events("China", "Vietnam", event_type="ASSAULT").to_arrow().to_pylist()
        assert {row["origin"] for row in attacks} == {"coded", "imported"}
        assert len({row["canonical_id"] for row in attacks}) == 1
        series = record.series("China", "Vietnam", every="year")
        assert np.nansum(series.column("material_conflict")) == 1.0
        assert np.nansum(series.column("events")) == len(record.events("China", "Vietnam")) - 1
        acts = record.relations("China", "Vietnam", "1980-12-31").recent
        assert {(act.event_type, act.tellings) for act in acts} >= {("ASSAULT", 2), ("ACCUSE", 1)}


def test_mentions_lead_to_the_event_and_are_no_events_themselves(tmp_path: Path) -> None:
    (tmp_path / "events.CSV").write_text(gdelt_line(9) + "\n")
    (tmp_path / "mentions.CSV").write_text(MENTION + "\n" + MENTION.replace("org/a", "org/b") + "\n")
    with Record(tmp_path / "record.duckdb") as record:
        for name, file in (("gdelt", "events.CSV"), ("gdelt-mentions", "mentions.CSV")):
            import_events(record, find_importer(name), [tmp_path / file])
        assert [row.event_id for row in record.events()] == ["gdelt:9"]
        told = record.mentions("gdelt:9").to_arrow().to_pylist()
        assert {(row["document_id"], row["source"], row["sentence"], row["trigger_start"]) for row in told} == {
            (f"https://example.org/{each}", "example.org", 3, 30) for each in "ab"
        }
        assert len(record.events(dataset="GDELT Mentions")) == 2
    room = make_app(tmp_path / "record.duckdb", Settings())
    try:
        client = TestClient(room)
        page = client.get("/events/gdelt:9").text
        assert 'href="https://example.org/a"' in page and 'href="https://example.org/b"' in page
        assert room.state.room.catalogue.counts().events == 1
    finally:
        room.state.room.record.close()


def test_the_command_line_says_where_each_is_from(path: Path) -> None:
    shown = CliRunner().invoke(app, ["show", "China", "Vietnam", "--record", str(path)], env={"COLUMNS": "100"})
    assert "Cline Phoenix, code 190 (NYT)" in shown.stdout
    assert "page, sentence 1" in shown.stdout


def test_the_reading_room_says_where_each_is_from(path: Path) -> None:
    room = make_app(path, Settings())
    try:
        page = TestClient(room).get("/dyads/CHN-DRV", follow_redirects=True)
        assert page.status_code == 200
        assert "Cline Phoenix, code 190" in page.text
        assert "/documents/" in page.text
        with Record(path, read_only=True) as record:
            told = {row.origin: row.event_id for row in record.events("China", "Vietnam", event_type="ASSAULT")}
        for one, other in (("coded", "Cline Phoenix, code 190"), ("imported", "/documents/")):
            page = TestClient(room).get(f"/events/{told[one]}")
            assert other in page.text.partition("Other tellings")[2]
    finally:
        room.state.room.record.close()
