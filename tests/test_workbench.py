"""The main job from Python: documents in, chronology out."""

from __future__ import annotations

import datetime
from importlib.resources import files
from pathlib import Path

import pytest

import detente
from detente.coding import default_coder
from detente.errors import DateError, DocumentError, EntityError, RecordError, UsageError
from detente.model import Document, Event
from detente.workbench import Record, code_document, evaluate, read_date, read_document, write_coded

EXAMPLE = Path(str(files("detente"))) / "examples/alliance-and-rift.json"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of the example; tests that change it make their own."""
    made = Record(tmp_path_factory.mktemp("record") / "record.duckdb")
    made.add(EXAMPLE)
    return made


def test_adding_reports_what_was_new(tmp_path: Path) -> None:
    moves = []
    with Record(tmp_path / "record.duckdb") as record:
        report = record.add(EXAMPLE, progress=moves.append)
        assert (report.documents, report.unchanged, report.failed) == (1, 0, ())
        assert report.events == len(record.events()) > 0
        assert report.sentences > 30
        assert report.ties == len(record.ties())
        assert (moves[-1].files, moves[-1].files_total, moves[-1].events) == (1, 1, report.events)


def test_adding_the_same_bytes_changes_nothing_and_says_so(tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes(EXAMPLE.read_bytes())
    with Record(tmp_path / "record.duckdb") as record:
        record.add(EXAMPLE)
        before = record.events().to_arrow()
        report = record.add(EXAMPLE, copy)
        assert (report.documents, report.unchanged) == (0, 2)
        assert "nothing new: 2 documents already in the record, unchanged" in str(report)
        assert record.events().to_arrow() == before


def test_adding_again_codes_anew(tmp_path: Path) -> None:
    class Silent:
        name, version = "silent", "2"

        def code(self, document: Document) -> list[Event]:  # noqa: ARG002
            return []

    with Record(tmp_path / "record.duckdb") as record:
        record.add(EXAMPLE)
        assert record.add(EXAMPLE, coder=Silent()).unchanged == 1
        assert record.add(EXAMPLE, coder=Silent(), again=True).documents == 1
        assert len(record.events()) == 0
        assert [row["coder"] for row in record.documents()] == ["silent"]


def test_what_cannot_be_read_is_listed_and_the_rest_added(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with Record(tmp_path / "record.duckdb") as record:
        report = record.add(tmp_path / "empty.txt", EXAMPLE)
        assert report.documents == 1
        (failure,) = report.failed
        assert failure.address.endswith("empty.txt")
        assert "is empty" in failure.problem


def test_a_path_that_does_not_exist_adds_nothing(tmp_path: Path) -> None:
    with Record(tmp_path / "record.duckdb") as record:
        with pytest.raises(DocumentError, match="does not exist"):
            record.add(EXAMPLE, tmp_path / "nowhere.txt")
        assert len(record.documents()) == 0


@pytest.mark.parametrize("china", ["China", "CHN", "710"])
@pytest.mark.parametrize("soviet", ["Soviet Union", "USSR", "RUS", "365", "SUN"])
def test_states_answer_to_every_name(record: Record, china: str, soviet: str) -> None:
    events = record.events(china, soviet)
    assert len(events) > 0
    for row in events:
        assert {"CHN", "RUS"} <= {*row.actors, *row.recipients}


def test_every_event_stands_in_its_document(record: Record) -> None:
    for row in record.events():
        text = record.document(row.document_id).text
        assert text[row.trigger_start : row.trigger_end] == row.trigger
        assert text[row.quote_start : row.quote_end] == row.quote
        event = record.event(row.event_id)
        for party in event.parties:
            assert party.span is None or text[party.span.start : party.span.end] == party.span.text


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"a": "Atlantis"}, EntityError),
        ({"a": "China", "b": "CHN"}, UsageError),
        ({"from_": "1970", "to": "1969"}, UsageError),
        ({"from_": "1972-02-30"}, DateError),
        ({"event_type": "DANCE"}, UsageError),
        ({"status": "doubtful"}, UsageError),
        ({"document": "nothing"}, RecordError),
    ],
)
def test_impossible_questions_are_refused_in_one_line(record: Record, arguments: dict, error: type) -> None:  # type: ignore[type-arg]
    with pytest.raises(error) as refused:
        record.events(**arguments)
    assert "\n" not in str(refused.value)


def test_days_bound_the_chronology(record: Record) -> None:
    events = record.events(from_=datetime.date(1960, 1, 1), to="1969")
    assert 0 < len(events) < len(record.events())
    for row in events:
        assert row.latest is None or row.latest >= datetime.date(1960, 1, 1)
        assert row.earliest is None or row.earliest <= datetime.date(1969, 12, 31)


def test_removing_takes_all_of_it(tmp_path: Path) -> None:
    with Record(tmp_path / "record.duckdb") as record:
        record.add(EXAMPLE)
        assert record.remove("alliance-and-rift") == 1
        assert (len(record.documents()), len(record.events()), record.ties()) == (0, 0, [])


def test_it_prints_in_a_notebook(record: Record) -> None:
    assert "alliance-and-rift" in record._repr_html_()
    assert repr(record).startswith("Record(")


def test_coding_gives_the_coders_events() -> None:
    [document] = read_document(EXAMPLE)
    assert code_document(document) == default_coder().code(document)


def test_evaluating_counts_the_reference_events() -> None:
    score = evaluate(EXAMPLE.parent)
    assert score.levels["event"].gold > 20
    assert 0 < score.levels["event"].f1 <= score.levels["dyad"].f1 <= 1


def test_evaluating_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no coded document"):
        evaluate(tmp_path)


def test_coded_documents_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "talks.txt").write_text(f"China met the Soviet Union in 196{len(place)}, in {place} talks.")
    report = write_coded([tmp_path / "one", tmp_path / "two"], tmp_path / "out")
    assert report.documents == 2
    assert {file.name for file in (tmp_path / "out").glob("*.events.jsonl")} == {
        "talks.events.jsonl",
        "talks-2.events.jsonl",
    }


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        (datetime.date(1969, 3, 2), "1969-03-02/1969-03-02"),
        ("1969-03-02", "1969-03-02/1969-03-02"),
        ("1969-03", "1969-03-01/1969-03-31"),
        ("March 1969", "1969-03-01/1969-03-31"),
        ("1969", "1969-01-01/1969-12-31"),
    ],
)
def test_dates_are_read_as_one_likes(value: datetime.date | str, bounds: str) -> None:
    date = read_date(value)
    assert f"{date.earliest}/{date.latest}" == bounds


def test_the_package_names_what_it_gives() -> None:
    for name in detente.__all__:
        assert getattr(detente, name) is not None
    with pytest.raises(AttributeError, match="herring"):
        _ = detente.herring
