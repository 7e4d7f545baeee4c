"""The coder a command works with, and what it costs where it asks a language model."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.coding import Coder

__all__ = ["open_coder"]


@contextmanager
def open_coder(
    name: str, model: str | None, address: str, min_confidence: float, documents: Sequence[str] = ()
) -> Iterator[Coder]:
    """Give the coder asked for; one that asks a language model says before what `documents` will cost, and after."""
    from detente.coding import choose_coder

    coder = choose_coder(name, model=model, address=address, min_confidence=min_confidence)
    estimate = getattr(coder, "estimate", None)
    if estimate is None:
        with warnings.catch_warnings():
            warnings.showwarning = _print_warning
            yield coder
        return
    from detente.workbench import estimate_cost

    print(f"about {estimate_cost(documents, estimate)}", file=sys.stderr)
    try:
        yield coder
    finally:
        print(f"spent {coder.cost}", file=sys.stderr)  # type: ignore[attr-defined]


def _print_warning(message: Warning | str, *_: object, **__: object) -> None:
    """Print what a coder warns of in one line; where in our code it arose tells a user nothing."""
    print(f"detente: {message}", file=sys.stderr)
