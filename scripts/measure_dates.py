"""Measure how many coded dates are found: from their phrase, and from the place of the trigger alone.

usage: measure_dates.py ANNOTATION_DIR... [--misses N] [--kind KIND]

(a) For every coded event with a `date_text`: the phrase as resolved in the document at its place (in the event's
    sentence, else the nearest place before it) agrees with the coded window if the days both share are at least half
    of the days of either: the guide's rule. The guide lets a coder draw a window from a phrase on to the next date of
    the account, or back to the one before ("tightest bounds its neighbours give"): such a window has one edge from its
    phrase, so these are counted beside those that agree. Given by event, by event whose phrase stands in its own
    sentence, and by distinct phrase at its place (by the best of the events of that sentence).
(b) For every coded event, the bounds given for the place of its trigger agree by the same rule.
Both broken down by kind.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import json
import sys
from pathlib import Path
from typing import Any

from detente.model import BoundedDate, Document
from detente.reading.annotation import AnnotationReader
from detente.resolving.anchor import DocumentDates, date_document
from detente.resolving.when import DatePhrase

Coded = dict[str, Any]
LEAST = 0.85


def read_annotated(path: Path) -> tuple[Document, list[Coded]]:
    """Return the document of NAME.json and its coded events."""
    (document,) = AnnotationReader().read(path.read_bytes(), str(path))
    lines = path.with_name(path.stem + ".events.jsonl").read_text(encoding="utf8").splitlines()
    return document, [json.loads(line) for line in lines if line.strip()]


def agrees(coded: Coded, when: BoundedDate | None) -> bool:
    """Return whether two windows share at least half of the days of either; two unknown ones agree."""
    if not coded["start"] or not coded["end"]:
        return when is None or when.earliest is None or when.latest is None
    if when is None or when.earliest is None or when.latest is None:
        return False
    first, last = (datetime.date.fromisoformat(coded[key]) for key in ("start", "end"))
    shared = (min(last, when.latest) - max(first, when.earliest)).days + 1
    return shared > 0 and shared / ((max(last, when.latest) - min(first, when.earliest)).days + 1) >= 0.5


def gives_edge(coded: Coded, when: BoundedDate) -> bool:
    """Return whether the coded window begins or ends with the phrase, and was drawn on from it to a neighbour."""
    first, last = str(when.earliest), str(when.latest)
    return coded["start"] in (first, last) or coded["end"] in (first, last)


def place_of(text: str, document: Document, sentence: int) -> tuple[int, int] | None:
    """Return where a coded phrase stands: in its sentence, else nearest before it, else anywhere."""
    here = document.sentences[sentence]
    at = document.text.find(text, here.start, here.end)
    if at < 0:
        at = document.text.rfind(text, 0, here.start)
    if at < 0:
        at = document.text.find(text)
    return (at, at + len(text)) if at >= 0 else None


def phrase_at(dates: DocumentDates, start: int, end: int) -> DatePhrase | None:
    """Return the phrase that shares most characters with `start:end`."""
    shared = [(min(p.span.end, end) - max(p.span.start, start), p) for p in dates.phrases]
    size, phrase = max(shared, key=lambda pair: pair[0], default=(0, None))
    return phrase if size > 0 else None


def trigger_offset(document: Document, event: Coded) -> int:
    here = document.sentences[event["sentence"]]
    return max(document.text.find(event["trigger"], here.start, here.end), here.start)


class Tally:
    def __init__(self) -> None:
        self.verdicts: collections.Counter[tuple[str, str]] = collections.Counter()
        self.kinds: dict[str, list[str]] = collections.defaultdict(list)
        self.places: collections.Counter[tuple[str, bool]] = collections.Counter()

    def add(self, document: Document, events: list[Coded]) -> None:
        dates = date_document(document)
        phrases: dict[tuple[int, int], str] = {}
        for event in events:
            if event["date_text"]:
                self._add_phrase(document, dates, event, phrases)
            self._add_event(document, dates, event)
        for verdict in phrases.values():
            self.verdicts["by distinct phrase", verdict] += 1

    def _add_phrase(
        self, document: Document, dates: DocumentDates, event: Coded, phrases: dict[tuple[int, int], str]
    ) -> None:
        place = place_of(event["date_text"], document, event["sentence"])
        found = phrase_at(dates, *place) if place else None
        right = found is not None and agrees(event, found.when)
        verdict = "agrees" if right else "gives an edge" if found and gives_edge(event, found.when) else "misses"
        here = document.sentences[event["sentence"]]
        self.verdicts["by event", verdict] += 1
        if place is not None and here.start <= place[0] < here.end:
            self.verdicts["by event, phrase in its sentence", verdict] += 1
            phrases[place] = min(phrases.get(place, verdict), verdict)
        if not right:
            sort = "not found" if found is None else "relative" if found.relative else "absolute"
            self._miss(f"phrase: {sort}, {verdict}", document, event, found, found.when if found else None)

    def _add_event(self, document: Document, dates: DocumentDates, event: Coded) -> None:
        when, phrase = dates.bounds_for(event["sentence"], trigger_offset(document, event))
        right = agrees(event, when)
        here = document.sentences[event["sentence"]]
        own = dates.in_sentence(event["sentence"])
        told = event["date_text"] and document.text.find(event["date_text"], here.start, here.end) >= 0
        kind = (
            "null" if not event["start"] or not event["end"]
            else "its phrase in the sentence" if told
            else "another phrase in the sentence" if own
            else "phrase of an earlier sentence" if event["date_text"]
            else "no phrase"
        )  # fmt: skip
        self.places[kind, right] += 1
        if not right:
            self._miss(f"event: {kind}", document, event, phrase, when)

    def _miss(
        self, kind: str, document: Document, event: Coded, found: DatePhrase | None, when: BoundedDate | None
    ) -> None:
        self.kinds[kind].append(
            f"{document.name}[{event['sentence']}] {event['trigger']!r} coded {event['start']}..{event['end']} by "
            f"{event['date_text']!r}; found {when and when.earliest}..{when and when.latest} by "
            f"{found and found.span.text!r}"
            f"\n        {document.sentence_text(event['sentence'])}"
        )


def report(name: str, tally: Tally, shown: int, wanted: str) -> float:
    print(f"{name}: (a) windows of date_text")
    share = 0.0
    for sort in ("by event", "by event, phrase in its sentence", "by distinct phrase"):
        agreeing, edge, missed = (tally.verdicts[sort, verdict] for verdict in ("agrees", "gives an edge", "misses"))
        total = max(agreeing + edge + missed, 1)
        share = agreeing / total
        print(
            f"  {sort}: {agreeing} of {total} agree: {share:.4f}; another {edge} give an edge: "
            f"{(agreeing + edge) / total:.4f}"
        )
    right = sum(count for (_, good), count in tally.places.items() if good)
    total = sum(tally.places.values())
    print(f"  (b) dated right given the trigger: {right} of {total}: {right / max(total, 1):.4f}")
    for kind in sorted({kind for kind, _ in tally.places}):
        good, bad = tally.places[kind, True], tally.places[kind, False]
        print(f"      {good:5} of {good + bad:5} {good / (good + bad):.3f} {kind}")
    for kind, misses in sorted(tally.kinds.items()):
        print(f"  {len(misses):5} missed, {kind}")
        if shown and wanted in kind:
            step = max(len(misses) // shown, 1)
            print(*(f"    {miss}" for miss in misses[::step][:shown]), sep="\n")
    return share


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="how many misses of each kind to print")
    parser.add_argument("--kind", default="", help="print only misses whose kind holds these words")
    options = parser.parse_args()
    shares = []
    for folder in options.folders:
        tally = Tally()
        for path in sorted(folder.glob("*.json")):
            tally.add(*read_annotated(path))
        shares.append(report(folder.name, tally, options.misses, options.kind))
    return 0 if min(shares) >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
