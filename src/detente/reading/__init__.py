"""Reading: files and pages of any format become documents, text whose offsets the evidence points into."""

from detente.reading.reader import READERS, Reader, find_documents, read_bytes, read_document

__all__ = ["READERS", "Reader", "find_documents", "read_bytes", "read_document"]
