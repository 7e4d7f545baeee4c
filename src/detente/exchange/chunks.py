"""Files in pieces of whole lines: plain, gzip, bzip2, xz or zip; the same pieces on every reading."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from detente.errors import FormatError
from detente.exchange.importer import Chunk
from detente.exchange.quoting import find_cut
from detente.model.identity import hash_bytes

__all__ = ["CHUNK_BYTES", "read_chunks", "read_head"]

CHUNK_BYTES = 64 << 20
_HEAD = 1 << 16
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile)


def read_head(path: Path) -> bytes:
    """Return the first 64 KiB of a file, unpacked; FormatError where it cannot be opened or is damaged."""
    try:
        with _unpacked(path) as stream:
            return stream.read(_HEAD)
    except _DAMAGED as error:
        raise _broken(path) from error
    except OSError as error:
        raise FormatError(path, None, f"cannot be read: {error.strerror or error}", expected="a file") from error


def read_chunks(path: Path, *, has_header: bool, quoted: bool, whole: bool, size: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """Yield the file in chunks of about `size` bytes, cut at line ends (outside quotes, where `quoted`).

    Chunks depend on the file and `size` alone, and so do their names: the file's name and beginning, where the chunk
    starts, and after `=` what is in it. FormatError where a packed file ends early or is
    damaged; chunks before that have been given.
    """
    head = read_head(path)
    identity = f"{path.name}#{hash_bytes(head)}"
    try:
        with _unpacked(path) as stream:
            start, line, header = 0, 1, head.decode("utf-8", "replace")
            if has_header:
                first = stream.readline()
                header = first.decode("utf-8-sig", "replace").rstrip("\r\n")
                start, line = len(first), 2
            rest = stream.read() if whole else b""
            while True:
                more = b"" if whole else stream.read(max(size - len(rest), size // 4))
                data = rest + more
                if not data:
                    return
                at_end = whole or not more
                end = len(data) if at_end else find_cut(data) if quoted else data.rfind(b"\n") + 1
                if end == 0:  # a line longer than a chunk
                    rest = data
                    continue
                piece, rest = data[:end], data[end:]
                yield Chunk(str(path), f"{identity}@{start}={hash_bytes(piece)}", line, header, piece)
                start, line = start + end, line + piece.count(b"\n")
                if at_end:
                    return
    except _DAMAGED as error:
        raise _broken(path) from error
    except OSError as error:
        raise FormatError(path, None, f"cannot be read: {error.strerror or error}", expected="a whole file") from error


def _unpacked(path: Path) -> BinaryIO:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if suffix == ".bz2":
        return cast(BinaryIO, bz2.open(path, "rb"))
    if suffix == ".xz":
        return cast(BinaryIO, lzma.open(path, "rb"))
    if suffix == ".zip":
        archive = zipfile.ZipFile(path)
        names = [name for name in archive.namelist() if not name.endswith("/")]
        if len(names) != 1:
            raise FormatError(path, None, f"holds {len(names)} files", expected="an archive of one file")
        return cast(BinaryIO, archive.open(names[0]))
    return path.open("rb")


def _broken(path: Path) -> FormatError:
    return FormatError(path, None, "ends early or is damaged", expected=f"a whole {path.suffix.lstrip('.')} file")
