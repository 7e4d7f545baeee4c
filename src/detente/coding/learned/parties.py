"""Who may be party to an act: the polities in reach of a trigger, and what is seen of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.coding.learned.references import KINDS, Reference
from detente.coding.learned.sides import WIDTH, Board
from detente.coding.learned.windows import Window
from detente.model import Document

__all__ = ["FEATURES", "PLACES", "Candidates", "find_candidates"]

PLACES = 4
"""The mentions of one polity considered for one trigger, at most."""
CUES = (
    "", "other", "by", "with", "to", "from", "of", "between", "against", "in", "on", "for", "and", ",",
    "toward", "at", "over", "that", "as", "into",
)  # fmt: skip
AFTERS = (
    "",
    "other",
    "’s",
    "'s",
    "’",
    "and",
    ",",
    "to",
    "had",
    "was",
    "were",
    "in",
    "of",
    "with",
    "would",
    "that",
    ".",
)
STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
CODE_KINDS = ("state", "organisation", "other")
FEATURES = (
    ("kind", len(KINDS)),
    ("distance", 2 * len(STEPS) + 4),
    ("between", 12),
    ("before", len(CUES)),
    ("after", len(AFTERS)),
    ("share", 6),
    ("rank", 8),
    ("code", len(CODE_KINDS)),
    ("repeats", 4),
    ("barrier", 5),
)
"""What is noted of each mention beside its vector: name and number of values."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The polities in reach of one trigger.

    `codes` (up to WIDTH); `mentions` [WIDTH, PLACES, 2]: positions in the window of the first piece and of the last
    (-1 where there is none); `features` [WIDTH, PLACES, len(FEATURES)]; `present` [WIDTH, PLACES]: which entries
    count; `links` [WIDTH, WIDTH]: numbers in LINKS; `roles` [sides, WIDTH]: every way to take sides that is
    considered (0 none, 1 actor, 2 recipient, 3 two-sided), the first row being that of no event between polities;
    `shapes` [sides]: numbers in SHAPES; `words`: for each code the reference nearest to the trigger, if there is one
    in its sentence.
    """

    codes: tuple[str, ...]
    mentions: Ints
    features: Ints
    present: npt.NDArray[np.bool_]
    links: Ints
    roles: Ints
    shapes: Ints
    words: tuple[Reference | None, ...]


def find_candidates(
    document: Document,
    window: Window,
    position: int,
    references: Sequence[Reference],
    ranks: Mapping[str, int],
    spots: Sequence[tuple[int, int]],
    board: Board,
) -> Candidates:
    """Return the candidates for the trigger that begins at `position` of `window`.

    `references` are those in the window's sentences, `spots` their positions in it (from its first piece to its
    last), `board` that of the trigger's sentence.
    """
    sentence, codes, here = board.sentence, board.codes, board.here
    mentions = np.full((WIDTH, PLACES, 2), -1, dtype=np.int64)
    features = np.zeros((WIDTH, PLACES, len(FEATURES)), dtype=np.int64)
    present = np.zeros((WIDTH, PLACES), dtype=bool)
    words: list[Reference | None] = []
    bounds = document.sentences[sentence]
    lead = Lead(document.text, bounds.start, bounds.end, int(window.starts[position]), int(window.ends[position]))
    order = sorted(range(len(references)), key=lambda i: abs(spots[i][0] - position))
    for row, code in enumerate(codes):
        inside = [i for i in order if references[i].sentence == sentence and code in references[i].codes]
        earlier = [i for i in order if references[i].sentence < sentence and code in references[i].codes]
        chosen = inside[: PLACES - 1] + earlier[:1]
        words.append(references[inside[0]] if inside else None)
        shared = (min(ranks.get(code, 7), 7), _code_kind(code), min(len(inside), 3))
        for column, index in enumerate(chosen):
            mentions[row, column] = spots[index][0], spots[index][1] - 1
            features[row, column] = _describe(lead, references, spots, index, position, sentence, here, shared)
            present[row, column] = True
        if not chosen:
            features[row, 0, 6], features[row, 0, 7] = shared[0], shared[1]
            present[row, 0] = True
    return Candidates(codes, mentions, features, present, board.links, board.roles, board.shapes, tuple(words))


def _code_kind(code: str) -> int:
    return 2 if code.startswith("X:") else 0 if len(code) == 3 and code not in ("UNO", "LON", "EEC", "OAS") else 1


@dataclass(frozen=True, slots=True)
class Lead:
    """The text about a trigger: the sentence's bounds and the trigger's own."""

    text: str
    sentence_start: int
    sentence_end: int
    start: int
    end: int


def _describe(
    lead: Lead,
    references: Sequence[Reference],
    spots: Sequence[tuple[int, int]],
    index: int,
    position: int,
    sentence: int,
    here: Sequence[int],
    shared: tuple[int, int, int],
) -> list[int]:
    reference = references[index]
    kind = KINDS.index(reference.kind) if reference.kind in KINDS else len(KINDS) - 1
    share = min(len(reference.codes), 3) - 1 + (0 if reference.sure else 3)
    before = _cue(lead.text[max(0, reference.span.start - 24) : reference.span.start])
    after = _follow(lead.text[reference.span.end : reference.span.end + 12])
    if reference.sentence != sentence:
        distance = 2 * len(STEPS) + min(sentence - reference.sentence, 3)
        return [kind, distance, 0, before, after, share, *shared, 0]
    gap = spots[index][0] - position
    step = sum(abs(gap) > s for s in STEPS[1:])
    distance = step if gap < 0 else len(STEPS) + step
    low, high = sorted((spots[index][0], position))
    crowd = sum(low < spots[i][0] < high for i in here if i != index)
    between = (1 if gap < 0 else 6) + min(crowd, 4)
    stretch = lead.text[reference.span.end : lead.start] if gap < 0 else lead.text[lead.end : reference.span.start]
    return [kind, distance, between, before, after, share, *shared, _barrier(stretch)]


def _cue(text: str) -> int:
    words = re.findall(r"[\w’]+|[^\w\s]", text.lower())
    while words and words[-1] in ("the", "a", "an", "both", "its", "his", "their"):
        words.pop()
    if not words:
        return 0
    return CUES.index(words[-1]) if words[-1] in CUES else 1


def _follow(text: str) -> int:
    found = re.match(r"\s*(’s|'s|’|[\w]+|[^\w\s])", text.lower())
    if not found:
        return 0
    return AFTERS.index(found[1]) if found[1] in AFTERS else 1


def _barrier(stretch: str) -> int:
    if ";" in stretch or ":" in stretch:
        return 4
    if re.search(r"\b(?:which|who|that|while|although|because|when|after|but|if)\b", stretch):
        return 3
    return 2 if stretch.count(",") > 1 else 1 if "," in stretch else 0
