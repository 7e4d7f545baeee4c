"""Archives: the zip files that DOCX and EPUB are, opened so that a bomb does not go off."""

from __future__ import annotations

import io
import zipfile
import zlib

from detente.errors import DocumentError

__all__ = ["Archive", "is_archive"]

MOST_MEMBER_BYTES = 32 << 20
MOST_BYTES = 96 << 20
MOST_MEMBERS = 20_000


def is_archive(data: bytes) -> bool:
    """Return whether `data` begins as a zip file does."""
    return data.startswith(b"PK\x03\x04")


class Archive:
    """A zip file in memory; each member is unpacked only when it is read, and no further than is allowed.

    `expected` names what the archive should be, for messages. Raises DocumentError for an archive that is cut short,
    damaged, encrypted, or that unpacks to more than 32 MiB a member or 96 MiB in all.
    """

    def __init__(self, data: bytes, address: str, expected: str) -> None:
        self.address = address
        self.expected = expected
        self._unpacked = 0
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DocumentError(address, f"is a damaged or truncated archive: {error}", expected=expected) from None
        self.names = frozenset(self._file.namelist())
        if len(self.names) > MOST_MEMBERS:
            raise DocumentError(address, f"packs {len(self.names)} files", expected=f"at most {MOST_MEMBERS}")

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """Return the bytes of the member `name`."""
        if name not in self.names:
            raise DocumentError(self.address, f"lacks its part {name}", expected=self.expected)
        try:
            with self._file.open(name) as member:
                content = member.read(MOST_MEMBER_BYTES + 1)
        except RuntimeError:
            raise DocumentError(self.address, "is encrypted", expected=f"{self.expected} without a password") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            problem = f"is damaged in its part {name}: {error or type(error).__name__}"
            raise DocumentError(self.address, problem, expected=self.expected) from None
        self._unpacked += len(content)
        if len(content) > MOST_MEMBER_BYTES or self._unpacked > MOST_BYTES:
            most = MOST_MEMBER_BYTES if len(content) > MOST_MEMBER_BYTES else MOST_BYTES
            raise DocumentError(self.address, f"unpacks to more than {most >> 20} MiB", expected=self.expected)
        return content
