"""What the network learns from: each window of a coded document with the right answers."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.coding.learned.dating import DateWindow, overlap
from detente.coding.learned.decode import may_tag
from detente.coding.learned.references import Reference, tag_reference
from detente.coding.learned.scene import Question, Scene, pose, read_scene
from detente.coding.learned.sides import ACTOR, BOTH, RECIPIENT, WIDTH
from detente.coding.learned.training.annotations import CodedDocument, CodedEvent
from detente.coding.learned.training.ontology import Ontology
from detente.coding.learned.windows import CORE, LEAD, Window
from detente.model import STATUSES, Span

__all__ = ["Answer", "Example", "find_lures", "make_examples"]

DECOYS = 6
"""The decoys in one window, at most."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is right for one question; -1, or no entry, where the question cannot be answered from its options.

    A decoy, where there is no event, has the type -1 and the side 0.

    `side` is the number of the right row of `Candidates.roles`; `dates` marks the windows that agree with the coded
    one; `content` and `place` are the first and last position among the question's words.
    """

    type: int
    mode: int
    status: int
    side: int
    dates: npt.NDArray[np.bool_]
    content: tuple[int, int]
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A window, what is to be tagged in it (-1 where nothing is asked), its questions and their answers."""

    name: str
    scene: Scene
    number: int
    begins: Ints
    goes_on: Ints
    party: Ints
    questions: tuple[Question, ...]
    answers: tuple[Answer, ...]
    events: tuple[CodedEvent, ...]

    @property
    def window(self) -> Window:
        """The window read."""
        return self.scene.windows[self.number]


def make_examples(
    coded: CodedDocument,
    tokenizer: Any,
    ontology: Ontology,
    lures: Collection[str] = (),
    core: int = CORE,
    lead: int = LEAD,
) -> list[Example]:
    """Return an example for each window of `coded`.

    `lures` are words that are triggers elsewhere: where one is not coded, the linker is asked about it too, and the
    right answer is that there is no event.
    """
    scene = read_scene(coded.document, tokenizer, core, lead)
    parties = _mark_parties(coded, scene)
    return [_make_example(coded, scene, number, parties, ontology, lures) for number in range(len(scene.windows))]


def find_lures(documents: Iterable[CodedDocument]) -> frozenset[str]:
    """Return the words, in lower case, with which two coded triggers or more begin."""
    first = (re.match(r"\w+", event.line["trigger"].lower()) for d in documents for event in d.events)
    counts = Counter(found[0] for found in first if found)
    return frozenset(word for word, count in counts.items() if count > 1)


def _make_example(
    coded: CodedDocument,
    scene: Scene,
    number: int,
    parties: Sequence[Reference],
    ontology: Ontology,
    lures: Collection[str],
) -> Example:
    window = scene.windows[number]
    begins = np.where(window.core & window.begins, 0, -1)
    goes_on = np.where(window.sentence >= 0, 0, -1)
    party = np.where(window.sentence >= 0, 0, -1)
    for reference in parties:
        spot = window.find(reference.span.start, reference.span.end)
        if spot:
            party[spot[0]], party[spot[0] + 1 : spot[1]] = 1, 2
    triggers, events = [], []
    for event in coded.events:
        spot = window.find(event.start, event.end) if window.first <= event.sentence < window.last else None
        if spot:
            begins[spot[0]] = 1
            goes_on[spot[0] + 1 : spot[1]] = 1
            triggers.append((spot[0], spot[1] - 1))
            events.append(event)
    decoys = _find_decoys(window, scene.document.text, begins, lures)
    questions = pose(scene, number, triggers + decoys, parties)
    answers = [_answer(q, e, scene, ontology) for q, e in zip(questions, events, strict=False)]
    answers += [
        Answer(-1, -1, -1, 0, np.zeros(len(q.dates), bool), (-1, -1), (-1, -1)) for q in questions[len(events) :]
    ]
    return Example(coded.name, scene, number, begins, goes_on, party, tuple(questions), tuple(answers), tuple(events))


