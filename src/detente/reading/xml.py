"""XML: parsed so that a hostile file can do no harm."""

from __future__ import annotations

from typing import Any

from lxml import etree

from detente.errors import DocumentError

__all__ = ["parse_xml"]

MOST_TAGS = 2_000_000
ENTITIES = "declares XML entities, which are not read"


def parse_xml(data: bytes, address: str) -> etree._Element:
    """Return the root element of `data`.

    No entity is replaced, nothing is fetched, and the parser's own bounds on depth and size stay in force. A file that
    declares entities of its own is refused: documents have no need of them, and bombs and thefts are made of them.
    Raises DocumentError, naming the line where the XML breaks.
    """
    if data.count(b"<") > MOST_TAGS:
        raise DocumentError(address, f"has more than {MOST_TAGS} tags", expected="XML of fewer tags")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data:  # a bomb is stopped by the parser's own bound, whose message is for programmers
            raise DocumentError(address, ENTITIES, expected="XML without entities") from None
        line = error.lineno or 0
        message = " ".join((error.msg or "cannot be parsed").split(", line")[0].split())
        raise DocumentError(address, f"is not well-formed XML at line {line}: {message}", expected="XML") from None
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise DocumentError(address, ENTITIES, expected="XML without entities")
    return root
