"""How fast the learned coder reads, beside the bare encoder on the same windows; start-up and memory.

usage: bench_coder.py [ANNOTATION_DIR]

Reads the documents of ANNOTATION_DIR (NAME.json), or else the sample of the tests, and prints: sentences a second for
the whole pipeline (text to events) and for the encoder alone, their ratio, the share of each step, the seconds from
process start to the first event, the peak memory then, and that of a book of 500 pages made of the documents. Figures
of one machine mean little: the ratio is what to watch.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timing import best_of

from detente.coding.learned import LearnedCoder
from detente.coding.learned.decode import batch_windows
from detente.coding.learned.modelfile import ModelFile, default_folder, open_model
from detente.coding.learned.scene import pad_windows, read_scene
from detente.model import Document
from detente.reading.annotation import AnnotationReader

SAMPLE = Path(__file__).resolve().parents[1] / "tests" / "coding" / "learned" / "sample"
FIRST = """
import sys
from pathlib import Path
from detente.coding.learned import LearnedCoder
from detente.reading.annotation import AnnotationReader
path = Path(sys.argv[1])
document = AnnotationReader().read(path.read_bytes(), str(path))[0]
assert LearnedCoder().code(document)
"""

PAGES, LETTERS = 500, 2_500
"""Of a book, and of each of its pages."""


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    paths = sorted(folder.glob("*.json"))
    documents = [AnnotationReader().read(path.read_bytes(), str(path))[0] for path in paths]
    sentences = sum(len(d.sentences) for d in documents)
    # Processes of their own first: the system counts what this one has held as theirs.
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST, str(SAMPLE / "southern-asia.json")], check=True)
    first = time.perf_counter() - began
    peak = _peak_of_children()
    book = _time_book("\n\n".join(d.text for d in documents))
    book_peak = _peak_of_children()
    model = open_model(default_folder())
    coder = LearnedCoder()
    coder.code(documents[0])
    whole = best_of(3, lambda: [coder.code(d) for d in documents])
    ready = best_of(3, lambda: [read_scene(d, model.tokenizer) for d in documents])
    bare = _time_encoder(model, documents)
    print(f"{len(documents)} documents, {sentences} sentences")
    print(f"whole pipeline   {sentences / whole:8.0f} sentences/s")
    print(f"bare encoder     {sentences / bare:8.0f} sentences/s")
    print(f"ratio            {whole / bare:8.2f} (whole pipeline / bare encoder)")
    print(f"before reading   {ready / whole:8.0%} of the time (windows, mentions, dates)")
    print(f"first event      {first:8.2f} s from the start of the process")
    print(f"peak memory      {peak:8.0f} MB for one document")
    print(f"a book           {book:8.0f} s for {PAGES} pages, peak memory {book_peak:.0f} MB")


def _time_book(text: str) -> float:
    """Return the seconds that `detente code` takes for a book of `text`, told again until it fills the pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.txt"
        path.write_text((text * (PAGES * LETTERS // len(text) + 1))[: PAGES * LETTERS], encoding="utf-8")
        began = time.perf_counter()
        command = [sys.executable, "-c", "from detente.cli import main; main()", "code", str(path), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - began


def _peak_of_children() -> float:
    """Return the most memory, in MB, that a process started here has held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _time_encoder(model: ModelFile, documents: list[Document]) -> float:
    """Return the seconds the encoder alone takes on the windows of `documents`."""
    scenes = [read_scene(d, model.tokenizer) for d in documents]
    batches = [
        pad_windows([s.windows[i] for i in rows], [s.marks[i] for i in rows])
        for s in scenes
        for rows in batch_windows(s)
    ]
    return best_of(3, lambda: [model.graphs.read(batch) for batch in batches])


if __name__ == "__main__":
    main()
