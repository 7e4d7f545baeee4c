"""Introductions: the people a document brings on, and whose they are, so that a surname is enough afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from detente.model import Candidate, Resolution, Sentence
from detente.resolving.composition import Found
from detente.resolving.folding import fold
from detente.resolving.names import read_lexicon
from detente.resolving.people import PERSONAL_NAME, Person, surname_of

__all__ = ["Introduced", "Register", "find_full_names", "find_surnames", "introduce"]

_FULL_NAME = re.compile(
    r"\b(?P<given>[A-Z][a-z]*\.?)(?P<middle> [A-Z]\.)?(?: [A-Z][a-z]+)?"
    r" (?:Mc|Mac|Du|De|La|O’|van |de )?[A-Z][a-z]+(?:, Jr\.)?(?![a-z])"
)
_OWN_TITLES = frozenset(fold(title) for title in read_lexicon("persons")["own_titles"])
_NO_NAMES = frozenset(read_lexicon("persons")["no_names"])
_GIVEN = frozenset(read_lexicon("persons")["given_names"])

_APPOSED_AFTER = re.compile(
    r"(?: (?:to|in|at|of|for|with|from)(?: the)?(?: Court of(?: the)?)? [A-Z][\w.’' ]{1,30}?)?,? "
    rf"(?P<name>{PERSONAL_NAME})"
)
_APPOSED_BEFORE = re.compile(
    rf"(?P<name>{PERSONAL_NAME}),? (?:\([^)]*\),? )?(?:who (?:was|served as) )?(?:the|a|an|as|as the)?\s?(?:\w+ )?$"
)
_STATE_AFTER = re.compile(r"(?:, | )(?:of|from|the|a|an)(?: the| a)? (?:\w+ )?$|, $")


class Introduced(NamedTuple):
    """A person a document has brought on: full name, title, and what their name resolves to."""

    person: Person
    title: str
    resolutions: tuple[Resolution, ...]
    at: int
    sure: bool = True


class Register:
    """The people of one document by surname, the latest introduction before a place counting."""

    def __init__(self) -> None:
        self._people: dict[str, list[Introduced]] = {}

    def add(self, introduced: Introduced) -> None:
        """Take up a person."""
        self._people.setdefault(fold(introduced.person.surname), []).append(introduced)

    def named(self, surname: str, at: int) -> Introduced | None:
        """Return who is meant by `surname` at an offset: the last so introduced before it, else the first after it."""
        known = self._people.get(fold(surname))
        if not known:
            return None
        known = [each for each in known if each.sure] or known
        before = [each for each in known if each.at <= at]
        return before[-1] if before else known[0]

    def titled(self, title: str, at: int) -> Introduced | None:
        """Return the person last introduced before `at` with a title that ends in `title`."""
        holders = [
            each for known in self._people.values() for each in known if each.at < at and each.title.endswith(title)
        ]
        return max(holders, key=lambda each: each.at, default=None)

    def pattern(self) -> re.Pattern[str] | None:
        """Return a pattern of the surnames, to find them where no table knows them."""
        words = {each.person.surname for known in self._people.values() for each in known}
        words = {word for word in words if len(word) > 2 and word[0].isupper()}
        if not words:
            return None
        return re.compile(rf"(?<![\w])(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?![\w])")


def introduce(text: str, found: Sequence[Found], register: Register, own: str | None) -> list[Found]:
    """Take up the people one sentence introduces; return mentions of those that stand only in apposition.

    A name gets its state from a demonym or title before it, an apposition on either side ("Jules Cambon, the French
    ambassador"), or "of STATE" after it; a title that names no state is the teller's own (`own`), as envoys are.
    """
    added = []
    for number, each in enumerate(found):
        if each.person is not None and each.kind == "leader":
            resolved = _state_of(text, found, number)
            guessed = () if resolved else _own_by_title(each, own)
            if resolved or guessed:
                each.resolutions = resolved or guessed
                each.means = "" if resolved else "guess"
                if each.title or " " in each.person.name:
                    register.add(Introduced(each.person, each.title, each.resolutions, each.start, bool(resolved)))
        elif each.kind == "role" and each.codes:
            apposed = _apposed(text, found, number)
            if apposed is not None:
                register.add(Introduced(apposed.person, each.title, each.resolutions, apposed.start))  # type: ignore[arg-type]
                added.append(apposed)
    return added


def _state_of(text: str, found: Sequence[Found], number: int) -> tuple[Resolution, ...]:
    each = found[number]
    if any(resolution.candidates for resolution in each.resolutions) and not each.means:
        return each.resolutions
    assert each.person is not None
    if number + 1 < len(found):
        following = found[number + 1]
        between = text[each.end : following.start]
        if following.codes and len(between) < 24 and _STATE_AFTER.match(between):
            return _as_introduced(each.person.name, following, text)
    return ()


def _own_by_title(each: Found, own: str | None) -> tuple[Resolution, ...]:
    assert each.person is not None
    title = each.title
    if not own or title not in _OWN_TITLES or any(part.candidates for part in each.resolutions):
        return ()
    reason = f"introduced as {title}, without a state, in an account of the foreign relations of {own}"
    return (Resolution(each.person.name, (Candidate(own, "state", own, reason, "the document"),)),)


def _as_introduced(name: str, by: Found, text: str) -> tuple[Resolution, ...]:
    words = text[by.start : by.end]
    reason = f"introduced by {words!r}"
    candidates = tuple(
        Candidate(each.candidates[0].code, each.candidates[0].kind, each.candidates[0].name, reason, "the document")
        for each in by.resolutions
        if each.code
    )
    return tuple(Resolution(name, (candidate,)) for candidate in candidates)


def _apposed(text: str, found: Sequence[Found], number: int) -> Found | None:
    role = found[number]
    after = _APPOSED_AFTER.match(text, role.end)
    if after is not None and _free(found, after.start("name"), after.end("name")):
        return _name_found(after, role, text)
    before = _APPOSED_BEFORE.search(text[max(role.start - 80, 0) : role.start])
    offset = max(role.start - 80, 0)
    if (
        before is not None
        and "," in before[0]
        and _free(found, offset + before.start("name"), offset + before.end("name"))
    ):
        return _name_found(before, role, text, offset)
    return None


def _free(found: Sequence[Found], start: int, end: int) -> bool:
    return end - start > 3 and not any(each.start < end and start < each.end for each in found)


def _name_found(match: re.Match[str], role: Found, text: str, offset: int = 0) -> Found | None:
    words = match["name"]
    if words.isupper() or words.split()[0] in _NO_NAMES:
        return None
    start, end = offset + match.start("name"), offset + match.end("name")
    person = Person(words, surname_of(words))
    return Found(start, end, "leader", _as_introduced(words, role, text), person=person, title=role.title)


def find_full_names(text: str, sentence: Sentence, found: list[Found], register: Register, own: str) -> None:
    """Add to `found` the full names that nothing introduces: in an account of one state's relations its own people."""
    for match in _FULL_NAME.finditer(text, sentence.start, sentence.end):
        if match["given"] not in _GIVEN and not match["middle"]:
            continue
        if any(each.start < match.end() and match.start() < each.end for each in found if each.resolutions):
            continue
        person = Person(match[0], surname_of(match[0]))
        if register.named(person.surname, match.start()) is not None:
            continue
        reason = f"a person named without a state, in an account of the foreign relations of {own}"
        resolutions = (Resolution(match[0], (Candidate(own, "state", own, reason, "the document"),)),)
        register.add(Introduced(person, "", resolutions, match.start(), sure=False))
        found[:] = [each for each in found if each.end <= match.start() or each.start >= match.end()]
        found.append(Found(match.start(), match.end(), "leader", resolutions, person=person))
    found.sort(key=lambda each: each.start)


def find_surnames(text: str, sentence: Sentence, found: list[Found], surnames: re.Pattern[str]) -> None:
    """Add to `found` the surnames that no table knows, of people the document introduces."""
    for match in surnames.finditer(text, sentence.start, sentence.end):
        over = [each for each in found if each.start < match.end() and match.start() < each.end]
        if not any(each.resolutions or each.person or each.kind == "pronoun" for each in over):
            person = Person(match[0], match[0])
            found[:] = [each for each in found if each not in over]
            found.append(Found(match.start(), match.end(), "leader", means="surname", person=person))
    found.sort(key=lambda each: each.start)
