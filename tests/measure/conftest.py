"""Event tables for the measures: the hand-coded events of the reference page, and small ones written for a test."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from detente.model import EVENT_COLUMNS, BoundedDate, Span, Tie, TieMoment, TieParty
from detente.refdata.plover import quad_class_of, score_of

NAME = "sino-soviet-relations"


def make_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as an event table; what a row leaves out is null, its class and score follow from its type."""
    full = []
    for number, row in enumerate(rows):
        kind = row.get("event_type")
        defaults = {
            "event_id": f"e{number}",
            "status": "actual",
            "recipients": [],
            "quad_class": quad_class_of(kind) if kind else None,
            "score": score_of(kind, row.get("mode")) if kind else None,
            "document_id": "d1",
        }
        full.append({name: {**defaults, **row}.get(name) for name in EVENT_COLUMNS.names})
    return pa.Table.from_pylist(full, schema=EVENT_COLUMNS)


def act(kind: str, actors: str, recipients: str, first: str, last: str | None = None, **other: Any) -> dict[str, Any]:
    """Return a row: `act("ACCUSE", "AAA", "BBB", "1960-01-01")`."""
    return {
        "event_type": kind,
        "actors": actors.split(),
        "recipients": recipients.split(),
        "earliest": datetime.date.fromisoformat(first),
        "latest": datetime.date.fromisoformat(last or first),
        **other,
    }


@pytest.fixture(scope="session")
def events_of() -> Callable[[list[dict[str, Any]]], pa.Table]:
    return make_table


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


@pytest.fixture(scope="session")
def seed_events(shared: Path) -> pa.Table:
    """The hand-coded events of the reference page as an event table."""
    folder = shared / "annotation" / "dev"
    document = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
    rows = []
    for line in _lines(folder / f"{NAME}.events.jsonl"):
        sentence = document["sentences"][line["sentence"]]
        rows.append(
            {
                "event_type": line["type"],
                "mode": line["mode"],
                "status": line["status"],
                "actors": line["actors"],
                "recipients": line["recipients"],
                "earliest": line["start"] and datetime.date.fromisoformat(line["start"]),
                "latest": line["end"] and datetime.date.fromisoformat(line["end"]),
                "date_text": line["date_text"],
                "document_id": NAME,
                "sentence": line["sentence"],
                "trigger": line["trigger"],
                "quote": sentence["text"],
            }
        )
    return make_table(rows)


@pytest.fixture(scope="session")
def seed_ties(shared: Path) -> list[Tie]:
    """The hand-coded ties of the reference page."""
    folder = shared / "annotation" / "dev"
    document = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
    ties = []
    for line in _lines(folder / f"{NAME}.ties.jsonl"):
        moments = [
            TieMoment(change, line["outcome"] if change == "closed" else "", _when(line[change]), NAME, number, span)
            for change in ("opened", "closed")
            if line[change]
            for number in [line[change]["sentence"]]
            for span in [_span(document, number)]
        ]
        if not moments:
            moments = [TieMoment("changed", line["outcome"], None, NAME, 0, _span(document, 0))]
        parties = tuple(TieParty(party["code"], party["role"]) for party in line["parties"])
        ties.append(Tie(line["kind"], line["name"], parties, tuple(moments), line["terms"], line["outcome"]))
    return ties


def _span(document: dict[str, Any], number: int) -> Span:
    sentence = document["sentences"][number]
    return Span(sentence["start"], sentence["end"], sentence["text"])


def _when(moment: dict[str, Any]) -> BoundedDate:
    return BoundedDate(datetime.date.fromisoformat(moment["start"]), datetime.date.fromisoformat(moment["end"]))
