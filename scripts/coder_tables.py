"""Write the tables of docs/coder.md from held-out drafts (made by `train_folds.py`).

usage: coder_tables.py ANNOTATIONS DRAFTS... [--dev DIR] [--write docs/coder.md]

DRAFTS are the fold-N-all.pickle files; those named fold-N-half.pickle and fold-N-quarter.pickle give the learning
curve. Without --write the tables are printed; with it, each replaces what stands between `<!-- table NAME -->` and
`<!-- end -->` in the file.
"""

from __future__ import annotations

import argparse
import pickle
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from detente.coding.learned import LearnedCoder
from detente.coding.learned.training.annotations import CodedDocument, read_annotations
from detente.coding.learned.training.calibrate import Judged, calibration_error
from detente.coding.learned.training.ontology import plover_ontology
from detente.coding.learned.training.report import (
    found_and_typed,
    held_out_threshold,
    list_confidences,
    list_kept,
    score_held_out,
)
from detente.coding.learned.training.train import HeldOut, fold_of, judge_folds
from detente.coding.output import event_to_line
from detente.coding.scoring import match_events, score_sentences

TARGETS = {
    "event F1": (0.40, 0.55),
    "dyad F1": (0.50, 0.65),
    "trigger found and typed, F1": (0.55, 0.65),
    "dated F1": (0.26, 0.45),
    "status agreement": (0.92, 0.97),
    "precision of the most confident half": (0.65, 0.85),
    "event F1 on the dev page": (0.50, 0.70),
}


