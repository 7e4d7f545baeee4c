"""Documents as rows of the record, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from detente.errors import RecordError
from detente.model import Document, Paragraph, Sentence
from detente.record.arrow_table import ArrowTable
from detente.record.dates import date_to_struct, struct_to_date
from detente.record.rows import fetch_mappings, insert_rows

__all__ = [
    "DocumentTable",
    "delete_document",
    "fetch_document",
    "fetch_titles",
    "find_document_id",
    "holds_document",
    "insert_document",
    "list_documents",
    "read_document_row",
    "retire_document",
]

_PLAIN_FIELDS = (
    "content_hash", "name", "title", "source", "address", "author", "notice", "licence", "language", "media_type",
    "reader", "text",
)  # fmt: skip
_DATES = ("published", "revised", "as_of")


class DocumentTable(ArrowTable):
    """The documents of a record, one a row, without their text."""

    __slots__ = ()


def insert_document(
    connection: duckdb.DuckDBPyConnection,
    document: Document,
    coder: str,
    coder_version: str,
    added_at: datetime.datetime,
    now: datetime.datetime,
) -> None:
    """Write `document` as the live row of its id; an earlier row must have been retired."""
    row = {
        "document_id": document.id,
        **{field: getattr(document, field) for field in _PLAIN_FIELDS},
        **{field: date_to_struct(getattr(document, field)) for field in _DATES},
        "coder": coder,
        "coder_version": coder_version,
        "paragraphs": [
            {
                "start": paragraph.start,
                "end": paragraph.end,
                "kind": paragraph.kind,
                "anchor": paragraph.anchor,
                "section": list(paragraph.section),
                "page": paragraph.page,
            }
            for paragraph in document.paragraphs
        ],
        "sentences": [
            {"index": sentence.index, "paragraph": sentence.paragraph, "start": sentence.start, "end": sentence.end}
            for sentence in document.sentences
        ],
        "added_at": added_at,
        "recorded_at": now,
    }
    insert_rows(connection, "document", [row])


def read_document_row(row: Mapping[str, Any]) -> Document:
    """Return the document that a row of the table `document` holds."""
    return Document(
        paragraphs=tuple(Paragraph(**{**p, "section": tuple(p["section"])}) for p in row["paragraphs"]),
        sentences=tuple(Sentence(**sentence) for sentence in row["sentences"]),
        **{field: row[field] for field in _PLAIN_FIELDS},
        published=struct_to_date(row["published"]),
        revised=struct_to_date(row["revised"]),
        as_of=struct_to_date(row["as_of"]),
    )


def holds_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> bool:
    """Return whether a document of this id is in the record."""
    query = "SELECT 1 FROM document WHERE document_id = $1 AND retired_at IS NULL"
    return bool(connection.execute(query, [document_id]).fetchall())


def find_document_id(connection: duckdb.DuckDBPyConnection, text: str) -> str:
    """Return the id of the one document that `text` means: its id, the beginning of it, its name or its address.

    RecordError where there is none, or several.
    """
    query = """
        SELECT document_id, name FROM document WHERE retired_at IS NULL
        AND (document_id = $1 OR name = $1 OR address = $1 OR (length($1) >= 4 AND starts_with(document_id, $1)))
    """
    found = connection.execute(query, [text]).fetchall()
    if len(found) == 1:
        return str(found[0][0])
    if not found:
        raise RecordError(f"{text!r}: no such document in the record (expected an id, a name or an address)")
    listed = ", ".join(f"{document_id} ({name})" for document_id, name in found)
    raise RecordError(f"{text!r}: could be {listed} (expected one document: give its id)")


def fetch_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> Document:
    """Return the document of this id; RecordError where the record does not hold it."""
    query = "FROM document WHERE document_id = $id AND retired_at IS NULL"
    rows = fetch_mappings(connection, query, {"id": document_id})
    if not rows:
        raise RecordError(f"{document_id!r}: no such document in the record (expected an id it holds)")
    return read_document_row(rows[0])


def fetch_titles(connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> dict[str, str]:
    """Return the titles (else names) of documents by their ids; ids of none are left out."""
    rows = connection.execute(
        """
        SELECT document_id, coalesce(nullif(title, ''), name) FROM document
        WHERE retired_at IS NULL AND document_id IN (SELECT unnest($1))
        """,
        [list(document_ids)],
    ).fetchall()
    return dict(rows)


def list_documents(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return the documents as a table, oldest addition first.

    Columns: document_id, name, title, source, address, published, revised, as_of (EDTF), sentences, events, ties,
    coder, coder_version, added_at (UTC).
    """
    return connection.sql(
        """
        WITH coded AS (SELECT document_id, count(*) AS events FROM event WHERE retired_at IS NULL GROUP BY ALL),
             tied AS (SELECT document_id, count(*) AS ties FROM tie WHERE retired_at IS NULL GROUP BY ALL)
        SELECT document_id, name, title, source, address, published.edtf AS published, revised.edtf AS revised,
            as_of.edtf AS as_of, len(sentences) AS sentences, coalesce(events, 0) AS events,
            coalesce(ties, 0) AS ties, coder, coder_version, added_at
        FROM document LEFT JOIN coded USING (document_id) LEFT JOIN tied USING (document_id)
        WHERE retired_at IS NULL ORDER BY added_at, name, document_id
        """
    ).to_arrow_table()


def retire_document(
    connection: duckdb.DuckDBPyConnection, document_id: str, now: datetime.datetime
) -> datetime.datetime:
    """Close the live rows of a document, its events and its ties; return when the document was first added.

    The rows stay for answers as known before `now`.
    """
    query = "SELECT min(added_at) FROM document WHERE document_id = $1"
    added_at: datetime.datetime = connection.execute(query, [document_id]).fetchall()[0][0]
    for table in ("document", "event", "tie"):
        connection.execute(
            f"UPDATE {table} SET retired_at = $1 WHERE document_id = $2 AND retired_at IS NULL", [now, document_id]
        )
    return added_at


def delete_document(connection: duckdb.DuckDBPyConnection, document_id: str) -> None:
    """Take every row of a document, its events and its ties out of the record for good."""
    connection.execute(
        "DELETE FROM event_dyad WHERE event_no IN (SELECT event_no FROM event WHERE document_id = $1)", [document_id]
    )
    for table in ("event", "tie", "document"):
        connection.execute(f"DELETE FROM {table} WHERE document_id = $1", [document_id])
