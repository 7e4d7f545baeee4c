"""What reviewers said of the record: joins, splits and corrections, by whom, when and why; and where old ids lead."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import duckdb

from detente.errors import RecordError, UsageError
from detente.model import hash_content
from detente.record.dyad_years import mark_retold
from detente.record.rows import fetch_mappings, insert_rows

__all__ = [
    "DECISIONS",
    "KINDS",
    "Judgement",
    "canonical_ids",
    "lead_ids",
    "list_judgements",
    "verdicts",
    "write_judgement",
    "write_leads",
]

KINDS = ("join", "split", "correction")
DECISIONS = ("proposed", "accepted", "rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reviewer's word on `subjects` (ids of events or ties).

    A "join" says that all subjects tell of one happening, a "split" that each is a happening of its own, a
    "correction" that the fields in `change` have the values given there (`{"remark": …}` is words alone, and changes
    nothing). It has effect once its decision is
    "accepted". `id` is a hash of the kind, the subjects and the change; a later decision on the same judgement
    replaces the earlier, which the record keeps. `recorded_at` (UTC) is set by the record.
    """

    kind: str
    subjects: tuple[str, ...]
    who: str
    why: str
    decision: str = "accepted"
    change: Mapping[str, Any] | None = None
    recorded_at: datetime.datetime | None = None
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UsageError(f"{self.kind!r} is no kind of judgement: expected one of {', '.join(KINDS)}")
        if self.decision not in DECISIONS:
            raise UsageError(f"{self.decision!r} is no decision: expected one of {', '.join(DECISIONS)}")
        if not self.subjects or (self.kind == "join" and len(set(self.subjects)) < 2):
            raise UsageError(f"a {self.kind} of {len(set(self.subjects))}: expected the ids it is about")
        if not self.who.strip():
            raise UsageError(f"a {self.kind} without a name: expected who says so")
        change = json.dumps(self.change, sort_keys=True) if self.change else ""
        object.__setattr__(self, "id", hash_content("judgement", self.kind, sorted(self.subjects), change))


def write_judgement(connection: duckdb.DuckDBPyConnection, judgement: Judgement, now: datetime.datetime) -> Judgement:
    """Record `judgement`, retiring an earlier decision on it, and give it effect; return it with its time.

    An accepted join gives all subjects, and everything already joined to them, the least of their ids as canonical
    id; an accepted split gives each subject its own id back. A join that is rejected after it was accepted is undone
    for its subjects. An accepted correction makes rows of the corrected values, and one rejected or withdrawn after
    that undoes them (see `corrections`). RecordError where a subject is not in the record.
    """
    earlier = connection.execute(
        "SELECT decision FROM judgement WHERE judgement_id = $1 AND retired_at IS NULL", [judgement.id]
    ).fetchall()
    _require(connection, judgement.subjects)
    connection.execute(
        "UPDATE judgement SET retired_at = $1 WHERE judgement_id = $2 AND retired_at IS NULL", [now, judgement.id]
    )
    row = {
        "judgement_id": judgement.id,
        "kind": judgement.kind,
        "subjects": list(judgement.subjects),
        "change": json.dumps(judgement.change) if judgement.change else None,
        "decision": judgement.decision,
        "who": judgement.who,
        "why": judgement.why,
        "recorded_at": now,
    }
    insert_rows(connection, "judgement", [row])
    was_accepted = earlier == [("accepted",)]
    if judgement.decision == "accepted" and judgement.kind == "join":
        _join(connection, judgement, now)
    elif (judgement.decision == "accepted" and judgement.kind == "split") or (
        was_accepted and judgement.kind == "join"
    ):
        lead_ids(connection, {subject: subject for subject in judgement.subjects}, judgement.id, now)
    return replace(judgement, recorded_at=now)


def list_judgements(
    connection: duckdb.DuckDBPyConnection, subject: str | None = None, decision: str | None = None
) -> list[Judgement]:
    """Return the judgements that stand, oldest first; those about `subject`, or with this decision, where given."""
    rows = fetch_mappings(
        connection,
        """
        FROM judgement WHERE retired_at IS NULL
        AND ($subject IS NULL OR list_has(subjects, $subject)) AND ($decision IS NULL OR decision = $decision)
        ORDER BY recorded_at, judgement_id
        """,
        {"subject": subject, "decision": decision},
    )
    return [
        Judgement(
            kind=row["kind"],
            subjects=tuple(row["subjects"]),
            who=row["who"],
            why=row["why"],
            decision=row["decision"],
            change=json.loads(row["change"]) if row["change"] else None,
            recorded_at=row["recorded_at"],
        )
        for row in rows
    ]


