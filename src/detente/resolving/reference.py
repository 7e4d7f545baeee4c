"""Reference: every mention of a document, each resolved with what the document itself has said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from detente.model import Candidate, Document, Mention, Resolution, Sentence
from detente.resolving.candidates import settle
from detente.resolving.composition import Found, compose
from detente.resolving.discourse import Memory, Referent
from detente.resolving.introductions import Introduced, Register, introduce
from detente.resolving.mentions import as_mention
from detente.resolving.names import load_names, read_lexicon
from detente.resolving.people import Person, surname_of
from detente.resolving.scan import Hit, find_hits
from detente.resolving.windows import sentence_windows, whole_window

__all__ = ["resolve_mentions", "told_state"]

_PREPOSITIONS = frozenset(
    [
        "of",
        "by",
        "to",
        "with",
        "from",
        "in",
        "for",
        "against",
        "between",
        "over",
        "on",
        "at",
        "into",
        "toward",
        "towards",
        "upon",
        "about",
        "through",
        "among",
        "under",
        "behind",
        "near",
        "within",
        "outside",
        "across",
        "including",
        "than",
        "as",
    ]
)
_DETERMINERS = frozenset(["the", "a", "an", "its", "their", "his", "her", "both"])
_COORDINATED = re.compile(
    r"^(?:’s|'s)?(?:\s\w+){0,3}?,?(?:\s(?:and|or|as well as|along with|together with)|,)"
    r"(?:\s(?:the|its|his|their|an?|then|later|finally|even))*\s$"
)
_GOVERNMENT = re.compile(r"(?:’s|'s|’|')?\s(?:\w+\s)?(?:[Aa]dministration|[Gg]overnment|[Rr]egime|[Cc]abinet)\b")
_FULL_NAME = re.compile(
    r"\b(?P<given>[A-Z][a-z]*\.?)(?P<middle> [A-Z]\.)?(?: [A-Z][a-z]+)?"
    r" (?:Mc|Mac|Du|De|La|O’|van |de )?[A-Z][a-z]+(?:, Jr\.)?(?![a-z])"
)
_STANDS_OUT = 2  # how many times oftener a document must speak of one of two states that shared a name
_NUMBERS: dict[str, int] = read_lexicon("descriptions")["set"]["numbers"]
_GIVEN = frozenset(read_lexicon("persons")["given_names"])
_HEADED = re.compile(
    r"(?:\s[a-z]+){0,2}?\s(?:[Gg]overnment|navy|Navy|army|Army|fleet|parliament|Parliament|legislature|leadership|regime|Empire|monarchy|"
    r"leaders|officials|forces|troops|negotiators|diplomats|authorities|soldiers|ships|delegates|representatives|envoys|ministers|merchants|"
    r"citizens|rebels|policymakers|commissioners|settlers|generals|statesmen|sailors|traders|people|military)\b"
)
_PLEONASTIC = re.compile(read_lexicon("descriptions")["pleonastic"]["after"])
_VAGUE = frozenset(read_lexicon("collectives")["vague"])


def resolve_mentions(document: Document) -> list[Mention]:
    """Return all mentions of a document in order: names, people, roles, pronouns and descriptions.

    Names are read as of the date of their sentence; a surname is the person the document introduced by it; "the
    President" and "Congress" are those of the state whose foreign relations the source tells of; pronouns and
    descriptions are resolved from what was spoken of before (`discourse.Memory`). Each mention has one resolution for
    each party it stands for: one candidate where one stands out (the others, best first, in `rejected`), several where
    it stays open.
    """
    return _Account(document).mentions()


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

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.own = told_state(document)
        self.windows = sentence_windows(document)
        self.whole = whole_window(self.windows)
        self.register = Register()
        self.spoken: Counter[str] = Counter()
        reason = "the source tells of the foreign relations of this state"
        own = Candidate(self.own, "state", self.own, reason, document.source) if self.own else None
        self.memory = Memory(own)

    def mentions(self) -> list[Mention]:
        found = [self._read(sentence, hits) for sentence, hits in self._hits_of_sentences()]
        self._find_introduced(found)
        self.memory.ahead = self._lists(found)
        self.spoken.update(code for each in found for mention in each if not mention.means for code in mention.codes)
        mentions = []
        for sentence, each in zip(self.document.sentences, found, strict=True):
            mentions += self._resolve(sentence, each)
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
            if each.means == "surname":
                self._widen(each)
        added = introduce(self.text, found, self.register, self.own)
        return sorted([*found, *added], key=lambda each: each.start) if added else found

    def _widen(self, found: Found) -> None:
        """A leader out of office at the sentence's date may have held it at another the document tells of."""
        entry = load_names().lookup(found.person.name) if found.person else None
        if entry is not None and not found.codes:
            resolution = settle(self.text[found.start : found.end], entry, self.whole, sort="person")
            if resolution.candidates:
                found.resolutions = (resolution,)
                found.means = "everyday" if entry.everyday and found.person and " " not in found.person.name else ""

    def _find_introduced(self, found: list[list[Found]]) -> None:
        """Find the surnames that no table knows, of people the document introduces."""
        if self.own:
            for sentence, each in zip(self.document.sentences, found, strict=True):
                each += self._unintroduced(sentence, each)
                each.sort(key=lambda other: other.start)
        pattern = self.register.pattern()
        if pattern is None:
            return
        for sentence, each in zip(self.document.sentences, found, strict=True):
            for match in pattern.finditer(self.text, sentence.start, sentence.end):
                over = [other for other in each if other.start < match.end() and match.start() < other.end]
                if not any(other.resolutions or other.person or other.kind == "pronoun" for other in over):
                    each[:] = [other for other in each if other not in over]
                    person = Person(match[0], match[0])
                    each.append(Found(match.start(), match.end(), "leader", means="surname", person=person))
            each.sort(key=lambda other: other.start)

    def _lists(self, found: Sequence[Sequence[Found]]) -> list[Referent]:
        """The lists of three parties or more that the document names, for a number told before its list."""
        lists = []
        for sentence, mentions in zip(self.document.sentences, found, strict=True):
            group: list[Referent] = []
            end = 0
            for each in mentions:
                parts = tuple(resolution.candidates[0] for resolution in each.resolutions if resolution.code)
                if not parts or each.means:
                    continue
                joined = group and _COORDINATED.match(self.text[end : each.start])
                referent = Referent(parts, sentence.index, each.start, False, False, len(parts) > 1)
                if not joined and len(group) > 2:
                    lists.append(_grouped(group))
                group = [*group, referent] if joined else [referent]
                end = each.end
            if len(group) > 2:
                lists.append(_grouped(group))
        return lists

    def _unintroduced(self, sentence: Sentence, found: Sequence[Found]) -> list[Found]:
        """Full names that nothing introduces: in an account of one state's relations, most likely its own people."""
        added = []
        for match in _FULL_NAME.finditer(self.text, sentence.start, sentence.end):
            if match["given"] not in _GIVEN and not match["middle"]:
                continue
            if any(each.start < match.end() and match.start() < each.end for each in found if each.resolutions):
                continue
            words = match[0]
            person = Person(words, surname_of(words))
            if self.register.named(person.surname, match.start()) is not None:
                continue
            assert self.own is not None
            reason = f"a person named without a state, in an account of the foreign relations of {self.own}"
            resolutions = (Resolution(words, (Candidate(self.own, "state", self.own, reason, "the document"),)),)
            self.register.add(Introduced(person, "", resolutions, match.start(), sure=False))
            added.append(Found(match.start(), match.end(), "leader", resolutions, person=person))
        return added

    def _resolve(self, sentence: Sentence, found: list[Found]) -> list[Mention]:
        mentions = []
        group: list[Referent] = []
        subjects: set[bool] = set()
        group_end = 0
        for number, each in enumerate(found):
            self._settle(sentence, each, found, number)
            if not each.resolutions or not any(resolution.candidates for resolution in each.resolutions):
                if each.resolutions and not each.means:
                    mentions.append(as_mention(self.text, each))
                continue
            mentions.append(as_mention(self.text, each))
            referent = self._referent(sentence, each, subjects)
            if referent is None:
                continue
            if not referent.oblique and not referent.adjective:
                subjects.add(referent.person)
            joined = group and _COORDINATED.match(self.text[group_end : each.start])
            group = [*group, referent] if joined else [referent]
            group_end = each.end
            self.memory.hear(referent, 0.3 if each.kind == "pronoun" else 1.0)
            if len({code for member in group for code in member.codes}) > 1:
                self.memory.hear_together(_grouped(group), grown=len(group) > 2)
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
            self._settle_head(sentence, each, found, number)
        elif each.kind == "description" and not each.means:
            self._settle_numbered(sentence, each, text)
        elif each.means == "one_of":
            each.resolutions = self.memory.one_of(text, each.one_of)
        elif (
            each.means == "set" and number and found[number - 1].end == each.start - 1 and found[number - 1].means == ""
        ) or (each.means == "it" and _PLEONASTIC.match(self.text, each.end)):
            return
        elif each.means:
            relative = each.kind == "pronoun" and _opens_relative(self.text[max(each.start - 30, 0) : each.start])
            each.resolutions = self.memory.who(each.means, text, sentence.index, each.count, relative=relative)

    def _settle_person(self, sentence: Sentence, each: Found) -> None:
        assert each.person is not None
        known = self.register.named(each.person.surname, each.start)
        if known is not None and not each.title and (each.means or len(each.codes) != 1 or each.kind == "seat"):
            each.resolutions, each.kind = known.resolutions, "leader"
        elif each.means == "guess" and known is not None and known.sure:
            each.resolutions = known.resolutions
        elif (
            not any(part.candidates for part in each.resolutions)
            and each.title in read_lexicon("persons")["foreign_titles"]
        ):
            each.resolutions = self.memory.who("nation", each.person.name, sentence.index)

    def _by_context(self, resolution: Resolution) -> Resolution:
        """Of several states that shared a name, the one the document speaks of by a name of its own, if it stands out."""
        spoken = sorted(resolution.candidates, key=lambda each: -self.spoken[each.code])
        if self.spoken[spoken[0].code] <= _STANDS_OUT * self.spoken[spoken[1].code]:
            return resolution
        reason = f"{spoken[0].reason}; the document speaks of it by other names"
        chosen = Candidate(spoken[0].code, spoken[0].kind, spoken[0].name, reason, spoken[0].source)
        return Resolution(resolution.text, (chosen,), (*resolution.rejected, *spoken[1:]))

    def _settle_office(self, sentence: Sentence, each: Found, text: str) -> None:
        holder = self.register.titled(each.title, each.start)
        own = self.own and each.title in read_lexicon("persons")["own_titles"]
        if own and (holder is None or any(resolution.code == self.own for resolution in holder.resolutions)):
            each.resolutions = self.memory.who("own", text, sentence.index)
        elif holder is not None:
            each.resolutions = holder.resolutions
        else:
            each.resolutions = self.memory.who("person", text, sentence.index)

    def _settle_numbered(self, sentence: Sentence, each: Found, text: str) -> None:
        """A collective with a number before it, "five Arab nations", is the list of so many the document gives."""
        words = self.text[max(sentence.start, each.start - 12) : each.start].split()
        count = _NUMBERS.get(words[-1].lower(), 0) if words else 0
        if count > 2:
            each.resolutions = self.memory.listed(text, sentence.index, count) or each.resolutions

    def _settle_head(self, sentence: Sentence, each: Found, found: Sequence[Found], number: int) -> None:
        """A plain noun for states or people is a party where words before it make it a vague group: "other nations"."""
        start = each.start
        floor = found[number - 1].end if number else sentence.start
        while start > floor:
            word_start = self.text.rfind(" ", floor, start - 1) + 1
            if word_start <= floor and not (number == 0 and floor == sentence.start):
                break
            word_start = max(word_start, floor)
            word = self.text[word_start : start - 1]
            if word not in _VAGUE and word.lower() not in _VAGUE:
                break
            start = word_start
        if start < each.start:
            each.start = start
            words = self.text[start : each.end]
            only = Candidate(
                f"X:{words}", "collective", words, "a vague group, not expanded into members", "the document"
            )
            each.resolutions = (Resolution(words, (only,)),)

    def _referent(self, sentence: Sentence, each: Found, subjects: set[bool]) -> Referent | None:
        """What a mention leaves for pronouns; the first of its sort in a sentence is as good as its subject."""
        parts = tuple(resolution.candidates[0] for resolution in each.resolutions if resolution.code)
        if not parts:
            return None
        oblique = _after_preposition(self.text[max(sentence.start, each.start - 30) : each.start])
        headed = _HEADED.match(self.text, each.end) if each.kind == "demonym" and not each.plural else None
        adjective = each.kind == "demonym" and not each.plural and headed is None
        person = each.kind in ("leader", "role") or each.means in ("he", "she", "person")
        if person and _GOVERNMENT.match(self.text, each.end):
            person = False
        plural = each.plural or len(parts) > 1 or (headed is not None and headed[0].endswith("s"))
        if parts[0].kind == "collective" and not plural and not self.text[each.start : each.end].endswith("s"):
            return None
        return Referent(
            parts,
            sentence.index,
            each.start,
            person not in subjects and not oblique and not adjective,
            person,
            plural,
            adjective,
            oblique,
        )


def _opens_relative(before: str) -> bool:
    """Whether a pronoun follows a plain plural noun, as in "the territories it had", "guarantees that he"."""
    words = before.split()
    if words and words[-1] in ("that", "which"):
        words.pop()
    return bool(words) and len(words[-1]) > 4 and words[-1].endswith(("s", "tion", "ment")) and words[-1].islower()


def _after_preposition(before: str) -> bool:
    """Whether the words before a name make it the object of a preposition: "with", "of the", "by the new"."""
    words = before.rsplit(None, 3)[-3:]
    if not words:
        return False
    if words[-1] in _PREPOSITIONS:
        return True
    if len(words) > 1 and words[-2] in _PREPOSITIONS:
        return True
    return len(words) > 2 and words[-3] in _PREPOSITIONS and words[-2] in _DETERMINERS


def _grouped(group: Sequence[Referent]) -> Referent:
    parts = tuple({part.code: part for each in group for part in each.parts}.values())
    last = group[-1]
    return Referent(
        parts,
        last.sentence,
        last.place,
        group[0].subject,
        all(each.person for each in group),
        True,
        False,
        group[0].oblique,
    )
