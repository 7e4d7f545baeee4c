"""The progress bar: files, documents and sentences a second, on standard error and only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from detente.cli.interrupt import check_interrupt

if TYPE_CHECKING:
    from detente.record.report import Progress as Done

__all__ = ["show_progress"]


@contextmanager
def show_progress(title: str) -> Iterator[Callable[[Done], None]]:
    """Give a function that moves a bar headed `title`, on a terminal; it also heeds an interrupt that was lost."""
    if not sys.stderr.isatty():
        yield lambda _: check_interrupt()
        return
    import time

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} files"),
        TextColumn("{task.fields[pace]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    started = time.monotonic()
    task = bar.add_task(title, total=None, pace="")

    def move(progress: Done) -> None:
        seconds = max(time.monotonic() - started, 1e-9)
        check_interrupt()
        pace = f"{progress.documents / seconds:,.1f} documents/s, {progress.sentences / seconds:,.0f} sentences/s"
        bar.update(task, completed=progress.files, total=progress.files_total, pace=pace)

    with bar:
        yield move