def verdicts(judgements: Iterable[Judgement]) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return the ids that `judgements`, oldest first, say are one, and those they say are apart; the later word holds.

    >>> one = Judgement("split", ("a", "b"), "M. Weber", "two meetings")
    >>> other = Judgement("join", ("a", "b"), "M. Weber", "the same, after all")
    >>> verdicts([one, other]), verdicts([other, one])
    (([('a', 'b')], []), ([('a', 'b')], [('a', 'b')]))
    """
    joins: list[tuple[str, ...]] = []
    apart: dict[tuple[str, ...], None] = {}
    for judgement in judgements:
        if judgement.decision != "accepted":
            continue
        subjects = tuple(sorted(set(judgement.subjects)))
        if judgement.kind == "join":
            joins.append(subjects)
            apart = {pair: None for pair in apart if not set(pair) <= set(subjects)}
        elif judgement.kind == "split":
            apart.update(dict.fromkeys(combinations(subjects, 2) if len(subjects) > 1 else [subjects]))
    return joins, list(apart)


def canonical_ids(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, str]:
    """Return where each of `ids` leads; those that lead to themselves are left out."""
    rows = connection.execute(
        "SELECT old_id, canonical_id FROM identity WHERE retired_at IS NULL AND old_id IN (SELECT unnest($1))",
        [list(ids)],
    ).fetchall()
    return dict(rows)


def write_leads(connection: duckdb.DuckDBPyConnection, leads: Mapping[str, str], now: datetime.datetime) -> int:
    """Make each id lead where `leads` says, by no reviewer's word; return how many led elsewhere before."""
    before = canonical_ids(connection, leads)
    moved = {old: new for old, new in leads.items() if before.get(old, old) != new}
    if moved:
        lead_ids(connection, moved, None, now)
    return len(moved)


def _join(connection: duckdb.DuckDBPyConnection, judgement: Judgement, now: datetime.datetime) -> None:
    leads = canonical_ids(connection, judgement.subjects)
    heads = sorted({leads.get(subject, subject) for subject in judgement.subjects})
    joined = connection.execute(
        "SELECT old_id FROM identity WHERE retired_at IS NULL AND canonical_id IN (SELECT unnest($1))", [heads]
    ).fetchall()
    members = {*judgement.subjects, *heads, *(old_id for (old_id,) in joined)}
    lead_ids(connection, dict.fromkeys(members, heads[0]), judgement.id, now)


def lead_ids(
    connection: duckdb.DuckDBPyConnection, leads: Mapping[str, str], judgement_id: str | None, now: datetime.datetime
) -> None:
    """Make each id lead to another, in the identity table and on the rows; `judgement_id` says by whose word."""
    ids = list(leads)
    connection.execute(
        "UPDATE identity SET retired_at = $1 WHERE retired_at IS NULL AND old_id IN (SELECT unnest($2))", [now, ids]
    )
    insert_rows(
        connection,
        "identity",
        [
            {"old_id": old, "canonical_id": new, "judgement_id": judgement_id, "recorded_at": now}
            for old, new in leads.items()
            if old != new
        ],
    )
    for table, key in _HELD.items():
        connection.execute(
            f"""
            UPDATE {table} SET canonical_id = lead.new FROM (SELECT unnest($1) AS old, unnest($2) AS new) AS lead
            WHERE {key} = lead.old
            """,
            [ids, list(leads.values())],
        )
    mark_retold(connection, {*ids, *leads.values()})


def _require(connection: duckdb.DuckDBPyConnection, subjects: Sequence[str]) -> None:
    held = " UNION ALL ".join(f"SELECT {key} AS id FROM {table}" for table, key in _HELD.items())
    found = connection.execute(
        f"SELECT DISTINCT id FROM ({held}) WHERE id IN (SELECT unnest($1))", [list(subjects)]
    ).fetchall()
    missing = sorted(set(subjects) - {subject for (subject,) in found})
    if missing:
        raise RecordError(f"{missing[0]!r}: no such event or tie in the record (expected the ids it holds)")


_HELD = {"event": "event_id", "tie": "tie_id", "imported_event": "event_id"}
