"""What ends a tie: the later event that meets a demand, breaks off talks, withdraws troops; and time, untold."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from detente.model import Document, Event, TieMoment
from detente.ties.naming import content_words
from detente.ties.opening import Draft
from detente.ties.rules import Rule, clause_of, closing_rules, kinds

__all__ = ["close_drafts", "end_of_text", "outcome_at_end"]


def close_drafts(document: Document, events: Sequence[Event], drafts: Sequence[Draft]) -> list[Draft]:
    """Return `drafts`, each closed by the first later event that a rule says closes it."""
    clauses = [clause_of(event, document) for event in events]
    return [_close(draft, document, events, clauses) for draft in drafts]


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


def _close(draft: Draft, document: Document, events: Sequence[Event], clauses: Sequence[str]) -> Draft:
    opening = draft.moments[0]
    for event, clause in zip(events, clauses, strict=True):
        if event.id in {moment.event_id for moment in draft.moments} or not _later(opening, event):
            continue
        for rule in closing_rules():
            if rule.kind == draft.kind and rule.holds(event, clause) and _fits(rule, draft, event):
                moment = TieMoment(
                    "closed", rule.outcome, event.when, document.id, event.sentence, event.quote, event.id
                )
                return replace(draft, moments=(*draft.moments, moment))
    return draft


def _later(opening: TieMoment, event: Event) -> bool:
    """Return whether `event` may come after `opening`: by its bounds, or where these do not say, by its place."""
    first, second = opening.when, event.when
    if first and second and first.earliest and second.latest and second.latest < first.earliest:
        return False
    if first and second and first.latest and second.earliest and second.earliest > first.latest:
        return True
    return event.sentence >= opening.sentence


def _fits(rule: Rule, draft: Draft, event: Event) -> bool:
    actors = {party.code for party in event.actors}
    parties = {party.code for party in event.parties}
    by = draft.with_role(rule.by)
    if not actors & by:
        return False
    if rule.by == "any" and len(parties & draft.codes) < min(2, len(draft.codes)):
        return False
    if rule.by != "any" and not event.two_sided and not (parties - actors) & draft.codes:
        return False
    content = event.content.text if event.content else None
    words = content_words(content, event)
    return len(words & draft.words) >= rule.shares
