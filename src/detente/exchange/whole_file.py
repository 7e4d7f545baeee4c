"""A file that is written whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from detente.errors import UsageError

__all__ = ["named_errors", "open_whole"]


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into one line that names the file and what is wrong: a full disk, no permission."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        problem = "the disk is full" if full else error.strerror or str(error)
        raise UsageError(f"{path}: cannot be written: {problem} (expected a place to write to)") from error


@contextmanager
def open_whole(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes are at `path` once the block ends; where it does not end well, `path` is as before.

    A device or a pipe is written to as it is. UsageError in one line where nothing can be written.
    """
    with named_errors(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        passing = path.with_name(path.name + ".part")
        try:
            with passing.open("wb") as stream:
                yield stream
            passing.replace(path)
        finally:
            passing.unlink(missing_ok=True)
