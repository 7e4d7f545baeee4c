"""A coder that asks a language model, and keeps only what stands in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.coding.llm.cost import Cost
from detente.coding.llm.endpoint import Endpoint
from detente.errors import CoderError

if TYPE_CHECKING:
    from detente.coding.llm.coder import LanguageModelCoder as LanguageModelCoder

__all__ = ["Cost", "Endpoint", "LanguageModelCoder"]


def __getattr__(name: str) -> Any:
    if name != "LanguageModelCoder":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from detente.coding.llm.coder import LanguageModelCoder
    except ImportError as error:
        raise CoderError(
            f"the language-model coder needs more than is installed: pip install 'detente[llm]' ({error.name})"
        ) from error
    return LanguageModelCoder
