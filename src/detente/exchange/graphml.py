"""The network of events as GraphML: parties, and for each pair the number of acts and their summed score."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO

import pyarrow as pa
from lxml import etree

from detente.errors import EntityError
from detente.exchange.rows import read_rows
from detente.refdata.states import state

__all__ = ["write_graphml"]


def write_graphml(table: pa.Table, stream: BinaryIO) -> None:
    """Write a directed graph: an edge for each actor and recipient (both ways for a two-sided act)."""
    events: Counter[tuple[str, str]] = Counter()
    scores: dict[tuple[str, str], float] = {}
    for row in read_rows(table.select(["actors", "recipients", "score"])):
        near, far = row["actors"] or [], row["recipients"] or row["actors"] or []
        for pair in {(one, other) for one in near for other in far if one != other}:
            events[pair] += 1
            scores[pair] = scores.get(pair, 0.0) + (row["score"] or 0.0)
    root = etree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for key, owner, kind in (("events", "edge", "long"), ("score_sum", "edge", "double"), ("name", "node", "string")):
        etree.SubElement(root, "key", {"id": key, "for": owner, "attr.name": key, "attr.type": kind})
    graph = etree.SubElement(root, "graph", edgedefault="directed")
    for code in sorted({code for pair in events for code in pair}):
        node = etree.SubElement(graph, "node", id=code)
        etree.SubElement(node, "data", key="name").text = _name(code)
    for (one, other), count in sorted(events.items()):
        edge = etree.SubElement(graph, "edge", source=one, target=other)
        etree.SubElement(edge, "data", key="events").text = str(count)
        etree.SubElement(edge, "data", key="score_sum").text = repr(round(scores[one, other], 6))
    stream.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _name(code: str) -> str:
    try:
        return state(code).name
    except EntityError:
        return code.removeprefix("X:")
