"""A coder that asks a language model, and keeps only what stands in the text."""

from detente.coding.llm.coder import LanguageModelCoder
from detente.coding.llm.cost import Cost
from detente.coding.llm.endpoint import Endpoint

__all__ = ["Cost", "Endpoint", "LanguageModelCoder"]
