"""HTML: the text of a page without its furniture."""

from __future__ import annotations

import pytest

from detente.model import Document
from detente.reading import read_bytes

PROSE = "Moscow called its advisers home from Peking."
SECOND = "Soldiers fired on each other at the river."


def read_page(body: str, head: str = "", address: str = "page.html") -> Document:
    """The document of a page with this head and body."""
    [document] = read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), address)
    return document


FURNITURE = {
    "menu": "<nav><a href=/>Home</a> of the site that you are reading now.</nav>",
    "menu of links": "<ul><li><a href=/a>Countries of the world</a></li><li><a href=/b>Flags and maps</a></li></ul>",
    "share box": '<div class="share-box">Share this page with all your friends today.</div>',
    "sponsor": '<div id="sponsors">We thank the sponsors of this page for their help.</div>',
    "cookie notice": '<div class="cookie-notice">We use cookies to make the site better for you.</div>',
    "footer": "<footer>All the texts on this site are free for you to use.</footer>",
    "aside": "<aside>You may also like the other pages of this site.</aside>",
    "hidden": "<p hidden>These words are not shown to any reader here.</p>",
    "not displayed": '<p style="display: none">These words are not shown to any reader here.</p>',
    "role": '<div role="navigation">You are here in the tree of pages of the site.</div>',
    "script": "<script>var words = 'These words are not text at all.';</script>",
    "style": "<style>p { color: red; } /* These words are not text. */</style>",
    "bookmark": "<p>Please put this page in your BOOKMARKS - - -</p>",
    "sponsor line": "<center>Support Our Sponsor</center>",
    "back link": "<p><a href=/>&lt;&lt; Back to Soviet Union</a></p>",
    "caption": "<figure><img src=a.png><figcaption>The two premiers shake hands at the airport.</figcaption></figure>",
    "comment": "<!-- These words are not text at all. -->",
}


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_goes_and_text_stays(name: str) -> None:
    for body in (f"{FURNITURE[name]}<p>{PROSE}</p><p>{SECOND}</p>", f"<p>{PROSE}</p><p>{SECOND}</p>{FURNITURE[name]}"):
        assert read_page(body).text == f"{PROSE}\n\n{SECOND}"


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>",
        "<sup><a href='#fn1'>1</a></sup>",
        "<a href='#note-3'>[3]</a>",
        "<sup class=reference><a href='#cite_note-4'>[4]</a></sup>",
        "<a role=doc-noteref href='#x'>5</a>",
        "<sup>*</sup>",
    ],
)
def test_marks_of_notes_go(mark: str) -> None:
    body = f"<p>The talks failed.{mark} The treaty stood.</p>"
    assert read_page(body).text == "The talks failed. The treaty stood."


@pytest.mark.parametrize(
    ("raised", "text"),
    [("an area of 5 km<sup>2</sup> was", "5 km2 was"), ("the 19<sup>th</sup> century", "19th century")],
)
def test_raised_words_that_are_no_marks_stay(raised: str, text: str) -> None:
    assert text in read_page(f"<p>They fought for {raised} lost.</p>").text


def test_notes_stand_apart_behind_the_text() -> None:
    body = f'<p>{PROSE}</p><ol class="footnotes"><li id="fn1">See vol. VI, pp. 12-14.</li></ol><p>{SECOND}</p>'
    document = read_page(body)
    assert [(item.kind, item.anchor) for item in document.paragraphs] == [
        ("text", None),
        ("text", None),
        ("note", "fn1"),
    ]
    assert len(document.sentences) == 2


@pytest.mark.parametrize(
    "body",
    [
        f"<form action=x><p>{PROSE}</p><p>{SECOND}</p></form>",
        f"<table><tr><td><font>{PROSE}</font></td></tr><tr><td>{SECOND}</td></tr></table>",
        f"{PROSE}<br><br>{SECOND}",
        f"<p>{PROSE}<p>{SECOND}",
        f"<pre>{PROSE}\n\n{SECOND}</pre>",
        f"<div class=content-with-sidebar><p>{PROSE}</p><blockquote>{SECOND}</blockquote></div>",
        f"<main><article><p>{PROSE}</p><p>{SECOND}</p></article></main>",
        f"<p><a href=/m>{PROSE[:6]}</a>{PROSE[6:]}</p><p>{SECOND[:-6]}<i>{SECOND[-6:]}</i></p>",
    ],
)
def test_paragraphs_are_found_in_any_markup(body: str) -> None:
    assert read_page(body).text == f"{PROSE}\n\n{SECOND}"


def test_heads_make_sections() -> None:
    document = read_page(f"<h1>The quarrel</h1><h2 id=b>The break</h2><p>{PROSE}</p><h2>The war</h2><p>{SECOND}</p>")
    texts = [item for item in document.paragraphs if item.kind == "text"]
    assert document.title == "The quarrel"
    assert [item.section for item in texts] == [("The break",), ("The war",)]


def test_details_come_from_the_head() -> None:
    head = """<title>The quarrel | Country Notes</title><meta property="og:site_name" content="Country Notes">
    <meta name="author" content="A. Writer"><meta property="article:published_time" content="2004-11-10T08:00:00Z">
    <link rel="license" href="https://creativecommons.org/publicdomain/zero/1.0/">"""
    document = read_page(f"<p>{PROSE}</p>", head)
    assert (document.title, document.source, document.author) == ("The quarrel", "Country Notes", "A. Writer")
    assert document.published is not None and document.published.edtf == "2004-11-10"
    assert "publicdomain" in document.licence


def test_details_come_from_linked_data() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "The quarrel",
    "datePublished": "1969-03-03", "dateModified": "1969-03-04", "author": [{"name": "A. Writer"}],
    "publisher": {"name": "The Daily"}}]}</script><script type="application/ld+json">{broken</script>"""
    document = read_page(f"<p>{PROSE}</p>", head)
    assert (document.title, document.source, document.author) == ("The quarrel", "The Daily", "A. Writer")
    assert str(document.published) == "1969-03-03" and str(document.revised) == "1969-03-04"


def test_visible_lines_tell_what_the_head_does_not() -> None:
    body = f"""<h1>The quarrel</h1><p>Sources: A library; a press</p><p>{PROSE}</p><p>{SECOND}</p>
    <p>Data as of May 1989</p><p>NOTE: No claims are made regarding the words above.</p><p>Revised 10-Nov-04</p>"""
    document = read_page(body)
    assert document.text == f"{PROSE}\n\n{SECOND}"
    assert document.source == "A library; a press"
    assert str(document.as_of) == "1989-05" and str(document.revised) == "2004-11-10"
    assert document.notice == "No claims are made regarding the words above."


def test_a_page_of_the_web_without_a_name_has_its_host_for_source() -> None:
    assert read_page(f"<p>{PROSE}</p>", address="https://example.org/a/page.html?x=1").source == "example.org"
