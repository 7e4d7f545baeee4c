"""Reading ahead and writing behind: what comes, in which order, and what becomes of errors."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from detente.exchange.overlap import WriteBehind, read_ahead


def broken_after(count: int) -> Iterator[int]:
    yield from range(count)
    raise OSError("the file ended")


def test_an_error_comes_after_what_was_read_before_it() -> None:
    seen = []
    with pytest.raises(OSError, match="ended"), read_ahead(broken_after(3)) as numbers:
        seen.extend(numbers)
    assert seen == [0, 1, 2]


def test_the_next_is_fetched_while_one_is_at_work() -> None:
    fetched = threading.Event()

    def two() -> Iterator[str]:
        yield "first"
        fetched.set()
        yield "second"

    with read_ahead(two()) as words:
        assert next(words) == "first"
        assert fetched.wait(timeout=60)
        assert list(words) == ["second"]


def test_writes_keep_their_order_and_their_errors_are_raised() -> None:
    written: list[int] = []

    def write(key: str, value: int) -> None:
        if value == 3:
            raise ValueError(key)
        written.append(value)

    with pytest.raises(ValueError, match="part 3"), WriteBehind(write) as behind:
        for number in range(6):
            behind.write(f"part {number}", number)
    assert written == [0, 1, 2]


def test_only_what_is_of_the_same_place_is_waited_for() -> None:
    free, written = threading.Event(), []

    def write(key: str, value: int) -> None:
        assert free.wait(timeout=60)
        written.append((key, value))

    with WriteBehind(write) as behind:
        behind.write("a@0=1", 1)
        behind.wait("a@64=")
        assert written == []
        free.set()
        behind.wait("a@0=")
        assert written == [("a@0=1", 1)]
