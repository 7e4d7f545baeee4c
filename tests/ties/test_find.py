"""Ties as events open and close them, and as words tell of them without an event."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente.coding.handcoded import read_handcoded
from detente.model import Document, Event
from detente.reading import read_document
from detente.ties.find import find_ties
from detente.ties.output import write_ties
from detente.ties.rules import closing_rules, kinds, opening_rules, told_ends
from tests.ties.makers import act, document_of

Told = tuple[int, str, str, str, str, str, str]

CASES: list[tuple[str, list[str], list[Told], dict[str, object]]] = [
    (
        "a signature opens a treaty",
        ["In March 1963, China and Pakistan signed a border agreement."],
        [(0, "signed", "SUPPORT", "CHN PAK", "", "1963-03-01/1963-03-31", "a border agreement")],
        {"kind": "treaty", "outcome": "in force", "opened": "1963-03-01"},
    ),
    (
        "a treaty that will not be renewed is denounced",
        ["In 1950, China and Russia signed a treaty of friendship.", "In 1979, China would not renew the treaty."],
        [
            (0, "signed", "SUPPORT", "CHN RUS", "", "1950-01-01/1950-12-31", "a treaty of friendship"),
            (1, "not renew", "REJECT", "CHN", "RUS", "1979-01-01/1979-12-31", "the treaty"),
        ],
        {"kind": "treaty", "opened": "1950-01-01"},
    ),
    (
        "a demand stays open until it is met, by words in common",
        [
            "China demanded the withdrawal of troops from the border.",
            "In 1989 the Soviet Union withdrew troops from the border.",
        ],
        [
            (
                0,
                "demanded",
                "REQUEST/yield",
                "CHN",
                "RUS",
                "1982-01-01/1982-12-31",
                "withdrawal of troops from the border",
            ),
            (1, "withdrew", "RETREAT/withdraw", "RUS", "CHN", "1989-01-01/1989-12-31", "troops from the border"),
        ],
        {"kind": "demand", "outcome": "met", "closed": "1989-01-01"},
    ),
    (
        "a demand refused in the next sentence is rejected",
        ["Japan demanded the lease of the port.", "China refused."],
        [
            (0, "demanded", "REQUEST/yield", "JPN", "CHN", "1915-01-01/1915-01-31", "the lease of the port"),
            (1, "refused", "REJECT/yield", "CHN", "JPN", "1915-02-01/1915-02-28", ""),
        ],
        {"kind": "demand", "outcome": "rejected", "closed": "1915-02-01"},
    ),
    (
        "talks are broken off",
        ["Talks between Egypt and Israel began in 1978.", "In 1979 Egypt broke off the talks."],
        [
            (0, "Talks", "CONSULT", "EGY ISR", "", "1978-01-01/1978-12-31", ""),
            (1, "broke off", "SANCTION/discontinue", "EGY", "ISR", "1979-01-01/1979-12-31", "the talks"),
        ],
        {"kind": "talks", "outcome": "broken off", "opened": "1978-01-01"},
    ),
    (
        "a proposal is rejected",
        ["Italy proposed a customs union with Austria.", "Austria rejected it."],
        [
            (0, "proposed", "AGREE", "ITA", "AUS", "1930-01-01/1930-12-31", "a customs union"),
            (1, "rejected", "REJECT", "AUS", "ITA", "1930-01-01/1930-12-31", ""),
        ],
        {"kind": "proposal", "outcome": "rejected"},
    ),
    (
        "an invasion opens a presence, a withdrawal closes it",
        ["In 1940, Italy invaded Greece.", "In 1944, Italian troops withdrew from Greece."],
        [
            (0, "invaded", "ASSAULT", "ITA", "GRC", "1940-01-01/1940-12-31", ""),
            (1, "withdrew", "RETREAT/withdraw", "ITA", "GRC", "1944-01-01/1944-12-31", ""),
        ],
        {"kind": "presence", "outcome": "withdrawn", "opened": "1940-01-01", "closed": "1944-01-01"},
    ),
    (
        "an invasion opens a war too",
        ["In 1940, Italy invaded Greece.", "The fighting went on, and in 1944 Italy surrendered."],
        [
            (0, "invaded", "ASSAULT", "ITA", "GRC", "1940-01-01/1940-12-31", ""),
            (1, "surrendered", "RETREAT", "ITA", "GRC", "1944-01-01/1944-12-31", ""),
        ],
        {"kind": "war", "outcome": "ended", "closed": "1944-01-01"},
    ),
    (
        "ties first told of as they end have no known opening",
        ["In 1961 Albania severed diplomatic relations with Bulgaria."],
        [(0, "severed", "SANCTION", "ALB", "BUL", "1961-01-01/1961-12-31", "diplomatic relations with Bulgaria")],
        {"kind": "diplomatic-ties", "outcome": "broken", "opened": None, "closed": "1961-01-01"},
    ),
    (
        "an ally told of without an act is an alliance with no known opening",
        ["In 1978, Vietnam threatened Cambodia, China's ally."],
        [(0, "threatened", "THREATEN", "DRV", "CAM", "1978-01-01/1978-12-31", "")],
        {"kind": "alliance", "outcome": "in force", "opened": None},
    ),
    (
        "troops told of without an act are a presence",
        ["In 1980, China spoke of the Soviet troops in Mongolia."],
        [],
        {"kind": "presence", "outcome": "standing", "opened": None},
    ),
    (
        "a treaty's year before its name opens it",
        ["The 1950 Sino-Soviet Treaty of Friendship, Alliance, and Mutual Assistance was forgotten."],
        [],
        {"kind": "alliance", "opened": "1950-01-01"},
    ),
    (
        "an embargo stands until it is lifted",
        [
            "In 1949 the United States put an embargo on China.",
            "In 1971 the United States lifted the embargo on China.",
        ],
        [
            (0, "embargo", "SANCTION", "USA", "CHN", "1949-01-01/1949-12-31", ""),
            (1, "lifted", "RETREAT/access", "USA", "CHN", "1971-01-01/1971-12-31", "the embargo"),
        ],
        {"kind": "sanction", "outcome": "lifted", "closed": "1971-01-01"},
    ),
]


def make(sentences: list[str], told: list[Told]) -> tuple[Document, list[Event]]:
    document = document_of(*sentences)
    events = [
        act(document, sentence, trigger, kind, actors, recipients, when, content)
        for sentence, trigger, kind, actors, recipients, when, content in told
    ]
    return document, events


@pytest.mark.parametrize(("sentences", "told", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_ties_open_and_close(sentences: list[str], told: list[Told], expected: dict[str, object]) -> None:
    document, events = make(sentences, told)
    [tie] = [tie for tie in find_ties(document, events) if tie.kind == expected["kind"]]
    found = {
        "kind": tie.kind,
        "outcome": tie.outcome,
        "opened": str(tie.opened.when.earliest) if tie.opened and tie.opened.when else None,
        "closed": str(tie.closed.when.earliest) if tie.closed and tie.closed.when else None,
    }
    assert {name: found[name] for name in expected} == expected


def test_every_moment_keeps_the_words_and_the_event_that_made_it() -> None:
    document, events = make(CASES[2][1], CASES[2][2])
    [demand] = [tie for tie in find_ties(document, events) if tie.kind == "demand"]
    assert [moment.event_id for moment in demand.moments] == [event.id for event in events]
    for moment in demand.moments:
        assert document.text[moment.quote.start : moment.quote.end] == moment.quote.text


def test_a_list_of_demands_is_a_demand_each() -> None:
    document = document_of("Russia demanded the release of prisoners, a lower tariff, and the return of the islands.")
    content = "the release of prisoners, a lower tariff, and the return of the islands"
    demand = act(document, 0, "demanded", "REQUEST/yield", "RUS", "JPN", "1925-01-01/1925-12-31", content)
    names = [tie.name for tie in find_ties(document, [demand]) if tie.kind == "demand"]
    assert names == ["the release of prisoners", "a lower tariff", "the return of the islands"]


def test_what_is_only_asked_for_ends_nothing() -> None:
    document = document_of("Vietnam invaded Cambodia in 1978.", "China demanded that Vietnam withdraw its troops.")
    invasion = act(document, 0, "invaded", "ASSAULT", "DRV", "CAM", "1978-12-01/1978-12-31")
    demand = act(
        document, 1, "demanded", "REQUEST", "CHN", "DRV", "1979-01-01/1979-12-31", "Vietnam withdraw its troops"
    )
    miscoded = act(document, 1, "withdraw", "RETREAT/withdraw", "DRV", "CAM", "1979-01-01/1979-12-31")
    [presence] = [tie for tie in find_ties(document, [invasion, demand, miscoded]) if tie.kind == "presence"]
    assert presence.outcome == "standing"


def test_treaties_with_each_of_several_are_one_each() -> None:
    document = document_of("In 1795 the United States concluded treaties with Tunis and Morocco.")
    signed = act(
        document,
        0,
        "concluded",
        "SUPPORT",
        "USA TUN MOR",
        "",
        "1795-01-01/1795-12-31",
        "treaties with Tunis and Morocco",
    )
    parties = {tuple(party.code for party in tie.parties) for tie in find_ties(document, [signed])}
    assert parties == {("USA", "TUN"), ("USA", "MOR")}


def test_rules_use_the_kinds_and_outcomes_there_are() -> None:
    for rule in opening_rules():
        assert {rule.kind, *rule.bars} <= set(kinds())
    for rule in (*closing_rules(), *told_ends()):
        assert rule.outcome in kinds()[rule.kind].outcomes


def measure(folder: Path, tmp_path: Path) -> dict[str, float]:
    """Return what the scorer of the annotations says of the ties found from the hand-coded events of `folder`."""
    for path in sorted(folder.glob("*.ties.jsonl")):
        [document] = read_document(str(path.with_name(path.name.replace(".ties.jsonl", ".json"))))
        events = read_handcoded(path.with_name(path.name.replace(".ties.", ".events.")), document)
        write_ties(find_ties(document, events), tmp_path / path.name)
    scorer = folder.parent / "score_ties.py"
    done = subprocess.run([sys.executable, scorer, folder, tmp_path], capture_output=True, text=True, check=True)
    words = done.stdout.replace("(", " ").replace(")", " ").replace(",", " ").replace(";", " ").split()
    return {
        word: float(words[i + 1])
        for i, word in enumerate(words)
        if word.isalnum() and words[i + 1 : i + 2] and words[i + 1][0].isdigit()
    }


@pytest.mark.shared
def test_the_page_that_is_kept_apart_is_read_well_enough(shared: Path, tmp_path: Path) -> None:
    score = measure(shared / "annotation/dev", tmp_path)
    assert score["found"] >= 18
    assert score["given"] - score["found"] <= 8
    assert round(score["bounds"] * score["found"]) >= 14
    assert round(score["outcome"] * score["found"]) >= 12


@pytest.mark.shared
def test_ties_of_the_coded_documents_are_found_well_enough(shared: Path, tmp_path: Path) -> None:
    assert measure(shared / "annotation/train", tmp_path)["f1"] >= 0.60


def test_a_file_of_ties_has_the_fields_of_the_annotation_format(tmp_path: Path) -> None:
    document, events = make(CASES[0][1], CASES[0][2])
    write_ties(find_ties(document, events), tmp_path / "note.ties.jsonl")
    [line] = [json.loads(text) for text in (tmp_path / "note.ties.jsonl").read_text().splitlines()]
    assert line["parties"] == [{"code": "CHN", "role": "party"}, {"code": "PAK", "role": "party"}]
    assert line["opened"] == {"sentence": 0, "start": "1963-03-01", "end": "1963-03-31"}
    assert line["closed"] is None
