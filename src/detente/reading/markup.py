"""HTML markup: which elements hold the text, which only furnish the page, and where one block ends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

from selectolax.lexbor import LexborNode

from detente.reading.blocks import Block, clean_text, ends_sentence
from detente.reading.paragraphs import split_paragraphs

__all__ = ["BlockWalker", "choose_main"]

_LISTS = tomllib.loads(resources.files("detente.reading").joinpath("data/markup.toml").read_text(encoding="utf-8"))
DROPPED = frozenset(_LISTS["dropped"])
DROPPED_UNLESS_MAIN = frozenset(_LISTS["dropped_unless_main"])
BLOCKS = frozenset(_LISTS["blocks"])
DROPPED_ROLES = frozenset(_LISTS["dropped_roles"])
NOTE_ROLES = frozenset(_LISTS["note_roles"])
MARK_ROLES = frozenset(_LISTS["mark_roles"])
_DROPPED_NAMES = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(_LISTS['dropped_names'])})(?:$|[\s_-])", re.IGNORECASE)
_NOTE_NAMES = re.compile(rf"(?:^|\s)(?:{'|'.join(_LISTS['note_names'])})(?:$|\s)", re.IGNORECASE)
_MARK_NAMES = re.compile(rf"(?:^|\s)(?:{'|'.join(_LISTS['mark_names'])})(?:$|\s)", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶#]{1,3}|note \d+|citation needed)[\])]?\s*")
_NOTE_TARGET = re.compile(r"#(?:_?fn|_?ftn|foot|note|cite|en\d|endnote|n\d|ref)", re.IGNORECASE)
_UNITS = re.compile(r"(?:\b[kcmd]?m|\bft|\bmi|\bin|\d)\Z")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SOURCE_SPACE = re.compile(r"\s{2,}|[^\S ]")
MOST_LINKED = 0.6
LEAST_OF_BODY = 0.4
MOST_REPRIEVES = 50


def choose_main(body: LexborNode) -> LexborNode:
    """Return the element that holds the main text: an article or main part with much of the page, or the body."""
    whole = len(body.text())
    parts = body.css("main, article, [role=main], [itemprop=articleBody]")[:MOST_REPRIEVES]
    best = max(parts, key=lambda node: len(node.text()), default=body)
    return best if len(best.text()) > LEAST_OF_BODY * whole else body


class BlockWalker:
    """Walks an element in reading order and gathers its words into blocks; one walker for one element."""

    def __init__(self, root: LexborNode) -> None:
        self._root = root
        self._size = len(root.text())
        self._reprieves = 0
        self._parts: list[str] = []
        self._linked = 0
        self._in_links = self._in_notes = self._in_preformatted = 0
        self._level = 0
        self._anchor: str | None = None

    def walk(self) -> Iterator[Block]:
        """Yield the blocks of the element. The walk keeps its own stack, since elements may be nested very deep."""
        stack: list[tuple[LexborNode, bool]] = [(self._root, False)]
        while stack:
            node, leaving = stack.pop()
            if node.is_text_node:
                self._add_words(node.text_content or "")
                continue
            tag = node.tag or ""
            if leaving or tag in BLOCKS:
                yield from self._close_block() if tag in BLOCKS else ()
            if leaving:
                self._count(node, tag, -1)
            elif node.is_element_node and not self._is_dropped(node, tag):
                self._open(node, tag)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
        yield from self._close_block()

    def _open(self, node: LexborNode, tag: str) -> None:
        if tag == "br":
            self._parts.append("\n")
        self._count(node, tag, 1)
        if anchor := node.attributes.get("id"):
            self._anchor = self._anchor or anchor

    def _count(self, node: LexborNode, tag: str, step: int) -> None:
        """Keep count of the links, notes and preformatted parts that the walk is within."""
        if tag == "a" and node.attributes.get("href"):
            self._in_links += step
        if tag == "pre":
            self._in_preformatted += step
        if tag in HEADS:
            self._level = HEADS.index(tag) + 1 if step > 0 else 0
        if _is_note(node.attributes):
            self._in_notes += step

    def _add_words(self, words: str) -> None:
        if self._in_links:
            self._linked += len(words)
        self._parts.append(words if self._in_preformatted else _SOURCE_SPACE.sub(" ", words))

    def _close_block(self) -> Iterator[Block]:
        """Yield what was gathered since the last block's end, unless it is mostly links."""
        text, linked, anchor = "".join(self._parts), self._linked, self._anchor
        self._parts, self._linked = [], 0
        if not text.strip():
            return
        self._anchor = None
        if linked > MOST_LINKED * len(text.strip()) and self._level != 1 and not ends_sentence(text):
            return
        kind = "note" if self._in_notes else "heading" if self._level else "text"
        for words in split_paragraphs(text) if "\n" in text else (clean_text(text),):
            yield Block(words, kind, self._level, anchor)

    def _is_dropped(self, node: LexborNode, tag: str) -> bool:
        if tag in DROPPED:
            return True
        attributes = node.attributes
        if _is_mark(node, tag, attributes, self._parts[-1] if self._parts else ""):
            return True
        if not attributes and tag not in DROPPED_UNLESS_MAIN:
            return False
        if _is_note(attributes) or not _is_furnishing(tag, attributes):
            return False
        return not self._holds_main(node)

    def _holds_main(self, node: LexborNode) -> bool:
        """Whether an element that looks like furniture holds much of the page, as a form around all of it does."""
        self._reprieves += 1
        return self._reprieves < MOST_REPRIEVES and len(node.text()) > LEAST_OF_BODY * self._size


HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
Attributes = dict[str, str | None]


def _names(attributes: Attributes) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _roles(attributes: Attributes) -> set[str]:
    return set(f"{attributes.get('role') or ''} {attributes.get('epub:type') or ''}".lower().split())


def _is_note(attributes: Attributes) -> bool:
    if not attributes:
        return False
    return bool(_roles(attributes) & NOTE_ROLES or _NOTE_NAMES.search(_names(attributes)))


def _is_furnishing(tag: str, attributes: Attributes) -> bool:
    if tag in DROPPED_UNLESS_MAIN or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _roles(attributes) & DROPPED_ROLES or _HIDDEN.search(attributes.get("style") or ""):
        return True
    return tag not in HEADS and bool(_DROPPED_NAMES.search(_names(attributes)))


def _is_mark(node: LexborNode, tag: str, attributes: Attributes, before: str) -> bool:
    """Whether an element is the mark of a note: a raised figure not behind a unit, or a link to a note."""
    if tag not in ("sup", "a", "span"):
        return False
    if attributes and (_roles(attributes) & MARK_ROLES or _MARK_NAMES.search(_names(attributes))):
        return True
    words = node.text()
    if tag == "span" or len(words) > 16 or not _MARK.fullmatch(words):
        return False
    return not _UNITS.search(before) if tag == "sup" else bool(_NOTE_TARGET.search(attributes.get("href") or ""))
