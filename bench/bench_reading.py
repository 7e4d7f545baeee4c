"""Time the reading of a corpus beside the bare parsing of the same bytes: ratios in one run, since machines differ.

Run: python bench/bench_reading.py [CORPUS]. CORPUS is a folder of TEI volumes (default ../shared/corpus). The same text
is written as HTML, to be read beside selectolax's bare parse, and its paragraphs are split into sentences.
"""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from detente.model import Document
from detente.reading import read_bytes
from detente.reading.sentences import split_sentences

ROUNDS = 5
CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"


def time_best(work: Callable[[], object]) -> float:
    """The least seconds of processor time that `work` takes in five rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def write_page(document: Document) -> bytes:
    """The document as a web page with a menu and a footer."""
    body = "".join(f"<p>{html.escape(document.text[item.start : item.end])}</p>\n" for item in document.paragraphs)
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/index'>Countries Index</a></li></ul></nav>"
    return f"<!DOCTYPE html><html><body>{menu}<h1>{html.escape(document.title)}</h1>{body}</body></html>".encode()


def print_row(name: str, documents: int, sentences: int, seconds: float, bare: float, baseline: str) -> None:
    """Print one line of the table."""
    rates = f"{documents / seconds:>10,.0f} {sentences / seconds:>12,.0f}"
    print(f"{name:<12} {documents:>6} {sentences:>8} {rates} {seconds / bare:>8.1f} × {baseline}")


def main() -> None:
    """Print documents and sentences a second, and the time as a multiple of the bare parse."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    paths = [path for path in sorted(folder.rglob("*.xml")) if b"<TEI" in path.read_bytes()[:4096]]
    if not paths:
        sys.exit(f"{folder}: holds no TEI files (expected a folder of TEI volumes)")
    volumes = [(path.read_bytes(), str(path)) for path in paths]
    documents = [document for data, address in volumes for document in read_bytes(data, address)]
    pages = [(write_page(document), f"{document.name}.html") for document in documents]
    sentences = sum(len(document.sentences) for document in documents)
    texts = [document.text[item.start : item.end] for document in documents for item in document.paragraphs]

    print(f"{'format':<12} {'docs':>6} {'sents':>8} {'docs/s':>10} {'sents/s':>12} {'ratio':>8}")
    tei = time_best(lambda: [read_bytes(data, address) for data, address in volumes])
    lxml = time_best(lambda: [etree.fromstring(data) for data, _ in volumes])
    print_row("TEI", len(documents), sentences, tei, lxml, "lxml parse")
    page = time_best(lambda: [read_bytes(data, address) for data, address in pages])
    lexbor = time_best(lambda: [LexborHTMLParser(data.decode()) for data, _ in pages])
    print_row("HTML", len(pages), sentences, page, lexbor, "selectolax parse")
    split = time_best(lambda: [split_sentences(text) for text in texts])
    words = time_best(lambda: [text.split() for text in texts])
    print_row("sentences", len(texts), sentences, split, words, "str.split")
    print(f"sentences: {sum(map(len, texts)) / split / 1000:,.0f} thousand characters a second")


if __name__ == "__main__":
    main()
