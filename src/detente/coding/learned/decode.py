"""From the network's scores to events: triggers above a floor, the likeliest parties, date, status for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from detente.coding.learned.dating import DateWindow, choose_window
from detente.coding.learned.references import Reference, tag_reference
from detente.coding.learned.scene import Question, Scene, ask, pad_windows, pose
from detente.coding.learned.sides import ACTOR, BOTH, RECIPIENT, SHAPES, score_sides
from detente.model import STATUSES, Party, Span

__all__ = ["Draft", "Labels", "Network", "batch_windows", "draft_events", "may_tag"]

Floats = npt.NDArray[np.float32]
BATCH = 2048
"""The pieces read at once, padding included."""


class Network(Protocol):
    """The two halves of the model, whatever runs them."""

    def read(self, batch: Mapping[str, npt.NDArray[Any]]) -> tuple[Floats, Floats]:
        """Return the vectors [B, T, size] and the tags [B, T, 5] of a batch of windows."""
        ...

    def link(self, vectors: Floats, batch: Mapping[str, npt.NDArray[Any]]) -> Mapping[str, Floats]:
        """Return the linker's scores by name for questions about `vectors` [L, size]."""
        ...


@dataclass(frozen=True, slots=True)
class Labels:
    """What the numbers of the model mean."""

    types: tuple[str, ...]
    pairs: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as the network sees it, before it is weighed: its parts and how likely each is to be right."""

    sentence: int
    trigger: Span
    event_type: str
    mode: str | None
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    window: DateWindow
    content: Span | None
    place: Span | None
    evidence: tuple[float, ...]
    """Chances: trigger, type, second type, sides, second sides, shape of sides, status, date, an event at all."""
    rivals: tuple[int, int, int] = (0, 0, 0)
    """Drafts of the sentence: how many others, how many of them likelier, how many likelier with the same meaning."""

    @property
    def chance(self) -> float:
        """The chance of trigger, type and sides together, were they independent."""
        return self.evidence[0] * self.evidence[1] * self.evidence[3]


def draft_events(scene: Scene, network: Network, labels: Labels, floor: float) -> list[Draft]:
    """Return a draft for every trigger in `scene` at least `floor` likely, in order."""
    drafts: list[Draft] = []
    for rows in batch_windows(scene):
        batch = pad_windows([scene.windows[i] for i in rows], [scene.marks[i] for i in rows])
        vectors, tags = network.read(batch)
        length = vectors.shape[1]
        questions: list[Question] = []
        offsets: list[int] = []
        chances: list[float] = []
        for row, number in enumerate(rows):
            found = _find_triggers(scene, number, tags[row], floor)
            if found:
                posed = pose(scene, number, [(first, last) for first, last, _ in found], _tag(scene, number, tags[row]))
                questions += posed
                offsets += [row * length] * len(posed)
                chances += [chance for *_, chance in found]
        if questions:
            scores = network.link(vectors.reshape(-1, vectors.shape[-1]), ask(questions, offsets))
            sides = _score_sides(questions, scores)
            for i, question in enumerate(questions):
                draft = _draft(scene, question, {k: v[i] for k, v in scores.items()}, sides[i], chances[i], labels)
                if draft:
                    drafts.append(draft)
    return _count_rivals(sorted(drafts, key=lambda d: d.trigger))


def _count_rivals(drafts: Sequence[Draft]) -> list[Draft]:
    """Return `drafts` with their rivals counted: the same act named twice in a sentence is seldom two events."""
    counted = []
    for _, group in groupby(drafts, key=lambda d: d.sentence):
        sentence = list(group)
        for draft in sentence:
            above = [d for d in sentence if d.chance > draft.chance]
            alike = sum(_meaning(d) == _meaning(draft) for d in above)
            counted.append(replace(draft, rivals=(len(sentence) - 1, len(above), alike)))
    return counted


def _meaning(draft: Draft) -> tuple[str, frozenset[str], frozenset[str]]:
    actors, recipients = (frozenset(party.code for party in side) for side in (draft.actors, draft.recipients))
    return draft.event_type, actors, recipients


def may_tag(span: Span, sentence: int, scene: Scene) -> bool:
    """Return whether words may be tagged as an unnamed party: they are no known mention, nor part of one."""
    near = scene.references_of(sentence)
    return not any(r.span.holds(span) or (r.span.overlaps(span) and not span.holds(r.span)) for r in near)


def batch_windows(scene: Scene) -> list[list[int]]:
    """Return the windows' numbers in batches of like length."""
    order = sorted(range(len(scene.windows)), key=lambda i: len(scene.windows[i].ids))
    batches: list[list[int]] = []
    for number in order:
        size = len(scene.windows[number].ids)
        if batches and size * (len(batches[-1]) + 1) <= BATCH:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def _find_triggers(scene: Scene, number: int, tags: Floats, floor: float) -> list[tuple[int, int, float]]:
    window = scene.windows[number]
    size = len(window.ids)
    begins = _sigmoid(tags[:size, 0])
    goes_on = tags[:size, 1] > 0
    found: list[tuple[int, int, float]] = []
    for first in np.flatnonzero(window.core & window.begins & (begins >= floor)):
        if found and first <= found[-1][1] and begins[first] < found[-1][2]:
            continue
        last = int(first)
        while last + 1 < size and window.sentence[last + 1] == window.sentence[first]:
            # The rest of a word always belongs to it; a further word only where the model says so.
            if window.begins[last + 1] and not goes_on[last + 1]:
                break
            last += 1
        found.append((int(first), last, float(begins[first])))
    return found


