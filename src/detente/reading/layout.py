"""Layout: runs of words at their places on pages, put into reading order and made into paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from detente.reading.blocks import Block, clean_text, ends_sentence, is_prose

__all__ = ["Run", "read_layout"]

_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s+of\s+\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NOTE_START = re.compile(r"\s*(?:\d{1,3}|[*†‡§¶])(?:[.)\]]|\s|(?=[A-Z“\"]))")
_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?\s*")
_HYPHEN = "\x02\u00ad\ufffe"
_BROKEN = re.compile(rf"(?P<start>[^\W\d_]+)[-{_HYPHEN}]\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
FEWEST_ROWS_IN_COLUMN = 4
LEAST_COLUMN = 0.15
FEWEST_REPEATS = 3
MOST_SPLITS = 6
ROWS_AT_EDGE = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one line and one type, with their place: points from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column: its words and place, and the bounds of the column it stands in."""

    text: str
    left: float
    bottom: float
    right: float
    size: float
    page: int
    column: tuple[float, float]

    @property
    def is_short(self) -> bool:
        """Whether the line ends well before its column does."""
        return self.right < self.column[1] - 0.12 * (self.column[1] - self.column[0])

    @property
    def is_indented(self) -> bool:
        """Whether the line begins behind its column's edge, as the first of a paragraph may."""
        return 0.7 * self.size < self.left - self.column[0] < 0.5 * (self.column[1] - self.column[0])


def read_layout(pages: Sequence[Sequence[Run]]) -> Iterator[Block]:
    """Yield the paragraphs, heads and notes of `pages` (each page's runs of words) in reading order.

    Columns are read one after the other, running heads and page numbers left out, words broken at a line's end made
    whole, and paragraphs carried on over columns and pages.
    """
    body_size = _measure_body(pages)
    repeated = _find_repeated(pages)
    lines: list[Line] = []
    notes: list[Line] = []
    for page in pages:
        running, below = _part_notes(list(_order_lines(_drop_edges(page, repeated, body_size))), body_size)
        lines += running
        notes += below
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    for group in _group_lines(lines, body_size):
        kind = "heading" if _is_head(group, body_size) else "text"
        yield Block(_join(group, known), kind, 1 if kind == "heading" else 0, None, group[0].page)
    for group in _group_notes(notes):
        yield Block(_join(group, known), "note", 0, None, group[0].page)


def _measure_body(pages: Iterable[Sequence[Run]]) -> float:
    """The size of type in which most of the words are set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for run in page:
            sizes[round(run.size, 1)] += len(run.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs in rows from the top of the page, each row from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.bottom, run.left)):
        middle = (run.bottom + run.top) / 2
        if rows and rows[-1][0].bottom - 0.2 * run.size <= middle <= max(
            rows[-1][0].top, rows[-1][0].bottom + run.size
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _key(row: Iterable[Run]) -> str:
    return _DIGITS.sub("#", clean_text(" ".join(run.text for run in row))).casefold()


def _find_repeated(pages: Iterable[Sequence[Run]]) -> frozenset[str]:
    """What stands at the head or foot of three pages or more, but for its figures."""
    counts: Counter[str] = Counter()
    for page in pages:
        rows = _rows(page)
        counts.update({_key(row) for row in rows[:ROWS_AT_EDGE] + rows[-ROWS_AT_EDGE:]})
    return frozenset(key for key, count in counts.items() if count >= FEWEST_REPEATS)


def _drop_edges(page: Sequence[Run], repeated: frozenset[str], body_size: float) -> list[Run]:
    """The runs of a page without its running heads (repeated, or small and first) and its page number."""
    rows = _rows(page)
    if rows and all(run.size < 0.93 * body_size for run in rows[0]) and not is_prose(_key(rows[0])):
        repeated = repeated | {_key(rows[0])}
    rows = _drop_edge(rows, repeated, body_size)
    rows = _drop_edge(rows[::-1], repeated, body_size)
    kept = {id(run) for row in rows for run in row}
    return [run for run in page if id(run) in kept]


def _drop_edge(rows: list[list[Run]], repeated: frozenset[str], body_size: float) -> list[list[Run]]:
    """Leave out the first of `rows`, and the second if it too stands apart, where they are repeated or page numbers."""
    for number in range(ROWS_AT_EDGE):
        if not rows or not (_key(rows[0]) in repeated or all(_PAGE_NUMBER.fullmatch(run.text) for run in rows[0])):
            break
        if number and len(rows) > 1 and abs(rows[0][0].bottom - rows[1][0].bottom) < 1.5 * body_size:
            break
        rows = rows[1:]
    return rows


def _order_lines(runs: Sequence[Run], depth: int = 0) -> Iterator[Line]:
    """Yield the lines of a page in reading order: across where words cross the gutter, else column by column."""
    gutter = _find_gutter(runs) if depth < MOST_SPLITS else None
    if gutter is None:
        yield from _read_column(runs)
        return
    band: list[Run] = []
    crossing: list[Run] = []
    for row in _rows(runs):
        if any(run.left < gutter < run.right for run in row):
            yield from _read_band(band, gutter, depth + 1)
            band = []
            crossing += row
        else:
            yield from _read_column(crossing)
            crossing = []
            band += row
    yield from _read_column(crossing)
    yield from _read_band(band, gutter, depth + 1)


def _read_band(band: Sequence[Run], gutter: float, depth: int) -> Iterator[Line]:
    yield from _order_lines([run for run in band if run.right <= gutter], depth)
    yield from _order_lines([run for run in band if run.right > gutter], depth)


def _find_gutter(runs: Sequence[Run]) -> float | None:
    """The middle of the widest upright strip that hardly any run crosses, if there are lines enough on both sides."""
    if len(runs) < 2 * FEWEST_ROWS_IN_COLUMN:
        return None
    lefts, rights = sorted(run.left for run in runs), sorted(run.right for run in runs)
    width, size = rights[-1] - lefts[0], median(run.size for run in runs)
    gap, gutter = 0.8 * size, None
    for edge in sorted({round(right) for right in rights if right < rights[-1] - LEAST_COLUMN * width}):
        before, passed = bisect_right(rights, edge), bisect_right(lefts, edge)
        beyond = len(runs) - passed
        if min(before, beyond) < FEWEST_ROWS_IN_COLUMN or passed - before > 0.25 * len(runs):
            continue
        if lefts[passed] - edge > gap and _are_columns(runs, edge, LEAST_COLUMN * width):
            gap, gutter = lefts[passed] - edge, (edge + lefts[passed]) / 2
    return gutter


def _are_columns(runs: Sequence[Run], edge: float, least: float) -> bool:
    """Whether most runs on both sides of an edge are wide enough to be lines of text."""
    sides = [run for run in runs if run.right <= edge], [run for run in runs if run.left > edge]
    return all(median(run.right - run.left for run in side) > least for side in sides)


def _read_column(runs: Sequence[Run]) -> Iterator[Line]:
    if not runs:
        return
    column = min(run.left for run in runs), max(run.right for run in runs)
    for row in _rows(runs):
        kept = _drop_marks(row)
        text = "".join(_space_runs(kept))
        yield Line(text, kept[0].left, kept[0].bottom, kept[-1].right, max(r.size for r in kept), kept[0].page, column)


def _drop_marks(row: list[Run]) -> list[Run]:
    """Leave out raised figures behind words: the marks of notes."""
    kept = row[:1]
    for run in row[1:]:
        raised = run.bottom > kept[-1].bottom + 0.15 * kept[-1].size and run.size < 0.85 * kept[-1].size
        if not (raised and _MARK.fullmatch(run.text)):
            kept.append(run)
    return kept


def _space_runs(row: Sequence[Run]) -> Iterator[str]:
    for number, run in enumerate(row):
        if number and run.left - row[number - 1].right > 0.15 * run.size:
            yield " "
        yield run.text


def _part_notes(lines: list[Line], body_size: float) -> tuple[list[Line], list[Line]]:
    """Part the small type that begins with a note's mark, at the foot of a page or column, from the text above it."""
    running: list[Line] = []
    notes: list[Line] = []
    for line in lines:
        small = line.size < 0.93 * body_size
        if small and (_NOTE_START.match(line.text) or (notes and notes[-1].column == line.column)):
            notes.append(line)
        else:
            running.append(line)
    return running, notes


