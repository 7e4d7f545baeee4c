"""Ties as events open them: a draft for each event that opens one, and drafts of the same tie made one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.model import Document, Event, Mention, TieMoment, TieParty
from detente.ties.naming import content_words, name_tie, split_content
from detente.ties.rules import Rule, clause_of, kinds, opening_rules

__all__ = ["Draft", "draft_ties", "merge_drafts"]

EITHER_WAY = ("war",)
EACH = re.compile(
    r"\b(?:treaties|agreements|conventions) with\b|\b(?:similar|separate|bilateral) (?:treaties|agreements)\b"
)
PLACED = re.compile(r"\b(?:in|into|to|on|at)\s+(?:[\w-]+\s+){0,2}$")
HALF, THIRD = 0.5, 0.34
YEAR = 366
NAMED = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}(?:[Tt]reaty|[Aa]greement|[Pp]act|[Cc]ommuniqué|[Aa]lliance|[Cc]onvention|[Aa]ccords?)\b"
)
REACH = 70
"""How many characters after its trigger an act's place may stand."""


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
        """What two drafts must share to be one tie told twice; which side is which in a war may be told either way."""
        if self.kind in EITHER_WAY:
            return self.kind, tuple(TieParty(code, "") for code in sorted(self.codes))
        return self.kind, tuple(sorted(self.parties))

    def with_role(self, role: str) -> frozenset[str]:
        """Return the codes of the parties in `role`; of all parties for "any"."""
        return frozenset(party.code for party in self.parties if role in ("any", party.role))


def draft_ties(document: Document, events: Iterable[Event], mentions: Sequence[Mention]) -> Iterator[Draft]:
    """Yield a draft for each tie that each of `events` opens by the rules, in order."""
    for event in events:
        clause = clause_of(event, document)
        opened: set[str] = set()
        for rule in opening_rules():
            if rule.kind not in opened and rule.holds(event, clause):
                opened.update((rule.kind, *rule.bars))
                yield from _draft(document, event, rule, mentions)


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


def _draft(document: Document, event: Event, rule: Rule, mentions: Sequence[Mention]) -> Iterator[Draft]:
    kind = kinds()[rule.kind]
    moment = TieMoment("opened", kind.standing, event.when, document.id, event.sentence, event.quote, event.id)
    for parties in _parties(event, rule, mentions):
        if len({party.code for party in parties}) < 2:
            continue
        for content in split_content(document, event, rule.kind):
            words = content_words(content, event)
            yield Draft(rule.kind, parties, (moment,), name_tie(rule.kind, content, event), content, words)


def _parties(event: Event, rule: Rule, mentions: Sequence[Mention]) -> Iterator[tuple[TieParty, ...]]:
    """Yield the parties of each tie that `event` opens: one, or one for each of those treaties were made with."""
    actor_role, recipient_role = kinds()[rule.kind].roles
    actors = list(dict.fromkeys(party.code for party in event.actors))
    recipients = list(dict.fromkeys(party.code for party in event.recipients))
    if rule.host:
        recipients = _hosts(event, mentions) or ([] if rule.host == "placed" else recipients)
    if event.two_sided and actor_role != recipient_role:
        actors, recipients = actors[:1], actors[1:]
        if rule.kind not in EITHER_WAY:
            return
    told = event.content.text if event.content else event.trigger.text
    named = _named_parties(event, mentions) if rule.kind in ("treaty", "alliance") else ()
    if named:
        actors, recipients = list(named), []
    if rule.kind == "treaty" and len({*actors, *recipients}) > 2 and EACH.search(told):
        first, *others = dict.fromkeys([*actors, *recipients])
        yield from ((TieParty(first, actor_role), TieParty(other, recipient_role)) for other in others)
        return
    sides = [TieParty(code, actor_role) for code in actors]
    sides += [TieParty(code, recipient_role) for code in recipients if code not in actors]
    yield tuple(sides)


def _named_parties(event: Event, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the parties that the name of what was signed tells ("the Sino-Japanese Treaty"), if any."""
    for mention in mentions:
        within = event.content and event.content.holds(mention.span)
        if (
            within
            and len(set(mention.codes)) > 1
            and NAMED.match(event.quote.text, mention.span.end - event.quote.start)
        ):
            return mention.codes
    return ()


def _hosts(event: Event, mentions: Sequence[Mention]) -> list[str]:
    """Return the codes of the place that the words after the trigger name ("landed at Santiago in Cuba")."""
    actors = {party.code for party in event.actors}
    end = min(event.trigger.end + REACH, event.quote.end)
    hosts: list[str] = []
    for mention in mentions:
        if mention.kind == "organisation" or actors & set(mention.codes):
            continue
        if event.trigger.end <= mention.span.start < end:
            at = mention.span.start - event.quote.start
            if PLACED.search(event.quote.text[:at]):
                hosts = list(mention.codes)
                break
    return hosts


def _same_tie(first: Draft, second: Draft) -> bool:
    kind = kinds()[first.kind]
    gap = _gap(first.moments[0], second.moments[0])
    if kind.apart:
        return gap is None or gap <= kind.apart
    if gap is not None and gap > YEAR:
        return False
    if not first.words or not second.words:
        return gap is None or gap == 0 or (first.kind == "treaty" and not second.words)
    return _alike(first, second)


def _alike(first: Draft, second: Draft) -> bool:
    """Return whether most of what the shorter is about, and much of what both are, they share."""
    shared = len(first.words & second.words)
    least = min(len(first.words), len(second.words))
    return shared / least > HALF and shared / len(first.words | second.words) > THIRD


def _join(first: Draft, second: Draft) -> Draft:
    """Return one draft with the moments of both: one opening opens it, any other is a change.

    That is the tightest of those that may be the same day as the earliest.
    """
    openings = [moment for moment in (*first.moments, *second.moments) if moment.change == "opened"]
    earliest = min(openings, key=_latest, default=None)
    alike = [each for each in openings if earliest and (each is earliest or _gap(earliest, each) == 0)]
    opening = min(alike, key=_looseness, default=None)
    others = [
        replace(moment, change="changed") if moment.change == "opened" else moment
        for moment in (*first.moments, *second.moments)
        if moment is not opening
    ]
    return replace(
        first,
        moments=((opening,) if opening else ()) + tuple(others),
        terms=first.terms or second.terms,
        name=first.name if first.terms else second.name,
        words=first.words | second.words,
    )


def _latest(moment: TieMoment) -> datetime.date:
    return (moment.when and (moment.when.latest or moment.when.earliest)) or datetime.date.max


def _looseness(moment: TieMoment) -> int:
    days = moment.when.days if moment.when else None
    return days if days is not None else 10**9


def _gap(first: TieMoment, second: TieMoment) -> int | None:
    """Return the days from the end of the earlier window to the start of the later; 0 where they overlap."""
    windows = sorted(
        (moment.when.earliest, moment.when.latest or moment.when.earliest)
        for moment in (first, second)
        if moment.when and moment.when.earliest
    )
    if len(windows) < 2:
        return None
    return max(0, (windows[1][0] - windows[0][1]).days)
