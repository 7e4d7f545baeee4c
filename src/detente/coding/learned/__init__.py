"""The learned coder."""

from detente.coding.learned.coder import LearnedCoder
from detente.coding.learned.language import LanguageWarning

__all__ = ["LanguageWarning", "LearnedCoder"]
