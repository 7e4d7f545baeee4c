"""What reviewers corrected on an event or a tie: each field as it was found and as it stands, on whose word."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from detente.model import Event, Tie

__all__ = ["field_words", "list_corrected"]


def list_corrected(
    found: Event | Tie | None, standing: Event | Tie | None, history: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return a row for each accepted correction that holds: field, was, now, proposed_by, accepted_by, on, why.

    `history` holds the rows of all judgements on the subject, the latest first.
    """
    if found is None or standing is None:
        return []
    before, after = field_words(found), field_words(standing)
    rows = []
    for entry in reversed(history):
        if entry["kind"] != "correction" or entry["decision"] != "accepted" or entry["retired_at"]:
            continue
        of_same = [each for each in history if each["judgement_id"] == entry["judgement_id"]]
        proposed = next((each for each in reversed(of_same) if each["decision"] == "proposed"), entry)
        rows += [
            {
                "field": field,
                "was": before[field],
                "now": after[field],
                "proposed_by": proposed["who"],
                "proposed_why": proposed["why"],
                "accepted_by": entry["who"],
                "why": entry["why"],
                "on": entry["recorded_at"].date(),
            }
            for field in json.loads(entry["change"] or "{}")
            if field in before
        ]
    return list({row["field"]: row for row in rows}.values())


def field_words(value: Event | Tie) -> dict[str, str]:
    """Return the fields that can be corrected, in words."""
    if isinstance(value, Event):
        return {
            "event_type": value.event_type,
            "mode": value.mode or "none",
            "actors": "; ".join(party.code for party in value.actors),
            "recipients": "; ".join(party.code for party in value.recipients) or "none",
            "date": str(value.when or "undated"),
            "status": value.status,
        }
    return {
        "name": value.name,
        "outcome": value.outcome or "not told",
        "opened": str(value.opened.when or "day not told") if value.opened else "not told",
        "closed": str(value.closed.when or "day not told") if value.closed else "stands",
    }
