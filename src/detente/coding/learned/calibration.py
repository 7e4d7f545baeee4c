"""How likely an event is to be right, and its act by itself: logistic models of the network's own chances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.coding.learned.decode import Draft

__all__ = ["ACT_SHARE", "Calibration", "Scale", "describe_draft"]

EDGE = 1e-4
ACT_SHARE = 0.5
"""What an act found and rightly named counts by itself, beside an event with the right parties."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights fitted on drafts of held-out documents; `by_type` shifts the log-odds of each event type."""

    bias: float
    weights: tuple[float, ...]
    by_type: Mapping[str, float]

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Calibration:
        """Return the calibration a manifest holds."""
        return cls(float(table["bias"]), tuple(map(float, table["weights"])), dict(table["by_type"]))

    def to_table(self) -> dict[str, Any]:
        """Return what a manifest keeps."""
        return {"bias": self.bias, "weights": list(self.weights), "by_type": dict(self.by_type)}

    def confidence(self, draft: Draft, described: Sequence[float] | None = None) -> float:
        """Return the chance (0 to 1) that `draft` is right in what the weights were fitted on.

        `described` is what `describe_draft` gives for it, where that is at hand.
        """
        score = self.bias + self.by_type.get(draft.event_type, 0.0)
        score += sum(w * x for w, x in zip(self.weights, described or describe_draft(draft), strict=True))
        return float(1.0 / (1.0 + np.exp(-np.clip(score, -30, 30))))


@dataclass(frozen=True, slots=True)
class Scale:
    """How drafts are weighed: `events` says how likely type and parties are right, `acts` trigger and type alone."""

    events: Calibration
    acts: Calibration

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Scale:
        """Return the scale a manifest holds."""
        return cls(Calibration.from_table(table["events"]), Calibration.from_table(table["acts"]))

    def to_table(self) -> dict[str, Any]:
        """Return what a manifest keeps."""
        return {"events": self.events.to_table(), "acts": self.acts.to_table()}

    def worth(self, draft: Draft) -> float:
        """Return what `draft` is worth giving (0 to 1): its confidence, and by `ACT_SHARE` that of its act."""
        return self.weigh(draft)[1]

    def weigh(self, draft: Draft) -> tuple[float, float]:
        """Return the chance (0 to 1) that type and parties of `draft` are both right, and what it is worth."""
        described = describe_draft(draft)
        confidence = self.events.confidence(draft, described)
        return confidence, (confidence + ACT_SHARE * self.acts.confidence(draft, described)) / (1 + ACT_SHARE)


def describe_draft(draft: Draft) -> Sequence[float]:
    """Return what a confidence rests on: log-odds of the draft's chances, and some plain facts of its parties."""
    chances = np.clip(np.array(draft.evidence), EDGE, 1 - EDGE)
    odds = np.log(chances / (1 - chances))
    implied = sum(party.span is None for party in (*draft.actors, *draft.recipients))
    several = len(draft.actors) + len(draft.recipients) > 2
    vague = any(party.code.startswith("X:") for party in (*draft.actors, *draft.recipients))
    others, above, alike = draft.rivals
    facts = (min(implied, 2), several, not draft.recipients, vague, min(others, 4) / 4, min(above, 3) / 3, alike > 0)
    return [*map(float, odds), *map(float, facts)]
