"""The sample: three short accounts written for these tests, coded by the annotation rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from detente.model import Document, Paragraph, Sentence

SAMPLE = Path(__file__).parent / "sample"


def read_sample() -> list[tuple[Document, list[dict[str, Any]]]]:
    """Return the documents of the sample, each with its coded lines."""
    pairs = []
    for path in sorted(SAMPLE.glob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        sentences = tuple(Sentence(s["i"], s["paragraph"], s["start"], s["end"]) for s in held["sentences"])
        bounds: dict[int, tuple[int, int]] = {}
        for s in sentences:
            bounds[s.paragraph] = (bounds.get(s.paragraph, (s.start, 0))[0], s.end)
        blocks = tuple(Paragraph(start, end) for start, end in bounds.values())
        text, title = held["text"], held["title"]
        document = Document(text, blocks, sentences, path.stem, path.stem, title=title, source=held["source"])
        lines = path.with_name(f"{path.stem}.events.jsonl").read_text(encoding="utf-8").splitlines()
        pairs.append((document, [json.loads(line) for line in lines]))
    return pairs
