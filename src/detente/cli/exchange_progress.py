"""The progress bar of an import: megabytes and records, on standard error and only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from detente.cli.interrupt import check_interrupt

if TYPE_CHECKING:
    from detente.exchange.importing import ImportProgress

__all__ = ["show_bytes"]


@contextmanager
def show_bytes(title: str, paths: Sequence[Path]) -> Iterator[Callable[[ImportProgress], None]]:
    """Give a function that moves a bar headed `title`, on a terminal; it also heeds an interrupt that was lost."""
    if not sys.stderr.isatty():
        yield lambda _: check_interrupt()
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    packed = any(path.suffix.lower() in (".gz", ".bz2", ".xz", ".zip") for path in paths)
    total = None if packed else sum(path.stat().st_size for path in paths if path.is_file())
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    bar = Progress(*columns, TextColumn("{task.fields[said]}"), console=Console(stderr=True), transient=True)
    task = bar.add_task(title, total=total, said="")

    def move(progress: ImportProgress) -> None:
        check_interrupt()
        said = f"{progress.kept:,} kept, {progress.rejected:,} rejected"
        bar.update(task, completed=progress.bytes_read, said=said)

    with bar:
        yield move
