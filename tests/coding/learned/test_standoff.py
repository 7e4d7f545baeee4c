"""Codings kept apart from their texts: they come back whole, and a text that has changed is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.coding.learned.training.annotations import CodedDocument, read_annotations
from detente.coding.learned.training.standoff import SUFFIX, read_standoff, write_standoff
from detente.errors import DocumentError, FormatError
from detente.refdata.plover import event_types
from detente.workbench.annotations import read_further
from tests.coding.learned.samples import SAMPLE

TYPES = tuple(event_types())
CODINGS = Path(__file__).parents[3] / "annotations"


def list_samples() -> list[CodedDocument]:
    return read_annotations(SAMPLE, TYPES)


@pytest.mark.parametrize("coded", list_samples(), ids=lambda coded: coded.name)
def test_what_is_written_comes_back(tmp_path: Path, coded: CodedDocument) -> None:
    (tmp_path / f"{coded.name}{SUFFIX}").write_text(write_standoff(coded, "here"), encoding="utf-8")
    (back,) = read_standoff(tmp_path, lambda _: coded.document, TYPES)
    assert back.document.sentences == coded.document.sentences
    assert [(e.start, e.end, e.line["actor_text"]) for e in back.events] == [
        (e.start, e.end, e.line["actor_text"]) for e in coded.events
    ]


@pytest.mark.parametrize(
    ("line", "changes", "problem"),
    [
        (0, {"text_sha256": "0" * 64}, "is not the one coded"),
        (0, {"sentences": None}, "does not name a document"),
        (2, {"type": "FEAST"}, "unknown type 'FEAST'"),
        (2, {"trigger": [0, 90000]}, "expected offsets within its sentence"),
        (2, {"trigger": None}, "is not an event"),
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path: Path, line: int, changes: dict[str, object], problem: str) -> None:
    coded = list_samples()[0]
    rows = [json.loads(row) for row in write_standoff(coded, "here").splitlines()]
    rows[line] |= changes
    (tmp_path / f"a{SUFFIX}").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(FormatError, match=problem) as caught:
        read_standoff(tmp_path, lambda _: coded.document, TYPES)
    assert f"line {line + 1}" in str(caught.value)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="holds no stand-off coding"):
        read_further(tmp_path, tmp_path)


@pytest.mark.shared
def test_the_codings_that_are_kept_fit_their_texts(shared: Path) -> None:
    coded = read_further(CODINGS, shared / "corpus")
    assert len(coded) == len(list(CODINGS.rglob(f"*{SUFFIX}")))
    assert all(e.line["trigger"] == d.document.text[e.start : e.end] for d in coded for e in d.events)
