"""Reading and coding together: documents at addresses, coded as they come, written out, or held beside hand coding."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.coding import Coder, default_coder, event_to_line, write_events
from detente.coding.llm.cost import Cost
from detente.coding.scoring import Score, read_gold, score_sentences
from detente.errors import DetenteError, DocumentError, UsageError
from detente.model import Document, Event, Tie
from detente.reading.reader import find_documents, read_document
from detente.record.report import AddReport, Failure, Progress, Tally
from detente.ties.find import find_ties
from detente.ties.output import write_ties

__all__ = ["Coded", "code_all", "code_document", "estimate_cost", "evaluate", "write_coded", "write_one"]


@dataclass(frozen=True, slots=True)
class Coded:
    """A document and what it tells; `known` where it was left uncoded because it is known already."""

    document: Document
    events: tuple[Event, ...] = ()
    ties: tuple[Tie, ...] = ()
    known: bool = False


def code_document(document: Document, coder: Coder | None = None) -> list[Event]:
    """Return the events that `document` tells of, in the order of their triggers."""
    return (coder or default_coder()).code(document)


def code_all(
    addresses: Iterable[str], coder: Coder, known: Callable[[str], bool] | None = None
) -> Iterator[tuple[int, Coded | Failure]]:
    """Read and code the documents at `addresses`; yield the number of files done, with each document or failure.

    Documents whose id is `known` are not coded.
    """
    for number, address in enumerate(addresses, 1):
        try:
            documents = read_document(address)
        except DocumentError as error:
            yield number, Failure(address, str(error))
            continue
        for document in documents:
            if known and known(document.id):
                yield number, Coded(document, known=True)
                continue
            try:
                events = coder.code(document)
            except DetenteError as error:
                yield number, Failure(document.address or address, f"{document.address or address}: {error}")
            else:
                yield number, Coded(document, tuple(events), tuple(find_ties(document, events)))


def write_coded(
    paths: Iterable[str | Path],
    folder: Path,
    coder: Coder | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> AddReport:
    """Code the documents at `paths` and write NAME.events.jsonl, and NAME.ties.jsonl where there are ties, to `folder`.

    `folder` is made where it is missing; documents of the same name are told apart by a number. Documents that cannot
    be read are listed in the report. Raises DocumentError for a path that does not exist, UsageError where the folder
    cannot be written to.
    """
    started = time.perf_counter()
    addresses = find_documents(paths)
    tally, written = Tally(len(addresses)), Counter[str]()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for files, outcome in code_all(addresses, coder or default_coder()):
            tally.files = files
            if isinstance(outcome, Failure):
                tally.failed.append(outcome)
            else:
                write_one(outcome, folder, written)
                tally.count(len(outcome.document.sentences), len(outcome.events), len(outcome.ties))
            if progress:
                progress(tally.progress())
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written to: {error.strerror} (expected a folder)") from error
    return tally.report(time.perf_counter() - started)


def write_one(coded: Coded, folder: Path, written: Counter[str]) -> None:
    """Write the events and ties of a document to `folder`; `written` counts the names used there."""
    name = re.sub(r"[\\/\0]", "_", coded.document.name)
    written[name] += 1
    if written[name] > 1:
        name += f"-{written[name]}"
    write_events(coded.events, coded.document, folder / f"{name}.events.jsonl")
    if coded.ties:
        write_ties(coded.ties, folder / f"{name}.ties.jsonl")


def evaluate(gold: str | Path, coder: Coder | None = None) -> Score:
    """Return how well `coder` reads the hand-coded documents of the folder `gold`, as precision, recall and F1.

    The folder holds NAME.json (the document) and NAME.events.jsonl (its reference events) for each. Raises
    DocumentError where it holds none.
    """
    folder, coder = Path(gold), coder or default_coder()
    if not folder.is_dir():
        raise DocumentError(folder, "is not a folder", expected="a folder of NAME.json and NAME.events.jsonl")
    pairs = [
        (path, events)
        for path in sorted(folder.glob("*.json"))
        if (events := path.with_suffix(".events.jsonl")).exists()
    ]
    if not pairs:
        raise DocumentError(folder, "holds no coded document", expected="NAME.json beside NAME.events.jsonl")
    return score_sentences(
        (
            path.stem,
            [document.sentence_text(sentence.index) for sentence in document.sentences],
            read_gold(events),
            [event_to_line(event, document) for event in coder.code(document)],
        )
        for path, events in pairs
        for document in read_document(path)
    )


def estimate_cost(addresses: Iterable[str], estimate: Callable[[Document], Cost]) -> Cost:
    """Return what `estimate` says coding the documents at `addresses` will cost; unreadable ones count for nothing."""
    total = Cost()
    for address in find_documents(tuple(addresses)):
        try:
            for document in read_document(address):
                total += estimate(document)
        except DocumentError:
            continue
    return total
