"""TEI XML: the volumes and articles of documentary editions, such as those of the US Office of the Historian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from detente.errors import DocumentError
from detente.model import BoundedDate, Document
from detente.reading.blocks import Block, Origin, assemble_document, clean_text, holds_prose
from detente.reading.metadata import Details, read_date_stamp
from detente.reading.xml import parse_xml

__all__ = ["TeiReader"]

_ROOT = re.compile(rb"<(?:\w+:)?(?:TEI|teiCorpus|TEI\.2)\b")
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_YEAR_AT_END = re.compile(r",?\s+(?P<year>(?:1[5-9]|20)\d\d)\.?$")
BLOCKS = frozenset(
    [
        "ab", "argument", "back", "bibl", "body", "byline", "closer", "dateline", "div", "div1", "div2", "div3", "div4",
        "docAuthor", "docDate", "docTitle", "epigraph", "front", "head", "item", "l", "label", "lg", "list", "listBibl",
        "note", "opener", "p", "postscript", "quote", "row", "salute", "signed", "sp", "speaker", "table", "text",
        "titlePage", "trailer",
    ]
)  # fmt: skip
INLINE = frozenset({"quote", "label", "bibl", "ab"})
LEFT_OUT = frozenset({"teiHeader", "figure", "graphic", "fw", "facsimile", "del"})
OTHER_READINGS = frozenset({"sic", "orig", "abbr"})
NOTES = frozenset({"note", "listBibl"})
FEWEST_ESSAYS = 3
Node = etree._Element


class TeiReader:
    """A TEI file: one document for an article, one for each essay, chapter or numbered document of a volume."""

    name = "tei"
    media_types = ("application/tei+xml", "application/xml", "text/xml")
    suffixes = (".xml", ".tei")

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether the root element is TEI's; other XML is taken by its suffix, to be told that it is not."""
        head = data[:4096].replace(b"\0", b"")
        if _ROOT.search(head):
            return True
        return b"<html" not in head.lower() and (b"<?xml" in head[:64] or address.lower().endswith(self.suffixes))

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the documents of `data` in order; parts of a volume without prose are passed over."""
        root = parse_xml(data, address)
        if _name(root) not in ("TEI", "teiCorpus", "TEI.2"):
            raise DocumentError(address, f"is XML with the root <{_name(root)}>", expected="a TEI document")
        origin = Origin.of(data, address, "application/tei+xml", self.name)
        details = _read_header(root)
        parts = _find_parts(root)
        if not parts:
            text = next((node for node in root.iter() if _name(node) == "text"), root)
            return [assemble_document(TeiWalker(text).walk(), details, origin)]
        documents = list(_read_parts(parts, details, origin))
        if not documents:
            raise DocumentError(address, "has no prose in any of its parts", expected="a TEI text with sentences")
        return documents


def _read_parts(parts: list[Node], details: Details, origin: Origin) -> Iterator[Document]:
    taken: set[str] = set()
    apart = frozenset(parts)
    for number, part in enumerate(parts, start=1):
        blocks = list(TeiWalker(part, apart).walk())
        if not holds_prose(blocks):
            continue
        name = part.get(_ID) or f"part-{number}"
        if name in taken:
            name = f"{name}-{number}"
        taken.add(name)
        yield assemble_document(blocks, _describe_part(part, blocks, details), replace(origin, part=name))


def _find_parts(root: Node) -> list[Node]:
    """The divisions that are works of their own; none where the file is one article.

    Numbered documents and chapters say so by their type. Otherwise three or more divisions at the top, each with an
    id and none divided further, are the essays of a volume, while an article's sections are fewer or divided.
    """
    divisions = [node for node in root.iter() if _name(node) == "div"]
    if any(node.get("type") == "document" for node in divisions):
        return [node for node in divisions if node.get("type") == "document" or _is_leaf(node)]
    chapters = [node for node in divisions if node.get("type") in ("chapter", "essay", "article")]
    if len(chapters) > 1:
        whole = set(chapters)
        holding = {above for node in chapters for above in node.iterancestors() if above in whole}
        return [node for node in chapters if node not in holding]
    tops = [node for node in divisions if _name(node.getparent()) in ("front", "body", "back")]
    are_essays = len(tops) >= FEWEST_ESSAYS and all(node.get(_ID) and _is_leaf(node) for node in tops)
    return tops if are_essays else []


def _is_leaf(division: Node) -> bool:
    within = not any(_name(node) == "div" for node in division.iterdescendants())
    return within and not any(node.get("type") == "document" for node in division.iterancestors())


def _describe_part(part: Node, blocks: list[Block], details: Details) -> Details:
    head = next((block.text for block in blocks if block.kind == "heading"), "")
    earliest = _read_day(part, "doc-dateTime-min")
    latest = _read_day(part, "doc-dateTime-max") or earliest
    dated = details.published
    if earliest and latest and earliest.earliest and latest.latest and earliest.earliest <= latest.latest:
        dated = BoundedDate.between(earliest.earliest, latest.latest)
    source = "; ".join(filter(None, (details.title if head else "", details.source)))
    return replace(details, title=head or details.title, source=source, published=dated)


def _read_day(part: Node, attribute: str) -> BoundedDate | None:
    value = next((value for name, value in part.attrib.items() if str(name).endswith(attribute)), None)
    return read_date_stamp(str(value)[:10]) if value else None


def _read_header(root: Node) -> Details:
    """Return what the header gives: title, who published it and when, author, terms."""
    publication = _texts(root, "publicationStmt", "publisher") or _texts(root, "publicationStmt", "p")
    published_by = "; ".join(publication[:2])
    year = _YEAR_AT_END.search(published_by)
    titles = _nodes(root, "titleStmt", "title")
    complete = next((node for node in titles if node.get("type") in ("complete", "main")), None)
    title = complete if complete is not None else next(iter(titles), None)
    terms = _texts(root, "availability", "licence") or _texts(root, "availability", "p")
    source = _texts(root, "sourceDesc", "p")
    details = Details(
        title=_words(title) if title is not None else "",
        source=published_by[: year.start()] if year else published_by or "; ".join(source[:1]),
        author="; ".join(_texts(root, "titleStmt", "author")),
        published=BoundedDate.year(int(year["year"]), year["year"]) if year else None,
        licence=" ".join(terms),
        language=(root.get(_LANGUAGE) or "").partition("-")[0],
    )
    date = next(iter(_nodes(root, "publicationStmt", "date")), None)
    stamp = read_date_stamp(date.get("when") or _words(date)) if date is not None else None
    return replace(details, published=stamp) if stamp else details


def _nodes(root: Node, outer: str, inner: str) -> list[Node]:
    header = next((node for node in root if _name(node) == "teiHeader"), None)
    if header is None:
        return []
    return [node for part in header.iter() if _name(part) == outer for node in part.iter() if _name(node) == inner]


def _texts(root: Node, outer: str, inner: str) -> list[str]:
    return [words for node in _nodes(root, outer, inner) if (words := _words(node))]


def _words(node: Node) -> str:
    return clean_text("".join(str(text) for text in node.itertext()))


def _name(node: Node | None) -> str:
    return str(node.tag).rpartition("}")[2] if node is not None and isinstance(node.tag, str) else ""


class TeiWalker:
    """Walks a part of a TEI text in order and gathers its words into blocks, notes apart from running text."""

    def __init__(self, root: Node, apart: frozenset[Node] = frozenset()) -> None:
        self._root = root
        self._apart = apart
        self._parts: list[str] = []
        self._held: list[tuple[list[str], tuple[int | None] | None]] = []
        self._depth = self._heads = self._notes = 0
        self._page: int | None = None
        self._begun_on: tuple[int | None] | None = None

    def walk(self) -> Iterator[Block]:
        """Yield the blocks of the part; a note comes as a block of its own before the paragraph it is a note to."""
        events = etree.iterwalk(self._root, events=("start", "end", "comment"))
        for event, node in events:
            name = _name(node)
            if event == "comment":
                self._add(node.tail)
            elif event == "start":
                if self._is_passed_over(node, name):
                    events.skip_subtree()
                    continue
                yield from self._open(node, name)
            else:
                if not self._is_passed_over(node, name):
                    yield from self._close(node, name)
                if node is not self._root:
                    self._add(node.tail)

    def _is_passed_over(self, node: Node, name: str) -> bool:
        """Whether an element is a document of its own, is no text, or is the lesser of two readings."""
        return (node is not self._root and node in self._apart) or name in LEFT_OUT or _is_other_reading(node, name)

    def _open(self, node: Node, name: str) -> Iterator[Block]:
        if name == "note":
            self._held.append((self._parts, self._begun_on))
            self._parts, self._begun_on = [], None
        elif name in BLOCKS and not _is_inline(node, name):
            yield from self._close_block(node.getparent())
        if name == "pb" and (node.get("n") or "").isdigit():
            self._page = int(node.get("n") or 0)
        if name == "lb":
            self._parts.append(" ")
        self._count(name, 1)
        self._add(node.text)

    def _add(self, words: str | None) -> None:
        """Gather words; a block begins on the page where its first word stands."""
        if words and self._begun_on is None and words.strip():
            self._begun_on = (self._page,)
        self._parts.append(words or "")

    def _close(self, node: Node, name: str) -> Iterator[Block]:
        if name in BLOCKS and not _is_inline(node, name):
            yield from self._close_block(node)
        elif name == "cell":
            self._parts.append(" ")
        self._count(name, -1)
        if name == "note":
            self._parts, self._begun_on = self._held.pop()

    def _count(self, name: str, step: int) -> None:
        self._depth += step * name.startswith("div")
        self._heads += step * (name == "head")
        self._notes += step * (name in NOTES)

    def _close_block(self, node: Node | None) -> Iterator[Block]:
        text, page = clean_text("".join(self._parts)), self._begun_on[0] if self._begun_on else None
        self._parts, self._begun_on = [], None
        if not text:
            return
        if self._notes:
            yield Block(text, "note", 0, _find_id(node), page)
        elif self._heads or (node is not None and _is_set_as_head(node)):
            level = max(self._depth, 1) + (not self._heads)
            yield Block(text, "heading", level, _find_id(node), page)
        else:
            yield Block(text, "text", 0, _find_id(node), page)


def _is_inline(node: Node, name: str) -> bool:
    """A quotation, list or head within a paragraph's words does not end the paragraph, unless it holds blocks."""
    return name in INLINE and _name(node.getparent()) in ("p", "head", "item", "quote", "note") and not len(node)


def _is_other_reading(node: Node, name: str) -> bool:
    """Of the readings in a choice the corrected and expanded one is kept."""
    return name in OTHER_READINGS and _name(node.getparent()) == "choice"


def _is_set_as_head(node: Node) -> bool:
    """A paragraph that is nothing but strong words is a head in all but name."""
    if _name(node) != "p" or len(node) != 1 or (node.text or "").strip() or (node[0].tail or "").strip():
        return False
    return _name(node[0]) == "hi" and (node[0].get("rend") or "") in ("strong", "bold")


def _find_id(node: Node | None) -> str | None:
    """The id of the element, or of the nearest around it that has one."""
    while node is not None:
        if name := node.get(_ID):
            return name
        node = node.getparent()
    return None
