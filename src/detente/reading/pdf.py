"""PDF: the text of its pages in reading order, without running heads and page numbers, each paragraph with its page."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from detente.errors import DocumentError
from detente.model import Document
from detente.reading.blocks import Origin, assemble_document
from detente.reading.furniture import part_furniture
from detente.reading.layout import Run, read_layout
from detente.reading.metadata import Details

__all__ = ["PdfReader"]

_TOOL_TITLE = re.compile(r"microsoft word|untitled|\.(?:docx?|pdf|indd|qxd|tex|rtf|wpd)\b|^\W*$", re.IGNORECASE)
_LOCK = threading.Lock()
EXPECTED = "a whole PDF file"
MOST_PAGES = 10_000
MOST_CHARACTERS = 32 << 20


class PdfReader:
    """A PDF file with text in it; pages that are pictures alone have none."""

    name = "pdf"
    media_types = ("application/pdf",)
    suffixes = (".pdf",)

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether the mark of a PDF stands near the start, or by its suffix should."""
        return b"%PDF-" in data[:1024] or (address.lower().endswith(self.suffixes) and b"<html" not in data[:1024])

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the one document of `data`. Raises DocumentError for an encrypted, truncated or textless file."""
        with _LOCK:
            details, pages = _read_pages(data, address)
        if not any(pages):
            problem = f"has no text on its {len(pages)} pages, pictures alone"
            raise DocumentError(address, problem, expected="a PDF with a text layer")
        blocks = list(read_layout(pages))
        head = next((block for block in blocks if block.kind == "heading"), None)
        if head and head.page == blocks[0].page:
            details = details.or_else(Details(title=head.text))
        running, visible = part_furniture(blocks, details.title)
        origin = Origin.of(data, address, "application/pdf", self.name)
        return [assemble_document(running, details.or_else(visible), origin)]


def _read_pages(data: bytes, address: str) -> tuple[Details, list[list[Run]]]:
    """Return the details of the file and the runs of words of each page. PDFium serves one thread at a time."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise DocumentError(address, "is encrypted", expected="a PDF without a password") from None
        raise DocumentError(address, "is a damaged or truncated PDF", expected=EXPECTED) from None
    try:
        if len(document) > MOST_PAGES:
            raise DocumentError(address, f"has {len(document)} pages", expected=f"at most {MOST_PAGES}")
        return _read_information(document), list(_read_runs(document, address))
    except pypdfium2.PdfiumError as error:
        raise DocumentError(address, f"is damaged: {error}", expected=EXPECTED) from None
    finally:
        document.close()


def _read_information(document: pypdfium2.PdfDocument) -> Details:
    """Return title and author; the file's own dates tell of the file, not of the text."""
    found = document.get_metadata_dict(skip_empty=True)
    title = found.get("Title", "")
    return Details(title="" if _TOOL_TITLE.search(title) else " ".join(title.split()), author=found.get("Author", ""))


def _read_runs(document: pypdfium2.PdfDocument, address: str) -> Iterator[list[Run]]:
    characters = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        characters += text.count_chars()
        if characters > MOST_CHARACTERS:
            raise DocumentError(address, f"holds more than {MOST_CHARACTERS} characters", expected="a smaller PDF")
        yield [run for index in range(text.count_rects()) if (run := _read_run(text, index, number + 1)).text.strip()]
        text.close()
        page.close()


def _read_run(text: pypdfium2.PdfTextPage, index: int, page: int) -> Run:
    left, bottom, right, top = text.get_rect(index)
    words = text.get_text_bounded(left, bottom, right, top)
    place = text.get_index((left + min(right, left + 2)) / 2, (bottom + top) / 2, 4, 4)
    size = raw.FPDFText_GetFontSize(text, place) if place is not None else 0.0
    return Run(words, left, bottom, right, top, size if size > 1.5 else max(top - bottom, 4.0), page)
