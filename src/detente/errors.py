"""Everything that can go wrong, as one tree: a user of the library catches `DetenteError` and has them all.

Each message is one line that names the value, where it stands (file, line, offset) and what was expected.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "CoderError",
    "ConflictError",
    "DataTooThin",
    "DateError",
    "DetenteError",
    "DocumentError",
    "EntityError",
    "FormatError",
    "ModelFileError",
    "RecordError",
    "UsageError",
]


class DetenteError(Exception):
    """The root of the tree; `str(error)` is one clear line for a user."""

    exit_code = 2


class UsageError(DetenteError):
    """A call asked for something that cannot be: an impossible range, a dyad of one state, an unknown option."""


class DocumentError(DetenteError):
    """A document cannot be read: missing, empty, truncated, encrypted, hostile or without prose.

    >>> str(DocumentError("page.html", "is empty", expected="a page with prose"))
    'page.html: is empty (expected a page with prose)'
    """

    def __init__(self, path: str | Path, problem: str, *, expected: str) -> None:
        self.path = str(path)
        self.problem = problem
        self.expected = expected
        super().__init__(f"{path}: {problem} (expected {expected})")


class FormatError(DetenteError):
    """A line or value of a data file is not of its format; names the file, the line and what was expected."""

    def __init__(self, path: str | Path, line: int | None, problem: str, *, expected: str) -> None:
        self.path = str(path)
        self.line = line
        where = f"{path}, line {line}" if line is not None else str(path)
        super().__init__(f"{where}: {problem} (expected {expected})")


class DateError(DetenteError):
    """A date that does not exist or cannot be read, or bounds in the wrong order."""


class EntityError(DetenteError):
    """A name or code that no state, organisation or movement answers to, or that several do."""

    def __init__(self, text: str, candidates: tuple[str, ...] = (), *, expected: str = "") -> None:
        self.text = text
        self.candidates = candidates
        if candidates:
            message = f"{text!r} could be {', '.join(candidates)}: say which"
        else:
            message = f"{text!r} is not known: expected {expected or 'a state by name, COW code or ISO code'}"
        super().__init__(message)


class RecordError(DetenteError):
    """A record file that is not one, is locked, is newer than this version, or does not hold what was asked."""


class ConflictError(RecordError):
    """A change that contradicts what the record already holds."""


class CoderError(DetenteError):
    """A coder cannot be built or cannot answer."""


class ModelFileError(CoderError):
    """A model file that is damaged or does not fit this version."""


class DataTooThin(DetenteError):  # noqa: N818 - reads as what is wrong, like the field says it
    """Too little data for the measure asked for; says how much is there and how much is needed."""
