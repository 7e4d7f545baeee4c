"""Documents coded as a Spark job: each worker reads and codes its own share of a folder (the `spark` extra)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from detente.measure.engines import open_session
from detente.reading.reader import find_documents
from detente.record.report import AddReport, Failure, Tally

__all__ = ["write_coded_on_spark"]


def write_coded_on_spark(paths: Iterable[str | Path], folder: Path, session: Any = None) -> AddReport:
    """Code the documents at `paths` with the default coder as a job on `session` (default: a local one).

    Writes what `write_coded` writes; `paths` and `folder` must be in reach of every worker. Each file is coded by
    itself, in `folder/FILE-NAME/`, so that workers never meet; a file that fails is listed in the report.
    """
    session = open_session(session)
    began = time.perf_counter()
    addresses = find_documents(paths)
    folder.mkdir(parents=True, exist_ok=True)
    where, tally = str(folder.resolve()), Tally(len(addresses))
    slices = max(1, min(len(addresses), session.sparkContext.defaultParallelism * 4))
    job = session.sparkContext.parallelize(list(enumerate(map(str, addresses))), slices)
    for counts, failures in job.mapPartitions(lambda share: _code_share(share, where)).collect():
        tally.files += 1
        for sentences, events, ties in counts:
            tally.count(sentences, events, ties)
        tally.failed += [Failure(address, problem) for address, problem in failures]
    return tally.report(time.perf_counter() - began)


def _code_share(
    share: Iterable[tuple[int, str]], folder: str
) -> Iterator[tuple[list[tuple[int, int, int]], list[tuple[str, str]]]]:
    """Code some of the files on a worker: its coder is made once; yield the counts and failures of each file."""
    from detente.coding import default_coder
    from detente.workbench.coding import code_all, write_one

    coder = default_coder()
    for number, address in share:
        counts: list[tuple[int, int, int]] = []
        failures: list[tuple[str, str]] = []
        own = Path(folder) / f"{number:06d}-{Path(address).stem}"
        written = Counter[str]()
        for _, outcome in code_all([address], coder):
            if isinstance(outcome, Failure):
                failures.append((outcome.address, outcome.problem))
                continue
            own.mkdir(exist_ok=True)
            write_one(outcome, own, written)
            counts.append((len(outcome.document.sentences), len(outcome.events), len(outcome.ties)))
        yield counts, failures