def _tag(scene: Scene, number: int, tags: Floats) -> list[Reference]:
    """Return references for the words tagged as unnamed parties, where no mention is known."""
    window = scene.windows[number]
    best = tags[: len(window.ids), 2:].argmax(-1)
    best[window.sentence < 0] = 0
    references = []
    for first in np.flatnonzero((best == 1) & window.begins):
        last = int(first)
        while last + 1 < len(best) and (best[last + 1] == 2 or not window.begins[last + 1]):
            if window.sentence[last + 1] != window.sentence[first]:
                break
            last += 1
        span = scene.document.span(int(window.starts[first]), int(window.ends[last]))
        if may_tag(span, int(window.sentence[first]), scene):
            references.append(tag_reference(span, int(window.sentence[first])))
    return references


def _score_sides(questions: Sequence[Question], scores: Mapping[str, Floats]) -> list[Floats]:
    """Return, for each question, the chance of each row of its candidates' roles."""
    chances = []
    for i, question in enumerate(questions):
        shapes = np.eye(len(SHAPES), dtype=np.float32)[question.candidates.shapes]
        parts = (scores[name][i] for name in ("unary", "same", "across", "shape"))
        total = score_sides(question.candidates.roles, shapes, *parts)
        chances.append(_softmax(np.asarray(total, dtype=np.float64)))
    return chances


def _draft(
    scene: Scene, question: Question, scores: Mapping[str, Floats], sides: Floats, chance: float, labels: Labels
) -> Draft | None:
    if len(sides) < 2:
        return None
    window = scene.windows[question.window]
    types, statuses = _softmax(scores["types"]), _softmax(scores["status"])
    kind = int(types.argmax())
    best = 1 + int(sides[1:].argmax())
    fits = np.array([name == labels.types[kind] for name, _ in labels.pairs])
    mode = labels.pairs[int(np.where(fits, scores["modes"], -np.inf).argmax())][1]
    dates = _softmax(scores["date"][: len(question.dates)].astype(np.float64))
    when, when_chance = choose_window(question.dates, dates)
    actors, recipients = _name_parties(question, best)
    alike = float(sides[question.candidates.shapes == question.candidates.shapes[best]].sum())
    status = int(statuses.argmax())
    second, second_side = np.sort(types)[-2], np.sort(sides[1:])[-2:][0]
    return Draft(
        sentence=int(window.sentence[question.first]),
        trigger=scene.document.span(int(window.starts[question.first]), int(window.ends[question.last])),
        event_type=labels.types[kind],
        mode=mode,
        status=STATUSES[status],
        actors=actors,
        recipients=recipients,
        window=when,
        content=_stretch(scene, question, scores["stretch"][0], scores["stretch"][1]),
        place=_stretch(scene, question, scores["stretch"][2], scores["stretch"][3]),
        evidence=tuple(
            float(x)
            for x in (
                chance,
                types[kind],
                second,
                sides[best],
                second_side,
                alike,
                statuses[status],
                when_chance,
                1 - sides[0],
            )
        ),
    )


def _name_parties(question: Question, best: int) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    candidates = question.candidates
    sides: dict[int, list[Party]] = {ACTOR: [], RECIPIENT: [], BOTH: []}
    for row, code in enumerate(candidates.codes):
        role = int(candidates.roles[best, row])
        if role:
            words = candidates.words[row]
            reason = words.reasons[words.codes.index(code)] if words else "named before; implied here"
            sides[role].append(Party(code, words.span if words else None, reason))
    return tuple(sides[ACTOR] + sides[BOTH]), tuple(sides[RECIPIENT])


def _stretch(scene: Scene, question: Question, begins: Floats, ends: Floats) -> Span | None:
    """Return the likeliest stretch of the sentence; None where none (a score of 0) is likelier."""
    size = len(question.words)
    pairs = begins[:size, None] + ends[None, :size]
    pairs = np.where(np.triu(np.ones((size, size), dtype=bool)), pairs, -np.inf)
    first, last = np.unravel_index(int(pairs.argmax()), pairs.shape)
    if pairs[first, last] <= 0:
        return None
    window = scene.windows[question.window]
    return scene.document.span(int(window.starts[question.words[first]]), int(window.ends[question.words[last]]))


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-x)), dtype=np.float32)


def _softmax(x: Any) -> Any:
    raised = np.exp(x - x.max(-1, keepdims=True)) if x.size else x
    return raised / raised.sum(-1, keepdims=True) if x.size else raised
