"""A document made ready for the network: its windows, who is named in them, its dates; and questions about triggers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.coding.learned import dating
from detente.coding.learned.dating import DateWindow, Told, describe_windows, find_windows
from detente.coding.learned.marks import mark_window
from detente.coding.learned.parties import FEATURES, PLACES, Candidates, find_candidates
from detente.coding.learned.references import Reference, find_references, rank_codes
from detente.coding.learned.sides import WIDTH, lay_board
from detente.coding.learned.windows import CORE, LEAD, Window, cut_windows, split_pieces
from detente.model import Document
from detente.resolving.anchor import DocumentDates, date_document
from detente.resolving.reference import resolve_mentions

__all__ = ["Question", "Scene", "ask", "pad_windows", "pose", "read_scene"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of a document before the network reads it."""

    document: Document
    references: tuple[Reference, ...]
    ranks: dict[str, int]
    told: tuple[Told, ...]
    dates: DocumentDates
    windows: tuple[Window, ...]
    marks: tuple[tuple[Ints, Ints], ...]

    def references_of(self, sentence: int) -> list[Reference]:
        """Return the references in `sentence`."""
        first = bisect_left(self.references, sentence, key=lambda r: r.sentence)
        last = bisect_right(self.references, sentence, key=lambda r: r.sentence)
        return list(self.references[first:last])

    def named_in(
        self, window: Window, extra: Sequence[Reference] = ()
    ) -> tuple[list[Reference], list[tuple[int, int]]]:
        """Return the references in `window` with their positions, `extra` ones (tagged by the model) among them."""
        inside = [r for s in range(window.opens, window.last) for r in self.references_of(s)]
        pairs = []
        for reference in sorted([*inside, *extra], key=lambda r: (r.span.start, -r.span.end)):
            spot = window.find(reference.span.start, reference.span.end) if reference.sentence < window.last else None
            if spot:
                pairs.append((reference, spot))
        return [r for r, _ in pairs], [s for _, s in pairs]


@dataclass(frozen=True, slots=True)
class Question:
    """One trigger put to the linker: where it stands in its window, and what it may be linked to."""

    window: int
    first: int
    last: int
    candidates: Candidates
    dates: tuple[DateWindow, ...]
    date_features: Ints
    date_spots: Ints
    words: Ints


def read_scene(document: Document, tokenizer: Any, core: int = CORE, lead: int = LEAD) -> Scene:
    """Return `document` cut into windows, with its mentions and dates resolved."""
    dates = date_document(document)
    references = find_references(document, resolve_mentions(document, dates))
    ranks = rank_codes(references)
    told = _list_dates(document, dates)
    title = tokenizer.encode(document.title, add_special_tokens=False).ids if document.title else []
    windows = tuple(cut_windows(document, split_pieces(document, tokenizer), title, core, lead))
    scene = Scene(document, tuple(references), ranks, told, dates, windows, ())
    bounds = [(t.span.start, t.span.end, t.sentence) for t in told]
    marks = []
    for window in windows:
        named, _ = scene.named_in(window)
        inside = [(start, end) for start, end, sentence in bounds if window.opens <= sentence < window.last]
        marks.append(mark_window(window, named, ranks, inside))
    return Scene(document, tuple(references), ranks, told, dates, windows, tuple(marks))


def pose(scene: Scene, number: int, triggers: Sequence[tuple[int, int]], extra: Sequence[Reference]) -> list[Question]:
    """Return a question for each trigger (first and last piece) of window `number`; `extra` as in `Scene.named_in`."""
    window, document = scene.windows[number], scene.document
    named, spots = scene.named_in(window, extra)
    ranks = scene.ranks
    places = _place_dates(scene, window)
    boards = {s: lay_board(document, s, named, ranks) for s in sorted({int(window.sentence[t[0]]) for t in triggers})}
    questions = []
    for first, last in triggers:
        sentence, offset = int(window.sentence[first]), int(window.starts[first])
        candidates = find_candidates(document, window, first, named, ranks, spots, boards[sentence])
        rule, phrase = scene.dates.bounds_for(sentence, offset)
        options = find_windows(scene.told, sentence, offset, rule, phrase.span if phrase else None)
        features = describe_windows(options, scene.told, document, sentence, offset)
        date_spots = np.array([[places.get(w.begin, -1), places.get(w.end, -1)] for w in options], dtype=np.int64)
        words = np.flatnonzero(window.sentence == sentence)
        questions.append(Question(number, first, last, candidates, tuple(options), features, date_spots, words))
    return questions


