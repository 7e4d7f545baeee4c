"""Bad input: one clear line that names the file and what was expected, soon, whatever the bytes."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DocumentError
from detente.reading import find_documents, read_bytes, read_document
from tests.reading.samples import ENCRYPTED, PARAGRAPHS, WORD, WRITERS, pack, write_docx, write_epub, write_pdf_pages

PDF = write_pdf_pages([[(72, 700, 10, "The envoys met in Geneva and agreed on nothing.")]])
BOMB_OF_ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha ha">
%s]><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>&i;</p></body></text></TEI>""" % b"\n".join(
    b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 20) for number in range(8)
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY file SYSTEM "file:///etc/passwd">]>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>The words are these: &file;</p></body></text></TEI>"""
ENTITY_IN_WORD = f"""<!DOCTYPE w:document [<!ENTITY a "words">]><w:document {WORD}><w:body><w:p><w:r><w:t>The &a; were
said.</w:t></w:r></w:p></w:body></w:document>"""
MENU = b"<html><body><nav><a href=/>Home</a></nav><p><a href=/a>Countries Index</a> <a href=/b>Search</a></p>"
WRONG_SENTENCES = {"text": "Talks failed.", "sentences": [{"start": 0, "end": 99}]}

CASES = {
    "empty": (b"", "a.txt", "is empty"),
    "white space": (b" \n\t ", "a.html", "is empty"),
    "binary": (bytes(random.Random(1).randbytes(4000)), "a.txt", "is binary"),
    "binary page": (bytes(random.Random(2).randbytes(4000)), "a.html", "is binary"),
    "zeros": (b"\0" * 5000, "a.txt", "is binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a.png", "is binary"),
    "broken UTF-16": (b"\xff\xfe" + b"T\0h\0e\0 \0" + b"\x00\xd8", "a.txt", "is not the UTF-16"),
    "menu alone": (MENU, "a.html", "has no prose"),
    "titles alone": (b"Home\n\nCountries Index\n\nPage 3", "a.txt", "has no prose"),
    "junk PDF": (b"%PDF-1.7 and nothing of the kind", "a.pdf", "is a damaged or truncated PDF"),
    "truncated PDF": (PDF[: len(PDF) // 2], "a.pdf", "is a damaged or truncated PDF"),
    "encrypted PDF": (write_pdf_pages([[(72, 700, 10, "Secret.")]], trailer=ENCRYPTED), "a.pdf", "is encrypted"),
    "PDF of pictures": (write_pdf_pages([[], []]), "a.pdf", "has no text on its 2 pages"),
    "entity bomb": (BOMB_OF_ENTITIES, "a.xml", "declares XML entities"),
    "entity from outside": (OUTSIDE, "a.xml", "declares XML entities"),
    "broken XML": (b'<?xml version="1.0"?>\n<TEI>\n<text><p>The talks failed</text></TEI>', "a.xml", "at line 3"),
    "XML in no known encoding": (b'<?xml version="1.0" encoding="x-klingon"?><TEI><p>a</p></TEI>', "a.xml", "encoding"),
    "XML, not TEI": (b'<?xml version="1.0"?><visits><visit/></visits>', "a.xml", "is XML with the root <visits>"),
    "TEI without text": (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>', "a.xml", "has no prose"),
    "deep XML": (b"<TEI>" + b"<div>" * 5000 + b"</div>" * 5000 + b"</TEI>", "a.xml", "is not well-formed XML"),
    "deep HTML": (b"<html><body>" + b"<div>" * 20000, "a.html", "open within each other"),
    "deep JSON": (b'{"text":' + b"[" * 100000, "a.jsonl", "is not JSON at line 1"),
    "JSON cut short": (b'{"text": "The talks', "a.jsonl", "is not JSON at line 1"),
    "JSON without text": (b'{"title": "The talks"}', "a.jsonl", "has no text at line 1"),
    "JSON list": (b'{"text": "The talks failed."}\n[1]\n', "a.jsonl", "holds no JSON object at line 2"),
    "sentence out of bounds": (json.dumps(WRONG_SENTENCES).encode(), "a.json", "gives sentence 0 the bounds 0:99"),
    "truncated DOCX": (write_docx(PARAGRAPHS)[:700], "a.docx", "is a damaged or truncated archive"),
    "DOCX that is none": (pack({"a.txt": "The talks failed."}), "a.docx", "lacks its part word/document.xml"),
    "DOCX with entities": (pack({"word/document.xml": ENTITY_IN_WORD}), "a.docx", "declares XML entities"),
    "EPUB that is none": (pack({"mimetype": "application/epub+zip"}, first_stored=True), "a.epub", "lacks its part"),
    "truncated EPUB": (write_epub(PARAGRAPHS)[:-30], "a.epub", "is a damaged or truncated archive"),
    "other archive": (pack({"a.txt": "The talks failed."}), "a.zip", "is binary"),
}


def read_failing(data: bytes, address: str) -> str:
    """The one line that the reading fails with."""
    with pytest.raises(DocumentError) as caught:
        read_bytes(data, address)
    return str(caught.value)


@pytest.mark.parametrize("name", CASES)
def test_one_line_names_the_file_and_what_was_expected(name: str) -> None:
    data, address, problem = CASES[name]
    line = read_failing(data, address)
    assert line.startswith(f"{address}: ") and problem in line and "(expected " in line
    assert "\n" not in line and len(line) < 400


def test_a_zip_bomb_does_not_go_off() -> None:
    words = "x" * (33 << 20)
    assert "unpacks to more than 32 MiB" in read_failing(pack({"word/document.xml": words}), "a.docx")


def test_an_archive_with_a_password_says_so() -> None:
    data = bytearray(write_docx(PARAGRAPHS))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    assert "is encrypted" in read_failing(bytes(data), "a.docx")


def test_a_member_that_is_damaged_says_so() -> None:
    data = bytearray(write_docx(PARAGRAPHS))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo("word/document.xml").header_offset
    data[at + 60 : at + 90] = b"\xff" * 30
    assert "is damaged in its part word/document.xml" in read_failing(bytes(data), "a.docx")


@pytest.mark.parametrize("suffix", ["txt", "html", "jsonl", "xml", "md"])
def test_a_line_of_100_megabytes_is_refused_unread(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"line.{suffix}"
    with path.open("wb") as file:
        file.write(b"The talks failed. ")
        file.truncate(100_000_000)
    with pytest.raises(DocumentError, match=r"is 95 MiB long \(expected at most 32 MiB\)"):
        read_document(path)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "none.txt", "does not exist"), (tmp_path, "is a folder"), ("a\0b", "cannot be")):
        with pytest.raises(DocumentError, match=problem):
            read_document(path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DocumentError, match="is not a regular file"):
        read_document(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("The talks failed.")
    path.chmod(0)
    with pytest.raises(DocumentError, match="may not be read"):
        read_document(path)


def test_a_file_without_permission_as_the_system_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("The talks failed.")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DocumentError, match="may not be read"):
        read_document(path)


@pytest.mark.parametrize("path", ["nowhere", "nowhere/*.txt", "folder", "folder/*.xyz"])
def test_paths_that_stand_for_nothing(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "picture.png").write_bytes(b"\x89PNG")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DocumentError, match=f"^{path.replace('*', '[*]')}: (does not exist|holds nothing to read)"):
        find_documents([path])


@pytest.mark.parametrize("name", sorted(WRITERS))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_damage_is_read_or_refused(name: str, data: st.DataObject) -> None:
    write, address = WRITERS[name]
    whole = bytearray(write(PARAGRAPHS))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    try:
        documents = read_bytes(bytes(whole), address)
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert all(document.text for document in documents)