def _group_lines(lines: Sequence[Line], body_size: float) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    leading = _measure_leading(lines, body_size)
    group: list[Line] = []
    for line in lines:
        if group and not _carries_on(group[-1], line, leading, first=len(group) == 1):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _measure_leading(lines: Sequence[Line], body_size: float) -> float:
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.column == b.column]
    usual = [step for step in steps if 0.8 * body_size < step < 3 * body_size]
    return median(usual) if usual else 1.2 * body_size


def _carries_on(line: Line, following: Line, leading: float, *, first: bool) -> bool:
    if abs(line.size - following.size) > 0.12 * line.size:
        return False
    if _BROKEN.search(line.text.rstrip()):
        return True
    step = line.bottom - following.bottom
    if line.page != following.page or step < 0:
        return not ends_sentence(line.text) or following.text.lstrip()[:1].islower()
    if step > 1.35 * leading:
        return False
    if line.is_short and (ends_sentence(line.text) or not _fits_badly(line, following)):
        return False
    return first or not (following.is_indented and not line.is_indented and ends_sentence(line.text))


def _fits_badly(line: Line, following: Line) -> bool:
    """Whether the next line's first word would not have fitted behind a short line, or carries its sentence on."""
    word = following.text.split(" ", 1)[0]
    return line.right + 0.5 * line.size * (len(word) + 1) > line.column[1] or following.text.lstrip()[:1].islower()


def _group_notes(notes: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in notes:
        if group and _NOTE_START.match(line.text):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_head(group: Sequence[Line], body_size: float) -> bool:
    text = " ".join(line.text for line in group)
    return len(text) < 200 and not text.rstrip().endswith(".") and group[0].size > 1.1 * body_size


def _join(group: Sequence[Line], known: Counter[str]) -> str:
    """Join lines into a paragraph, with words that were broken at a line's end made whole.

    The hyphen stays before a capital ("Sino-Soviet") and where the text elsewhere has the word with it.
    """
    text = ""
    for line in group:
        words = line.text.strip(" \t\r\n")
        broken = _BROKEN.search(text)
        if not broken:
            text = f"{text} {words}" if text else words
            continue
        rest = _WORD.match(words)
        whole = f"{broken['start']}{rest[0] if rest else ''}".lower()
        hyphened = f"{broken['start']}-{rest[0] if rest else ''}".lower()
        keeps = not words[:1].islower() or (known[hyphened] > known[whole])
        text = f"{text[:-1]}{'-' if keeps else ''}{words}"
    return clean_text(text.replace("\x02", "-"))
