"""The contract of every reader, and what a random text must survive in any format."""

from __future__ import annotations

import re
import string
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.model import Document
from detente.reading import READERS, Reader, read_bytes
from tests.reading.samples import PARAGRAPHS, TITLE, WRITERS

SAMPLES = sorted(WRITERS)


def read_sample(name: str) -> list[Document]:
    """The documents of the sample of the format `name`."""
    write, address = WRITERS[name]
    return read_bytes(write(PARAGRAPHS), address)


def test_every_reader_has_a_sample() -> None:
    assert {reader.name for reader in READERS} == set(WRITERS)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: str(reader.name))
def test_readers_keep_the_protocol(reader: Reader) -> None:
    assert isinstance(reader, Reader)
    assert all(suffix.startswith(".") for suffix in reader.suffixes)
    assert all("/" in media_type for media_type in reader.media_types)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_right_reader_is_chosen_even_under_a_wrong_suffix(name: str) -> None:
    write, address = WRITERS[name]
    assert read_bytes(write(PARAGRAPHS), address)[0].reader == name
    if name not in ("markdown", "text", "jsonl"):
        assert read_bytes(write(PARAGRAPHS), "sample.bin")[0].reader == name


@pytest.mark.parametrize("name", SAMPLES)
def test_bounds_are_in_order_and_within(name: str) -> None:
    for document in read_sample(name):
        assert document.text.strip() == document.text != ""
        assert all(one.end <= two.start for one, two in pairwise(document.paragraphs))
        assert all(one.end <= two.start for one, two in pairwise(document.sentences))
        for number, sentence in enumerate(document.sentences):
            paragraph = document.paragraphs[sentence.paragraph]
            assert sentence.index == number
            assert paragraph.start <= sentence.start < sentence.end <= paragraph.end <= len(document.text)
            assert paragraph.kind == "text"
            words = document.sentence_text(number)
            assert words == words.strip() and "\n" not in words


@pytest.mark.parametrize("name", SAMPLES)
def test_the_running_text_is_whole_and_nothing_else(name: str) -> None:
    [document] = read_sample(name)
    running = [document.text[item.start : item.end] for item in document.paragraphs if item.kind == "text"]
    assert running == list(PARAGRAPHS)
    assert document.title == TITLE


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_bytes_give_the_same_document(name: str) -> None:
    write, address = WRITERS[name]
    data = write(PARAGRAPHS)
    assert read_bytes(data, address) == read_bytes(data, address)


@pytest.mark.parametrize("name", ["markdown", "epub"])
def test_details_come_from_the_file(name: str) -> None:
    [document] = read_sample(name)
    assert document.source == "A press"
    assert document.published is not None and document.published.edtf == "2004-11-10"


LETTERS = string.ascii_letters + "éüßçñ"
WORDS = st.text(LETTERS, min_size=2, max_size=12)
SENTENCES = st.lists(WORDS, min_size=3, max_size=25).map(lambda words: f"The {' '.join(words)}.")
TEXTS = st.lists(st.lists(SENTENCES, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6)


@pytest.mark.parametrize("name", SAMPLES)
@given(paragraphs=TEXTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_words_come_back_in_order(name: str, paragraphs: list[str]) -> None:
    write, address = WRITERS[name]
    [document] = read_bytes(write(paragraphs), address)
    running = " ".join(document.text[item.start : item.end] for item in document.paragraphs if item.kind == "text")
    assert re.findall(r"\w+", running) == re.findall(r"\w+", " ".join(paragraphs))
