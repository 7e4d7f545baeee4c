"""Referents: what a mention leaves behind for pronouns and descriptions to take up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detente.model import Candidate, Sentence
from detente.resolving.composition import Found
from detente.resolving.names import read_lexicon

__all__ = ["Referent", "are_coordinated", "group", "names_government", "opens_relative", "read_lists", "refer"]

_GRAMMAR = read_lexicon("descriptions")["grammar"]
_PREPOSITIONS = frozenset(_GRAMMAR["prepositions"])
_DETERMINERS = frozenset(_GRAMMAR["determiners"])
_HEADED = re.compile(rf"(?:\s[a-z]+){{0,2}}?\s(?:{'|'.join(_GRAMMAR['headed'])})\b", re.IGNORECASE)
_GOVERNMENT = re.compile(rf"(?:’s|'s|’|')?\s(?:\w+\s)?(?:{'|'.join(_GRAMMAR['governments'])})\b", re.IGNORECASE)
_COORDINATED = re.compile(
    r"^(?:’s|'s)?(?:\s\w+){0,3}?,?(?:\s(?:and|or|as well as|along with|together with)|,)"
    r"(?:\s(?:the|its|his|their|an?|then|later|finally|even))*\s$"
)


@dataclass(frozen=True, slots=True)
class Referent:
    """Something spoken of: its parts, where, and what pronouns it can bear."""

    parts: tuple[Candidate, ...]
    sentence: int
    place: int
    subject: bool = False
    person: bool = False
    plural: bool = False
    adjective: bool = False
    oblique: bool = False
    codes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", frozenset(part.code for part in self.parts))


def refer(text: str, sentence: Sentence, found: Found, subjects: set[bool]) -> Referent | None:
    """Return what a mention leaves behind; None where it is unresolved or only qualifies another word.

    `subjects` holds whether a person, and whether a party, has stood in the sentence outside a prepositional phrase:
    the first of its sort is as good as the subject.
    """
    parts = tuple(resolution.candidates[0] for resolution in found.resolutions if resolution.code)
    if not parts:
        return None
    oblique = _after_preposition(text[max(sentence.start, found.start - 30) : found.start])
    headed = _HEADED.match(text, found.end) if found.kind == "demonym" and not found.plural else None
    adjective = found.kind == "demonym" and not found.plural and headed is None
    person = found.kind in ("leader", "role") or found.means in ("he", "she", "person")
    if person and names_government(text, found.end):
        person = False
    plural = found.plural or len(parts) > 1 or (headed is not None and headed[0].endswith("s"))
    if parts[0].kind == "collective" and not plural and text[found.end - 1] != "s":
        return None
    subject = person not in subjects and not oblique and not adjective
    return Referent(parts, sentence.index, found.start, subject, person, plural, adjective, oblique)


def are_coordinated(between: str) -> bool:
    """Return whether the words between two mentions make them members of one list: ", ", " and the "."""
    return _COORDINATED.match(between) is not None


def group(members: Sequence[Referent]) -> Referent:
    """Return the members of a list as one plural referent, in order, each party once."""
    parts = tuple({part.code: part for each in members for part in each.parts}.values())
    first, last = members[0], members[-1]
    together = all(each.person for each in members)
    return Referent(parts, last.sentence, last.place, first.subject, together, True, False, first.oblique)


def read_lists(text: str, sentence: Sentence, found: Sequence[Found]) -> Iterator[Referent]:
    """Yield the lists of three parties or more that a sentence gives by name."""
    members: list[Referent] = []
    end = 0
    for each in found:
        parts = tuple(resolution.candidates[0] for resolution in each.resolutions if resolution.code)
        if not parts or each.means:
            continue
        if not (members and are_coordinated(text[end : each.start])):
            if len(members) > 2:
                yield group(members)
            members = []
        members.append(Referent(parts, sentence.index, each.start))
        end = each.end
    if len(members) > 2:
        yield group(members)


def names_government(text: str, end: int) -> bool:
    """Return whether the words after a person's name make it the name of a government: "the Johnson administration"."""
    return _GOVERNMENT.match(text, end) is not None


def opens_relative(before: str) -> bool:
    """Return whether a pronoun follows a plain noun, as in "the territories it had", "guarantees that he"."""
    words = before.split()
    if words and words[-1] in ("that", "which"):
        words.pop()
    return bool(words) and len(words[-1]) > 4 and words[-1].endswith(("s", "tion", "ment")) and words[-1].islower()


def _after_preposition(before: str) -> bool:
    """Whether the words before a name make it the object of a preposition: "with", "of the", "by the new"."""
    words = before.rsplit(None, 3)[-3:]
    if not words:
        return False
    if words[-1] in _PREPOSITIONS or (len(words) > 1 and words[-2] in _PREPOSITIONS):
        return True
    return len(words) > 2 and words[-3] in _PREPOSITIONS and words[-2] in _DETERMINERS
