"""Codings kept apart from their texts, put beside them again: what `detente train --further` learns from as well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from detente.coding.learned.training.annotations import CodedDocument
from detente.coding.learned.training.standoff import read_standoff
from detente.errors import DocumentError
from detente.model import Document
from detente.reading.reader import read_document
from detente.refdata.plover import event_types

__all__ = ["read_further"]


def read_further(folder: Path, corpus: Path, types: Sequence[str] | None = None) -> list[CodedDocument]:
    """Return the documents whose codings lie in `folder` and whose texts lie in `corpus`.

    `types` are the event types that may be coded (PLOVER's unless given). DocumentError where a document is not
    there, FormatError where its text is not the one that was coded.
    """
    read = cache(read_document)

    def find(address: str) -> Document:
        file, _, part = address.partition("#")
        documents = read(str(corpus / file))
        found = next((d for d in documents if not part or d.address.endswith(f"#{part}")), None)
        if found is None:
            raise DocumentError(str(corpus / file), f"holds no part {part!r}", expected="the document that was coded")
        return found

    return read_standoff(folder, find, tuple(types or event_types()))
