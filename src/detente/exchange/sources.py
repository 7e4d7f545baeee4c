"""The sources of events, each once, as RIS or BibTeX."""

from __future__ import annotations

import re
from typing import BinaryIO

import pyarrow as pa

from detente.exchange.rows import read_rows

__all__ = ["write_bibtex", "write_ris"]


def write_ris(table: pa.Table, stream: BinaryIO) -> None:
    """Write the sources of `table` as RIS, one record each."""
    for key, title, source in _sources(table):
        lines = ["TY  - GEN", f"ID  - {key}", f"TI  - {title}"]
        lines += [f"UR  - {source}"] if re.match(r"https?://", source) else [f"PB  - {source}"] if source else []
        stream.write(("\r\n".join([*lines, "ER  - "]) + "\r\n\r\n").encode())


def write_bibtex(table: pa.Table, stream: BinaryIO) -> None:
    """Write the sources of `table` as BibTeX, one entry each, under a label that no other entry has."""
    labels: set[str] = set()
    for key, title, source in _sources(table):
        field = "url" if re.match(r"https?://", source) else "publisher"
        values = {"title": title, field: source, "note": key}
        body = ",\n".join(f"  {name} = {{{_braced(value)}}}" for name, value in values.items() if value)
        stream.write(f"@misc{{{_label(key, labels)},\n{body}\n}}\n\n".encode())


def _sources(table: pa.Table) -> list[tuple[str, str, str]]:
    """Return each source once: (key, title, address or source), each on one line."""
    found = {
        (row["document_id"] or row["source"], row["document_title"] or row["dataset"] or "", row["source"] or "")
        for row in read_rows(table.select(["document_id", "document_title", "source", "dataset"]))
        if row["document_id"] or row["source"]
    }
    return [
        (" ".join(key.split()), " ".join(title.split()), " ".join(source.split()))
        for key, title, source in sorted(found)
    ]


def _label(key: str, taken: set[str]) -> str:
    plain = re.sub(r"[^0-9A-Za-z]+", "-", key).strip("-")[:60] or "source"
    label, number = plain, 1
    while label in taken:
        number += 1
        label = f"{plain}-{number}"
    taken.add(label)
    return label


def _braced(text: str) -> str:
    return re.sub(r"([{}&%$#_\\])", r"\\\1", text)
