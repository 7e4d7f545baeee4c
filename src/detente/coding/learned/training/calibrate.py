"""Fit how likely events are to be right on documents held out, and find the threshold at which F1 is highest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.coding.learned.calibration import ACT_SHARE, Calibration, Scale, describe_draft
from detente.coding.learned.decode import Draft
from detente.coding.learned.training.annotations import CodedEvent
from detente.coding.scoring import match_events

__all__ = ["Judged", "calibration_error", "find_threshold", "fit_calibration", "fit_scale", "judge_drafts"]

PENALTY = 3.0
"""Weight of the squared coefficients; the types' shifts, fitted on few events each, are held closer to zero."""
TYPE_PENALTY = 12.0
ROUNDS = 30


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft from a held-out document: are its type and parties right, are its trigger and type."""

    draft: Draft
    right: bool
    act_right: bool = False

    @property
    def worth(self) -> float:
        """What it was worth giving: 1 where all is right, less where only the act is or only the parties are."""
        return (self.right + ACT_SHARE * self.act_right) / (1 + ACT_SHARE)


def judge_drafts(drafts: Sequence[Draft], events: Sequence[CodedEvent]) -> list[Judged]:
    """Return the drafts of one document, each judged by the coded `events` of its sentence (each used once)."""
    judged = []
    for sentence in sorted({d.sentence for d in drafts}):
        coded = [e for e in events if e.sentence == sentence]
        # The likelier draft has the first claim, so that of two alike only one is right.
        mine = sorted((d for d in drafts if d.sentence == sentence), key=lambda d: -d.chance)
        right = {c for _, c in match_events([e.line for e in coded], [to_line(d) for d in mine], "event")}
        acts = _match_acts(mine, coded)
        judged += [Judged(draft, number in right, number in acts) for number, draft in enumerate(mine)]
    return judged


def _match_acts(drafts: Sequence[Draft], events: Sequence[CodedEvent]) -> set[int]:
    """Return the numbers of the drafts whose trigger overlaps that of an event of the same type, each used once."""
    left, matched = list(events), set()
    for number, draft in enumerate(drafts):
        same = [e for e in left if e.start < draft.trigger.end and draft.trigger.start < e.end]
        found = next((e for e in same if e.line["type"] == draft.event_type), None)
        if found:
            left.remove(found)
            matched.add(number)
    return matched


def to_line(draft: Draft) -> dict[str, object]:
    """Return what the scorer needs to know of a draft."""
    when = draft.window.when
    return {
        "sentence": draft.sentence,
        "trigger": draft.trigger.text,
        "type": draft.event_type,
        "mode": draft.mode,
        "actors": [p.code for p in draft.actors],
        "recipients": [p.code for p in draft.recipients],
        "status": draft.status,
        "start": when.earliest.isoformat() if when and when.earliest else None,
        "end": when.latest.isoformat() if when and when.latest else None,
    }


def fit_scale(judged: Sequence[Judged], types: Sequence[str]) -> Scale:
    """Return the scale fitted on `judged`: of being right in type and parties, and in trigger and type."""
    acts = [Judged(j.draft, j.act_right) for j in judged]
    return Scale(fit_calibration(judged, types), fit_calibration(acts, types))


def fit_calibration(judged: Sequence[Judged], types: Sequence[str]) -> Calibration:
    """Return the logistic model of being right, fitted by Newton's method with a ridge penalty."""
    facts = np.array([describe_draft(j.draft) for j in judged])
    kinds = np.array([[j.draft.event_type == name for name in types] for j in judged], dtype=float)
    x = np.hstack([np.ones((len(judged), 1)), facts, kinds])
    y = np.array([j.right for j in judged], dtype=float)
    ridge = np.array([0.0, *[PENALTY] * facts.shape[1], *[TYPE_PENALTY] * len(types)])
    w = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - y) + ridge * w
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-6)
        w -= np.linalg.solve(bend, slope)
    size = facts.shape[1]
    return Calibration(
        float(w[0]), tuple(map(float, w[1 : 1 + size])), dict(zip(types, map(float, w[1 + size :]), strict=True))
    )


def find_threshold(expected: npt.NDArray[np.float64], worths: npt.NDArray[np.float64], coded: int) -> float:
    """Return the expected worth at which to cut so that F1 against `coded` events is highest.

    `worths` (0 to 1) say how much of a hit each draft is: with 0 and 1 alone it is F1 as usual.
    """
    order = np.argsort(-expected)
    hits = np.cumsum(worths[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + coded)
    best = int(f1.argmax())
    return float(expected[order[best]])


def calibration_error(confidences: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal size (Naeini, Cooper and Hauskrecht 2015)."""
    if not len(confidences):
        return 0.0
    parts = np.array_split(np.argsort(confidences), bins)
    gaps = [len(p) * abs(confidences[p].mean() - right[p].mean()) for p in parts if len(p)]
    return float(sum(gaps) / len(confidences))
