"""A tie: what stands between states until something ends it, with the words that opened, changed and closed it."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.model.date import BoundedDate
from detente.model.identity import hash_content
from detente.model.span import Span

__all__ = ["Tie", "TieMoment", "TieParty"]


@dataclass(frozen=True, slots=True, order=True)
class TieParty:
    """A party to a tie and its role in it ("member", "demander", "host")."""

    code: str
    role: str


@dataclass(frozen=True, slots=True)
class TieMoment:
    """One moment in a tie's life.

    `change` is "opened", "changed" or "closed"; `outcome` what the tie's state is from then on ("in force", "open",
    "broken off"); `when` bounds the day; `event_id` names the event that made the change (None where the words tell
    of the tie without an act: "China's ally"), `document_id`, `sentence` and `quote` the words.
    """

    change: str
    outcome: str
    when: BoundedDate | None
    document_id: str
    sentence: int
    quote: Span
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What stood between `parties`, from the moment that opened it (none: older than the record) to its close.

    `moments` are in order of time: at most one "opened" (first), any "changed", at most one "closed" (last). `kind`
    and the outcomes are those of the coding guide. `id` is a hash of the kind, the parties, the name and the words
    of its first moment.
    """

    kind: str
    name: str
    parties: tuple[TieParty, ...]
    moments: tuple[TieMoment, ...]
    terms: str | None = None
    outcome: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        first = self.moments[0]
        object.__setattr__(
            self,
            "id",
            hash_content(
                "tie",
                self.kind,
                sorted([party.code, party.role] for party in self.parties),
                self.name,
                first.document_id,
                first.quote.start,
            ),
        )

    @property
    def opened(self) -> TieMoment | None:
        """The moment that opened the tie; None where it is older than the text."""
        return self.moments[0] if self.moments[0].change == "opened" else None

    @property
    def closed(self) -> TieMoment | None:
        """The moment that closed the tie; None while it stands."""
        return self.moments[-1] if self.moments[-1].change == "closed" else None
