"""The first coder: a trigger word list, the nearest plausible parties, the date of the sentence; open to the eye."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.model import Document, Event, Mention, Party, Sentence, Span
from detente.resolving.anchor import DocumentDates, date_document
from detente.resolving.reference import resolve_mentions

__all__ = ["LexiconCoder"]

AUXILIARIES = r"(?:was|were|is|are|been|be|being)(?:\s+\w+ly)?\s+$"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of the list, found in a sentence (offsets in the document)."""

    span: Span
    event_type: str
    mode: str | None
    two_sided: bool
    noun: bool


class LexiconCoder:
    """Codes with the words of `data/lexicon.toml`: simple, transparent, and a floor for every other coder.

    The actor is the nearest party before the trigger (after "by" in a passive), the recipient the nearest other party
    after it, or else before it; acts marked two-sided take both as actors. An act for which the sentence names fewer
    than two parties is left out.
    """

    name = "lexicon"
    version = "1"

    def code(self, document: Document) -> list[Event]:
        """Return the events `document` tells of, in the order of their triggers."""
        dates = date_document(document)
        mentions = [mention for mention in resolve_mentions(document, dates) if mention.codes]
        events: list[Event] = []
        for sentence in document.sentences:
            near = [m for m in mentions if sentence.start <= m.span.start and m.span.end <= sentence.end]
            if near:
                events.extend(self._code_sentence(document, sentence, near, dates))
        return events

    def _code_sentence(
        self, document: Document, sentence: Sentence, mentions: Sequence[Mention], dates: DocumentDates
    ) -> Iterator[Event]:
        seen: set[str] = set()
        for trigger in find_triggers(document, sentence):
            if any(trigger.span.overlaps(mention.span) for mention in mentions):
                continue
            sides = choose_parties(document, sentence, trigger, mentions)
            if sides is None:
                continue
            when, phrase = dates.bounds_for(sentence.index, trigger.span.start)
            event = Event(
                document.id,
                sentence.index,
                document.span(sentence.start, sentence.end),
                trigger.span,
                trigger.event_type,
                *sides,
                mode=trigger.mode,
                status=judge_status(document.text[sentence.start : trigger.span.start]),
                when=when,
                date_text=phrase.span if phrase else None,
                coder=self.name,
                coder_version=self.version,
            )
            if event.id not in seen:
                seen.add(event.id)
                yield event


def find_triggers(document: Document, sentence: Sentence) -> Iterator[Trigger]:
    """Yield the words of the list that stand in `sentence`, longest first where they overlap, in order."""
    pattern, entries = _lexicon()
    for found in pattern.finditer(document.text, sentence.start, sentence.end):
        event_type, mode, two_sided, noun = entries[re.sub(r"\s+", " ", found.group().lower())]
        yield Trigger(document.span(*found.span()), event_type, mode, two_sided, noun)


def choose_parties(
    document: Document, sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]
) -> tuple[tuple[Party, ...], tuple[Party, ...]] | None:
    """Return (actors, recipients) of `trigger`, or None where the sentence names fewer than two parties for it."""
    before = [m for m in mentions if m.span.end <= trigger.span.start][::-1]
    after = [m for m in mentions if m.span.start >= trigger.span.end]
    lead, tail = document.text[sentence.start : trigger.span.start], document.text[trigger.span.end : sentence.end]
    by_agent = [m for m in after if re.search(r"\bby\s+(?:the\s+)?$", document.text[trigger.span.end : m.span.start])]
    if by_agent and (trigger.noun or re.search(AUXILIARIES, lead)):
        first, rest = by_agent[0], [*before, *after]
    elif before:
        first, rest = before[0], [*after, *before[1:]]
    elif trigger.noun and after and re.match(r"\s+(?:of|between|with|by)\b", tail):
        first, rest = after[0], after[1:]
    else:
        return None
    actors = _group(document, first, mentions)
    taken = {party.code for party in actors}
    recipients: list[Party] = []
    for mention in rest:
        recipients = [party for party in _group(document, mention, mentions) if party.code not in taken]
        if recipients:
            break
    if trigger.two_sided or not recipients:
        together = tuple(actors + recipients)
        return (together, ()) if len({party.code for party in together}) > 1 else None
    return tuple(actors), tuple(recipients)


def judge_status(lead: str) -> str:
    """Return the status that the words before a trigger give it ("actual" where none of them says otherwise).

    >>> judge_status("It was feared that the army would")
    'hypothetical'
    """
    last = lead[-40:].lower()
    for status, words in _table()["status"].items():
        if any(re.search(rf"\b{re.escape(word)}\s+(?:\w+\s+)?$", last) for word in words):
            return str(status)
    return "actual"


def _group(document: Document, first: Mention, mentions: Sequence[Mention]) -> list[Party]:
    """Return the parties of `first` and of the mentions coordinated with it ("China, India and Nepal")."""
    joined = [first]
    position = mentions.index(first)
    for step in (1, -1):
        index, edge = position + step, first
        while 0 <= index < len(mentions):
            left, right = (edge, mentions[index]) if step == 1 else (mentions[index], edge)
            if not re.fullmatch(r"\s*(?:,|,?\s*and)\s+(?:the\s+)?", document.text[left.span.end : right.span.start]):
                break
            edge = mentions[index]
            joined.append(edge)
            index += step
    parties: dict[str, Party] = {}
    for mention in sorted(joined, key=lambda m: m.span):
        for resolution in mention.resolutions:
            if resolution.code:
                reason = resolution.candidates[0].reason
                parties.setdefault(resolution.code, Party(resolution.code, mention.span, reason))
    return list(parties.values())


@cache
def _table() -> dict:  # type: ignore[type-arg]
    return tomllib.loads(files("detente.coding").joinpath("data/lexicon.toml").read_text(encoding="utf-8"))


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, tuple[str, str | None, bool, bool]]]:
    table = _table()
    forms: dict[str, tuple[str, str | None, bool, bool]] = {}
    for entry in table["entry"]:
        kind = (entry["event_type"], entry.get("mode"), entry.get("sides") == "two")
        for verb in entry.get("verbs", ()):
            for form in inflect_verb(verb, table["irregular"]):
                forms.setdefault(form, (*kind, False))
        for noun in entry.get("nouns", ()):
            forms.update({form: (*kind, True) for form in (noun, noun + "s", noun[:-1] + "ies") if form})
    words = sorted(forms, key=len, reverse=True)
    pattern = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), forms


def inflect_verb(phrase: str, irregular: dict[str, list[str]]) -> list[str]:
    """Return the forms of a verb phrase whose first word is inflected.

    >>> inflect_verb("break off", {"break": ["broke", "broken"]})
    ['break off', 'breaks off', 'broke off', 'broken off', 'breaking off']
    """
    verb, _, rest = phrase.partition(" ")
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    else:
        third = verb + ("es" if re.search(r"(?:s|sh|ch|x)$", verb) else "s")
        past = stem + "ed"
    forms = irregular.get(verb, [past])
    progressive = forms[2] if len(forms) > 2 else stem + "ing"
    all_forms = dict.fromkeys([verb, third, *forms[:2], progressive])
    return [f"{form} {rest}".strip() for form in all_forms]
