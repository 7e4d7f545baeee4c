"""What is written reads back as it was."""

from __future__ import annotations

import csv
import datetime
import json
import re
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
from detente.model import EVENT_COLUMNS, BoundedDate

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
            st.sampled_from(["actual", "planned", "hypothetical", "negated"]),
            st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_plover_comes_back_as_it_went(tmp_path_factory: pytest.TempPathFactory, drawn: list) -> None:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("plover")
    rows = []
    told = ["place", "content", "quote", "trigger", "source", "document_title", "coder"]
    for number, (kind, actors, recipients, first, width, status, words) in enumerate(drawn):
        when = BoundedDate.between(first, first + datetime.timedelta(width))
        others = dict.fromkeys(told, words) | {"trigger_start": 3, "trigger_end": 3 + len(words)} if words else {}
        rows.append(make_row(f"{number}", "PLOVER", kind, when, actors, recipients, status=status, **others))
    table = make_table(rows)
    export_events(table, "plover", folder / "events.jsonl")
    import_files(find_importer("plover"), [folder / "events.jsonl"], ParquetFolder(folder / "back"))
    back = pq.read_table(next((folder / "back").glob("*.parquet")))
    kept = ["event_type", "actors", "recipients", "earliest", "latest", "edtf", "score", "quad_class", "status", *told]
    kept += ["trigger_start", "trigger_end"]
    assert back.select(kept).to_pylist() == table.select(kept).to_pylist()


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@st.composite
def event_tables(draw: st.DrawFn) -> pa.Table:
    """Draw a table of events with words of any script, quotes and commas among them, and with empty places."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        first = draw(st.dates(datetime.date(1816, 1, 1), datetime.date(2025, 1, 1)))
        when = draw(st.sampled_from([None, BoundedDate.between(first, first + datetime.timedelta(40))]))
        others = {"content": draw(st.none() | TEXT), "quote": draw(st.none() | TEXT), "source": draw(st.none() | TEXT)}
        others |= {"document_id": draw(st.none() | TEXT), "document_title": draw(st.none() | TEXT)}
        others |= {"sentence": draw(st.none() | st.integers(0, 999)), "confidence": draw(st.none() | st.just(0.25))}
        kind = draw(st.sampled_from(["CONSULT", "ASSAULT", None]))
        parties = draw(st.lists(STATES, max_size=3, unique=True)), draw(st.lists(STATES, max_size=2, unique=True))
        rows.append(make_row(f"e{number}", "OURS", kind, when, *parties, **others))
    return make_table(rows)


def read_csv(path: Path) -> list[dict[str, object]]:
    """Return the rows of an exported CSV as they were: lists parted again, empty places null."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    rows = []
    for line in lines:
        row: dict[str, object] = {}
        for column in EVENT_COLUMNS:
            text = line[column.name]
            if pa.types.is_list(column.type):
                row[column.name] = text.split(";") if text else []
            else:
                row[column.name] = None if text == "" else pa.scalar(text).cast(column.type).as_py()
        rows.append(row)
    return rows


def as_told(row: dict[str, object]) -> dict[str, object]:
    """Return a row with its empty lists and missing ones alike."""
    return {name: row[name] or [] if pa.types.is_list(EVENT_COLUMNS.field(name).type) else row[name] for name in row}


@settings(max_examples=25, deadline=None)
@given(event_tables())
def test_tables_come_back_as_they_went(tmp_path_factory: pytest.TempPathFactory, table: pa.Table) -> None:
    folder = tmp_path_factory.mktemp("tables")
    for form in ("csv", "parquet", "jsonl"):
        export_events(table, form, folder / form)
    assert pq.read_table(folder / "parquet").equals(table)
    days = {name for name in EVENT_COLUMNS.names if pa.types.is_date(EVENT_COLUMNS.field(name).type)}
    lines = [json.loads(line) for line in (folder / "jsonl").read_text("utf-8").split("\n") if line]
    for line in lines:
        line |= {name: line[name] and datetime.date.fromisoformat(line[name]) for name in days}
    assert lines == table.to_pylist()
    assert read_csv(folder / "csv") == [as_told(row) for row in table.to_pylist()]


