"""An event: one act by at least one polity towards another, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.model.date import BoundedDate
from detente.model.identity import hash_content
from detente.model.span import Span

__all__ = ["STATUSES", "Event", "Party"]

STATUSES = ("actual", "planned", "hypothetical", "negated")


@dataclass(frozen=True, slots=True)
class Party:
    """One side's member: its code, the words that stand for it (None where the party is implied), and why."""

    code: str
    span: Span | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What a coder found in one sentence of one document.

    `quote` is the sentence and `trigger` the shortest words that name the act, both as spans of the document's text.
    Two-sided acts (talks, clashes, agreements signed) have all parties in `actors` and no `recipients`. `when` bounds
    the day; `date_text` is the phrase relied on, `content` what was demanded, promised, signed. `confidence` is the
    coder's calibrated probability that the event is right (0 to 1). `id` is a hash of the document, the trigger, the
    type, the status and the parties.
    """

    document_id: str
    sentence: int
    quote: Span
    trigger: Span
    event_type: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...] = ()
    mode: str | None = None
    status: str = "actual"
    when: BoundedDate | None = None
    date_text: Span | None = None
    place: Span | None = None
    content: Span | None = None
    confidence: float | None = None
    coder: str = ""
    coder_version: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"status {self.status!r} is not one of {', '.join(STATUSES)}")
        if len({party.code for party in self.parties}) < 2:
            raise ValueError(f"event {self.trigger.text!r} has fewer than two parties")
        object.__setattr__(
            self,
            "id",
            hash_content(
                "event",
                self.document_id,
                self.trigger.start,
                self.trigger.end,
                self.event_type,
                self.status,
                sorted(party.code for party in self.actors),
                sorted(party.code for party in self.recipients),
            ),
        )

    @property
    def parties(self) -> tuple[Party, ...]:
        """Actors, then recipients."""
        return self.actors + self.recipients

    @property
    def two_sided(self) -> bool:
        """Whether the act has no direction: all parties do it."""
        return not self.recipients
