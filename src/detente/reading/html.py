"""HTML: the main text of a page, without its menus, share boxes, sponsor lines, notices and footers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from detente.errors import DocumentError
from detente.model import Document
from detente.reading.blocks import Block, Origin, assemble_document, clean_text
from detente.reading.encoding import decode_text
from detente.reading.furniture import part_furniture
from detente.reading.markup import BlockWalker, choose_main
from detente.reading.metadata import Details

__all__ = ["HtmlReader", "close_empty_elements", "read_blocks", "read_html"]

_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|p|div|table|h[1-6]|article|br|ul|font)\b", re.I)
_META_FIELDS = {
    "citation_title": "title", "dc.title": "title", "dcterms.title": "title", "og:title": "title",
    "og:site_name": "source", "citation_publisher": "source", "dc.publisher": "source", "dcterms.publisher": "source",
    "publisher": "source", "author": "author", "citation_author": "author", "dc.creator": "author",
    "dcterms.creator": "author", "article:published_time": "published", "citation_publication_date": "published",
    "citation_date": "published", "dc.date": "published", "dcterms.issued": "published", "date": "published",
    "pubdate": "published", "article:modified_time": "revised", "og:updated_time": "revised",
    "dcterms.modified": "revised", "last-modified": "revised", "dcterms.rights": "licence", "dc.rights": "licence",
    "dcterms.license": "licence", "copyright": "licence",
}  # fmt: skip
_TITLE_TAIL = re.compile(r"\s+(?:\||–|—|-|::|»|·)\s+[^|–—»·]{2,60}$")
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?P<host>[^/?#:]+)", re.IGNORECASE)
_EMPTY_ELEMENT = re.compile(r"<(title|script|style|a|p|div|span|td|th|li|i|b|em|h[1-6])(\s[^<>]*)?/>", re.IGNORECASE)
_OPEN_OR_CLOSE = re.compile(
    r"<(?:(?P<close>/)|(?=[a-z]))(?!(?:p|li|dt|dd|tr|td|th|option|br|hr|img|input|meta|link|wbr|col|area)\b)\w+",
    re.IGNORECASE,
)
MOST_TAGS, MOST_NESTED = 1_000_000, 4096
MOST_LINKED_DATA = 20


class HtmlReader:
    """A web page."""

    name = "html"
    media_types = ("text/html", "application/xhtml+xml")
    suffixes = (".html", ".htm", ".xhtml", ".shtml")

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether a tag of HTML stands near the start; by suffix alone only where some tag follows at all."""
        depth = 1 << 16 if address.lower().endswith(self.suffixes) else 1 << 10
        found = _TAG.search(data[:depth].replace(b"\0", b""))
        return bool(found) and not address.lower().endswith((".md", ".markdown"))

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the one document of `data`. Raises DocumentError for a page without prose."""
        return [read_html(decode_text(data, address), Origin.of(data, address, "text/html", self.name))]


def close_empty_elements(page: str) -> str:
    """Return XHTML with its empty elements closed as HTML must have them: `<title/>` would swallow the rest."""
    return _EMPTY_ELEMENT.sub(r"<\1\2></\1>", page)


def read_html(html: str, origin: Origin) -> Document:
    """Return the document of a page: what its head declares first, then what its visible lines say."""
    _check_nesting(html, origin.full_address)
    tree = LexborHTMLParser(close_empty_elements(html) if html.startswith("<?xml") else html)
    if tree.root is None or tree.body is None:
        raise DocumentError(origin.full_address, "holds no page", expected="an HTML page with prose")
    declared = read_head(tree)
    blocks = list(read_blocks(tree))
    running, visible = part_furniture(blocks)
    heads = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
    host = Details(source=_read_host(origin.address))
    title = Details(title=_choose_title(heads, visible.title, declared.title))
    stated = Details(source=visible.source, revised=visible.revised, published=visible.published)
    details = stated.or_else(title).or_else(declared).or_else(visible).or_else(host)
    return assemble_document(_restore_title(running, visible, details), details, origin)


def _check_nesting(html: str, address: str) -> None:
    """Refuse a page that no one wrote: HTML parsers take time with the square of the depth of open elements."""
    if html.count("<") > MOST_TAGS:
        raise DocumentError(address, f"has more than {MOST_TAGS} tags", expected="a page of fewer tags")
    depth = 0
    for match in _OPEN_OR_CLOSE.finditer(html):
        depth = max(depth - 1, 0) if match["close"] else depth + 1
        if depth > MOST_NESTED:
            problem = f"leaves more than {MOST_NESTED} elements open within each other"
            raise DocumentError(address, problem, expected="a page of shallower nesting")


def read_blocks(tree: LexborHTMLParser) -> Iterator[Block]:
    """Yield the blocks of a page's main part in reading order, furniture that its markup shows left out."""
    body = tree.body
    if body is not None:
        yield from BlockWalker(choose_main(body)).walk()


def read_head(tree: LexborHTMLParser) -> Details:
    """Return the details that a page's linked data, meta elements and title give, in that order of trust."""
    pairs = [*_read_linked_data(tree), *_read_meta(tree)]
    if (link := tree.css_first("a[rel~=license], link[rel~=license]")) is not None:
        pairs.append(("licence", clean_text(link.text()) or link.attributes.get("href") or ""))
    if (title := tree.css_first("title")) is not None:
        pairs.append(("title", _TITLE_TAIL.sub("", clean_text(title.text()))))
    html = tree.css_first("html")
    language = (html.attributes.get("lang") or "").partition("-")[0].lower() if html is not None else ""
    return Details.from_labels([*pairs, ("language", language if len(language) == 2 else "")])


def _read_meta(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta[content]"):
        key = node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("itemprop") or ""
        if name := _META_FIELDS.get(key.lower()):
            yield name, node.attributes.get("content") or ""
    for node in tree.css("time[itemprop=datePublished][datetime], time[pubdate][datetime]"):
        yield "published", node.attributes.get("datetime") or ""


def _read_linked_data(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield what schema.org data in JSON-LD say of the article."""
    for node in tree.css('script[type="application/ld+json"]')[:MOST_LINKED_DATA]:
        try:
            found = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        for item in _flatten(found):
            if "headline" in item or "datePublished" in item:
                yield from _describe(item)


def _flatten(found: Any) -> Iterable[dict[str, Any]]:
    if isinstance(found, list):
        return [item for item in found if isinstance(item, dict)]
    if isinstance(found, dict):
        graph = found.get("@graph")
        return [found, *(_flatten(graph) if isinstance(graph, list) else [])]
    return []


def _describe(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    keys = {"headline": "title", "datePublished": "published", "dateModified": "revised", "author": "author"}
    for key, name in {**keys, "publisher": "source", "license": "licence", "inLanguage": "language"}.items():
        value = item.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield name, value


def _read_host(address: str) -> str:
    match = _HOST.match(address)
    return match["host"].lower() if match else ""


def _choose_title(heads: list[str], visible: str, declared: str) -> str:
    """The page's one first head, else its first line where the declared title begins with it, else the declared."""
    if len(heads) == 1:
        return heads[0]
    return visible if visible and declared.casefold().startswith(visible.casefold()) else declared


def _restore_title(running: list[Block], visible: Details, details: Details) -> list[Block]:
    """A first line taken for the title, where the page has another title, is a head after all."""
    if not visible.title or visible.title == details.title:
        return running
    return [Block(visible.title, "heading", 1), *running]
