"""Time reading dates, beside cutting the same text into words.

usage: bench_dates.py [--repeat N]

Prints milliseconds of processor time a sentence of 25 words, for the bare cut into tokens, `find_dates` and
`date_document`, and each as a ratio to the bare cut in the same run.
"""

from __future__ import annotations

import argparse
import time
from functools import partial

from timing import best_of

from detente.model import BoundedDate, Document, Paragraph, Sentence
from detente.resolving.anchor import date_document
from detente.resolving.dates.tokens import tokenize
from detente.resolving.when import find_dates

PARAGRAPH = """
In March 1969 border guards of the two countries fought on an island in the river, and notes of protest were
  sent from both capitals.
Two weeks later the fighting was renewed farther up the river, where several posts had been built since the
  autumn of the year before.
The prime ministers met at the airport on September 11, 1969, on the way home from a funeral, and talked for
  some three hours.
Talks on the border began on October 20, but they were broken off within a few months without any agreement on a
  line.
A new ambassador arrived the following year, after four years in which neither government had been willing to
  send one to the other.
Trade, which had fallen sharply in the late 1960s, rose slowly between 1971 and 1976 and was put on a regular
  footing by a protocol.
Neither side gave way on the islands, and the troops that were stationed along the frontier stayed where they
  were for the time being.
The leaders who followed them sought better relations, and in the spring of 1982 the first of a series of
  consultations was agreed upon.
"""


def account(copies: int) -> Document:
    """Return a text of the paragraph above, over and over, each time with years of its own."""
    text, paragraphs, sentences = "", [], []
    for copy in range(copies):
        start = len(text)
        for words in PARAGRAPH.strip().replace("\n  ", " ").splitlines():
            moved = words.replace("1969", str(1800 + copy)).replace("1982", str(1813 + copy))
            sentences.append(Sentence(len(sentences), copy, len(text), len(text) + len(moved)))
            text += moved + " "
        paragraphs.append(Paragraph(start, len(text) - 1))
    return Document(text, tuple(paragraphs), tuple(sentences), "bench", "bench")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    document = account(50)
    count = len(document.sentences)
    texts = [document.sentence_text(index) for index in range(count)]
    words = sum(len(text.split()) for text in texts) / count
    anchor = BoundedDate.year(1850)
    dates = date_document(document)
    offsets = [(sentence.index, (sentence.start + sentence.end) // 2) for sentence in document.sentences]
    spent = partial(best_of, repeat, clock=time.process_time)
    rows = {
        "cut into tokens": spent(lambda: [tokenize(text) for text in texts]),
        "find_dates": spent(lambda: [find_dates(text, anchor) for text in texts]),
        "date_document": spent(lambda: date_document(document)),
        "bounds_for, once each": spent(lambda: [dates.bounds_for(*each) for each in offsets]),
    }
    bare = rows["cut into tokens"]
    print(f"{count} sentences of {words:.1f} words with {len(dates.phrases)} dates, best of {repeat}")
    for name, seconds in rows.items():
        each = 1000 * seconds / count * 25 / words
        print(f"{name:22}{each:8.4f} ms a sentence of 25 words {seconds / bare:8.1f} x bare")


if __name__ == "__main__":
    main()
