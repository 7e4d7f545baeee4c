"""DOCX: paragraphs, heads, notes and changes of a Word document."""

from __future__ import annotations

from detente.reading import read_bytes
from tests.reading.samples import TITLE, WORD, write_docx

BODY = """<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>The war</w:t></w:r></w:p>
<w:p><w:r><w:t>Soldiers</w:t></w:r><w:r><w:tab/><w:t>fired</w:t><w:footnoteReference w:id="2"/></w:r>
<w:del><w:r><w:delText> first</w:delText></w:r></w:del><w:ins><w:r><w:t> later</w:t></w:r></w:ins>
<w:r><w:t>.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A treaty was signed.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""
NOTES = f"""<w:footnotes {WORD}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>See vol. VI.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def test_a_document_is_read_as_it_stands_with_its_changes() -> None:
    [document] = read_bytes(write_docx(["Talks failed in May."], BODY, footnotes=NOTES), "a.docx")
    found = [(document.text[item.start : item.end], item.kind, item.section) for item in document.paragraphs]
    assert found == [
        ("Talks failed in May.", "text", ()),
        ("The war", "heading", ()),
        ("Soldiers fired later.", "text", ("The war",)),
        ("A treaty was signed.", "text", ("The war",)),
        ("See vol. VI.", "note", ()),
    ]
    assert document.title == TITLE
