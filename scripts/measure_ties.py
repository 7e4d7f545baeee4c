"""Measure how well ties are found: from events coded by hand, and from a coder's, so that one sees what each loses.

usage: measure_ties.py ANNOTATIONS... [--coder NAME] [--drafts PICKLE...] [--detail]

Each folder of ANNOTATIONS holds NAME.json, NAME.events.jsonl and NAME.ties.jsonl; `score_ties.py` lies beside or
above it and does the scoring. --drafts are the held-out drafts that `train_folds.py` made: documents coded by a model
that was not trained on them.
"""

from __future__ import annotations

import argparse
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from detente.coding import CODERS, choose_coder
from detente.coding.handcoded import read_handcoded
from detente.coding.learned import LearnedCoder
from detente.model import Document, Event
from detente.reading import read_document
from detente.ties.find import find_ties
from detente.ties.output import write_ties

Coding = Callable[[Path, Document], Sequence[Event]]


def main() -> None:
    """Print the scores of each folder, from events coded by hand and from the coder's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", type=Path, nargs="+")
    parser.add_argument("--coder", choices=CODERS)
    parser.add_argument("--drafts", type=Path, nargs="*", default=[])
    parser.add_argument("--detail", action="store_true")
    given = parser.parse_args()
    codings: dict[str, Coding] = {"coded by hand": _by_hand}
    if given.coder:
        coder = choose_coder(given.coder)
        codings[f"coder {coder.name}"] = lambda _, document: coder.code(document)
    if given.drafts:
        codings["held-out drafts"] = _held_out(given.drafts)
    for folder in given.annotations:
        for name, coding in codings.items():
            print(f"{folder.name}, {name}: {measure(folder, coding, detail=given.detail)}")


def measure(folder: Path, coding: Coding, *, detail: bool = False) -> str:
    """Return what the scorer prints for the ties found in the documents of `folder`, given the events of `coding`."""
    scorer = next(parent / "score_ties.py" for parent in (folder, *folder.resolve().parents) if _has_scorer(parent))
    with tempfile.TemporaryDirectory() as gold, tempfile.TemporaryDirectory() as found:
        for path in sorted(folder.glob("*.ties.jsonl")):
            [document] = read_document(str(path.with_name(path.name.replace(".ties.jsonl", ".json"))))
            try:
                events = coding(path.with_name(path.name.replace(".ties.", ".events.")), document)
            except KeyError:
                print(f"{path.name}: left out, no drafts", file=sys.stderr)
                continue
            Path(gold, path.name).write_bytes(path.read_bytes())
            write_ties(find_ties(document, events), Path(found, path.name))
        command = [sys.executable, str(scorer), gold, found, *(["--detail"] if detail else [])]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _has_scorer(folder: Path) -> bool:
    return (folder / "score_ties.py").is_file()


def _by_hand(path: Path, document: Document) -> Sequence[Event]:
    return read_handcoded(path, document)


def _held_out(paths: Sequence[Path]) -> Coding:
    drafts = {name: each for path in paths for name, each in pickle.loads(path.read_bytes()).items()}
    coder = LearnedCoder()
    return lambda path, document: coder._keep(document, drafts[path.name.partition(".")[0]])


if __name__ == "__main__":
    main()
