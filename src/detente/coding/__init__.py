"""From a document to its events: coders behind one protocol, their output, and how they are scored."""

from __future__ import annotations

from pathlib import Path

from detente.coding.coder import Coder
from detente.coding.output import event_to_line, write_events
from detente.errors import UsageError

__all__ = ["CODERS", "Coder", "choose_coder", "default_coder", "event_to_line", "write_events"]

CODERS = ("learned", "lexicon", "llm")


def default_coder() -> Coder:
    """Return the coder used where none is named: the learned one, with the weights that come with the package."""
    return choose_coder()


def choose_coder(
    name: str = "learned", *, model: str | None = None, address: str = "", min_confidence: float = 0.0
) -> Coder:
    """Return the coder called `name`: "learned", "lexicon" or "llm".

    `model` is a folder of weights for the learned coder, and for "llm" the model's name ("anthropic:…", "openai:…", or
    that of a model on the server at `address`). Events less sure than `min_confidence` are left out; coders that give
    no confidence leave none out. UsageError for a name that is no coder's, for "llm" without a model, or for "lexicon"
    with one.
    """
    if name == "learned":
        from detente.coding.learned import LearnedCoder

        return LearnedCoder(Path(model) if model else None, min_confidence=min_confidence)
    if name == "lexicon":
        if model:
            raise UsageError(f"the coder 'lexicon' has no model: expected no --model beside it (got {model!r})")
        from detente.coding.lexicon import LexiconCoder

        return LexiconCoder()
    if name == "llm":
        if not model:
            raise UsageError("the coder 'llm' needs a model: expected --model NAME")
        from detente.coding.llm import Endpoint, LanguageModelCoder

        return LanguageModelCoder(Endpoint.named(model, address), min_confidence=min_confidence)
    raise UsageError(f"{name!r} is not a coder: expected one of {', '.join(CODERS)}")
