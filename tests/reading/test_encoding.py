"""Encodings: text is found whatever wrote it, and binary data is not taken for text."""

from __future__ import annotations

import pytest

from detente.errors import DocumentError
from detente.reading.encoding import decode_text

FRENCH = "Le général de Gaulle a reçu l’ambassadeur à l’Élysée ; la crise était passée, disait-on à Genève. " * 3
RUSSIAN = "Советский Союз отозвал своих специалистов из Китая, и разрыв двух столиц стал виден всем. " * 3
CASES = [
    (FRENCH, "utf-8"),
    (FRENCH, "utf-8-sig"),
    (FRENCH, "utf-16"),
    (FRENCH, "utf-16-le"),
    (FRENCH, "utf-16-be"),
    (FRENCH, "utf-32"),
    (FRENCH, "cp1252"),
    (RUSSIAN, "utf-8"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
]


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_text_is_found_in_its_encoding(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


def test_an_accent_far_behind_the_sample_is_found() -> None:
    text = "The talks failed. " * 10_000 + FRENCH
    assert decode_text(text.encode("cp1252"), "a.txt") == text


def test_a_declared_encoding_is_taken_where_it_fits() -> None:
    page = '<meta charset="iso-8859-7"><p>Αθήνα</p>'
    assert decode_text(page.encode("iso-8859-7"), "a.html") == page


def test_line_ends_are_made_one() -> None:
    assert decode_text(b"a\r\nb\rc\n", "a.txt") == "a\nb\nc\n"


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b"\x7fELF" + bytes(200), b"MZ" + bytes(range(256))])
def test_binary_data_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt: is binary"):
        decode_text(data, "a.txt")
