"""The coder itself: a paragraph a question, several questions at once, every answer checked."""

from __future__ import annotations

import asyncio
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from detente.coding.llm.cache import Answer, AnswerCache, default_cache
from detente.coding.llm.cost import Cost, estimate_tokens, price_tokens
from detente.coding.llm.endpoint import Endpoint
from detente.coding.llm.evidence import check_events
from detente.coding.llm.reply import Reply
from detente.errors import CoderError
from detente.model import Document, Event, Sentence, hash_content

if TYPE_CHECKING:
    from pydantic_ai import Agent

__all__ = ["LanguageModelCoder", "UnfoundedWarning"]

OUTPUT_TOKENS_A_SENTENCE = 120


class UnfoundedWarning(UserWarning):
    """A model quoted what does not stand in the text; what it quoted was dropped."""


@dataclass(frozen=True, slots=True)
class Question:
    """A paragraph as it is asked about: its sentences, numbered, under the title and after the paragraph before."""

    sentences: tuple[Sentence, ...]
    text: str


@dataclass
class LanguageModelCoder:
    """Codes with a language model at `endpoint`, at most `concurrency` questions at once.

    Answers are kept in `answers`, so that a run that broke off is resumed where it stopped. After each document
    `cost` holds what was spent so far and `dropped` what was quoted and did not stand in the text, by kind.
    """

    endpoint: Endpoint
    answers: AnswerCache = field(default_factory=default_cache)
    concurrency: int = 4
    min_confidence: float = 0.0
    name: str = "llm"
    cost: Cost = field(default_factory=Cost)
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def version(self) -> str:
        """The provider, the model and the hash of the prompt: what the answers depend on."""
        return f"{self.endpoint.provider}:{self.endpoint.model}@{hash_content(_prompt())[:8]}"

    def code(self, document: Document) -> list[Event]:
        """Return the events the model found in `document` whose evidence stands there, in order.

        CoderError where some paragraphs got no answer; those that did are kept, and the next call goes on from there.
        """
        questions = ask_about(document)
        replies = asyncio.run(self._ask_all(questions))
        events: list[Event] = []
        dropped: Counter[str] = Counter()
        for question, reply in zip(questions, replies, strict=True):
            found, lost = check_events(document, question.sentences, reply.events, self.name, self.version)
            events.extend(
                event for event in found if event.confidence is None or event.confidence >= self.min_confidence
            )
            dropped += lost
        if dropped:
            self.dropped += dropped
            kinds = ", ".join(f"{count} by {kind}" for kind, count in sorted(dropped.items()))
            warnings.warn(f"{document.name}: dropped what does not stand in the text: {kinds}", UnfoundedWarning, 2)
        return events

    def estimate(self, document: Document) -> Cost:
        """Return what coding `document` would cost, answers already kept left out; an estimate from its length."""
        questions = ask_about(document)
        asked = [question for question in questions if self._find(question) is None]
        tokens_in = sum(estimate_tokens(_prompt() + question.text) for question in asked)
        tokens_out = OUTPUT_TOKENS_A_SENTENCE * sum(len(question.sentences) for question in asked)
        price = price_tokens(self.endpoint.provider, self.endpoint.model, tokens_in, tokens_out)
        return Cost(tokens_in, tokens_out, len(asked), len(questions) - len(asked), price)

    async def _ask_all(self, questions: Sequence[Question]) -> list[Reply]:
        gate = asyncio.Semaphore(self.concurrency)
        agent = self._build_agent() if any(self._find(question) is None for question in questions) else None
        results = await asyncio.gather(
            *(self._ask(agent, question, gate) for question in questions), return_exceptions=True
        )
        failed = [result for result in results if isinstance(result, BaseException)]
        for error in failed:
            if not isinstance(error, CoderError):
                raise error
        if failed:
            raise CoderError(
                f"{len(failed)} of {len(questions)} paragraphs got no answer ({failed[0]}); "
                "the others are kept: run the same command again to go on"
            )
        return [result for result in results if isinstance(result, Reply)]

    async def _ask(self, agent: Agent[object, Reply] | None, question: Question, gate: asyncio.Semaphore) -> Reply:
        kept = self._find(question)
        if kept is not None:
            self.cost += Cost(cached=1)
            return kept.reply
        from pydantic_ai.exceptions import AgentRunError

        assert agent is not None
        async with gate:
            try:
                result = await agent.run(question.text)
            except AgentRunError as error:
                raise CoderError(_explain(error)) from error
        usage = result.usage
        price = price_tokens(self.endpoint.provider, self.endpoint.model, usage.input_tokens, usage.output_tokens)
        self.cost += Cost(usage.input_tokens, usage.output_tokens, usage.requests, 0, price)
        answer = Answer(reply=result.output, input_tokens=usage.input_tokens, output_tokens=usage.output_tokens)
        self.answers.keep(answer, *self._key(question))
        return result.output

    def _build_agent(self) -> Agent[object, Reply]:
        from pydantic_ai import Agent

        return Agent(
            self.endpoint.connect(),
            output_type=Reply,
            instructions=_prompt(),
            retries=2,
            model_settings={"temperature": 0.0},
        )

    def _find(self, question: Question) -> Answer | None:
        return self.answers.find(*self._key(question))

    def _key(self, question: Question) -> tuple[str, ...]:
        return (self.endpoint.address, self.version, question.text)


def ask_about(document: Document) -> list[Question]:
    """Return a question for each paragraph of `document` that has sentences."""
    questions = []
    before = ""
    for number, paragraph in enumerate(document.paragraphs):
        sentences = tuple(document.sentences_of(number))
        if sentences:
            lines = [f"[{s.index}] {document.text[s.start : s.end]}" for s in sentences]
            parts = [f"Title: {document.title or document.name}", f"Before: {before or '(nothing)'}", *lines]
            questions.append(Question(sentences, "\n".join(parts)))
            before = document.text[paragraph.start : paragraph.end]
    return questions


def _explain(error: Exception) -> str:
    """Return what went wrong without the body of the request or of the answer, which may hold text or a key."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__}, status {status}" if status else type(error).__name__


@cache
def _prompt() -> str:
    return files("detente.coding.llm").joinpath("data/prompt.md").read_text(encoding="utf-8")
