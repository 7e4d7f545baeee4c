"""Who is named: a candidate with the reason for it, and a mention with the candidates it may stand for."""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.span import Span

__all__ = ["Candidate", "Mention", "Resolution"]


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """An entity a name may stand for.

    `code` is a COW abbreviation ("RUS"), an organisation's ("NATO") or `X:` and the name of a movement or collective
    ("X:MPLA"); `kind` is "state", "organisation", "movement" or "collective"; `name` is what it was called at the
    date; `reason` says in words why it was put forward; `source` cites the table the reason rests on.
    """

    code: str
    kind: str
    name: str
    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name resolves to: `candidates` with reasons; `rejected` are those that its date or context ruled out.

    Exactly one candidate left is an answer; none or several is no answer, and `code` is None: never a guess.
    """

    text: str
    candidates: tuple[Candidate, ...]
    rejected: tuple[Candidate, ...] = ()

    @property
    def code(self) -> str | None:
        """The code of the one candidate; None where there is none, or more than one."""
        return self.candidates[0].code if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in a document that stand for one or more entities.

    `kind` says by what: "name", "demonym", "seat", "city", "leader", "role", "organisation", "movement",
    "dependency", "pronoun", "description". `resolutions` holds one for each entity the words stand for: one for
    "China", two for "Sino-Soviet" or "the two sides".
    """

    span: Span
    kind: str
    resolutions: tuple[Resolution, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes the words stand for; empty unless every part is resolved."""
        codes = [resolution.code for resolution in self.resolutions]
        return tuple(code for code in codes if code is not None) if all(codes) else ()