@settings(max_examples=15, deadline=None)
@given(event_tables())
def test_stata_and_sources_hold_what_was_there(tmp_path_factory: pytest.TempPathFactory, table: pa.Table) -> None:
    folder = tmp_path_factory.mktemp("others")
    for form in ("stata", "graphml", "ris", "bibtex"):
        export_events(table, form, folder / form)
    rows = table.to_pylist()
    back = pandas.read_stata(folder / "stata").to_dict("records")
    assert [row["event_id"] for row in back] == [row["event_id"] for row in rows]
    assert [row["quote"] for row in back] == [row["quote"] or "" for row in rows]
    assert [row["actors"] for row in back] == [";".join(row["actors"]) for row in rows]
    near = [(row["actors"], row["recipients"] or row["actors"]) for row in rows]
    pairs = [(one, other) for actors, others in near for one in actors for other in others if one != other]
    graph = networkx.read_graphml(folder / "graphml")
    assert sum(events for _, _, events in graph.edges(data="events")) == len(pairs)
    sources = {
        (row["document_id"] or row["source"], row["document_title"] or row["dataset"], row["source"])
        for row in rows
        if row["document_id"] or row["source"]
    }
    assert (folder / "ris").read_bytes().count(b"TY  - GEN") == len(sources)
    assert len(re.findall(r"^@misc\{", (folder / "bibtex").read_text("utf-8"), re.MULTILINE)) == len(sources)
    labels = re.findall(r"^@misc\{([^,]+),", (folder / "bibtex").read_text("utf-8"), re.MULTILINE)
    assert len(set(labels)) == len(labels)


def test_plover_has_the_names_of_the_manual(tmp_path: Path) -> None:
    export_events(make_table([talk()]), "plover", tmp_path / "p.jsonl")
    written = json.loads((tmp_path / "p.jsonl").read_text())
    assert written["text_info"] == {"start": 8, "end": 11}
    assert (written["date"], written["event"], written["quad_code"]) == ("1969-09-11", {"category": "CONSULT"}, 1)
    assert written["actor"] == [{"code": "SUN", "cow": "RUS", "entity_text": "Kosygin"}]


def test_plover_events_have_what_the_manual_asks_of_each(tmp_path: Path) -> None:
    rows = [talk(), talk(actors=[], recipients=[]), talk(event_type=None, original_code="010")]
    left = [talk(event_type=None, original_code=None), talk(earliest=None, latest=None, edtf=None)]
    said = export_events(make_table([*rows, *left]), "plover", tmp_path / "p.jsonl")
    assert said.endswith("3 events as plover; 2 without a day, or without type and code, left out")
    written = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text().splitlines()]
    assert all({"id", "date", "actor", "event"} <= each.keys() and each["event"]["category"] for each in written)


@pytest.mark.parametrize("form", EXPORTS)
def test_every_form_is_written_whole(form: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert "2 events" in export_events(
        make_table([talk(), talk(event_type=None, original_code="010", score=None)]), form, path
    )
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


def test_sources_alike_have_labels_of_their_own(tmp_path: Path) -> None:
    rows = [talk(document_id=key, document_title="Two\nlines") for key in ("a b", "a-b", "北京", "东京")]
    export_events(make_table(rows), "bibtex", tmp_path / "s.bib")
    labels = re.findall(r"^@misc\{(.*),", (tmp_path / "s.bib").read_text("utf-8"), re.MULTILINE)
    assert len(set(labels)) == 4
    export_events(make_table(rows), "ris", tmp_path / "s.ris")
    assert all(re.match(r"[A-Z]{2}  - ", line) for line in (tmp_path / "s.ris").read_text("utf-8").splitlines() if line)


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
