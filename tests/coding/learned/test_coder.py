"""The learned coder: its contract, how well it reads, and what it does with what it cannot read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from detente.coding.coder import Coder
from detente.coding.learned import LanguageWarning, LearnedCoder
from detente.coding.learned.modelfile import default_folder
from detente.coding.output import event_to_line
from detente.coding.scoring import score_sentences
from detente.errors import ModelFileError, UsageError
from detente.model import Document, Paragraph, Sentence
from tests.coding.learned.samples import SAMPLE, read_sample

REACHED = 0.74
"""Event F1 of the model that ships, on the sample of these tests."""


@pytest.fixture(scope="module")
def coder() -> LearnedCoder:
    return LearnedCoder()


def make_document(text: str, name: str = "made") -> Document:
    return Document(text, (Paragraph(0, len(text)),), (Sentence(0, 0, 0, len(text)),), name, name)


def test_it_is_a_coder(coder: LearnedCoder) -> None:
    assert isinstance(coder, Coder)
    assert coder.name == "learned" and coder.version


def test_event_f1_on_the_sample_has_not_fallen_by_two_points(coder: LearnedCoder) -> None:
    told = []
    for document, lines in read_sample():
        coded = [event_to_line(event, document) for event in coder.code(document)]
        told.append((document.name, [document.sentence_text(s.index) for s in document.sentences], lines, coded))
    score = score_sentences(told)
    assert score.levels["event"].gold >= 60
    assert score.levels["event"].f1 > REACHED - 0.02, score.table()


def test_every_event_has_its_words_and_a_chance(coder: LearnedCoder) -> None:
    for document, _ in read_sample():
        events = coder.code(document)
        assert events
        for event in events:
            spans = [event.quote, event.trigger, event.content, event.place, event.date_text]
            spans += [party.span for party in event.parties]
            assert all(document.text[s.start : s.end] == s.text for s in spans if s)
            assert event.quote.holds(event.trigger)
            assert event.confidence is not None and 0.0 <= event.confidence <= 1.0
        assert [e.trigger for e in events] == sorted(e.trigger for e in events)


def test_the_same_document_gives_the_same_events(coder: LearnedCoder) -> None:
    document, _ = read_sample()[0]
    assert coder.code(document) == coder.code(document)


def test_a_higher_least_confidence_keeps_the_surer_events(coder: LearnedCoder) -> None:
    document, _ = read_sample()[0]
    surer = LearnedCoder(min_confidence=0.7).code(document)
    assert surer == [e for e in coder.code(document) if e.confidence is not None and e.confidence >= 0.7]
    assert 0 < len(surer) < len(coder.code(document))


@pytest.mark.parametrize("least", [-0.1, 1.5])
def test_a_least_confidence_out_of_range_is_refused(least: float) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        LearnedCoder(min_confidence=least)


@pytest.mark.parametrize(
    "text",
    [
        "Im März 1970 trafen sich Willy Brandt und Willi Stoph in Erfurt, und Bonn erkannte die DDR nicht an.",
        "Le 22 janvier 1963, la France et l'Allemagne signèrent un traité de coopération à l'Élysée, et de Gaulle "
        "rejeta la demande britannique.",
        "12 августа 1970 года Советский Союз и Федеративная Республика Германия подписали договор в Москве.",
    ],
)
def test_another_language_gives_a_warning_and_no_events(coder: LearnedCoder, text: str) -> None:
    with pytest.warns(LanguageWarning, match="does not read as English"):
        assert coder.code(make_document(text)) == []


@pytest.mark.parametrize("text", ["", "1, 2, 3.", "The harvest was good that year.", "...", "🜁 🜂"])
def test_text_without_events_gives_none(coder: LearnedCoder, text: str) -> None:
    document = make_document(text) if text else Document("", (), (), "empty", "empty")
    assert coder.code(document) == []


def test_a_sentence_of_thousands_of_words_is_read(coder: LearnedCoder) -> None:
    text = "In 1972 China and Japan signed a treaty, " + "and the delegations talked of trade " * 700 + "in Peking."
    assert all(event.quote.text == text for event in coder.code(make_document(text)))


def copy_model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(default_folder(), tmp_path / "model"))


@pytest.mark.parametrize("name", ["reader.onnx", "linker.onnx", "tokenizer.json"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    folder = copy_model(tmp_path)
    with (folder / name).open("r+b") as file:
        file.seek(1000)
        file.write(b"\0\1\2\3")
    with pytest.raises(ModelFileError, match=rf"{name}: is damaged") as caught:
        LearnedCoder(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["reader.onnx", "linker.onnx", "tokenizer.json", "manifest.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = copy_model(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ModelFileError, match=f"{name}: is missing"):
        LearnedCoder(folder)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"format": 99}, "format 99"),
        ({"types": None}, "says nothing of types"),
        ({"files": {}}, "says nothing of"),
        ("not json", "is not a manifest"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path: Path, change: object, problem: str) -> None:
    folder = copy_model(tmp_path)
    path = folder / "manifest.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(change, dict):
        held = {k: v for k, v in {**held, **change}.items() if v is not None}
        path.write_text(json.dumps(held), encoding="utf-8")
    else:
        path.write_text(str(change), encoding="utf-8")
    with pytest.raises(ModelFileError, match=problem):
        LearnedCoder(folder)


def test_files_of_two_models_do_not_mix(tmp_path: Path) -> None:
    folder = copy_model(tmp_path)
    shutil.copyfile(folder / "reader.onnx", folder / "linker.onnx")
    with pytest.raises(ModelFileError, match=r"linker\.onnx: is damaged or of another model"):
        LearnedCoder(folder)


def test_the_sample_is_large_enough() -> None:
    assert sum(len(lines) for _, lines in read_sample()) >= 60
    assert len(list(SAMPLE.glob("*.json"))) == len(read_sample())


def test_the_model_fits_the_package() -> None:
    assert sum(path.stat().st_size for path in default_folder().iterdir()) < 35 * 1024 * 1024