def pad_windows(windows: Sequence[Window], marks: Sequence[tuple[Ints, Ints]]) -> dict[str, Ints]:
    """Return the reader's input for a batch of windows: ids, mask, slots and kinds, each [batch, longest]."""
    longest = max(len(w.ids) for w in windows)
    batch = {name: np.zeros((len(windows), longest), dtype=np.int64) for name in ("ids", "mask", "slots", "kinds")}
    for row, (window, (slots, kinds)) in enumerate(zip(windows, marks, strict=True)):
        size = len(window.ids)
        batch["ids"][row, :size], batch["mask"][row, :size] = window.ids, 1
        batch["slots"][row, :size], batch["kinds"][row, :size] = slots, kinds
    return batch


def ask(questions: Sequence[Question], offsets: Sequence[int]) -> dict[str, npt.NDArray[Any]]:
    """Return the linker's input for `questions`; `offsets` holds, for each, where its window's vectors begin."""
    count = len(questions)
    longest = max(len(q.words) for q in questions)
    options = max(len(q.dates) for q in questions)
    batch: dict[str, npt.NDArray[Any]] = {
        "triggers": np.zeros((count, 2), dtype=np.int64),
        "mentions": np.full((count, WIDTH, PLACES, 2), -1, dtype=np.int64),
        "features": np.zeros((count, WIDTH, PLACES, len(FEATURES)), dtype=np.int64),
        "present": np.zeros((count, WIDTH, PLACES), dtype=np.int64),
        "links": np.zeros((count, WIDTH, WIDTH), dtype=np.int64),
        "words": np.full((count, longest), -1, dtype=np.int64),
        "phrases": np.full((count, options, 2), -1, dtype=np.int64),
        "date_features": np.zeros((count, options, len(dating.FEATURES)), dtype=np.int64),
    }
    for row, (question, offset) in enumerate(zip(questions, offsets, strict=True)):
        batch["triggers"][row] = question.first + offset, question.last + offset
        held = question.candidates
        batch["mentions"][row] = np.where(held.mentions >= 0, held.mentions + offset, -1)
        batch["features"][row], batch["present"][row] = held.features, held.present
        batch["links"][row] = held.links
        batch["words"][row, : len(question.words)] = question.words + offset
        spots = question.date_spots
        batch["phrases"][row, : len(spots)] = np.where(spots >= 0, spots + offset, -1)
        batch["date_features"][row, : len(spots)] = question.date_features
    return batch


def _place_dates(scene: Scene, window: Window) -> dict[Told | None, int]:
    """Return where in `window` each date phrase begins, of those that stand in it."""
    places: dict[Told | None, int] = {}
    for told in scene.told:
        place = None
        if window.opens <= told.sentence < window.last:
            place = window.find(told.span.start, told.span.end)
        if place:
            places[told] = place[0]
    return places


def _list_dates(document: Document, dates: DocumentDates) -> tuple[Told, ...]:
    """Return the document's date phrases with both bounds; an open bound is drawn to the edge of the time covered."""
    starts = np.array([s.start for s in document.sentences] or [0])
    known = [p for p in dates.phrases if p.when.earliest or p.when.latest]
    ends = [p.when.latest.toordinal() for p in known if p.when.latest]
    begins = [p.when.earliest.toordinal() for p in known if p.when.earliest]
    told = []
    for phrase in known:
        earliest = phrase.when.earliest.toordinal() if phrase.when.earliest else min(begins, default=None)
        latest = phrase.when.latest.toordinal() if phrase.when.latest else max(ends, default=None)
        if earliest is None or latest is None or earliest > latest:
            continue
        sentence = max(int(np.searchsorted(starts, phrase.span.start, "right")) - 1, 0)
        told.append(Told(phrase.span, sentence, earliest, latest, phrase.relative, phrase.when))
    return tuple(sorted(told, key=lambda t: t.span))
