"""Reference: every mention of a document, each resolved with what the document itself has said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from detente.model import Candidate, Document, Mention, Resolution, Sentence
from detente.resolving.anchor import DocumentDates, date_document
from detente.resolving.candidates import settle
from detente.resolving.composition import Found, compose
from detente.resolving.discourse import Memory
from detente.resolving.folding import fold
from detente.resolving.introductions import Register, find_full_names, find_surnames, introduce
from detente.resolving.mentions import as_mention
from detente.resolving.names import load_names, read_lexicon
from detente.resolving.referents import (
    Referent,
    are_coordinated,
    group,
    names_government,
    opens_relative,
    read_lists,
    refer,
)
from detente.resolving.scan import Hit, find_hits
from detente.resolving.vague import number_before, read_vague_group
from detente.resolving.windows import sentence_windows, whole_window

__all__ = ["resolve_mentions", "told_state"]

_OWN_TITLES = frozenset(fold(title) for title in read_lexicon("persons")["own_titles"])
_FOREIGN_TITLES = frozenset(fold(title) for title in read_lexicon("persons")["foreign_titles"])
_STANDS_OUT = 2  # how many times oftener a document must speak of one of two states that shared a name
_PLEONASTIC = re.compile(read_lexicon("descriptions")["pleonastic"]["after"])


def resolve_mentions(document: Document, dates: DocumentDates | None = None) -> list[Mention]:
    """Return all mentions of a document in order: names, people, roles, pronouns and descriptions.

    `dates` are those of the document, where they have been read.

    Names are read as of the date of their sentence; a surname is the person the document introduced by it; "the
    President" and "Congress" are those of the state whose foreign relations the source tells of; pronouns and
    descriptions are resolved from what was spoken of before (`discourse.Memory`). Each mention has one resolution for
    each party it stands for: one candidate where one stands out (the others, best first, in `rejected`), several where
    it stays open.
    """
    return _Account(document, dates or date_document(document)).mentions()


def told_state(document: Document) -> str | None:
    """Return the code of the state whose foreign relations the source tells of; None where it does not say."""
    where = " ".join((document.source, document.address, document.author))
    for perspective in read_lexicon("descriptions")["perspective"]:
        if any(source in where for source in perspective["sources"]):
            code: str = perspective["code"]
            return code
    return None


class _Account:
    """One reading of one document."""

    def __init__(self, document: Document, dates: DocumentDates) -> None:
        self.document = document
        self.text = document.text
        self.own = told_state(document)
        self.windows = sentence_windows(document, dates)
        self.whole = whole_window(self.windows)
        self.register = Register()
        self.spoken: Counter[str] = Counter()
        reason = "the source tells of the foreign relations of this state"
        own = Candidate(self.own, "state", self.own, reason, document.source) if self.own else None
        self.memory = Memory(own)

    def mentions(self) -> list[Mention]:
        found = [self._read(sentence, hits) for sentence, hits in self._hits_of_sentences()]
        self._find_surnames(found)
        self.memory.ahead = [
            each
            for sentence, mentions in zip(self.document.sentences, found, strict=True)
            for each in read_lists(self.text, sentence, mentions)
        ]
        self.spoken.update(code for each in found for mention in each if not mention.means for code in mention.codes)
        mentions: list[Mention] = []
        for sentence, each in zip(self.document.sentences, found, strict=True):
            end = mentions[-1].span.end if mentions else 0
            mentions += self._resolve(sentence, _apart([one for one in each if one.start >= end]))
        return mentions

    def _hits_of_sentences(self) -> list[tuple[Sentence, list[Hit]]]:
        hits = find_hits(self.text)
        starts = [hit.start for hit in hits]
        return [
            (sentence, hits[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)])
            for sentence in self.document.sentences
        ]

    def _read(self, sentence: Sentence, hits: Sequence[Hit]) -> list[Found]:
        window = self.windows[sentence.index]
        found = compose(self.text, hits, lambda _: window)
        for each in found:
            if each.person is not None and each.kind == "leader" and not each.codes:
                self._widen(each)
            # A sentence wrongly cut in a name ("George H.W. | Bush") leaves the rest of it to the next.
            each.end = min(each.end, sentence.end)
        added = introduce(self.text, found, self.register, self.own)
        return sorted([*found, *added], key=lambda each: each.start) if added else found

    def _widen(self, found: Found) -> None:
        """A leader out of office at the sentence's date may have held it at another the document tells of."""
        entry = load_names().lookup(found.person.name) if found.person else None
        if found.person is not None and entry is not None and entry.has_person:
            words = self.text[found.start : found.end]
            resolution = settle(words, entry, self.whole, sort="person")
            if not resolution.candidates and (" " in found.person.name or names_government(self.text, found.end)):
                resolution = settle(words, entry, None, sort="person")
            if resolution.candidates:
                found.resolutions = (resolution,)
                found.means = "everyday" if entry.everyday and found.person and " " not in found.person.name else ""

    def _find_surnames(self, found: list[list[Found]]) -> None:
        """Find the people that no table knows, once all introductions are read."""
        if self.own:
            for sentence, each in zip(self.document.sentences, found, strict=True):
                find_full_names(self.text, sentence, each, self.register, self.own)
        pattern = self.register.pattern()
        if pattern is not None:
            for sentence, each in zip(self.document.sentences, found, strict=True):
                find_surnames(self.text, sentence, each, pattern)

    def _resolve(self, sentence: Sentence, found: list[Found]) -> list[Mention]:
        mentions = []
        members: list[Referent] = []
        subjects: set[bool] = set()
        end = 0
        for number, each in enumerate(found):
            self._settle(sentence, each, found, number)
            if not each.resolutions or not any(resolution.candidates for resolution in each.resolutions):
                if each.resolutions and not each.means:
                    mentions.append(as_mention(self.text, each))
                continue
            mentions.append(as_mention(self.text, each))
            referent = refer(self.text, sentence, each, subjects)
            if referent is None:
                continue
            if not referent.oblique and not referent.adjective:
                subjects.add(referent.person)
            joined = members and are_coordinated(self.text[end : each.start])
            members = [*members, referent] if joined else [referent]
            end = each.end
            self.memory.hear(referent, 0.3 if each.kind == "pronoun" else 1.0)
            if len({code for member in members for code in member.codes}) > 1:
                self.memory.hear_together(group(members), grown=len(members) > 2)
        return mentions

    def _settle(self, sentence: Sentence, each: Found, found: Sequence[Found], number: int) -> None:
        text = self.text[each.start : each.end]
        if each.person is not None:
            self._settle_person(sentence, each)
        elif len(each.resolutions) == 1 and len(each.resolutions[0].candidates) > 1 and not each.means:
            each.resolutions = (self._by_context(each.resolutions[0]),)
        elif each.means == "person":
            self._settle_office(sentence, each, text)
        elif each.means == "head":
            read_vague_group(self.text, each, found[number - 1].end + 1 if number else sentence.start)
        elif each.kind == "description" and not each.means:
            count = number_before(self.text[max(sentence.start, each.start - 12) : each.start])
            listed = self.memory.listed(text, sentence.index, count) if count > 2 else ()
            each.resolutions = listed or each.resolutions
        elif each.means == "one_of":
            each.resolutions = self.memory.one_of(text, each.one_of)
        elif (
            each.means == "set" and number and found[number - 1].end == each.start - 1 and found[number - 1].means == ""
        ) or (each.means == "it" and _PLEONASTIC.match(self.text, each.end)):
            return
        elif each.means:
            relative = each.kind == "pronoun" and opens_relative(self.text[max(each.start - 30, 0) : each.start])
            each.resolutions = self.memory.who(each.means, text, sentence.index, each.count, relative=relative)

    def _settle_person(self, sentence: Sentence, each: Found) -> None:
        assert each.person is not None
        known = self.register.named(each.person.surname, each.start)
        if known is not None and not each.title and (each.means or len(each.codes) != 1 or each.kind == "seat"):
            each.resolutions, each.kind = known.resolutions, "leader"
        elif len(each.resolutions) == 1 and len(each.resolutions[0].candidates) > 1:
            each.resolutions = (self._by_context(each.resolutions[0]),)
        elif each.means == "guess" and known is not None and known.sure:
            each.resolutions = known.resolutions
        elif not any(part.candidates for part in each.resolutions) and each.title in _FOREIGN_TITLES:
            each.resolutions = self.memory.who("nation", each.person.name, sentence.index)

    def _by_context(self, resolution: Resolution) -> Resolution:
        """Of several states that shared a name, the one spoken of by a name of its own, if it stands out."""
        spoken = sorted(resolution.candidates, key=lambda each: -self.spoken[each.code])
        if self.spoken[spoken[0].code] <= _STANDS_OUT * self.spoken[spoken[1].code]:
            return resolution
        reason = f"{spoken[0].reason}; the document speaks of it by other names"
        chosen = Candidate(spoken[0].code, spoken[0].kind, spoken[0].name, reason, spoken[0].source)
        return Resolution(resolution.text, (chosen,), (*resolution.rejected, *spoken[1:]))

    def _settle_office(self, sentence: Sentence, each: Found, text: str) -> None:
        holder = self.register.titled(each.title, each.start)
        own = self.own and each.title in _OWN_TITLES
        if own and (holder is None or any(resolution.code == self.own for resolution in holder.resolutions)):
            each.resolutions = self.memory.who("own", text, sentence.index)
        elif holder is not None:
            each.resolutions = holder.resolutions
        else:
            each.resolutions = self.memory.who("person", text, sentence.index)


def _apart(found: Sequence[Found]) -> list[Found]:
    """The mentions of a sentence in order, without those that overlap an earlier one."""
    kept: list[Found] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
