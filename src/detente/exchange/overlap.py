"""Overlap: the next chunk is read, and the last part written, in threads beside the one that maps a chunk to events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Generic, Self, TypeVar

__all__ = ["WriteBehind", "read_ahead"]

Item = TypeVar("Item")


@contextmanager
def read_ahead(items: Iterator[Item]) -> Iterator[Iterator[Item]]:
    """Give the items, each fetched in a thread while the one before is at work; their errors come in their place.

    >>> with read_ahead(iter("abc")) as letters:
    ...     list(letters)
    ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(1) as pool:

        def fetch() -> Iterator[Item]:
            following = pool.submit(next, items, None)
            while (item := following.result()) is not None:
                following = pool.submit(next, items, None)
                yield item

        yield fetch()


class WriteBehind(Generic[Item]):
    """Writes one after another in a thread; each waits for the one before, whose error it raises.

    What is under way when the block is left is still written.

    >>> written = []
    >>> with WriteBehind(lambda key, value: written.append((key, value))) as behind:
    ...     behind.write("a", 1)
    >>> written
    [('a', 1)]
    """

    def __init__(self, write: Callable[[str, Item], None]) -> None:
        self._write = write
        self._pool = ThreadPoolExecutor(1)
        self._last: tuple[str, Future[None]] | None = None

    def write(self, key: str, value: Item) -> None:
        """Begin to write a value once the one before is written."""
        self.wait()
        self._last = (key, self._pool.submit(self._write, key, value))

    def wait(self, beginning: str = "") -> None:
        """Wait for what is under way, where its key begins so."""
        if self._last and self._last[0].startswith(beginning):
            last, self._last = self._last[1], None
            last.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.wait()
        finally:
            self._pool.shutdown()
