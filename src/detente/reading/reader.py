"""Readers: one for each format, behind one protocol, chosen by what the bytes are and only then by the suffix."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from glob import glob, has_magic
from pathlib import Path
from typing import Protocol, runtime_checkable

from detente.errors import DocumentError
from detente.model import Document
from detente.reading.annotation import AnnotationReader
from detente.reading.docx import DocxReader
from detente.reading.download import download, is_url
from detente.reading.epub import EpubReader
from detente.reading.html import HtmlReader
from detente.reading.jsonl import JsonLinesReader
from detente.reading.markdown import MarkdownReader
from detente.reading.pdf import PdfReader
from detente.reading.tei import TeiReader
from detente.reading.text import TextReader

__all__ = ["READERS", "Reader", "find_documents", "read_bytes", "read_document"]


@runtime_checkable
class Reader(Protocol):
    """Anything that turns the bytes of a file into documents.

    `recognises` looks at the bytes first and at the address second; `read` gives at least one document or raises
    DocumentError. In every document the paragraphs and sentences are in order and in bounds, and the text not empty.
    """

    @property
    def name(self) -> str:
        """The reader's name, one word."""
        ...

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types it reads."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The file suffixes, with their point, by which a folder's files are taken."""
        ...

    def recognises(self, data: bytes, address: str) -> bool:
        """Return whether `data`, read from `address`, is of this reader's format."""
        ...

    def read(self, data: bytes, address: str) -> list[Document]:
        """Return the documents that `data` holds, in order."""
        ...


READERS: tuple[Reader, ...] = (
    PdfReader(),
    DocxReader(),
    EpubReader(),
    AnnotationReader(),
    JsonLinesReader(),
    TeiReader(),
    HtmlReader(),
    MarkdownReader(),
    TextReader(),
)
"""Every reader, in the order in which they are asked: those with the surest marks first, plain text last."""

SUFFIXES = frozenset(suffix for reader in READERS for suffix in reader.suffixes)
OWN_OUTPUT = (".events.jsonl", ".ties.jsonl")
MOST_TEXT_BYTES = 32 << 20
MOST_PACKED_BYTES = 256 << 20
PACKED = (b"%PDF", b"PK\x03\x04")
FORMATS = "text, HTML, TEI, PDF, Markdown, DOCX, EPUB, JSON lines or annotated JSON"


def read_document(path_or_url: str | Path) -> list[Document]:
    """Return the documents of a file or of a page on the web; most hold one, a TEI volume or JSON lines many.

    Files of text may be 32 MiB long, PDF, DOCX and EPUB files (mostly pictures) 256 MiB. Raises DocumentError, one
    line that names the file, where it cannot be read.
    """
    address = str(path_or_url)
    if is_url(address):
        return read_bytes(download(address, MOST_TEXT_BYTES), address)
    return read_bytes(_read_file(Path(address)), address)


def read_bytes(data: bytes, address: str) -> list[Document]:
    """Return the documents that `data` holds; `address` names where they come from and may help to tell the format.

    >>> [document] = read_bytes(b"Rusk met Gromyko in Geneva. They agreed on nothing.", "geneva.txt")
    >>> [document.sentence_text(sentence.index) for sentence in document.sentences]
    ['Rusk met Gromyko in Geneva.', 'They agreed on nothing.']
    """
    if not data.strip():
        raise DocumentError(address, "is empty", expected=FORMATS)
    most = MOST_PACKED_BYTES if data.startswith(PACKED) else MOST_TEXT_BYTES
    if len(data) > most:
        raise DocumentError(address, f"is {len(data) >> 20} MiB long", expected=f"at most {most >> 20} MiB")
    reader = next((reader for reader in READERS if reader.recognises(data, address)), None)
    if reader is None:
        raise DocumentError(address, "is binary, of no known format", expected=FORMATS)
    return reader.read(data, address)


def find_documents(paths: Iterable[str | Path]) -> list[str]:
    """Return the addresses that `paths` stand for, each once: files, folders (with all in them), globs, web addresses.

    A file is taken as it is; from a folder those with a suffix that a reader knows are taken, sorted, hidden files and
    the files that `detente code` writes left out. Raises DocumentError for a path that does not exist, and for a
    folder or glob that holds nothing to read.
    """
    return list(dict.fromkeys(address for path in paths for address in _find(str(path))))


def _find(path: str) -> list[str]:
    place = Path(path)
    if is_url(path) or _exists(place, file=True):
        return [path]
    if _exists(place, file=False):
        found = [str(file) for file in sorted(place.rglob("*")) if _is_readable(file, place)]
    elif has_magic(path):
        found = [name for name in sorted(glob(path, recursive=True)) if Path(name).is_file()]  # noqa: PTH207
    else:
        raise DocumentError(path, "does not exist", expected="a file, a folder, a glob or a web address")
    if not found:
        raise DocumentError(path, "holds nothing to read", expected=f"files of {FORMATS}")
    return found


def _exists(place: Path, *, file: bool) -> bool:
    try:
        return place.is_file() if file else place.is_dir()
    except (OSError, ValueError):
        return False


def _is_readable(file: Path, folder: Path) -> bool:
    if any(part.startswith(".") for part in file.relative_to(folder).parts):
        return False
    name = file.name.lower()
    return file.suffix.lower() in SUFFIXES and not name.endswith(OWN_OUTPUT) and file.is_file()


def _read_file(path: Path) -> bytes:
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise DocumentError(path, "is a folder", expected="a file")
        if not stat.S_ISREG(state.st_mode):
            raise DocumentError(path, "is not a regular file", expected="a file")
        with path.open("rb") as file:
            most = MOST_PACKED_BYTES if file.read(4).startswith(PACKED) else MOST_TEXT_BYTES
            if state.st_size > most:
                problem = f"is {state.st_size >> 20} MiB long"
                raise DocumentError(path, problem, expected=f"at most {most >> 20} MiB")
            file.seek(0)
            return file.read(most + 1)
    except FileNotFoundError:
        raise DocumentError(path, "does not exist", expected="a file or a web address") from None
    except PermissionError:
        raise DocumentError(path, "may not be read", expected="a file with permission to read it") from None
    except (OSError, ValueError) as error:
        raise DocumentError(path, f"cannot be opened: {error}", expected="a file") from None
