"""The language-model coder over real HTTP, faults included."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pydantic_ai")

from detente.coding import Coder
from detente.coding.llm import Endpoint, LanguageModelCoder
from detente.coding.llm.cache import AnswerCache
from detente.coding.llm.coder import UnfoundedWarning
from detente.errors import CoderError
from detente.model import Document, Paragraph, Sentence

from .server import Script, serve

TEXT = "On April 3, 1979, China demanded the withdrawal of Soviet troops from Mongolia."
DEMAND: dict[str, Any] = {
    "sentence": 0,
    "trigger": "demanded",
    "event_type": "REQUEST",
    "mode": "yield",
    "actors": [{"code": "CHN", "text": "China"}],
    "recipients": [{"code": "RUS", "text": "Soviet"}],
    "start": "1979-04-03",
    "end": "1979-04-03",
    "date_text": "April 3, 1979",
    "content": "the withdrawal of Soviet troops from Mongolia",
    "confidence": 0.9,
}
KEY = "sk-secret-of-this-test"


def make_document(*paragraphs: str) -> Document:
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    bounds = [(start, start + len(paragraph)) for start, paragraph in zip(starts, paragraphs, strict=True)]
    return Document(
        text,
        tuple(Paragraph(start, end) for start, end in bounds),
        tuple(Sentence(number, number, start, end) for number, (start, end) in enumerate(bounds)),
        content_hash="0" * 16,
        name="page",
        title="A page",
    )


def make_coder(address: str, folder: Path, **more: Any) -> LanguageModelCoder:
    provider = more.pop("provider", "openai")
    endpoint = Endpoint(
        provider, "test-model", address.removesuffix("/v1") if provider == "anthropic" else address, KEY, **more
    )
    return LanguageModelCoder(endpoint, AnswerCache(folder))


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_answer_becomes_event_with_its_evidence(tmp_path: Path, provider: str) -> None:
    document = make_document(TEXT)
    with serve(Script([{"events": [DEMAND]}])) as address:
        coder = make_coder(address, tmp_path, provider=provider)
        [event] = coder.code(document)
    assert isinstance(coder, Coder)
    assert document.text[event.trigger.start : event.trigger.end] == "demanded"
    assert ([party.code for party in event.actors], [party.code for party in event.recipients]) == (["CHN"], ["RUS"])
    assert (event.confidence, str(event.when), coder.cost.requests) == (0.9, "1979-04-03", 1)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"sentence": 7}, "sentence"),
        ({"trigger": "insisted upon"}, "trigger"),
        ({"event_type": "DEMAND"}, "type"),
        ({"status": "rumoured"}, "status"),
        ({"actors": [{"code": "CHN", "text": "Beijing"}]}, "party"),
        ({"actors": [{"code": "QQQ", "text": "China"}]}, "code"),
        ({"recipients": []}, "second party"),
        ({"date_text": "April 4, 1979"}, "date"),
        ({"start": "1979-04-31"}, "date"),
    ],
)
def test_invented_evidence_is_dropped_and_counted(tmp_path: Path, change: dict[str, Any], kind: str) -> None:
    with serve(Script([{"events": [{**DEMAND, **change}, DEMAND]}])) as address:
        coder = make_coder(address, tmp_path)
        with pytest.warns(UnfoundedWarning, match=f"1 by {kind}"):
            events = coder.code(make_document(TEXT))
    assert len(events) == 1
    assert coder.dropped == {kind: 1}


@pytest.mark.parametrize("fault", ["429", "500", "broken"])
def test_passing_fault_is_tried_again(tmp_path: Path, fault: str) -> None:
    with serve(Script([fault, {"events": [DEMAND]}])) as address:
        assert len(make_coder(address, tmp_path).code(make_document(TEXT))) == 1


@pytest.mark.parametrize("fault", ["429", "broken", "slow"])
def test_lasting_fault_is_one_line_without_text_or_key(tmp_path: Path, fault: str) -> None:
    with serve(Script([fault])) as address:
        coder = make_coder(address, tmp_path, timeout=0.3, retries=1)
        with pytest.raises(CoderError, match="1 of 1 paragraphs got no answer") as caught:
            coder.code(make_document(TEXT))
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)
    assert TEXT not in str(caught.value)


def test_run_is_resumed_where_it_stopped(tmp_path: Path) -> None:
    document = make_document(TEXT, "It offered talks.")
    script = Script([{"events": [DEMAND]}, "broken"])
    with serve(script) as address:
        coder = make_coder(address, tmp_path)
        coder.concurrency = 1
        with pytest.raises(CoderError, match="1 of 2 paragraphs"):
            coder.code(document)
        script.turns[:] = [{"events": []}]
        again = make_coder(address, tmp_path)
        assert (again.estimate(document).requests, again.estimate(document).cached) == (1, 1)
        assert len(again.code(document)) == 1
    assert (again.cost.requests, again.cost.cached) == (1, 1)


def test_nothing_is_sent_twice(tmp_path: Path) -> None:
    script = Script([{"events": [DEMAND]}])
    with serve(script) as address:
        first = make_coder(address, tmp_path).code(make_document(TEXT))
        coder = make_coder(address, tmp_path)
        assert coder.code(make_document(TEXT)) == first
    assert (len(script.requests), coder.cost.cached, coder.cost.requests) == (1, 1, 0)


def test_no_key_and_no_text_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serve(Script(["429", {"events": [DEMAND]}])) as address:
        make_coder(address, tmp_path).code(make_document(TEXT))
    assert KEY not in caplog.text
    assert "Mongolia" not in caplog.text


def test_missing_key_is_one_line(tmp_path: Path) -> None:
    coder = LanguageModelCoder(Endpoint("anthropic", "claude-sonnet-4-5"), AnswerCache(tmp_path))
    with pytest.raises(CoderError, match="set ANTHROPIC_API_KEY"):
        coder.code(make_document(TEXT))
