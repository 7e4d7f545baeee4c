"""How well a coder reads: its events beside those of careful human coders, at four levels of strictness."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import DocumentError, FormatError
from detente.refdata.plover import event_types

__all__ = ["LEVELS", "LevelScore", "Miss", "Score", "match_events", "read_gold", "score_sentences"]

LEVELS = ("dyad", "quad", "event", "dated")
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LevelScore:
    """Counts at one level; `gold` leaves out optional events that were missed."""

    right: int
    missed: int
    extra: int

    @property
    def gold(self) -> int:
        """How many events there were to find."""
        return self.right + self.missed

    @property
    def coded(self) -> int:
        """How many events were coded."""
        return self.right + self.extra

    @property
    def precision(self) -> float:
        """The share of coded events that are right; 0 where none were coded."""
        return self.right / self.coded if self.coded else 0.0

    @property
    def recall(self) -> float:
        """The share of the events to find that were found; 0 where there were none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """An event that is not right at level "event": "missed" from the reference or "extra" in the coding."""

    document: str
    sentence: int
    sentence_text: str
    kind: str
    line: Line


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a set of documents: a `LevelScore` a level, status agreement, and what was not right."""

    levels: Mapping[str, LevelScore]
    status: float
    misses: tuple[Miss, ...]

    def table(self) -> str:
        """Return the figures as a text table, one level a line, then the status agreement."""
        head = f"{'level':8}{'precision':>10}{'recall':>8}{'f1':>8}{'gold':>7}{'coded':>7}"
        rows = [
            f"{name:8}{s.precision:10.3f}{s.recall:8.3f}{s.f1:8.3f}{s.gold:7}{s.coded:7}"
            for name, s in self.levels.items()
        ]
        return "\n".join([head, *rows, f"status agreement {self.status:.3f}"])


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the reference events of a NAME.events.jsonl file; FormatError names a line that is not JSON."""
    events = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                events.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise FormatError(path, number, error.msg, expected="one JSON object a line") from error
    return events


def score_sentences(
    documents: Iterable[tuple[str, Sequence[str], Sequence[Line], Sequence[Line]]],
) -> Score:
    """Return the score of many documents, each (name, its sentences' texts, reference events, coded events).

    Events are matched one to one within a sentence, as many as can be. At "dyad" the parties agree as sets and in
    direction (a two-sided reference event, and CONSULT, match any direction among the same parties; all `X:` parties
    count as alike), at "quad" also the quad class, at "event" the type, at "dated" also a window that overlaps the
    reference by at least half of the union of both. A reference event marked `optional` costs nothing when missed;
    its `also_ok` lists readings that count as right.
    """
    tally = {level: Counter[str]() for level in LEVELS}
    status = Counter[bool]()
    misses: list[Miss] = []
    for name, sentences, gold_lines, coded_lines in documents:
        if not sentences:
            raise DocumentError(name, "has no sentences", expected="a document with running text")
        gold_of, coded_of = _by_sentence(gold_lines), _by_sentence(coded_lines)
        for number, text in enumerate(sentences):
            gold, coded = gold_of.get(number, []), coded_of.get(number, [])
            for level in LEVELS:
                pairs = match_events(gold, coded, level)
                sure = sum(not gold[g].get("optional") for g, _ in pairs)
                tally[level]["right"] += sure
                tally[level]["missed"] += sum(not event.get("optional") for event in gold) - sure
                tally[level]["extra"] += len(coded) - len(pairs)
                if level == "event":
                    status.update(_status(gold[g]) == _status(coded[c]) for g, c in pairs)
                    misses.extend(_misses(name, number, text, gold, coded, pairs))
    levels = {level: LevelScore(c["right"], c["missed"], c["extra"]) for level, c in tally.items()}
    agreed = status[True] / status.total() if status.total() else 0.0
    return Score(levels, agreed, tuple(misses))


def match_events(gold: Sequence[Line], coded: Sequence[Line], level: str) -> list[tuple[int, int]]:
    """Return the largest set of pairs (reference index, coded index) that agree at `level`, one to one.

    Kuhn's augmenting paths; reference events that are not optional are served first.
    """
    owner: dict[int, int] = {}

    def claim(g: int, seen: set[int]) -> bool:
        for c, event in enumerate(coded):
            if c in seen or not any(_agrees(reading, event, level) for reading in _readings(gold[g])):
                continue
            seen.add(c)
            if c not in owner or claim(owner[c], seen):
                owner[c] = g
                return True
        return False

    for g in sorted(range(len(gold)), key=lambda g: bool(gold[g].get("optional"))):
        claim(g, set())
    return sorted((g, c) for c, g in owner.items())


def _by_sentence(lines: Iterable[Line]) -> dict[int, list[Line]]:
    grouped: dict[int, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line["sentence"], []).append(line)
    return grouped


def _readings(gold: Line) -> list[Line]:
    return [gold, *({**gold, **other} for other in gold.get("also_ok", []))]


def _status(line: Line) -> str:
    return str(line.get("status") or "actual")


def _agrees(gold: Line, coded: Line, level: str) -> bool:
    return all(_TESTS[step](gold, coded) for step in _STEPS[level])


def _same_parties(gold: Line, coded: Line) -> bool:
    gold_sides, coded_sides = _sides(gold), _sides(coded)
    if not gold_sides[1] or gold["type"] == "CONSULT":
        return set.union(*gold_sides) == set.union(*coded_sides)
    return gold_sides == coded_sides


def _sides(line: Line) -> tuple[set[str], set[str]]:
    actors, recipients = (
        {"X" if code.startswith("X:") else code for code in line[side]} for side in ("actors", "recipients")
    )
    return actors, recipients


def _same_quad(gold: Line, coded: Line) -> bool:
    types = event_types()
    return coded["type"] in types and types[gold["type"]].quad_class == types[coded["type"]].quad_class


def _same_type(gold: Line, coded: Line) -> bool:
    return bool(gold["type"] == coded["type"])


def _same_date(gold: Line, coded: Line) -> bool:
    first, second = _window(gold), _window(coded)
    if first is None or second is None:
        return first == second
    shared = min(first[1], second[1]) - max(first[0], second[0]) + 1
    union = max(first[1], second[1]) - min(first[0], second[0]) + 1
    return shared > 0 and shared / union >= 0.5


def _window(line: Line) -> tuple[int, int] | None:
    if not line.get("start") or not line.get("end"):
        return None
    start, end = (datetime.date.fromisoformat(line[key]).toordinal() for key in ("start", "end"))
    return start, end


_TESTS: dict[str, Callable[[Line, Line], bool]] = {
    "parties": _same_parties,
    "quad": _same_quad,
    "type": _same_type,
    "date": _same_date,
}
_STEPS = {
    "dyad": ("parties",),
    "quad": ("parties", "quad"),
    "event": ("parties", "type"),
    "dated": ("parties", "type", "date"),
}


def _misses(
    name: str,
    number: int,
    text: str,
    gold: Sequence[Line],
    coded: Sequence[Line],
    pairs: Sequence[tuple[int, int]],
) -> Iterable[Miss]:
    found, right = {g for g, _ in pairs}, {c for _, c in pairs}
    for g, event in enumerate(gold):
        if g not in found and not event.get("optional"):
            yield Miss(name, number, text, "missed", event)
    for c, event in enumerate(coded):
        if c not in right:
            yield Miss(name, number, text, "extra", event)
