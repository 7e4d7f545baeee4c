"""TEI: articles, essays and documents, with their ids, heads and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.model import Document
from detente.reading import read_bytes, read_document

PROSE = "Moscow called its advisers home from Peking."


def read_tei(text: str, header: str = "") -> list[Document]:
    """The documents of a TEI file with this content of `text`."""
    whole = f"""<?xml version="1.0" encoding="utf-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"
    xmlns:frus="http://history.state.gov/frus/ns/1.0"><teiHeader><fileDesc>{header}</fileDesc></teiHeader>
    <text>{text}</text></TEI>"""
    return read_bytes(whole.encode(), "volume.xml")


def essay(name: str, inner: str = "") -> str:
    """A division with a head and a paragraph."""
    return f'<div type="section" xml:id="{name}"><head>Essay {name}</head><p>{PROSE}</p>{inner}</div>'


def test_an_article_is_one_document_with_its_sections() -> None:
    [document] = read_tei(f"<body>{essay('summary')}{essay('recognition', essay('inner'))}{essay('end')}</body>")
    texts = [item for item in document.paragraphs if item.kind == "text"]
    assert [item.anchor for item in texts] == ["summary", "recognition", "inner", "end"]
    assert texts[2].section == ("Essay recognition", "Essay inner")
    assert document.address == "volume.xml"


def test_the_essays_of_a_volume_are_documents_of_their_own() -> None:
    header = "<titleStmt><title>Milestones</title></titleStmt><publicationStmt><p>A press, 2009</p></publicationStmt>"
    documents = read_tei(f"<body>{essay('a')}{essay('b')}{essay('c')}</body>", header)
    assert [item.address for item in documents] == ["volume.xml#a", "volume.xml#b", "volume.xml#c"]
    assert [item.name for item in documents] == ["volume-a", "volume-b", "volume-c"]
    assert len({item.id for item in documents}) == 3
    assert (documents[0].title, documents[0].source) == ("Essay a", "Milestones; A press")
    assert str(documents[0].published) == "2009"


def test_numbered_documents_are_told_apart_and_dated() -> None:
    documents = read_tei(
        f"""<body><div type="chapter" xml:id="ch1"><head>China</head>
        <div type="document" xml:id="d1" frus:doc-dateTime-min="1961-01-20T00:00:00" frus:doc-dateTime-max="1961-01-20">
        <head>1. Memorandum<note xml:id="d1fn1">Source: Department of State.</note></head><p>{PROSE}</p></div>
        <div type="document" xml:id="d2"><head>2. Telegram</head><p>{PROSE}</p></div></div></body>"""
    )
    assert [(item.title, str(item.published or "")) for item in documents] == [
        ("1. Memorandum", "1961-01-20"),
        ("2. Telegram", ""),
    ]
    assert [item.kind for item in documents[0].paragraphs] == ["text", "note"]
    assert documents[0].paragraphs[1].anchor == "d1fn1"


def test_notes_figures_and_page_breaks_leave_the_running_text_whole() -> None:
    [document] = read_tei(
        """<body><pb n="12"/><p xml:id="p1">Moscow called<note n="1">See vol. VI.</note> its <hi rend="italic">
        advisers</hi><figure><head>A picture</head></figure> home<lb/>from <choice><abbr>P.</abbr><expan>Peking</expan>
        </choice>.<pb n="13"/></p><p>They left.</p></body>"""
    )
    assert document.text == "Moscow called its advisers home from Peking .\n\nThey left.\n\nSee vol. VI."
    assert [(item.kind, item.page) for item in document.paragraphs] == [("text", 12), ("text", 13), ("note", 12)]
    assert len(document.sentences) == 2


def test_lists_tables_and_bibliographies() -> None:
    [document] = read_tei(
        f"""<body><p>{PROSE}<list><item>Oporto (1821-1966)</item></list></p><table><row><cell>1950</cell><cell>Treaty
        </cell></row></table><listBibl><bibl><title>The Papers</title> (1959)</bibl></listBibl></body>"""
    )
    assert [(document.text[item.start : item.end], item.kind) for item in document.paragraphs] == [
        (PROSE, "text"),
        ("Oporto (1821-1966)", "text"),
        ("1950 Treaty", "text"),
        ("The Papers (1959)", "note"),
    ]


@pytest.mark.parametrize("name", ["milestones", "rdcr"])
def test_the_corpus_reads(shared: Path, name: str) -> None:
    paths = sorted((shared / "corpus" / name).glob("*.xml"))
    documents = [document for path in paths for document in read_document(path)]
    assert len(documents) >= len(paths)
    assert len({document.id for document in documents}) == len(documents)
    assert all(document.title and document.source and document.sentences for document in documents)