def _find_decoys(window: Window, text: str, begins: Ints, lures: Collection[str]) -> list[tuple[int, int]]:
    """Return the places of words that are triggers elsewhere but not coded here, `DECOYS` at most, evenly spread."""
    found = []
    for first in np.flatnonzero(begins == 0):
        word = re.match(r"\w+", text[int(window.starts[first]) : int(window.starts[first]) + 30])
        if word and word[0].lower() in lures:
            found.append((int(first), int(first)))
    return found[:: max(1, -(-len(found) // DECOYS))]


def _mark_parties(coded: CodedDocument, scene: Scene) -> list[Reference]:
    """Return the words of unnamed collectives (`X:` parties) that the resolver does not know as parties."""
    found: dict[tuple[int, int], Reference] = {}
    for event in coded.events:
        for side, words in (("actors", "actor_text"), ("recipients", "recipient_text")):
            codes = event.line[side]
            if not codes or not all(code.startswith("X:") for code in codes):
                continue
            for text in _listed(event.line.get(words)):
                span = _place(coded, event.sentence, text)
                if span and may_tag(span, event.sentence, scene):
                    found[span.start, span.end] = tag_reference(span, event.sentence)
    kept: list[Reference] = []
    for reference in sorted(found.values(), key=lambda r: r.span.start - r.span.end):
        if not any(reference.span.overlaps(other.span) for other in kept):
            kept.append(reference)
    return kept


def _listed(words: Any) -> list[str]:
    return [words] if isinstance(words, str) else list(words or ())


def _place(coded: CodedDocument, index: int, text: str) -> Span | None:
    sentence = coded.document.sentences[index]
    start = coded.document.text.find(text, sentence.start, sentence.end)
    return coded.document.span(start, start + len(text)) if start >= 0 and text else None


def _answer(question: Question, event: CodedEvent, scene: Scene, ontology: Ontology) -> Answer:
    line = event.line
    kind, mode = line["type"], line.get("mode")
    pair = (kind, mode) if (kind, mode) in ontology.pairs else (kind, None)
    return Answer(
        type=ontology.types.index(kind),
        mode=ontology.pairs.index(pair),
        status=STATUSES.index(line.get("status") or "actual"),
        side=_find_side(question, event),
        dates=_agreeing(question, line),
        content=_find_words(question, event, line.get("content"), scene),
        place=_find_words(question, event, line.get("place"), scene),
    )


def _find_side(question: Question, event: CodedEvent) -> int:
    """Return the row of roles that is the coded one; -1 where a coded party is not among the candidates."""
    roles = np.zeros(WIDTH, dtype=np.int64)
    two_sided = not event.line["recipients"]
    for side, role in (("actors", BOTH if two_sided else ACTOR), ("recipients", RECIPIENT)):
        words = _listed(event.line.get("actor_text" if side == "actors" else "recipient_text"))
        for code in event.line[side]:
            row = _find_row(question, code, words, roles)
            if row is None:
                return -1
            roles[row] = role
    same = np.flatnonzero((question.candidates.roles == roles).all(1))
    return int(same[0]) if len(same) else -1


def _find_row(question: Question, code: str, words: Sequence[str], taken: Ints) -> int | None:
    codes = question.candidates.codes
    if code in codes:
        return codes.index(code)
    if not code.startswith("X:"):
        return None
    # Vague parties have no settled names: the one whose words are the coded ones, else one that shares a word.
    open_rows = [i for i, c in enumerate(codes) if c.startswith("X:") and not taken[i]]
    for row in open_rows:
        held = question.candidates.words[row]
        if held and any(held.span.text in text or text in held.span.text for text in words):
            return row
    name = set(re.findall(r"\w{4,}", code[2:].lower()))
    return next((row for row in open_rows if name & set(re.findall(r"\w{4,}", codes[row].lower()))), None)


def _agreeing(question: Question, line: dict[str, Any]) -> npt.NDArray[np.bool_]:
    bounds = [datetime.date.fromisoformat(line[k]).toordinal() for k in ("start", "end") if line.get(k)]
    coded = DateWindow(0, bounds[0], bounds[1]) if len(bounds) == 2 else DateWindow(0, None, None)
    return np.array([overlap(window, coded) >= 0.5 for window in question.dates], dtype=bool)


def _find_words(question: Question, event: CodedEvent, text: str | None, scene: Scene) -> tuple[int, int]:
    """Return the first and last position of `text` among the question's words; (-1, -1) where it has none."""
    if not text:
        return (-1, -1)
    sentence = scene.document.sentences[event.sentence]
    start = scene.document.text.find(text, sentence.start, sentence.end)
    spot = scene.windows[question.window].find(start, start + len(text)) if start >= 0 else None
    if not spot:
        return (-1, -1)
    base = int(question.words[0])
    return spot[0] - base, spot[1] - 1 - base
