"""DOCX: the paragraphs, heads and notes of a Word document, read from its XML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from detente.errors import DocumentError
from detente.model import Document
from detente.reading.archive import Archive, is_archive
from detente.reading.blocks import Block, Origin, assemble_document, clean_text
from detente.reading.furniture import part_furniture
from detente.reading.metadata import Details
from detente.reading.xml import parse_xml

__all__ = ["DocxReader"]

MAIN = "word/document.xml"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEAD_NAME = re.compile(r"heading (\d)", re.IGNORECASE)
_PROPERTIES = {"title": "title", "creator": "author", "rights": "licence", "language": "language"}
LEFT_OUT = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText"})
SPACES = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
Node = etree._Element


class DocxReader:
    """A Word document (Office Open XML): its text as it stands when all changes are accepted."""

    name = "docx"
    media_types = (MEDIA_TYPE,)
    suffixes = (".docx",)

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether `data` is an archive that names a Word text, or by its suffix should be."""
        return is_archive(data) and (MAIN.encode() in data or address.lower().endswith(self.suffixes))

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the one document of `data`. Raises DocumentError for a damaged, encrypted or hostile file."""
        archive = Archive(data, address, "a Word document (DOCX)")
        body = parse_xml(archive.read(MAIN), address)
        if _name(body) != "document":
            raise DocumentError(address, f"has the root <{_name(body)}> in {MAIN}", expected="a Word document (DOCX)")
        blocks = [*_read_paragraphs(body, _read_styles(archive)), *_read_notes(archive)]
        declared = _read_properties(archive)
        titles = [block.text for block in blocks if block.kind == "heading" and block.level == 0]
        details = Details(title=titles[0] if titles else "").or_else(declared)
        running, visible = part_furniture(blocks, details.title)
        return [assemble_document(running, details.or_else(visible), Origin.of(data, address, MEDIA_TYPE, self.name))]


def _read_styles(archive: Archive) -> dict[str, int]:
    """Return the depth of the heads by style id; the title's is 0."""
    if "word/styles.xml" not in archive:
        return {}
    levels = {}
    for style in parse_xml(archive.read("word/styles.xml"), archive.address).iter("{*}style"):
        name = next((_value(node) for node in style if _name(node) == "name"), "")
        if match := _HEAD_NAME.fullmatch(name):
            levels[_attribute(style, "styleId")] = int(match[1])
        elif name.lower() == "title":
            levels[_attribute(style, "styleId")] = 0
    return levels


def _read_paragraphs(root: Node, levels: dict[str, int], kind: str = "text") -> Iterator[Block]:
    for paragraph in root.iter("{*}p"):
        if _name(paragraph) != "p" or any(_name(above) in LEFT_OUT for above in paragraph.iterancestors()):
            continue
        text = clean_text("".join(_gather(paragraph)))
        style = next((_value(node) for node in paragraph.iterfind("{*}pPr/{*}pStyle")), "")
        if text and kind == "text" and style in levels:
            yield Block(text, "heading", levels[style])
        elif text:
            yield Block(text, kind)


def _gather(paragraph: Node) -> Iterator[str]:
    """Yield the words of a paragraph; those of a paragraph within it (a text box) come with that one."""
    events = etree.iterwalk(paragraph, events=("start",))
    for _, node in events:
        name = _name(node)
        if node is not paragraph and (name in LEFT_OUT or name == "p" or name == "pPr"):
            events.skip_subtree()
        elif name == "t":
            yield node.text or ""
        elif name in SPACES:
            yield SPACES[name]


def _read_notes(archive: Archive) -> Iterator[Block]:
    for part, element in (("word/footnotes.xml", "{*}footnote"), ("word/endnotes.xml", "{*}endnote")):
        if part in archive:
            for note in parse_xml(archive.read(part), archive.address).iter(element):
                if _attribute(note, "type") in ("", "normal"):
                    yield from _read_paragraphs(note, {}, "note")


def _read_properties(archive: Archive) -> Details:
    """Return what the properties say of the text; the dates among them tell of the file alone."""
    if "docProps/core.xml" not in archive:
        return Details()
    root = parse_xml(archive.read("docProps/core.xml"), archive.address)
    return Details.from_labels(
        (_PROPERTIES[_name(node)], node.text or "") for node in root if _name(node) in _PROPERTIES
    )


def _name(node: Node) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _attribute(node: Node, name: str) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _value(node: Node) -> str:
    return _attribute(node, "val")
