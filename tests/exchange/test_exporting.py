"""What is written reads back as it was."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import networkx
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.exchange.exporting import EXPORTS, export_events
from detente.exchange.formats import find_importer
from detente.exchange.importing import ParquetFolder, import_files
from detente.exchange.rows import make_row, make_table
from detente.model import BoundedDate

STATES = st.sampled_from(["USA", "CHN", "RUS", "IND", "UKG", "ISR"])


def talk(**others: object) -> dict[str, object]:
    when = BoundedDate.between(datetime.date(1969, 9, 11), datetime.date(1969, 9, 11))
    given = {
        "actor_text": ["Kosygin"],
        "trigger": "met",
        "trigger_start": 8,
        "trigger_end": 11,
        "quote": "Kosygin met.",
    }
    given |= {"source": "https://example.org/a", "document_id": "d1", "document_title": "A {title} & more"}
    return {**make_row("e1", "OURS", "CONSULT", when, ["RUS"], ["CHN"], **given), **others}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["CONSULT", "ACCUSE", "ASSAULT"]),
            st.lists(STATES, min_size=1, max_size=3, unique=True),
            st.lists(STATES, max_size=2, unique=True),
            st.dates(datetime.date(1992, 1, 1), datetime.date(2015, 1, 1)),
            st.integers(0, 400),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_plover_comes_back_as_it_went(tmp_path_factory: pytest.TempPathFactory, drawn: list) -> None:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("plover")
    rows = []
    for number, (kind, actors, recipients, first, width) in enumerate(drawn):
        when = BoundedDate.between(first, first + datetime.timedelta(width))
        rows.append(make_row(f"{number}", "PLOVER", kind, when, actors, recipients))
    table = make_table(rows)
    export_events(table, "plover", folder / "events.jsonl")
    import_files(find_importer("plover"), [folder / "events.jsonl"], ParquetFolder(folder / "back"))
    back = pq.read_table(next((folder / "back").glob("*.parquet")))
    kept = ["event_type", "actors", "recipients", "earliest", "latest", "edtf", "score", "quad_class"]
    assert back.select(kept).to_pylist() == table.select(kept).to_pylist()


def test_plover_has_the_names_of_the_manual(tmp_path: Path) -> None:
    export_events(make_table([talk()]), "plover", tmp_path / "p.jsonl")
    written = json.loads((tmp_path / "p.jsonl").read_text())
    assert written["text_info"] == {"start": 8, "end": 11}
    assert (written["date"], written["event"], written["quad_code"]) == ("1969-09-11", {"category": "CONSULT"}, 1)
    assert written["actor"] == [{"code": "SUN", "cow": "RUS", "entity_text": "Kosygin"}]


@pytest.mark.parametrize("form", EXPORTS)
def test_every_form_is_written_whole(form: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert "2 events" in export_events(make_table([talk(), talk(event_type=None, score=None)]), form, path)
    assert path.stat().st_size > 0
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_parquet_and_stata_read_back(tmp_path: Path) -> None:
    table = make_table([talk()])
    export_events(table, "parquet", tmp_path / "e.parquet")
    assert pq.read_table(tmp_path / "e.parquet").equals(table)
    export_events(table, "stata", tmp_path / "e.dta")
    (row,) = pandas.read_stata(tmp_path / "e.dta").to_dict("records")
    assert (row["actors"], row["score"], row["earliest"]) == ("RUS", 1.0, pandas.Timestamp("1969-09-11"))


def test_graphml_is_a_graph(tmp_path: Path) -> None:
    rows = [talk(), talk(), talk(actors=["USA", "UKG"], recipients=[])]
    export_events(make_table(rows), "graphml", tmp_path / "g.graphml")
    graph = networkx.read_graphml(tmp_path / "g.graphml")
    assert graph.edges["RUS", "CHN"] == {"events": 2, "score_sum": 2.0}
    assert graph.has_edge("USA", "UKG") and graph.has_edge("UKG", "USA")


def test_sources_once_each(tmp_path: Path) -> None:
    table = make_table([talk(), talk()])
    export_events(table, "ris", tmp_path / "s.ris")
    assert (tmp_path / "s.ris").read_text().count("TY  - ") == 1
    export_events(table, "bibtex", tmp_path / "s.bib")
    assert r"title = {A \{title\} \& more}" in (tmp_path / "s.bib").read_text()


def test_bad_output_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'xml' is not a form"):
        export_events(pa.table({}), "xml", tmp_path / "x")
    with pytest.raises(UsageError, match="cannot be written"):
        export_events(make_table([talk()]), "csv", tmp_path / "no/such/folder.csv")
