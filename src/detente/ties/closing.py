"""What ends a tie: the later event that meets a demand, breaks off talks, withdraws troops; and time, untold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from detente.model import BoundedDate, Document, Event, TieMoment, TieParty
from detente.ties.naming import content_words, name_tie, stem_words
from detente.ties.opening import Draft
from detente.ties.rules import Rule, clause_of, closing_rules, kinds, told_ends

ASKING = ("REQUEST", "AGREE", "REJECT", "THREATEN")
OF_THEIR_OWN = ("treaty", "alliance", "demand", "proposal")
REACH = 100
"""How many characters before and after its trigger an event without content is taken to be about."""

__all__ = ["close_drafts", "end_of_text", "imply_ties", "outcome_at_end"]


def close_drafts(document: Document, events: Sequence[Event], drafts: Sequence[Draft]) -> list[Draft]:
    """Return `drafts`, each closed by the later event that a rule says closes it; acts only asked for close nothing."""
    done = [event for event in events if not _is_only_asked(event, events)]
    clauses = [clause_of(event, document) for event in done]
    return [_close(draft, document, done, clauses) for draft in drafts]


def end_of_text(document: Document, events: Sequence[Event]) -> datetime.date | None:
    """Return the last day the text covers: the day its facts are as of, else the latest day of an actual event."""
    if document.as_of and document.as_of.latest:
        return document.as_of.latest
    days = [event.when.latest for event in events if event.when and event.when.latest and event.status == "actual"]
    return max(days, default=None)


def outcome_at_end(draft: Draft, end: datetime.date | None) -> str:
    """Return the outcome of `draft` when the text ends: as last changed, or over where it is long past and untold."""
    last = draft.moments[-1]
    kind = kinds()[draft.kind]
    if last.change == "closed" or kind.long_past is None:
        return last.outcome
    years, outcome = kind.long_past
    told = max((moment.when.latest for moment in draft.moments if moment.when and moment.when.latest), default=None)
    if told and end and (end - told).days > years * 365:
        return outcome
    return last.outcome


def imply_ties(document: Document, events: Sequence[Event], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the ties first told of as they end ("severed diplomatic relations"), each with its end alone."""
    implied: list[Draft] = []
    for event in events:
        if _is_only_asked(event, events):
            continue
        clause = clause_of(event, document)
        for rule in closing_rules():
            if rule.implies and rule.holds(event, clause):
                draft = _draft_ended(document, event, rule)
                told = {(each.kind, each.codes) for each in (*drafts, *implied)}
                if draft is not None and (draft.kind, draft.codes) not in told:
                    implied.append(draft)
                break
    return implied


def _is_only_asked(event: Event, events: Sequence[Event]) -> bool:
    """Return whether `event` is told as the content of a demand, an offer, a refusal or a threat."""
    return any(
        other.content is not None and other.content.holds(event.trigger) and other.sentence == event.sentence
        for other in events
        if other.event_type in ASKING and other is not event
    )


def _draft_ended(document: Document, event: Event, rule: Rule) -> Draft | None:
    first, second = kinds()[rule.kind].roles
    actors, recipients = event.actors, event.recipients
    if rule.by == second and first != second:
        actors, recipients = recipients, actors
    if event.two_sided and first != second:
        return None
    sides = [TieParty(party.code, first) for party in actors] + [TieParty(party.code, second) for party in recipients]
    content = event.content.text if event.content else None
    moment = _moment(document, event, rule)
    name = name_tie(rule.kind, content, event)
    return Draft(rule.kind, tuple(dict.fromkeys(sides)), (moment,), name, content, content_words(content, event))


def _close(draft: Draft, document: Document, events: Sequence[Event], clauses: Sequence[str]) -> Draft:
    """Return `draft` closed by the first later event that a rule says closes it.

    Of ties that have a name or content of their own it is the event that shares most words with them.
    """
    opening = draft.moments[0]
    if opening.change == "closed":
        return draft
    own = {moment.event_id for moment in draft.moments}
    best: tuple[int, TieMoment] | None = None
    for event, clause in zip(events, clauses, strict=True):
        if event.id in own or not _later(opening, event):
            continue
        rule = next(
            (r for r in closing_rules() if r.kind == draft.kind and r.holds(event, clause) and _fits(r, draft, event)),
            None,
        )
        shared = _shared(draft, event) if draft.kind in OF_THEIR_OWN else 0
        if rule is not None and (best is None or shared > best[0]):
            best = shared, _moment(document, event, rule)
    closing = best[1] if best else _told_end(draft, document)
    return replace(draft, moments=(*draft.moments, closing)) if closing else draft


def _told_end(draft: Draft, document: Document) -> TieMoment | None:
    """Return the end that the sentence of the opening itself tells ("but without success"), with the opening's date."""
    opening = draft.moments[0]
    for end in told_ends():
        if end.kind == draft.kind and end.words.search(document.sentence_text(opening.sentence).lower()):
            return replace(opening, change="closed", outcome=end.outcome)
    return None


def _moment(document: Document, event: Event, rule: Rule) -> TieMoment:
    when = event.when
    if rule.lag and when and when.latest:
        when = BoundedDate.between(when.earliest, datetime.date(when.latest.year + rule.lag, 12, 31), when.text)
    return TieMoment("closed", rule.outcome, when, document.id, event.sentence, event.quote, event.id)


def _later(opening: TieMoment, event: Event) -> bool:
    """Return whether `event` may come after `opening`: by its bounds, or where these do not say, by its place."""
    first, second = opening.when, event.when
    if first and second and first.earliest and second.latest and second.latest < first.earliest:
        return False
    if first and second and first.latest and second.earliest and second.earliest > first.latest:
        return True
    return event.sentence >= opening.sentence


def _fits(rule: Rule, draft: Draft, event: Event) -> bool:
    """Return whether an event for which `rule` holds is done by and to the parties of `draft`, and about it."""
    actors = {party.code for party in event.actors}
    others = {party.code for party in event.parties} - actors
    if not actors & draft.with_role(rule.by):
        return False
    if rule.of and not re.search(rule.of, f"{draft.name} {draft.terms or ''}".lower()):
        return False
    if rule.near and abs(event.sentence - draft.moments[0].sentence) > rule.near:
        return False
    shared = _shared(draft, event)
    if rule.by == "any":
        met = len((actors | others) & draft.codes) >= min(2, len(draft.codes))
    else:
        met = event.two_sided or bool(others & draft.codes) or (draft.kind == "presence" and shared > 1)
    return met and shared >= min(rule.shares, len(draft.words)) and shared >= rule.share * len(draft.words)


def _shared(draft: Draft, event: Event) -> int:
    """Return how many of the words that tell `draft` from others the event's content has, or else those round its act.

    The year of its opening is one of them ("the treaty of 1950"). A sentence that told of the tie has them all, so
    there only what follows the trigger counts.
    """
    if event.content is not None:
        told = event.content.text
    else:
        at = event.trigger.start - event.quote.start
        before = 0 if event.sentence == draft.moments[0].sentence else REACH
        told = event.quote.text[max(0, at - before) : at + len(event.trigger.text) + REACH]
    opened = draft.moments[0].when
    dated = opened is not None and opened.earliest is not None and str(opened.earliest.year) in told
    return len(stem_words(told) & draft.words) + dated
