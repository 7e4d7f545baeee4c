"""Markdown: CommonMark's words without its marks."""

from __future__ import annotations

import pytest

from detente.reading import read_bytes

PAGE = """---
title: The quarrel
source: A press
as_of: May 1989
---
# The quarrel

Moscow *called* its [advisers](https://example.org) home
from **Peking**.[^1]

## The war

> Soldiers fired on each other at the river.

- Talks failed in May.
- Troops stayed.

```
code is no text
```

[^1]: See vol. VI, pp. 12-14,
    and vol. VII.
"""


def test_a_page_is_read() -> None:
    [document] = read_bytes(PAGE.encode(), "page.md")
    found = [(document.text[item.start : item.end], item.kind, item.section) for item in document.paragraphs]
    assert found == [
        ("Moscow called its advisers home from Peking.", "text", ()),
        ("The war", "heading", ()),
        ("Soldiers fired on each other at the river.", "text", ("The war",)),
        ("Talks failed in May.", "text", ("The war",)),
        ("Troops stayed.", "text", ("The war",)),
        ("See vol. VI, pp. 12-14, and vol. VII.", "note", ()),
    ]
    assert (document.title, document.source, str(document.as_of)) == ("The quarrel", "A press", "1989-05")


@pytest.mark.parametrize("words", ["[" * 5000, "*a " * 9000, "`" * 20000])
def test_marks_without_end_are_taken_as_they_are(words: str) -> None:
    [document] = read_bytes(f"Talks failed in May.\n\n{words}".encode(), "page.md")
    assert document.text.startswith("Talks failed in May.")
