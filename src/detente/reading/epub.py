"""EPUB: a book's chapters in the order of its spine, as one document."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from detente.errors import DocumentError
from detente.model import Document
from detente.reading.archive import Archive, is_archive
from detente.reading.blocks import Block, Origin, assemble_document
from detente.reading.encoding import decode_text
from detente.reading.furniture import part_furniture
from detente.reading.html import close_empty_elements, read_blocks
from detente.reading.metadata import Details
from detente.reading.xml import parse_xml

__all__ = ["EpubReader"]

MEDIA_TYPE = "application/epub+zip"
_METADATA = {
    "title": "title", "creator": "author", "publisher": "source", "date": "published", "rights": "licence",
    "language": "language",
}  # fmt: skip
_PAGE = re.compile(r"x?html", re.IGNORECASE)
Node = etree._Element


class EpubReader:
    """An electronic book (EPUB 2 or 3); its table of contents is left out, its heads become sections."""

    name = "epub"
    media_types = (MEDIA_TYPE,)
    suffixes = (".epub",)

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether `data` is an archive that says it is a book, or by its suffix should be."""
        return is_archive(data) and (MEDIA_TYPE.encode() in data[:256] or address.lower().endswith(self.suffixes))

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the one document of `data`. Raises DocumentError for a damaged, encrypted or hostile book."""
        archive = Archive(data, address, "an electronic book (EPUB)")
        if "META-INF/encryption.xml" in archive and "META-INF/rights.xml" in archive:
            raise DocumentError(address, "is encrypted", expected="a book without copy protection")
        place, package = _open_package(archive)
        details = _read_metadata(package)
        blocks = [block for page in _find_pages(archive, package, place) for block in _read_page(archive, page)]
        running, visible = part_furniture(blocks, details.title)
        return [assemble_document(running, details.or_else(visible), Origin.of(data, address, MEDIA_TYPE, self.name))]


def _open_package(archive: Archive) -> tuple[str, Node]:
    container = parse_xml(archive.read("META-INF/container.xml"), archive.address)
    place = next((node.get("full-path") for node in container.iter("{*}rootfile") if node.get("full-path")), None)
    if not place:
        raise DocumentError(archive.address, "names no package in its container", expected=archive.expected)
    return posixpath.dirname(place), parse_xml(archive.read(place), archive.address)


def _read_metadata(package: Node) -> Details:
    found = [(str(node.tag).rpartition("}")[2], node.text or "") for node in package.iterfind("{*}metadata/*")]
    pairs = [(_METADATA[name], words) for name, words in found if name in _METADATA]
    return Details.from_labels((name, words[:2].lower() if name == "language" else words) for name, words in pairs)


def _find_pages(archive: Archive, package: Node, place: str) -> Iterator[str]:
    """Yield the names of the pages in reading order."""
    items = {node.get("id"): node for node in package.iterfind("{*}manifest/{*}item")}
    for reference in package.iterfind("{*}spine/{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = posixpath.normpath(posixpath.join(place, unquote(item.get("href") or "")))
        if _PAGE.search(item.get("media-type") or "") and name in archive:
            yield name


def _read_page(archive: Archive, name: str) -> Iterator[Block]:
    page = decode_text(archive.read(name), f"{archive.address}#{name}")
    yield from read_blocks(LexborHTMLParser(close_empty_elements(page)))
