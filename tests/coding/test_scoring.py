"""Scores by hand, and beside the reference scorer where it is at hand."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.scoring import LEVELS, match_events, read_gold, score_sentences
from detente.errors import FormatError


def line(event_type: str, actors: list[str], recipients: list[str], **more: Any) -> dict[str, Any]:
    return {"sentence": 0, "type": event_type, "actors": actors, "recipients": recipients, **more}


DAY = {"start": "1979-04-03", "end": "1979-04-03"}
MONTH = {"start": "1979-04-01", "end": "1979-04-30"}
TWO_MONTHS = {"start": "1979-04-01", "end": "1979-05-31"}


@pytest.mark.parametrize(
    ("gold", "coded", "right"),
    [
        (line("ACCUSE", ["CHN"], ["RUS"]), line("ACCUSE", ["CHN"], ["RUS"]), "dyad quad event dated"),
        (line("ACCUSE", ["CHN"], ["RUS"]), line("REJECT", ["CHN"], ["RUS"]), "dyad quad"),
        (line("ACCUSE", ["CHN"], ["RUS"]), line("ASSAULT", ["CHN"], ["RUS"]), "dyad"),
        (line("ACCUSE", ["CHN"], ["RUS"]), line("ACCUSE", ["RUS"], ["CHN"]), ""),
        (line("SUPPORT", ["CHN", "RUS"], []), line("SUPPORT", ["RUS"], ["CHN"]), "dyad quad event dated"),
        (line("CONSULT", ["USA"], ["CHN"]), line("CONSULT", ["CHN", "USA"], []), "dyad quad event dated"),
        (line("AGREE", ["RUS"], ["X:most of Asia"]), line("AGREE", ["RUS"], ["X:others"]), "dyad quad event dated"),
        (line("ACCUSE", ["CHN"], ["RUS"], **MONTH), line("ACCUSE", ["CHN"], ["RUS"], **DAY), "dyad quad event"),
        (line("ACCUSE", ["CHN"], ["RUS"], **MONTH), line("ACCUSE", ["CHN"], ["RUS"]), "dyad quad event"),
        (
            line("ACCUSE", ["CHN"], ["RUS"], **TWO_MONTHS),
            line("ACCUSE", ["CHN"], ["RUS"], **{**MONTH, "end": "1979-05-01"}),
            "dyad quad event dated",
        ),
        (
            line("SANCTION", ["RUS"], ["CHN"], also_ok=[{"type": "RETREAT"}]),
            line("RETREAT", ["RUS"], ["CHN"]),
            "dyad quad event dated",
        ),
    ],
)
def test_levels(gold: dict[str, Any], coded: dict[str, Any], right: str) -> None:
    score = score_sentences([("page", ["words"], [gold], [coded])])
    assert [level for level in LEVELS if score.levels[level].right] == right.split()


def test_optional_event_costs_nothing_when_missed() -> None:
    score = score_sentences([("page", ["words"], [line("AID", ["USA"], ["UKG"], optional=True)], [])])
    assert score.levels["event"].gold == 0
    assert score.misses == ()


def test_matching_is_the_largest() -> None:
    """The first reference event fits both codings, the second only one: both are matched."""
    gold = [line("AID", ["USA"], ["UKG"], also_ok=[{"type": "AGREE"}]), line("AID", ["USA"], ["UKG"])]
    coded = [line("AID", ["USA"], ["UKG"]), line("AGREE", ["USA"], ["UKG"])]
    assert match_events(gold, coded, "event") == [(0, 1), (1, 0)]


def test_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.events.jsonl"
    path.write_text('{"sentence": 0}\n{"sentence": \n', encoding="utf-8")
    with pytest.raises(FormatError, match=r"page\.events\.jsonl, line 2: .*expected one JSON object a line"):
        read_gold(path)


@given(st.lists(st.sampled_from(["AID", "AGREE", "ACCUSE"]), max_size=5))
def test_perfect_coding_scores_one(types: list[str]) -> None:
    events = [line(event_type, ["USA"], ["UKG"]) for event_type in types]
    score = score_sentences([("page", ["words"], events, events)])
    assert {score.levels[level].right for level in LEVELS} == {len(types)}


def test_agrees_with_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    folder = shared / "annotation" / "dev"
    spec = importlib.util.spec_from_file_location("reference_scorer", shared / "annotation" / "score.py")
    assert spec and spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    documents = []
    for path in sorted(folder.glob("*.events.jsonl")):
        gold = read_gold(path)
        coded = disturb(gold, random.Random(7))
        (tmp_path / path.name).write_text("".join(json.dumps(event) + "\n" for event in coded), encoding="utf-8")
        page = json.loads(path.with_name(path.name.replace(".events.jsonl", ".json")).read_text(encoding="utf-8"))
        documents.append((page["id"], [sentence["text"] for sentence in page["sentences"]], gold, coded))
    expected = reference.score(folder, tmp_path)
    score = score_sentences(documents)
    for level in LEVELS:
        assert score.levels[level].f1 == pytest.approx(expected[level]["f1"])
    assert score.status == pytest.approx(expected["status"])


def disturb(events: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Return `events` with some dropped, turned round, retyped, redated or doubled."""
    changes = [
        {},
        {"type": "AGREE"},
        {"status": "planned"},
        {"start": "1950-01-01", "end": "1989-12-31"},
        {"start": None, "end": None},
    ]
    kept = [{**event, **chance.choice(changes)} for event in events if chance.random() < 0.8]
    turned = [{**event, "actors": event["recipients"] or event["actors"]} for event in events[::7]]
    return kept + turned
