"""Ties as events open them: a draft for each event that opens one, and drafts of the same tie made one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from detente.model import Document, Event, TieMoment, TieParty
from detente.ties.naming import content_words, name_tie, split_content
from detente.ties.rules import Rule, clause_of, kinds, opening_rules

__all__ = ["Draft", "draft_ties", "merge_drafts"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A tie in the making: what it is, between whom, the moments so far, and the words that tell it from others."""

    kind: str
    parties: tuple[TieParty, ...]
    moments: tuple[TieMoment, ...]
    name: str
    terms: str | None
    words: frozenset[str]
    firm: bool = True

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the parties."""
        return frozenset(party.code for party in self.parties)

    @property
    def key(self) -> tuple[str, tuple[TieParty, ...]]:
        """What two drafts must share to be the same tie told twice."""
        return self.kind, tuple(sorted(self.parties))

    def with_role(self, role: str) -> frozenset[str]:
        """Return the codes of the parties in `role`; of all parties for "any"."""
        return frozenset(party.code for party in self.parties if role in ("any", party.role))


def draft_ties(document: Document, events: Iterable[Event]) -> Iterator[Draft]:
    """Yield a draft for each tie that each of `events` opens by the rules, in order."""
    for event in events:
        clause = clause_of(event, document)
        opened: set[str] = set()
        for rule in opening_rules():
            if rule.kind not in opened and rule.holds(event, clause):
                opened.add(rule.kind)
                yield from _draft(document, event, rule)


def merge_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    """Return `drafts` with the same tie told twice made one, the moments of both kept in the order of telling."""
    merged: list[Draft] = []
    for draft in drafts:
        for index, earlier in enumerate(merged):
            if earlier.key == draft.key and _same_tie(earlier, draft):
                merged[index] = _join(earlier, draft)
                break
        else:
            merged.append(draft)
    return merged


def _draft(document: Document, event: Event, rule: Rule) -> Iterator[Draft]:
    kind = kinds()[rule.kind]
    actor_role, recipient_role = kind.roles
    if event.two_sided and not kind.alike:
        if rule.kind != "war":
            return
        first, *others = event.actors
        parties = [TieParty(first.code, actor_role), *(TieParty(party.code, recipient_role) for party in others)]
    else:
        parties = [TieParty(party.code, actor_role) for party in event.actors]
        parties += [TieParty(party.code, recipient_role) for party in event.recipients]
    moment = TieMoment("opened", kind.standing, event.when, document.id, event.sentence, event.quote, event.id)
    for content in split_content(document, event, rule.kind):
        words = content_words(content, event)
        name = name_tie(rule.kind, content, event)
        yield Draft(rule.kind, tuple(dict.fromkeys(parties)), (moment,), name, content, words)


def _same_tie(first: Draft, second: Draft) -> bool:
    kind = kinds()[first.kind]
    gap = _days_between(first.moments[-1], second.moments[0])
    if kind.apart:
        return gap is None or gap <= kind.apart
    if not first.words or not second.words:
        return gap is None or gap == 0
    shared = len(first.words & second.words)
    return shared > 0 and shared / min(len(first.words), len(second.words)) >= 0.5


def _join(first: Draft, second: Draft) -> Draft:
    return replace(
        first,
        moments=first.moments + second.moments,
        terms=first.terms or second.terms,
        name=first.name if first.terms else second.name,
        words=first.words | second.words,
    )


def _days_between(first: TieMoment, second: TieMoment) -> int | None:
    """Return the days from the end of the earlier window to the start of the later; 0 where they overlap."""
    windows = sorted(
        (moment.when.earliest, moment.when.latest or moment.when.earliest)
        for moment in (first, second)
        if moment.when and moment.when.earliest
    )
    if len(windows) < 2:
        return None
    return max(0, (windows[1][0] - windows[0][1]).days)
