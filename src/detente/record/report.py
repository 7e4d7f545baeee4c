"""What adding documents did: progress while it runs, a report at its end, and what failed."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AddReport", "Failure", "Progress", "ReconcileReport", "Tally", "count_noun"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be added: its address, and why in one line."""

    address: str
    problem: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an `add` is: files done of how many, and documents, sentences and events so far."""

    files: int
    files_total: int
    documents: int
    sentences: int
    events: int


@dataclass(frozen=True, slots=True)
class ReconcileReport:
    """What a `reconcile` found: tellings of how many happenings, how many ids lead elsewhere now, contradictions."""

    tellings: int
    happenings: int
    moved: int
    conflicts: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{count_noun(self.tellings, 'telling')} of {count_noun(self.happenings, 'happening')}"
        contradict = f"; {count_noun(len(self.conflicts), 'contradiction')}" if self.conflicts else ""
        return f"{told}; {self.moved} led elsewhere before{contradict}"


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an `add` did: documents, sentences, events and ties new in the record, and the seconds it took.

    `unchanged` counts documents that the record held already, `failed` lists those that could not be added.
    """

    documents: int = 0
    sentences: int = 0
    events: int = 0
    ties: int = 0
    seconds: float = 0.0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()

    def __str__(self) -> str:
        known = f"{count_noun(self.unchanged, 'document')} already in the record, unchanged"
        if self.unchanged and not self.documents:
            line = f"nothing new: {known}"
        else:
            line = ", ".join(
                count_noun(number, noun)
                for number, noun in (
                    (self.documents, "document"),
                    (self.sentences, "sentence"),
                    (self.events, "event"),
                    (self.ties, "tie"),
                )
            )
            line += f"; {known}" if self.unchanged else ""
        line += f"; {len(self.failed)} failed" if self.failed else ""
        return f"{line}; {self.seconds:.1f} s"


class Tally:
    """The counts of an `add` as it goes on."""

    def __init__(self, files_total: int) -> None:
        self.files, self.files_total = 0, files_total
        self.documents = self.sentences = self.events = self.ties = self.unchanged = 0
        self.failed: list[Failure] = []

    def count(self, sentences: int, events: int, ties: int) -> None:
        """Count one document that is new in the record."""
        self.documents += 1
        self.sentences += sentences
        self.events += events
        self.ties += ties

    def progress(self) -> Progress:
        """Return how far it is."""
        return Progress(self.files, self.files_total, self.documents, self.sentences, self.events)

    def report(self, seconds: float) -> AddReport:
        """Return what was done in `seconds`."""
        return AddReport(
            self.documents, self.sentences, self.events, self.ties, seconds, self.unchanged, tuple(self.failed)
        )


def count_noun(number: int, noun: str) -> str:
    """Return the number with its noun.

    >>> count_noun(1, "event"), count_noun(1200, "event")
    ('1 event', '1,200 events')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
