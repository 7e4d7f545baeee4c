"""`detente train`: a coder of one's own, from documents coded by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from detente.errors import UsageError

__all__ = ["COMMANDS", "train"]


def train(
    annotations: Annotated[
        Path, typer.Option("--annotations", metavar="DIR", help="A folder of NAME.json and NAME.events.jsonl.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MODEL", help="The folder to write the model to.")],
    ontology: Annotated[
        Path | None, typer.Option("--ontology", metavar="FILE", help="A TOML file of event types of your own.")
    ] = None,
    further: Annotated[
        Path | None, typer.Option("--further", metavar="DIR", help="A folder of NAME.standoff.jsonl to learn from too.")
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="DIR", help="Where the texts of the further documents lie.")
    ] = None,
) -> None:
    """Train a coder on documents coded by hand.

    Five folds are held out in turn to see how well it reads; their figures are printed at the end. Needs the extra:
    pip install 'detente[train]'. Takes about an hour on two cores for 7,500 events; a GPU is used where there is one.
    """
    from detente.coding.learned.training import train_coder
    from detente.workbench.annotations import read_further

    if (further is None) != (corpus is None):
        raise UsageError("--further and --corpus go together: the codings, and the texts that they are of")
    more = read_further(further, corpus) if further and corpus else []
    held = train_coder(
        annotations, out, ontology=ontology, further=more, tell=lambda line: print(line, file=sys.stderr)
    )

    from detente.coding.learned.training.report import tell_report

    tell_report(held)
    print(f"model written to {out}")


COMMANDS = (train,)
