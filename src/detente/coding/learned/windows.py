"""Cut a document into windows the encoder can read: some sentences, with those before and the title as context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.model import Document

__all__ = ["CORE", "LEAD", "TITLE", "Pieces", "Window", "cut_windows", "split_pieces"]

CORE = 176
"""The pieces a window codes, at most (one longer sentence is cut to `LONGEST`)."""
LEAD = 56
"""The pieces of earlier sentences it is given as context."""
TITLE = 16
"""The pieces of the document's title it is given."""
LONGEST = 400
CLS, SEP = 101, 102

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence in word pieces: ids, their bounds in the document's text (end open), and which begin a word."""

    ids: Ints
    starts: Ints
    ends: Ints
    begins: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces the encoder reads at once; `sentence` is -1 for the title and marks, `core` true where events are sought.

    All arrays have one entry a piece; `starts` and `ends` are offsets in the document's text (-1 outside it).
    """

    ids: Ints
    starts: Ints
    ends: Ints
    begins: npt.NDArray[np.bool_]
    sentence: Ints
    core: npt.NDArray[np.bool_]
    head: int
    opens: int
    first: int
    last: int

    def find(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the positions (end open) of the pieces that overlap `text[start:end]`; None where none does."""
        low, high = self.body
        first = low + int(np.searchsorted(self.ends[low:high], start, "right"))
        last = low + int(np.searchsorted(self.starts[low:high], end, "left"))
        return (first, last) if first < last else None

    @property
    def body(self) -> tuple[int, int]:
        """The positions (end open) of the pieces that stand in the text: not the title, not the marks."""
        return self.head, len(self.ids) - 1


def split_pieces(document: Document, tokenizer: Any) -> list[Pieces]:
    """Return the word pieces of every sentence of `document` (`tokenizer`: a `tokenizers.Tokenizer`)."""
    texts = [document.text[s.start : s.end] for s in document.sentences]
    encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
    pieces = []
    for sentence, encoding in zip(document.sentences, encoded, strict=True):
        bounds = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)[:LONGEST] + sentence.start
        words = encoding.word_ids[:LONGEST]
        begins = np.array([i == 0 or words[i] != words[i - 1] for i in range(len(words))], dtype=bool)
        ids = np.array(encoding.ids[:LONGEST], dtype=np.int64)
        pieces.append(Pieces(ids, bounds[:, 0], bounds[:, 1], begins))
    return pieces


def cut_windows(
    document: Document, pieces: Sequence[Pieces], title: Sequence[int], core: int = CORE, lead: int = LEAD
) -> Iterator[Window]:
    """Yield windows that together hold every sentence of `document` once as core.

    A window ends with a paragraph where it can, and with a sentence always; `title` holds the title's piece ids.
    """
    for first, last in _group_sentences(document, [len(p.ids) for p in pieces], core):
        start, room = first, lead
        while start > 0 and len(pieces[start - 1].ids) <= room:
            start -= 1
            room -= len(pieces[start].ids)
        yield _join(pieces, title, start, first, last)


def _group_sentences(document: Document, sizes: Sequence[int], core: int) -> Iterator[tuple[int, int]]:
    """Yield (first, end) numbers of sentences that share a window: whole paragraphs while they fit."""
    first, held = 0, 0
    for index, size in enumerate(sizes):
        fresh = index > 0 and document.sentences[index].paragraph != document.sentences[index - 1].paragraph
        if index > first and (held + size > core or (fresh and held > core // 2)):
            yield first, index
            first, held = index, 0
        held += size
    if first < len(sizes):
        yield first, len(sizes)


def _join(pieces: Sequence[Pieces], title: Sequence[int], start: int, first: int, last: int) -> Window:
    head = [CLS, *title[:TITLE], SEP]
    chosen = pieces[start:last]
    sizes = [len(p.ids) for p in chosen]
    pad = np.full(len(head), -1, dtype=np.int64)
    sentence = np.concatenate([pad, np.repeat(np.arange(start, last), sizes), [-1]])
    return Window(
        ids=np.concatenate([head, *(p.ids for p in chosen), [SEP]]).astype(np.int64),
        starts=np.concatenate([pad, *(p.starts for p in chosen), [-1]]),
        ends=np.concatenate([pad, *(p.ends for p in chosen), [-1]]),
        begins=np.concatenate([np.zeros(len(head), bool), *(p.begins for p in chosen), [False]]),
        sentence=sentence,
        core=sentence >= first,
        head=len(head),
        opens=start,
        first=first,
        last=last,
    )
