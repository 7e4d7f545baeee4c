"""Measure how many coded parties are found from their mention text alone, in context.

usage: measure_parties.py ANNOTATION_DIR... [--misses N] [--kind WORDS]

For every coded event (NAME.events.jsonl beside NAME.json) and each of its sides that has mention texts, each coded
party counts once. It is found if a mention of `resolve_mentions` that overlaps one of the side's texts in its sentence
is resolved to the coded code; for a vague collective, a movement or an organisation the guide gives no code ("X:...")
any party that is no state counts. A side with fewer texts than codes, all of whose texts are found, leaves the other
codes implied: nothing in the sentence stands for them, so they are counted apart and not as misses. The second figure
is the other side of the coin: how many mention texts give only codes coded for the event ("right"), some others beside
("partly"), only others ("wrong"), or none.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.model import Document, Mention, Paragraph, Resolution, Sentence
from detente.resolving.reference import resolve_mentions

GUIDE_ORGANISATIONS = frozenset(
    ["UNO", "LON", "NATO", "WTO", "EEC", "OAS", "ARL", "OAU", "SEATO", "ANZUS", "OPC", "ASEAN", "IAEA"]
)


def read_annotated(path: Path) -> tuple[Document, list[dict[str, Any]]]:
    """Return the document of NAME.json and its coded events."""
    raw = json.loads(path.read_text(encoding="utf8"))
    sentences = tuple(Sentence(s["i"], s.get("paragraph", 0), s["start"], s["end"]) for s in raw["sentences"])
    document = Document(
        text=raw["text"],
        paragraphs=(Paragraph(0, len(raw["text"])),),
        sentences=sentences,
        content_hash=raw["id"],
        name=path.stem,
        title=raw.get("title", ""),
        source=raw.get("source", ""),
    )
    lines = path.with_name(path.stem + ".events.jsonl").read_text(encoding="utf8").splitlines()
    return document, [json.loads(line) for line in lines if line.strip()]


def sides(event: dict[str, Any]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the codes and mention texts of each side that has texts."""
    for codes, texts in ((event["actors"], event["actor_text"]), (event["recipients"], event["recipient_text"])):
        texts = [texts] if isinstance(texts, str) else texts or []
        if codes and texts:
            yield codes, texts


def entity(code: str) -> str:
    return "X" if code.startswith("X:") else code


def party(resolution: Resolution) -> str:
    """A resolved party as compared: all that are no states are alike but for the organisations the guide names."""
    (candidate,) = resolution.candidates
    return entity(candidate.code) if candidate.kind == "state" or candidate.code in GUIDE_ORGANISATIONS else "X"


def places(text: str, start: int, sentence: str) -> Iterator[tuple[int, int]]:
    at = sentence.find(text)
    while at >= 0:
        yield start + at, start + at + len(text)
        at = sentence.find(text, at + 1)


class Tally:
    def __init__(self) -> None:
        self.parties: collections.Counter[str] = collections.Counter()
        self.texts: collections.Counter[str] = collections.Counter()
        self.misses: list[tuple[str, str]] = []

    def add(self, document: Document, events: list[dict[str, Any]]) -> None:
        mentions: dict[int, list[Mention]] = collections.defaultdict(list)
        sentences = iter(document.sentences)
        sentence = next(sentences)
        for mention in resolve_mentions(document):
            while mention.span.start >= sentence.end:
                sentence = next(sentences)
            mentions[sentence.index].append(mention)
        for event in events:
            coded = {entity(code) for code in (*event["actors"], *event["recipients"])}
            for codes, texts in sides(event):
                self._add_side(document, event, codes, texts, coded, mentions[event["sentence"]])

    def _add_side(
        self,
        document: Document,
        event: dict[str, Any],
        codes: list[str],
        texts: list[str],
        coded: set[str],
        mentions: list[Mention],
    ) -> None:
        sentence = document.sentences[event["sentence"]]
        given: dict[str, list[Mention]] = {}
        for text in texts:
            spans = list(places(text, sentence.start, document.sentence_text(sentence.index)))
            given[text] = [
                m for m in mentions if any(m.span.start < end and start < m.span.end for start, end in spans)
            ]
        found = {text: {party(r) for m in ms for r in m.resolutions if r.code} for text, ms in given.items()}
        everything = set().union(*found.values())
        side = {entity(code) for code in codes}
        texts_right = all(found[text] & side for text in texts)
        for code in sorted(side):
            if code in everything:
                self.parties["found"] += 1
            elif texts_right and len(texts) < len(side):
                self.parties["implied"] += 1
            else:
                self.parties["missed"] += 1
                self._miss(document, sentence, event, code, given)
        for text in texts:
            self.texts[grade(found[text], coded)] += 1

    def _miss(
        self, document: Document, sentence: Sentence, event: dict[str, Any], code: str, given: dict[str, list[Mention]]
    ) -> None:
        shown = {
            text: [(m.span.text, m.kind, [[c.code for c in r.candidates] for r in m.resolutions]) for m in mentions]
            for text, mentions in given.items()
        }
        place = f"{document.name}[{sentence.index}] {code} of {event['actors']}>{event['recipients']}"
        line = f"{place}: {shown}\n      {document.sentence_text(sentence.index)}"
        self.misses.append((kind_of_miss(code, given), line))


def grade(found: set[str], coded: set[str]) -> str:
    """Return how the codes given for a mention text agree with the codes of its event."""
    if not found:
        return "none"
    if found <= coded:
        return "right"
    return "partly" if found & coded else "wrong"


def kind_of_miss(code: str, given: dict[str, list[Mention]]) -> str:
    """Return in words why a party was missed."""
    mentions = [mention for each in given.values() for mention in each]
    sort = "collective or movement" if code == "X" else "state"
    if not mentions:
        return f"{sort}: no mention"
    if any(mention.kind == "pronoun" for mention in mentions):
        return f"{sort}: pronoun resolved otherwise"
    if any(mention.kind == "description" for mention in mentions):
        return f"{sort}: description resolved otherwise"
    if any(not mention.codes for mention in mentions):
        return f"{sort}: left unresolved"
    return f"{sort}: resolved otherwise ({', '.join(sorted({mention.kind for mention in mentions}))})"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="how many misses of each kind to print")
    parser.add_argument("--kind", default="", help="print only misses whose kind holds these words")
    options = parser.parse_args()
    share = 1.0
    for folder in options.folders:
        tally = Tally()
        for path in sorted(folder.glob("*.json")):
            tally.add(*read_annotated(path))
        share = min(share, report(folder, tally, options.misses, options.kind))
    return 0 if share >= 0.92 else 1


def report(folder: Path, tally: Tally, shown: int, wanted: str) -> float:
    found, missed, implied = (tally.parties[key] for key in ("found", "missed", "implied"))
    share = found / max(found + missed, 1)
    print(f"{folder.name}: {found} of {found + missed} coded parties found from their mention text: {share:.4f}")
    print(f"  implied, not counted: {implied}")
    texts = sum(tally.texts.values())
    print(
        "  mention texts: "
        + ", ".join(f"{key} {count / max(texts, 1):.3f}" for key, count in sorted(tally.texts.items()))
    )
    kinds = collections.Counter(kind for kind, _ in tally.misses)
    for kind, count in kinds.most_common():
        print(f"  {count:5} {kind}")
        if wanted in kind:
            for line in [line for each, line in tally.misses if each == kind][:shown]:
                print(f"    {line}")
    return share


if __name__ == "__main__":
    sys.exit(main())
