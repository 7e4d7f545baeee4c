"""Samples of every format, written by the tests themselves: the same paragraphs in different clothes."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Callable, Sequence

from detente.reading.sentences import split_sentences

PARAGRAPHS = (
    "In 1959 Moscow called its advisers home from Peking. The quarrel of the two capitals was no longer hidden.",
    "Mr. Gromyko met Mr. Chen in Geneva on May 5, 1962 (vol. VI, pp. 12-14). Nothing was agreed.",
    "Seven years later soldiers of both states fired on each other at the river. “We want talks,” said the premier.",
)
TITLE = "The quarrel"
Write = Callable[[Sequence[str]], bytes]


def write_text(paragraphs: Sequence[str]) -> bytes:
    """Plain text with blank lines between paragraphs."""
    return "\n\n".join([TITLE, *paragraphs]).encode()


def write_html(paragraphs: Sequence[str]) -> bytes:
    """A page with a menu, a share box, a note and a footer around its text."""
    body = "".join(f"<p>{html.escape(words)}</p>\n" for words in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE} | A site</title></head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/c">Countries Index</a></li></ul></nav>
    <h1>{TITLE}</h1><div class="sharebox">Share this page with friends and with others you know.</div>
    {body}<footer>Copyright © 2004 A site. All rights reserved.</footer></body></html>""".encode()


def write_markdown(paragraphs: Sequence[str]) -> bytes:
    """Markdown with front matter; what would be a mark is escaped."""
    marks = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()#+-.!<>|~&"})
    body = "\n\n".join(words.translate(marks) for words in paragraphs)
    return f'---\ntitle: "{TITLE}"\ndate: 2004-11-10\nsource: A press\n---\n\n# {TITLE}\n\n{body}\n'.encode()


def write_tei(paragraphs: Sequence[str]) -> bytes:
    """A TEI article of one section."""
    body = "".join(f'<p xml:id="p{number}">{html.escape(words)}</p>' for number, words in enumerate(paragraphs))
    return f"""<?xml version="1.0" encoding="utf-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
    <titleStmt><title>{TITLE}</title></titleStmt><publicationStmt><publisher>A press</publisher></publicationStmt>
    <sourceDesc><p>Born digital.</p></sourceDesc></fileDesc></teiHeader>
    <text><body><div xml:id="s1"><head>{TITLE}</head>{body}</div></body></text></TEI>""".encode()


def write_jsonl(paragraphs: Sequence[str]) -> bytes:
    """One object on one line."""
    return json.dumps({"id": "d1", "title": TITLE, "text": "\n\n".join(paragraphs)}).encode() + b"\n"


def write_annotation(paragraphs: Sequence[str]) -> bytes:
    """A text with numbered sentences."""
    sentences, offset = [], 0
    for number, words in enumerate(paragraphs):
        for start, end in split_sentences(words):
            bounds = {"start": offset + start, "end": offset + end, "text": words[start:end]}
            sentences.append({"i": len(sentences), "paragraph": number, **bounds})
        offset += len(words) + 2
    found = {"id": "quarrel", "title": TITLE, "text": "\n\n".join(paragraphs), "sentences": sentences}
    return json.dumps(found, ensure_ascii=False).encode()


def pack(members: dict[str, str | bytes], *, first_stored: bool = False) -> bytes:
    """A zip file of `members`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(members.items()):
            stored = first_stored and number == 0
            archive.writestr(name, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return packed.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write_docx(paragraphs: Sequence[str], body: str = "", **parts: str) -> bytes:
    """A Word document; `body` is XML put behind the paragraphs."""
    runs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(words)}</w:t></w:r></w:p>' for words in paragraphs
    )
    title = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>'
    styles = (
        f'<w:styles {WORD}><w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    return pack(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "word/document.xml": f"<w:document {WORD}><w:body>{title}{runs}{body}</w:body></w:document>",
            "word/styles.xml": styles,
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


def write_epub(paragraphs: Sequence[str]) -> bytes:
    """A book with a table of contents and one chapter."""
    body = "".join(f"<p>{html.escape(words)}</p>" for words in paragraphs)
    return pack(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": f"""<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <metadata><dc:title>{TITLE}</dc:title><dc:creator>A. Writer</dc:creator><dc:publisher>A press</dc:publisher>
            <dc:date>2004-11-10</dc:date><dc:language>en-GB</dc:language></metadata><manifest>
            <item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
            <item id="c" href="chapter%201.xhtml" media-type="application/xhtml+xml"/></manifest>
            <spine><itemref idref="n"/><itemref idref="c"/></spine></package>""",
            "OEBPS/nav.xhtml": "<html><body><nav><ol><li>Chapter one of the book is one.</li></ol></nav></body></html>",
            "OEBPS/chapter 1.xhtml": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
            f'<body><a id="page1"/><h2>One</h2>{body}</body></html>',
        },
        first_stored=True,
    )


Placed = tuple[float, float, float, str]


def write_pdf_pages(pages: Sequence[Sequence[Placed]], *, trailer: bytes = b"") -> bytes:
    """A PDF whose pages show words at (x, y) in a size, in Helvetica."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, placed in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {5 + 2 * number} 0 R >>".encode()
        )
        marks = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
        shown = " ".join(
            f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words.translate(marks)}) Tj" for x, y, size, words in placed
        )
        stream = f"BT {shown} ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


ENCRYPTED = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(0123456789abcdef)(0123456789abcdef)]"
    % (b"o" * 32, b"u" * 32)
)


def wrap(words: str, width: int) -> list[str]:
    """Lines of `words`, none longer than `width` unless a word is."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def write_pdf(paragraphs: Sequence[str]) -> bytes:
    """A PDF with one column, forty lines a page, page numbers, and a running head behind the first page."""
    lines = [(18.0, TITLE, 30.0)]
    for words in paragraphs:
        wrapped = wrap(words, 80)
        lines += [(10.0, line, 12.0 if number < len(wrapped) - 1 else 24.0) for number, line in enumerate(wrapped)]
    pages: list[list[Placed]] = []
    for number in range(0, len(lines), 40):
        page: list[Placed] = [(300, 30, 8, str(len(pages) + 1))]
        if pages:
            page.append((72, 760, 8, "A HISTORY OF QUARRELS"))
        y = 720.0
        for size, line, step in lines[number : number + 40]:
            page.append((72, y, size, line))
            y -= step if y - step > 60 else 12
        pages.append(page)
    return write_pdf_pages(pages)


WRITERS: dict[str, tuple[Write, str]] = {
    "text": (write_text, "sample.txt"),
    "html": (write_html, "sample.html"),
    "markdown": (write_markdown, "sample.md"),
    "tei": (write_tei, "sample.xml"),
    "pdf": (write_pdf, "sample.pdf"),
    "docx": (write_docx, "sample.docx"),
    "epub": (write_epub, "sample.epub"),
    "jsonl": (write_jsonl, "sample.jsonl"),
    "annotation": (write_annotation, "sample.json"),
}
