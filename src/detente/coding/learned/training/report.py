"""How well held-out documents were coded: the figures of a training run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detente.coding.learned.training.calibrate import Judged, calibration_error, find_threshold, to_line
from detente.coding.learned.training.train import HeldOut
from detente.coding.scoring import Score, score_sentences

__all__ = ["found_and_typed", "held_out_threshold", "list_confidences", "list_kept", "score_held_out", "tell_report"]


def score_held_out(held: Sequence[HeldOut], threshold: float) -> Score:
    """Return the score of the drafts worth at least `threshold`."""
    told = []
    for document in held:
        text = document.coded.document
        coded = [to_line(j.draft) for j, _ in list_kept(document, threshold)]
        lines = [event.line for event in document.coded.events]
        told.append((document.coded.name, [text.sentence_text(s.index) for s in text.sentences], lines, coded))
    return score_sentences(told)


def found_and_typed(held: Sequence[HeldOut], threshold: float) -> tuple[float, float]:
    """Return the F1 of triggers found (any overlap of words, one to one), and of those found and typed alike."""
    found = typed = coded = drafted = 0
    for document in held:
        left = list(document.coded.events)
        coded += len(left)
        for judged, _ in sorted(list_kept(document, threshold), key=lambda pair: -pair[1]):
            drafted += 1
            span = judged.draft.trigger
            near = [e for e in left if e.start < span.end and span.start < e.end]
            if near:
                best = max(near, key=lambda e: e.line["type"] == judged.draft.event_type)
                left.remove(best)
                found += 1
                typed += best.line["type"] == judged.draft.event_type
    total = coded + drafted
    return (2 * found / total, 2 * typed / total) if total else (0.0, 0.0)


def held_out_threshold(held: Sequence[HeldOut]) -> float:
    """Return the expected worth at which F1 over all of `held` is highest."""
    expected = np.array([worth for h in held for worth in h.worths])
    worths = np.array([j.worth for h in held for j in h.judged])
    return find_threshold(expected, worths, sum(len(h.coded.events) for h in held))


def list_confidences(held: Sequence[HeldOut], threshold: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Return the confidence of every draft worth at least `threshold`, and whether it is right."""
    pairs = [pair for document in held for pair in list_kept(document, threshold)]
    return np.array([c for _, c in pairs]), np.array([j.right for j, _ in pairs], dtype=bool)


def list_kept(document: HeldOut, threshold: float) -> list[tuple[Judged, float]]:
    """Return the drafts of `document` worth at least `threshold`, each with its confidence."""
    every = zip(document.judged, document.confidences, document.worths, strict=True)
    return [(judged, confidence) for judged, confidence, worth in every if worth >= threshold]


def tell_report(held: Sequence[HeldOut], tell: Callable[[str], None] = print) -> None:
    """Tell the figures of held-out documents: the score's table, calibration, the most confident half."""
    threshold = held_out_threshold(held)
    tell(score_held_out(held, threshold).table())
    found, typed = found_and_typed(held, threshold)
    confidences, right = list_confidences(held, threshold)
    tell(f"trigger found {found:.3f}, found and typed {typed:.3f}")
    tell(f"expected calibration error {calibration_error(confidences, right):.3f}")
    surest = np.argsort(-confidences)[: len(confidences) // 2]
    tell(f"precision of the most confident half {right[surest].mean() if len(surest) else 0.0:.3f}")
