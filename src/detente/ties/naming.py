"""What a tie is called, and the words that tell one demand, treaty or proposal from another."""

from __future__ import annotations

import re
from importlib.resources import files

from detente.model import Document, Event

__all__ = ["content_words", "name_tie", "split_content", "stem", "stem_words"]

PROPER = re.compile(
    r"(?:[A-Z][\w’'.-]*\s+(?:(?:of|and|for|on|the|de|to)\s+)*)*"
    r"(?:Treat(?:y|ies)|Accords?|Agreements?|Pact|Convention|Protocol|Communiqué|Declaration|Charter|Armistice|Alliance|"
    r"Memorandum|Act|Doctrine|Entente|Compact)"
    r"(?:\s+(?:of|on|for|to|in|between)\s+(?:the\s+)?[A-Z][\w’'.-]*(?:(?:\s+|,\s+|,?\s+and\s+)[A-Z][\w’'.-]*)*)?"
)
LISTED = re.compile(r"\s*(?:,\s*and\s+|;\s*and\s+|,\s+|;\s*)")
SMALL = frozenset(files("detente.ties").joinpath("data/small_words.txt").read_text(encoding="utf-8").split())
"""Words that do not tell one treaty, demand or proposal from another."""

LISTABLE = ("demand",)


def stem(word: str) -> str:
    """Return `word` without its commonest English endings, so that "withdrawal" and "withdrew" meet halfway.

    >>> stem("withdrawal"), stem("withdrawing"), stem("troops")
    ('withdraw', 'withdraw', 'troop')
    """
    word = word.lower()
    for ending in ("ments", "ment", "ations", "ation", "ings", "ing", "als", "al", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def split_content(document: Document, event: Event, kind: str) -> list[str | None]:
    """Return what the event demands, offers or signs, one item each where a list of three or more is told."""
    content = event.content.text if event.content else None
    if kind not in LISTABLE:
        return [content]
    told = content or document.text[event.trigger.end : event.quote.end].strip(" .,:;")
    items = [item for item in LISTED.split(told) if len(item.split()) >= 2]
    if len(items) >= 3:
        return list(items)
    return [content or (told if len(told.split()) >= 3 else None)]


def content_words(content: str | None, event: Event) -> frozenset[str]:
    """Return the stems that tell this tie from others of its kind: those of its content, else of its proper name."""
    named = PROPER.search(event.quote.text)
    text = content or (named.group() if named else "")
    return stem_words(text)


def stem_words(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that tell one thing from another."""
    return frozenset(stem(word) for word in re.findall(r"[^\W\d_]{3,}", text.lower()) if word not in SMALL)


def name_tie(kind: str, content: str | None, event: Event) -> str:
    """Return what the text calls the tie: a proper name, else its content, else the words round the trigger."""
    named = PROPER.search(content or "") or PROPER.search(event.quote.text)
    if kind in ("treaty", "alliance") and named:
        return named.group()
    if content:
        return content
    sides = [" and ".join(_text(party) for party in side) for side in (event.actors, event.recipients) if side]
    return f"{event.trigger.text}: {' – '.join(sides)}"


def _text(party: object) -> str:
    span = getattr(party, "span", None)
    return str(span.text if span else getattr(party, "code", ""))
