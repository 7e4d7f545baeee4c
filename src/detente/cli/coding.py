"""`detente code`, `detente evaluate`: coding without a record, and how well the coder reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    RECORD,
    AddressOption,
    CoderOption,
    MinConfidenceOption,
    ModelOption,
    UnusedRecordOption,
)

__all__ = ["COMMANDS", "code", "evaluate"]


def code(
    addresses: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders, globs or web addresses.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write to; made where missing.")],
    coder: CoderOption = "learned",
    model: ModelOption = None,
    address: AddressOption = "",
    min_confidence: MinConfidenceOption = 0.0,
    engine: Annotated[str, typer.Option("--engine", help="here, or spark: a Spark job over the files.")] = "here",
    _record: UnusedRecordOption = RECORD,
) -> None:
    """Code documents without a record.

    Writes NAME.events.jsonl for each, and NAME.ties.jsonl for those that tell of ties.
    """
    from detente.cli.coders import open_coder
    from detente.cli.progress import show_progress
    from detente.errors import UsageError
    from detente.workbench import write_coded

    if engine not in ("here", "spark"):
        raise UsageError(f"engine={engine!r}: expected here or spark")
    if engine == "spark":
        if coder != "learned" or model or address or min_confidence:
            raise UsageError("--engine spark codes with the default coder: expected no --coder, --model or the like")
        from detente.workbench.spark import write_coded_on_spark

        report = write_coded_on_spark(addresses, out)
    else:
        with open_coder(coder, model, address, min_confidence, addresses) as chosen, show_progress("coding") as move:
            report = write_coded(addresses, out, chosen, progress=move)
    for failure in report.failed:
        print(f"detente: {failure.problem}", file=sys.stderr)
    print(report)
    if report.failed:
        raise typer.Exit(1 if report.documents else 2)


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.json and NAME.events.jsonl.")],
    detail: Annotated[bool, typer.Option("--detail", help="Print the sentences that are not right.")] = False,
    coder: CoderOption = "learned",
    model: ModelOption = None,
    address: AddressOption = "",
    min_confidence: MinConfidenceOption = 0.0,
    _record: UnusedRecordOption = RECORD,
) -> None:
    """Measure the coder against hand-coded documents.

    Precision, recall and F1 over events at four levels of strictness, and the agreement on status.
    """
    from itertools import groupby

    from detente.cli.coders import open_coder
    from detente.workbench import evaluate as evaluate_coder

    with open_coder(coder, model, address, min_confidence, [str(path) for path in gold.glob("*.json")]) as chosen:
        score = evaluate_coder(gold, chosen)
    if detail:
        for (document, number, text), misses in groupby(
            score.misses, lambda miss: (miss.document, miss.sentence, miss.sentence_text)
        ):
            print(f"\n{document} [{number}] {text}")
            for miss in misses:
                line = miss.line
                parties = f"{line['actors']} -> {line['recipients']}"
                print(f"   {miss.kind}: {line['type']} {parties} ({line.get('trigger')})")
        print()
    print(score.table())


COMMANDS = (code, evaluate)
