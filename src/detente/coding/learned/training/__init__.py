"""Training of the learned coder; needs the packages of the extra `train`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import CoderError

if TYPE_CHECKING:
    from detente.coding.learned.training.annotations import CodedDocument
    from detente.coding.learned.training.train import HeldOut

__all__ = ["train_coder"]


def train_coder(
    annotations: Path,
    out: Path,
    *,
    ontology: Path | None = None,
    further: Sequence[CodedDocument] = (),
    tell: Callable[[str], None] = print,
) -> list[HeldOut]:
    """Train on the coded documents in `annotations` and write the model into `out`; see `train.train_coder`.

    CoderError where the packages that training needs are not installed.
    """
    try:
        from detente.coding.learned.training import train
    except ModuleNotFoundError as error:
        raise CoderError(f"training needs {error.name}: pip install 'detente[train]'") from None
    return train.train_coder(annotations, out, ontology=ontology, further=further, tell=tell)