def main() -> None:
    """Read the drafts, make the tables, print or write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("drafts", type=Path, nargs="+")
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    kinds = plover_ontology()
    documents = read_annotations(given.annotations, kinds.types)
    drafted = {share: _gather(given.drafts, share) for share in ("quarter", "half", "all")}
    held = judge_folds([d for d in documents if d.name in drafted["all"]], kinds, drafted["all"])
    dev = _score_dev(given.dev, kinds.types) if given.dev else None
    tables = {
        "figures": _figures(held, dev),
        "types": _types(held, kinds.types),
        "losses": _losses(held),
        "calibration": _calibration(held),
        "curve": _curve(documents, drafted),
    }
    if given.write:
        text = given.write.read_text(encoding="utf-8")
        for name, table in tables.items():
            pattern = rf"(<!-- table {name} -->\n).*?(<!-- end -->)"
            text = re.sub(pattern, lambda m, t=table: m[1] + "\n" + t + "\n\n" + m[2], text, flags=re.DOTALL)
        given.write.write_text(text, encoding="utf-8")
    else:
        print("\n\n".join(f"{name}\n\n{table}" for name, table in tables.items()))


def _gather(paths: Sequence[Path], share: str) -> dict[str, list]:  # type: ignore[type-arg]
    drafts: dict[str, list] = {}  # type: ignore[type-arg]
    for path in paths:
        if path.stem.endswith(f"-{share}"):
            drafts |= pickle.loads(path.read_bytes())
    return drafts


def _score_dev(folder: Path, types: Sequence[str]) -> float:
    coder = LearnedCoder()
    told = []
    for coded in read_annotations(folder, types):
        text = coded.document
        lines = [event_to_line(event, text) for event in coder.code(text)]
        gold = [event.line for event in coded.events]
        told.append((coded.name, [text.sentence_text(s.index) for s in text.sentences], gold, lines))
    return score_sentences(told).levels["event"].f1


def _figures(held: Sequence[HeldOut], dev: float | None) -> str:
    essays = [h for h in held if not h.coded.name.startswith("rdcr-")]
    both = [_measure(held, held_out_threshold(held)), _measure(essays, held_out_threshold(held))]
    rows = ["| figure | at least | aim | all documents | essays alone |", "|---|---|---|---|---|"]
    for name, (least, aim) in TARGETS.items():
        if name.endswith("dev page"):
            given = f"{dev:.3f} | (the page is no essay)" if dev is not None else "not measured |"
        else:
            given = " | ".join(f"{m[name]:.3f}" for m in both)
        rows.append(f"| {name} | {least:.2f} | {aim:.2f} | {given} |")
    return "\n".join(rows)


def _measure(held: Sequence[HeldOut], threshold: float) -> dict[str, float]:
    score = score_held_out(held, threshold)
    confidences, right = list_confidences(held, threshold)
    surest = np.argsort(-confidences)[: len(confidences) // 2]
    return {
        **{f"{level} F1": s.f1 for level, s in score.levels.items()},
        "trigger found and typed, F1": found_and_typed(held, threshold)[1],
        "status agreement": score.status,
        "precision of the most confident half": float(right[surest].mean()),
        "precision": score.levels["event"].precision,
        "recall": score.levels["event"].recall,
    }


def _types(held: Sequence[HeldOut], types: Sequence[str]) -> str:
    threshold = held_out_threshold(held)
    coded, drafted, right = Counter[str](), Counter[str](), Counter[str]()
    for document in held:
        coded.update(e.line["type"] for e in document.coded.events)
        for judged, _ in list_kept(document, threshold):
            drafted[judged.draft.event_type] += 1
            right[judged.draft.event_type] += judged.right
    rows = ["| type | coded by hand | coded | precision | recall | F1 |", "|---|---|---|---|---|---|"]
    for name in sorted(types, key=lambda n: -coded[n]):
        precision, recall = right[name] / max(drafted[name], 1), right[name] / max(coded[name], 1)
        f1 = 2 * right[name] / max(coded[name] + drafted[name], 1)
        rows.append(f"| {name} | {coded[name]} | {drafted[name]} | {precision:.2f} | {recall:.2f} | {f1:.2f} |")
    return "\n".join(rows)


def _losses(held: Sequence[HeldOut]) -> str:
    """Return where events are lost, step by step, and which kinds are lost most."""
    threshold = held_out_threshold(held)
    kinds: dict[str, Counter[str]] = {}
    steps = Counter[str]()
    for document in held:
        kept = [j for j, _ in list_kept(document, threshold)]
        for event in document.coded.events:
            hit = next(
                (j for j in kept if j.draft.trigger.start < event.end and event.start < j.draft.trigger.end), None
            )
            outcome = _judge(hit, event.line)
            steps[outcome] += 1
            for kind in _describe(event.line):
                kinds.setdefault(kind, Counter())[outcome] += 1
    rows = ["| events | number | trigger missed | type wrong | parties wrong | both wrong | right |"]
    rows.append("|---|---|---|---|---|---|---|")
    outcomes = ("missed", "type", "parties", "both", "right")
    for name, counts in [("all", steps), *sorted(kinds.items(), key=lambda item: -item[1].total())]:
        shares = " | ".join(f"{counts[o] / counts.total():.0%}" for o in outcomes)
        rows.append(f"| {name} | {counts.total()} | {shares} |")
    return "\n".join(rows)


def _judge(hit: Judged | None, line: dict[str, object]) -> str:
    if hit is None:
        return "missed"
    draft = hit.draft
    coded = {
        "sentence": line["sentence"],
        "type": draft.event_type,
        "actors": [p.code for p in draft.actors],
        "recipients": [p.code for p in draft.recipients],
    }
    typed, sided = draft.event_type == line["type"], bool(match_events([line], [coded], "dyad"))
    return "right" if typed and sided else "parties" if typed else "type" if sided else "both"


def _describe(line: dict[str, object]) -> list[str]:
    parties = [*line["actors"], *line["recipients"]]  # type: ignore[misc]
    words = [*line["actor_text"], *line["recipient_text"]]  # type: ignore[misc]
    kinds = ["two-sided" if not line["recipients"] else "one-sided"]
    if line["recipients"] and len(parties) > 2:
        kinds.append("several on one side")
    if not (line["actor_text"] and (line["recipient_text"] or not line["recipients"])):
        kinds.append("a side without words in the sentence")
    if any(not re.search(r"[A-Z]", text) for text in words):
        kinds.append("pronoun or description")
    if any(party.startswith("X:") for party in parties):
        kinds.append("a vague or non-state party")
    if line.get("status") != "actual":
        kinds.append("planned, hypothetical or negated")
    kinds.append("trigger a noun phrase or several words" if " " in str(line["trigger"]) else "trigger one word")
    return kinds


def _calibration(held: Sequence[HeldOut]) -> str:
    confidences, right = list_confidences(held, held_out_threshold(held))
    error = calibration_error(confidences, right)
    rows = ["| confidence | events | share right |", "|---|---|---|"]
    edges = np.array([*np.arange(0.0, 1.0, 0.1), 1.001])
    for low, high in pairwise(edges):
        inside = (confidences >= low) & (confidences < high)
        if inside.any():
            share = f"{right[inside].mean():.2f}"
            rows.append(f"| {low:.1f} to {min(high, 1.0):.1f} | {inside.sum()} | {share} |")
    return "\n".join([*rows, "", f"Expected calibration error over ten equal bins: {error:.3f}."])


def _curve(documents: Sequence[CodedDocument], drafted: dict[str, dict[str, list]]) -> str:  # type: ignore[type-arg]
    rows = ["| share of the training documents | event F1 | dyad F1 | found and typed F1 |", "|---|---|---|---|"]
    names = set(drafted["quarter"]) & set(drafted["half"]) & set(drafted["all"])
    if not names:
        return "Not measured in this run."
    mine = [d for d in documents if d.name in names]
    for share in ("quarter", "half", "all"):
        held = judge_folds(mine, plover_ontology(), drafted[share])
        m = _measure(held, held_out_threshold(held))
        rows.append(f"| {share} | {m['event F1']:.3f} | {m['dyad F1']:.3f} | {m['trigger found and typed, F1']:.3f} |")
    folds = ", ".join(str(f + 1) for f in sorted({fold_of(name) for name in names}))
    return "\n".join([*rows, "", f"Measured on fold {folds} alone, its confidences fitted on itself."])


if __name__ == "__main__":
    main()
