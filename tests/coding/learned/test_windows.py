"""Windows: every sentence is read once, with what stands before it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from detente.coding.learned.modelfile import TOKENIZER, default_folder
from detente.coding.learned.windows import CORE, LONGEST, cut_windows, split_pieces
from detente.model import Document, Paragraph, Sentence
from tests.coding.learned.samples import read_sample


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(default_folder() / TOKENIZER))


def make_document(paragraphs: list[list[int]]) -> Document:
    text, sentences, blocks = "", [], []
    for number, lengths in enumerate(paragraphs):
        begin = len(text)
        for length in lengths:
            start = len(text)
            text += "treaty " * length + ". "
            sentences.append(Sentence(len(sentences), number, start, len(text) - 1))
        blocks.append(Paragraph(begin, len(text)))
    return Document(text, tuple(blocks), tuple(sentences), "made", "made")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(1, 120), min_size=1, max_size=6), min_size=1, max_size=5))
def test_every_sentence_is_core_once(tokenizer: Tokenizer, paragraphs: list[list[int]]) -> None:
    document = make_document(paragraphs)
    windows = list(cut_windows(document, split_pieces(document, tokenizer), [2000, 2001]))
    read = [s for w in windows for s in range(w.first, w.last)]
    assert read == list(range(len(document.sentences)))
    for window in windows:
        assert len(window.ids) <= 512
        assert window.core.sum() <= CORE or window.last - window.first == 1
        assert set(window.sentence[window.core]) == set(range(window.first, window.last))
        low, high = window.body
        assert (window.starts[low:high] >= 0).all() and (window.starts[:low] == -1).all()


def test_pieces_stand_where_their_words_stand(tokenizer: Tokenizer) -> None:
    document, lines = read_sample()[0]
    windows = list(cut_windows(document, split_pieces(document, tokenizer), []))
    for line in lines:
        sentence = document.sentences[line["sentence"]]
        start = document.text.index(line["trigger"], sentence.start)
        end = start + len(line["trigger"])
        window = next(w for w in windows if w.first <= line["sentence"] < w.last)
        place = window.find(start, end)
        assert place is not None
        assert document.text[window.starts[place[0]] : window.ends[place[1] - 1]] == line["trigger"]
    assert windows[0].find(10**6, 10**6 + 4) is None


def test_a_sentence_too_long_is_cut(tokenizer: Tokenizer) -> None:
    document = make_document([[3000]])
    (window,) = cut_windows(document, split_pieces(document, tokenizer), [])
    assert window.core.sum() == LONGEST
