"""PDF: reading order, running heads, hyphens and notes."""

from __future__ import annotations

from detente.reading import read_bytes
from tests.reading.samples import Placed, write_pdf_pages

LEFT = ["   In 1959 the Soviet Union called its advis-", "ers home from China. The Sino-", "Soviet quarrel was out.",
        "   The border was quiet for some years, but", "the troops stayed. In {year} the envoys of"]  # fmt: skip
RIGHT = ["both states met, and nothing was agreed on", "by anyone.", "   The talks went on in Geneva and at last",
         "in Warsaw, where all the envoys met often,", "and in secret, until May {year}."]  # fmt: skip


def place_page(number: int, *, by_rows: bool = False) -> list[Placed]:
    """A page of two columns with a running head, a number, a mark and a note."""
    placed: list[Placed] = []
    for x, lines in ((72, LEFT), (330, RIGHT)):
        for row, line in enumerate(lines):
            words = line.format(year=1960 + number)
            placed.append((x + (10 if words[0] == " " else 0), 690 - 12 * row, 10, words.strip()))
    if by_rows:
        placed.sort(key=lambda item: -item[1])
    head: list[Placed] = [(72, 750, 9, "THE SOVIET UNION" if number % 2 else f"CHAPTER {number % 2}")]
    first: list[Placed] = [(72, 715, 18, "The quarrel")] if number == 1 else []
    mark: list[Placed] = [(190, 670, 6, "1")]
    note: list[Placed] = [
        (72, 80, 7.5, f"1 See volume {number}, pp. 12-14, for"),
        (72, 71, 7.5, f"letter {'abcdefg'[number]}."),
    ]
    return [*head, *first, *placed, *mark, *note, (300, 30, 9, f"– {number} –")]


def expect_page(number: int) -> list[str]:
    """The paragraphs of that page."""
    year = 1960 + number
    return [
        "In 1959 the Soviet Union called its advisers home from China. The Sino-Soviet quarrel was out.",
        "The border was quiet for some years, but the troops stayed. "
        f"In {year} the envoys of both states met, and nothing was agreed on by anyone.",
        "The talks went on in Geneva and at last in Warsaw, "
        f"where all the envoys met often, and in secret, until May {year}.",
    ]


def test_columns_are_read_in_order_whichever_way_the_file_shows_them() -> None:
    for by_rows in (False, True):
        data = write_pdf_pages([place_page(number, by_rows=by_rows) for number in range(1, 7)])
        [document] = read_bytes(data, "a.pdf")
        running = [document.text[item.start : item.end] for item in document.paragraphs if item.kind == "text"]
        assert running == [words for number in range(1, 7) for words in expect_page(number)]
        assert document.title == "The quarrel"


def test_notes_and_pages_are_kept() -> None:
    [document] = read_bytes(write_pdf_pages([place_page(number) for number in range(1, 7)]), "a.pdf")
    notes = [item for item in document.paragraphs if item.kind == "note"]
    assert [item.page for item in notes] == [1, 2, 3, 4, 5, 6]
    assert document.text[notes[1].start : notes[1].end] == "1 See volume 2, pp. 12-14, for letter c."
    assert [item.page for item in document.paragraphs if item.kind == "text"][:6] == [1, 1, 1, 2, 2, 2]


def test_a_paragraph_carries_on_over_a_page() -> None:
    pages: list[list[Placed]] = [
        [(72, 700, 10, "The envoys met in Geneva and they agreed"), (300, 30, 9, "1")],
        [(72, 700, 10, "on nothing at all."), (300, 30, 9, "2")],
    ]
    [document] = read_bytes(write_pdf_pages(pages), "a.pdf")
    assert document.text == "The envoys met in Geneva and they agreed on nothing at all."
    assert document.paragraphs[0].page == 1


def test_a_hyphen_stays_where_the_text_has_the_word_with_it() -> None:
    lines = ["A cease-fire was asked for in May. The cease-", "fire held, and the advis-", "ers went home in June."]
    page: list[Placed] = [(72, 700 - 12 * row, 10, line) for row, line in enumerate(lines)]
    [document] = read_bytes(write_pdf_pages([page]), "a.pdf")
    assert (
        document.text == "A cease-fire was asked for in May. The cease-fire held, and the advisers went home in June."
    )
