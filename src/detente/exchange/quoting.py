"""Quotes in delimited files, as a CSV reader takes them: a quote opens a field only where the field begins.

A line whose quotes cannot be right (one that is never closed, words after the closing one) is damaged by itself: taken
at its word it would swallow the lines that follow, up to the next quote of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

__all__ = ["Quoting", "check_quotes", "find_cut", "split_records"]

_LONGEST = 1 << 20
"""The longest record in quotes, in bytes: one that is longer is taken for a quote that was never closed."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """What `check_quotes` found.

    `data` is what was given with damaged lines made empty, so that lines keep their numbers; `damaged` has their
    number and text; `further` the number of lines that a record takes beyond its first, by the number of that, in
    order.
    """

    data: bytes
    damaged: list[tuple[int, str]] = field(default_factory=list)
    further: dict[int, int] = field(default_factory=dict)

    def lines_of(self, records: Sequence[int]) -> list[int]:
        """Return the lines on which records begin that are counted one a line, from the same number as lines are.

        >>> Quoting(b"", further={3: 2}).lines_of([3, 4])
        [3, 6]
        """
        sums = [0, *accumulate(self.further.values())]
        counted = [line - sums[at] for at, line in enumerate(self.further)]
        return [record + sums[bisect_left(counted, record)] for record in records]


def check_quotes(data: bytes, delimiter: str, first_line: int = 1) -> Quoting:
    r"""Return `data` without the lines whose quotes cannot be right; lines count from `first_line`.

    >>> found = check_quotes(b'1,"a\nb"\n2,"open\n3,x"y\n', ",")
    >>> found.data, found.damaged, found.further
    (b'1,"a\nb"\n\n3,x"y\n', [(3, '2,"open')], {1: 1})
    """
    found = Quoting(data)
    kept: list[bytes] = []
    line, done, taken = first_line, 0, 0
    for start, end, whole in _quoted_records(data, delimiter):
        line += data.count(b"\n", done, start)
        if not whole:
            end = data.find(b"\n", start) + 1 or len(data)
            text = data[start:end].rstrip(b"\r\n")
            found.damaged.append((line, text.decode("utf-8", "replace")))
            kept.append(data[taken:start])
            taken = start + len(text)
        elif more := data.count(b"\n", start, end - 1):
            found.further[line] = more
        line, done = line + data.count(b"\n", start, end), end
    return Quoting(b"".join([*kept, data[taken:]]), found.damaged, found.further) if kept else found


def find_cut(data: bytes, delimiter: str = ",") -> int:
    r"""Return where the last whole record of `data` ends, of which more is to come; 0 where none does.

    >>> find_cut(b'1,a\n2,"b\n'), find_cut(b'1,a\n2,"b\nc"\n'), find_cut(b'1,"a\n')
    (4, 12, 0)
    """
    for start, end, whole in _quoted_records(data, delimiter):
        if end == len(data) and not (whole and data.endswith(b"\n")):
            return start
    return data.rfind(b"\n") + 1


def split_records(lines: Iterable[bytes], further: dict[int, int], first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield each record of `lines` with the number of its first line; `further` is that of `Quoting`."""
    numbered = enumerate(lines, start=first_line)
    for line, text in numbered:
        more = [next(numbered, (0, b""))[1] for _ in range(further.get(line, 0))]
        yield line, b"\n".join([text, *more]).decode("utf-8", "replace").rstrip("\r")


def _quoted_records(data: bytes, delimiter: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where each record with a quote starts and ends, and whether its quotes are right.

    Where they are not, it ends with its line, or with the data if a quote is open there.
    """
    whole, unclosed = _patterns(delimiter)
    quote, done = data.find(b'"'), 0
    while quote >= 0:
        start = data.rfind(b"\n", done, quote) + 1 or done
        limit = min(len(data), start + _LONGEST)
        match = whole.match(data, start, limit)
        right = match is not None and (match.end() < limit or limit == len(data))
        done = match.end() if match and right else data.find(b"\n", quote) + 1 or len(data)
        is_open = not right and limit == len(data) and unclosed.match(data, start)
        yield start, len(data) if is_open else done, right
        quote = data.find(b'"', done)


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return the pattern of a record, and that of one whose last quote is not closed."""
    mark = re.escape(delimiter.encode())
    value = rb'(?:"[^"]*+(?:""[^"]*+)*+"|[^"\n' + mark + rb"][^\n" + mark + rb"]*+|)"
    whole = re.compile(value + rb"(?:" + mark + value + rb")*+(?:\n|\Z)")
    return whole, re.compile(rb"(?:" + value + mark + rb')*+"[^"]*+(?:""[^"]*+)*+\Z')
