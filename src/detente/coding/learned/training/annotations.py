"""Documents coded by hand, as the annotation format keeps them: NAME.json and NAME.events.jsonl side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import DocumentError, FormatError
from detente.model import STATUSES, Document, Paragraph, Sentence
from detente.model.identity import hash_bytes

__all__ = ["CodedDocument", "CodedEvent", "check_line", "read_annotations"]


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One coded line: its sentence, the trigger's bounds in the document's text, and the line as it stands."""

    sentence: int
    start: int
    end: int
    line: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document and its events as coded by hand."""

    name: str
    document: Document
    events: tuple[CodedEvent, ...]


def read_annotations(folder: Path, types: Collection[str]) -> list[CodedDocument]:
    """Return the coded documents in `folder`, by name.

    FormatError names the file, the line and what was expected where a line is not of the format: an offset out of
    range, a trigger that is not in its sentence, a type that is not in `types`. DocumentError where there are none.
    """
    paths = sorted(path for path in folder.glob("*.json") if path.with_name(f"{path.stem}.events.jsonl").exists())
    if not paths:
        raise DocumentError(folder, "holds no coded document", expected="NAME.json with NAME.events.jsonl beside it")
    return [_read_pair(path, types) for path in paths]


def _read_pair(path: Path, types: Collection[str]) -> CodedDocument:
    document = _read_document(path)
    lines = path.with_name(f"{path.stem}.events.jsonl")
    return CodedDocument(path.stem, document, tuple(_read_events(lines, document, types)))


def _read_document(path: Path) -> Document:
    data = path.read_bytes()
    try:
        held = json.loads(data)
        text, listed = held["text"], held["sentences"]
    except (ValueError, KeyError, TypeError) as error:
        raise FormatError(path, None, f"is not a document: {error}", expected="JSON with text and sentences") from error
    sentences = []
    for number, entry in enumerate(listed):
        start, end = entry["start"], entry["end"]
        if not 0 <= start < end <= len(text):
            problem = f"sentence {number} is at {start}:{end} of a text of {len(text)} characters"
            raise FormatError(path, None, problem, expected="offsets within the text")
        sentences.append(Sentence(number, entry["paragraph"], start, end))
    paragraphs: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        first = paragraphs.get(sentence.paragraph, (sentence.start, 0))[0]
        paragraphs[sentence.paragraph] = (first, sentence.end)
    blocks = tuple(Paragraph(start, end) for start, end in paragraphs.values())
    known = {"title": held.get("title", ""), "source": held.get("source", ""), "address": str(path)}
    return Document(text, blocks, tuple(sentences), hash_bytes(data), path.stem, **known)


def _read_events(path: Path, document: Document, types: Collection[str]) -> Iterator[CodedEvent]:
    used: dict[tuple[int, str], int] = {}
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
            index, trigger = line["sentence"], line["trigger"]
        except (ValueError, KeyError, TypeError) as error:
            raise FormatError(path, number, f"is not an event: {error}", expected="the annotation format") from error
        check_line(path, number, line, document, types)
        start = _place_trigger(document, index, line, used)
        if start is None:
            raise FormatError(path, number, f"trigger {trigger!r} is not in its sentence", expected="its very words")
        yield CodedEvent(index, start, start + len(trigger), line)


def check_line(path: Path, number: int, line: dict[str, Any], document: Document, types: Collection[str]) -> None:
    """Raise FormatError where `line`, the one numbered `number` of `path`, cannot be an event of `document`."""
    try:
        index, kind = line["sentence"], line["type"]
        parties = {*line["actors"], *line["recipients"]}
    except (KeyError, TypeError) as error:
        raise FormatError(path, number, f"is not an event: {error}", expected="the annotation format") from error
    if kind not in types:
        raise FormatError(path, number, f"unknown type {kind!r}", expected=f"one of {', '.join(types)}")
    if not isinstance(index, int) or not 0 <= index < len(document.sentences):
        problem = f"sentence {index} of {len(document.sentences)}"
        raise FormatError(path, number, problem, expected="a sentence's number")
    if line.get("status", "actual") not in STATUSES:
        raise FormatError(path, number, f"unknown status {line['status']!r}", expected=", ".join(STATUSES))
    if len(parties) < 2:
        raise FormatError(path, number, "fewer than two parties", expected="two polities at least")


def _place_trigger(
    document: Document, index: int, line: dict[str, Any], used: dict[tuple[int, str], int]
) -> int | None:
    """Return where the trigger begins; the same words coded twice in a sentence are taken in turn."""
    sentence, trigger = document.sentences[index], line["trigger"]
    span = line.get("trigger_span")
    if span is not None:
        fits = 0 <= span[0] < span[1] <= len(document.text) and document.text[span[0] : span[1]] == trigger
        return span[0] if fits else None
    if not trigger:
        return None
    begin = used.get((index, trigger), sentence.start)
    whole = re.compile(rf"(?<!\w){re.escape(trigger)}(?!\w)")
    found = whole.search(document.text, begin, sentence.end) or whole.search(
        document.text, sentence.start, sentence.end
    )
    start = found.start() if found else document.text.find(trigger, sentence.start, sentence.end)
    if start < 0:
        return None
    used[index, trigger] = start + len(trigger)
    return start
