"""Ties as JSON lines, in the fields of the annotation format and a few more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detente.model import Tie, TieMoment

__all__ = ["tie_to_line", "write_ties"]


def tie_to_line(tie: Tie) -> dict[str, Any]:
    """Return `tie` as the mapping one JSON line holds.

    The fields of the annotation format (`kind`, `name`, `parties`, `terms`, `opened` and `closed` with the sentence
    and the days, `outcome`), then `id` and `moments`, each with its words, their offsets and the event that made it.
    """
    return {
        "kind": tie.kind,
        "name": tie.name,
        "parties": [{"code": party.code, "role": party.role} for party in tie.parties],
        "terms": tie.terms,
        "opened": _moment_bounds(tie.opened),
        "closed": _moment_bounds(tie.closed),
        "outcome": tie.outcome,
        "id": tie.id,
        "moments": [_moment_line(moment) for moment in tie.moments],
    }


def write_ties(ties: Iterable[Tie], path: Path) -> None:
    """Write `ties` to `path`, one JSON object a line; the file is whole or not there."""
    part = path.with_name(path.name + ".part")
    lines = (json.dumps(tie_to_line(tie), ensure_ascii=False) + "\n" for tie in ties)
    part.write_text("".join(lines), encoding="utf-8")
    part.replace(path)


def _moment_bounds(moment: TieMoment | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    when = moment.when
    return {
        "sentence": moment.sentence,
        "start": when.earliest.isoformat() if when and when.earliest else None,
        "end": when.latest.isoformat() if when and when.latest else None,
    }


def _moment_line(moment: TieMoment) -> dict[str, Any]:
    bounds = _moment_bounds(moment) or {}
    return {
        "change": moment.change,
        "outcome": moment.outcome,
        **bounds,
        "quote": moment.quote.text,
        "quote_span": [moment.quote.start, moment.quote.end],
        "document": moment.document_id,
        "event": moment.event_id,
    }
