"""Print how well ties are found, from hand-coded events and from a coder's: measure_ties.py ANNOTATION_DIR…"""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detente.coding.scoring import read_gold
from detente.model import BoundedDate, Document, Event, Party, Span, Tie
from detente.reading import read_document
from detente.ties.find import find_ties


def event_of(line: dict[str, Any], document: Document) -> Event:
    """Return a hand-coded line as an event."""
    sentence = document.sentences[line["sentence"]]

    def find(words: str | None) -> Span | None:
        at = document.text.find(words, sentence.start, sentence.end) if words else -1
        return Span(at, at + len(words or ""), words or "") if at >= 0 else None

    def parties(side: str) -> tuple[Party, ...]:
        texts = line.get(f"{side}_text") or []
        texts = [texts] if isinstance(texts, str) else texts
        return tuple(
            Party(code, find(texts[min(i, len(texts) - 1)]) if texts else None)
            for i, code in enumerate(line[f"{side}s"])
        )

    start, end = (datetime.date.fromisoformat(line[key]) if line.get(key) else None for key in ("start", "end"))
    return Event(
        document.id,
        line["sentence"],
        document.span(sentence.start, sentence.end),
        find(line["trigger"]) or document.span(sentence.start, sentence.start),
        line["type"],
        parties("actor"),
        parties("recipient"),
        mode=line.get("mode"),
        status=line["status"],
        when=BoundedDate.between(start, end) if start or end else None,
        content=find(line.get("content")),
        coder="hand",
    )


def line_of(tie: Tie) -> dict[str, Any]:
    """Return `tie` in the form of the annotation guide."""

    def moment(value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        when = value.when
        return {
            "sentence": value.sentence,
            "start": str(when.earliest) if when and when.earliest else None,
            "end": str(when.latest) if when and when.latest else None,
        }

    return {
        "kind": tie.kind,
        "name": tie.name,
        "parties": [{"code": p.code, "role": p.role} for p in tie.parties],
        "terms": tie.terms,
        "opened": moment(tie.opened),
        "closed": moment(tie.closed),
        "outcome": tie.outcome,
    }


def key(line: dict[str, Any]) -> tuple[str, frozenset[str]]:
    return line["kind"], frozenset("X" if p["code"].startswith("X:") else p["code"] for p in line["parties"])


def main(folders: Sequence[str]) -> None:
    out = Path("/tmp/ties_pred")
    out.mkdir(exist_ok=True)
    kinds: dict[str, Counter[str]] = {}
    for folder in folders:
        total = Counter[str]()
        for path in sorted(Path(folder).glob("*.ties.jsonl")):
            [document] = read_document(str(path.with_name(path.name.replace(".ties.jsonl", ".json"))))
            events = [
                event_of(line, document) for line in read_gold(path.with_name(path.name.replace(".ties", ".events")))
            ]
            gold, found = (
                [json.loads(l) for l in path.read_text().splitlines()],
                [line_of(t) for t in find_ties(document, events)],
            )
            (out / path.name).write_text("".join(json.dumps(l) + "\n" for l in found))
            g, f = Counter(map(key, gold)), Counter(map(key, found))
            for k in set(g) | set(f):
                c = kinds.setdefault(k[0], Counter())
                c["right"] += min(g[k], f[k])
                c["gold"] += g[k]
                c["found"] += f[k]
            total.update(right=sum((g & f).values()), gold=len(gold), found=len(found))
        print(folder, dict(total), "f1 %.3f" % (2 * total["right"] / max(1, total["gold"] + total["found"])))
    for name, c in sorted(kinds.items(), key=lambda i: -i[1]["gold"]):
        print(
            f"  {name:16} right {c['right']:3} gold {c['gold']:3} found {c['found']:3}  p {c['right'] / max(1, c['found']):.2f} r {c['right'] / max(1, c['gold']):.2f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
