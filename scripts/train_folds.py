"""Train and code the five folds of a folder of coded documents, and keep what was coded for `coder_tables.py`.

usage: train_folds.py ANNOTATIONS OUT [--share QUARTER|HALF|ALL] [--folds 0,1]
       [--further DIR --corpus DIR]

Writes OUT/drafts.pickle: for each document, the drafts of a model that has not seen it. `--share` trains on a part of
the other folds' documents (for a learning curve), `--folds` runs some folds only.
"""

from __future__ import annotations

import argparse
import pickle
import zlib
from pathlib import Path

from detente.coding.learned.training.annotations import CodedDocument, read_annotations
from detente.coding.learned.training.learn import Settings
from detente.coding.learned.training.ontology import plover_ontology
from detente.coding.learned.training.train import FOLDS, code_fold, fold_of
from detente.workbench.annotations import read_further

SHARES = {"quarter": 0.25, "half": 0.5, "all": 1.0}


def main() -> None:
    """Train, code and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", choices=SHARES, default="all")
    parser.add_argument("--further", type=Path, help="a folder of stand-off codings to learn from in every fold")
    parser.add_argument("--corpus", type=Path, help="where the texts of the further documents lie")
    parser.add_argument("--folds", default=",".join(map(str, range(FOLDS))))
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    given = parser.parse_args()
    kinds = plover_ontology()
    documents = read_annotations(given.annotations, kinds.types)
    further = read_further(given.further, given.corpus, kinds.types) if given.further else []
    more = [d for d in further if is_kept(d, SHARES[given.share])]
    given.out.mkdir(parents=True, exist_ok=True)
    for fold in map(int, given.folds.split(",")):
        kept = [d for d in documents if fold_of(d.name) == fold or is_kept(d, SHARES[given.share])]
        drafts = code_fold((fold, kept, kinds, Settings(epochs=given.epochs), more))
        path = given.out / f"fold-{fold}-{given.share}.pickle"
        path.write_bytes(pickle.dumps(drafts))
        print(f"{path}: {sum(map(len, drafts.values()))} drafts of {len(drafts)} documents", flush=True)


def is_kept(document: CodedDocument, share: float) -> bool:
    """Return whether a document is in the part trained on: fixed by its name, a quarter lying within a half."""
    return zlib.crc32(f"share {document.name}".encode()) % 1000 < 1000 * share


if __name__ == "__main__":
    main()
