"""How well held-out documents were coded: the figures of a training run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detente.coding.learned.training.calibrate import calibration_error, to_line
from detente.coding.learned.training.train import HeldOut
from detente.coding.scoring import Score, score_sentences

__all__ = ["found_and_typed", "held_out_threshold", "list_confidences", "score_held_out", "tell_report"]


def score_held_out(held: Sequence[HeldOut], threshold: float) -> Score:
    """Return the score of the drafts at least `threshold` likely."""
    told = []
    for document in held:
        text = document.coded.document
        coded = [to_line(j.draft) for j, c in _pairs(document) if c >= threshold]
        lines = [event.line for event in document.coded.events]
        told.append((document.coded.name, [text.sentence_text(s.index) for s in text.sentences], lines, coded))
    return score_sentences(told)


def found_and_typed(held: Sequence[HeldOut], threshold: float) -> tuple[float, float]:
    """Return the F1 of triggers found (any overlap of words, one to one), and of those found and typed alike."""
    found = typed = coded = drafted = 0
    for document in held:
        left = list(document.coded.events)
        coded += len(left)
        for judged, chance in sorted(_pairs(document), key=lambda pair: -pair[1]):
            if chance < threshold:
                continue
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
    """Return the confidence at which event F1 over all of `held` is highest."""
    from detente.coding.learned.training.calibrate import find_threshold

    confidences, right = list_confidences(held)
    return find_threshold(confidences, right, sum(len(h.coded.events) for h in held))


def list_confidences(held: Sequence[HeldOut]) -> tuple[np.ndarray, np.ndarray]:
    """Return every draft's confidence, and whether it is right."""
    pairs = [pair for document in held for pair in _pairs(document)]
    return np.array([c for _, c in pairs]), np.array([j.right for j, _ in pairs], dtype=bool)


def tell_report(held: Sequence[HeldOut], tell: Callable[[str], None] = print) -> None:
    """Tell the figures of held-out documents: the score's table, calibration, the most confident half."""
    threshold = held_out_threshold(held)
    tell(score_held_out(held, threshold).table())
    found, typed = found_and_typed(held, threshold)
    confidences, right = list_confidences(held)
    kept = confidences >= threshold
    tell(f"trigger found {found:.3f}, found and typed {typed:.3f}")
    tell(f"expected calibration error {calibration_error(confidences[kept], right[kept]):.3f}")
    surest = np.argsort(-confidences)[: int(kept.sum()) // 2]
    tell(f"precision of the most confident half {right[surest].mean() if len(surest) else 0.0:.3f}")


def _pairs(document: HeldOut):  # type: ignore[no-untyped-def]
    return list(zip(document.judged, document.confidences, strict=True))
