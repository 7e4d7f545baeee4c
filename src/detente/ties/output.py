"""Ties, changes, states of relations and comparisons for other programs: JSON lines, JSON and Arrow tables."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from detente.model import BoundedDate, Tie, TieMoment
from detente.ties.acts import Act
from detente.ties.compare import Comparison
from detente.ties.relations import Change, StateOfRelations, outcome_on

__all__ = [
    "change_table",
    "comparison_table",
    "state_to_json",
    "tie_table",
    "tie_to_line",
    "write_parties",
    "write_ties",
]

_TEXT, _TEXTS, _DAY, _COUNT = pa.string(), pa.list_(pa.string()), pa.date32(), pa.int32()
_TIES = pa.schema(
    {
        "tie_id": _TEXT, "kind": _TEXT, "name": _TEXT, "parties": _TEXTS, "roles": _TEXTS, "terms": _TEXT,
        "outcome": _TEXT, "opened_earliest": _DAY, "opened_latest": _DAY, "closed_earliest": _DAY,
        "closed_latest": _DAY, "opened_by": _TEXT, "closed_by": _TEXT, "documents": _TEXTS,
    }
)  # fmt: skip
_CHANGES = pa.schema(
    {
        "earliest": _DAY, "latest": _DAY, "change": _TEXT, "outcome": _TEXT, "kind": _TEXT, "name": _TEXT,
        "parties": _TEXTS, "quote": _TEXT, "document_id": _TEXT, "sentence": _COUNT, "event_id": _TEXT,
        "tie_id": _TEXT,
    }
)  # fmt: skip
_COMPARISONS = pa.schema(
    {
        "a": _TEXT, "b": _TEXT, "first_year": _COUNT, "last_year": _COUNT, "where": _TEXT, "here": _TEXTS,
        "here_ids": _TEXTS, "there": _TEXTS,
    }
)  # fmt: skip


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


def tie_table(ties: Iterable[Tie], day: datetime.date | None = None) -> pa.Table:
    """Return `ties`, one a row, with the words that opened and closed them, and the outcome as of `day` (None: now)."""
    rows = []
    for tie in ties:
        line = tie_to_line(tie)
        rows.append(
            {
                "tie_id": tie.id,
                "kind": tie.kind,
                "name": tie.name,
                "parties": [party.code for party in tie.parties],
                "roles": [party.role for party in tie.parties],
                "terms": tie.terms,
                "outcome": outcome_on(tie, day) if day else tie.outcome,
                **_bounds("opened", tie.opened.when if tie.opened else None),
                **_bounds("closed", tie.closed.when if tie.closed else None),
                "opened_by": tie.moments[0].quote.text,
                "closed_by": tie.closed.quote.text if tie.closed else None,
                "documents": sorted({moment["document"] for moment in line["moments"]}),
            }
        )
    return pa.Table.from_pylist(rows, schema=_TIES)


def change_table(changes: Iterable[Change]) -> pa.Table:
    """Return `changes`, one a row: when, what changed in which tie, and the words and the event that changed it."""
    rows = [
        {
            "earliest": change.moment.when.earliest if change.moment.when else None,
            "latest": change.moment.when.latest if change.moment.when else None,
            "change": change.moment.change,
            "outcome": change.moment.outcome,
            "kind": change.tie.kind,
            "name": change.tie.name,
            "parties": [party.code for party in change.tie.parties],
            "quote": change.moment.quote.text,
            "document_id": change.moment.document_id,
            "sentence": change.moment.sentence,
            "event_id": change.moment.event_id,
            "tie_id": change.tie.id,
        }
        for change in changes
    ]
    return pa.Table.from_pylist(rows, schema=_CHANGES)


def comparison_table(rows: Iterable[Comparison]) -> pa.Table:
    """Return `rows` of a comparison, with the words and ids of what is here and the labels of what is there."""
    return pa.Table.from_pylist(
        [
            {
                "a": row.dyad[0],
                "b": row.dyad[1],
                "first_year": row.first_year,
                "last_year": row.last_year,
                "where": row.where,
                "here": [evidence.words for evidence in row.here],
                "here_ids": [evidence.id for evidence in row.here],
                "there": [coded.write(row.dyad) for coded in row.there],
            }
            for row in rows
        ],
        schema=_COMPARISONS,
    )


def state_to_json(state: StateOfRelations) -> dict[str, Any]:
    """Return a state of relations as the mapping that its JSON holds."""
    return {
        "parties": list(state.parties),
        "day": state.day.isoformat(),
        "score": state.score,
        "trend": state.trend,
        **{
            name: [{**tie_to_line(tie), "outcome": outcome_on(tie, state.day)} for tie in getattr(state, name)]
            for name in ("standing", "asked", "tabled")
        },
        "recent": [_act_line(act) for act in state.recent],
        "conflicts": list(state.conflicts),
        "sources": dict(state.sources),
    }


def write_parties(tie: Tie) -> str:
    """Return the parties of `tie` as one line: "CHN → RUS" where they have different roles, else "CHN, RUS"."""
    roles = dict.fromkeys(party.role for party in tie.parties)
    sides = [", ".join(party.code for party in tie.parties if party.role == role) for role in roles]
    return " → ".join(sides)


def _act_line(act: Act) -> dict[str, Any]:
    return {
        "event": act.event_id,
        "canonical": act.canonical_id,
        "date": str(act.when),
        "earliest": act.when.earliest.isoformat() if act.when.earliest else None,
        "latest": act.when.latest.isoformat() if act.when.latest else None,
        "type": act.event_type,
        "mode": act.mode,
        "actors": list(act.actors),
        "recipients": list(act.recipients),
        "score": act.score,
        "quote": act.quote,
        "document": act.document_id,
        "tellings": act.tellings,
    }


def _bounds(name: str, when: BoundedDate | None) -> dict[str, datetime.date | None]:
    return {f"{name}_earliest": when.earliest if when else None, f"{name}_latest": when.latest if when else None}


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
