"""An old address that leads to another."""

from __future__ import annotations

__all__ = ["Moved"]


class Moved(Exception):  # noqa: N818 - it is an answer, not a fault
    """What was asked for has another address now."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)
