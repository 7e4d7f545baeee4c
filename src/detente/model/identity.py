"""Identifiers are hashes of content: the same thing read twice, or on two machines, has the same id."""

from __future__ import annotations

import hashlib
import json
from typing import Any

__all__ = ["hash_bytes", "hash_content"]

LENGTH = 16


def hash_bytes(data: bytes) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of `data`.

    >>> hash_bytes(b"")
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(data).hexdigest()[:LENGTH]


def hash_content(*parts: Any) -> str:
    """Return the id of a value made of `parts` (strings, numbers, None, lists and tuples of them).

    Parts are written as canonical JSON first, so `("a", "b")` and `("ab",)` differ.

    >>> hash_content("a", "b") == hash_content("ab")
    False
    """
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hash_bytes(text.encode("utf-8"))
