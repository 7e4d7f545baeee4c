"""Discourse: who "he", "it", "they", "both governments" and "the country" are, from what was said just before.

Deterministic rules in the tradition of Lappin and Leass (1994): what was spoken of is remembered with its place; newer
beats older, a subject beats other places, and number and sort must agree. Where two stay level, neither is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.model import Candidate, Resolution
from detente.resolving.referents import Referent

__all__ = ["Asked", "Memory"]

_KEPT = 30
_LISTS = 12
_AHEAD = 6
_FADE = 0.55
_MARGIN = 0.02


_OBJECTS = frozenset({"him", "them", "her"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the words, the number of their sentence, and how many parties they tell of (0: not told).

    `relative` says that they open a relative clause ("the lands it had taken"), which looks to what is nearest.
    """

    text: str
    sentence: int
    count: int
    relative: bool = False


class Memory:
    """What a document has spoken of so far, and who its next pronoun or description may be."""

    def __init__(self, own: Candidate | None = None) -> None:
        self.own = own
        self.ahead: list[Referent] = []
        self._heard: list[Referent] = []
        self._lists: list[Referent] = []
        self._often: dict[str, float] = {}
        self._named: dict[str, Candidate] = {}

    def hear(self, referent: Referent, weight: float = 1.0) -> None:
        """Remember that something was spoken of."""
        self._heard.append(referent)
        del self._heard[:-_KEPT]
        if len(referent.codes) > 2:
            self._lists.append(referent)
            del self._lists[:-_LISTS]
        for part in referent.parts:
            self._often[part.code] = self._often.get(part.code, 0.0) + weight
            self._named.setdefault(part.code, part)

    def hear_together(self, group: Referent, *, grown: bool) -> None:
        """Remember parties named in one list; a list that has `grown` takes the place of its shorter self."""
        for heard in (self._heard, self._lists) if grown else ():
            heard[:] = [
                each
                for each in heard
                if not (
                    each.sentence == group.sentence
                    and each.parts == group.parts[: len(each.parts)]
                    and each.plural
                    and len(each.parts) > 1
                )
            ]
        self.hear(group, 0.0)

    def who(
        self, means: str, text: str, sentence: int, count: int = 0, *, relative: bool = False
    ) -> tuple[Resolution, ...]:
        """Return the resolutions of a pronoun or description of the sort `means` in sentence number `sentence`.

        One for each party it stands for; candidates best first, those passed over in `rejected`. Empty where none fits.
        """
        rule = getattr(self, f"_{means}", None)
        if rule is None:
            return ()
        resolutions: tuple[Resolution, ...] = rule(Asked(text, sentence, count, relative))
        return resolutions

    def one_of(self, text: str, codes: Sequence[str]) -> tuple[Resolution, ...]:
        """Return the one of `codes` that was last spoken of; empty where none was."""
        for each in reversed(self._heard):
            for part in each.parts:
                if part.code in codes:
                    return _each(text, [part], f"the last spoken of among {', '.join(codes)}")
        return ()

    # One for each sort of pronoun or description (the tables of data/descriptions.toml).

    def _he(self, asked: Asked) -> tuple[Resolution, ...]:
        people = [each for each in self._heard if each.person and not each.plural]
        return self._single(asked, people, "the person last spoken of")

    _she = _he

    def _person(self, asked: Asked) -> tuple[Resolution, ...]:
        people = [each for each in self._heard if each.person and not each.plural]
        others = [each for each in people if not self.own or self.own.code not in each.codes]
        return self._single(asked, others or people, "the person last spoken of") or self._nation(asked)

    def _it(self, asked: Asked) -> tuple[Resolution, ...]:
        things = [each for each in self._heard if not each.person and not each.plural and len(each.parts) == 1]
        return self._single(asked, things, "the state or body last spoken of")

    def _they(self, asked: Asked) -> tuple[Resolution, ...]:
        many = [each for each in self._heard if each.plural and asked.sentence - each.sentence <= 2]
        if asked.text.lower() == "them":
            many = [each for each in many if not (each.subject and each.sentence == asked.sentence)]
        if not many:
            singles = [each for each in self._heard if not each.adjective and asked.sentence - each.sentence <= 1]
            (single,) = self._single(asked, singles, "the party last spoken of") or (Resolution(asked.text, ()),)
            if len(single.candidates) == 2:
                return _each(asked.text, single.candidates, "both were last spoken of, each as much as the other")
            return (single,) if single.candidates else ()
        best = _ranked(many, asked.sentence)[0]
        return _each(asked.text, best.parts, f"they: {_words(best.parts)} were last spoken of together")

    def _pair(self, asked: Asked) -> tuple[Resolution, ...]:
        return self._together(asked, 2)

    def _set(self, asked: Asked) -> tuple[Resolution, ...]:
        if asked.count:
            return self._together(asked, asked.count)
        lists = [each for each in self._lists if len(each.codes) > 2 and asked.sentence - each.sentence <= 15]
        pairs = [each for each in self._heard if len(each.codes) > 1 and asked.sentence - each.sentence <= 4]
        for groups in (lists, pairs):
            if groups:
                best = _ranked(groups, asked.sentence)[0]
                return _each(asked.text, best.parts, f"{_words(best.parts)} were last spoken of together")
        return self._together(asked, 2)

    def _members(self, asked: Asked) -> tuple[Resolution, ...]:
        if self._lists:
            best = self._lists[-1]
            return _each(asked.text, best.parts, f"{_words(best.parts)} were last listed together")
        return self._organisation(asked)

    def _former(self, asked: Asked) -> tuple[Resolution, ...]:
        pair = self._last_pair()
        return _each(asked.text, pair[:1], "the first of the two last named")

    def _latter(self, asked: Asked) -> tuple[Resolution, ...]:
        pair = self._last_pair()
        return _each(asked.text, pair[-1:], "the second of the two last named")

    def _other(self, asked: Asked) -> tuple[Resolution, ...]:
        subjects = [each for each in self._heard if each.sentence == asked.sentence and len(each.parts) == 1]
        taken = subjects[-1].codes if subjects else frozenset()
        pair = [part for part in self._weightiest(asked.sentence) if part.code not in taken]
        return _each(asked.text, pair[:1], "the other of the two sides spoken of")

    def _nation(self, asked: Asked) -> tuple[Resolution, ...]:
        states = [
            each for each in self._heard if len(each.parts) == 1 and not each.plural and each.parts[0].kind == "state"
        ]
        others = [each for each in states if not self.own or self.own.code not in each.codes]
        before = [each for each in others if not (each.subject and each.sentence == asked.sentence)]
        return self._single(asked, before or others or states, "the country last spoken of")

    def _group(self, asked: Asked) -> tuple[Resolution, ...]:
        singles = [each for each in self._heard if len(each.parts) == 1]
        return self._single(asked, singles, "the party last spoken of")

    def _organisation(self, asked: Asked) -> tuple[Resolution, ...]:
        bodies = [
            each for each in self._heard if len(each.parts) == 1 and each.parts[0].kind in ("organisation", "movement")
        ]
        noun = asked.text.split()[-1].removesuffix("’s").lower()
        called = [each for each in bodies if noun in each.parts[0].name.lower()]
        bodies = called or bodies
        most = max((self._often[each.parts[0].code] for each in bodies), default=0)
        bodies = [each for each in bodies if self._often[each.parts[0].code] == most] or bodies
        return self._single(asked, bodies, "the body last spoken of")

    def _own(self, asked: Asked) -> tuple[Resolution, ...]:
        if self.own is not None:
            return (Resolution(asked.text, (self.own,)),)
        ranked = sorted(self._often, key=lambda code: -self._often[code])
        if len(ranked) > 1 and self._often[ranked[0]] < 2 * self._often[ranked[1]]:
            return (Resolution(asked.text, tuple(self._named[code] for code in ranked[:3])),)
        return _each(asked.text, [self._named[code] for code in ranked[:1]], "the state most spoken of")

    # How a choice is made.

    def _single(self, asked: Asked, referents: Sequence[Referent], reason: str) -> tuple[Resolution, ...]:
        if asked.relative:
            referents = [each for each in referents if each.sentence == asked.sentence][-1:] or referents
        elif asked.text.lower() in _OBJECTS:
            others = [each for each in referents if not (each.subject and each.sentence == asked.sentence)]
            referents = [each for each in others if asked.sentence - each.sentence <= 1] or referents
        scores: dict[str, float] = {}
        for each in referents:
            for part in each.parts:
                scores[part.code] = max(scores.get(part.code, 0.0), _salience(each, asked.sentence))
        ranked = sorted(scores, key=lambda code: -scores[code])
        if not ranked:
            return ()
        named = [_because(self._named[code], reason) for code in ranked[:4]]
        level = [each for each in named if scores[each.code] >= scores[ranked[0]] - _MARGIN]
        return (Resolution(asked.text, tuple(level), tuple(named[len(level) :])),)

    def _weightiest(self, sentence: int) -> list[Candidate]:
        """The parties spoken of lately, weightiest first: how often, faded by distance, and a little for the whole."""
        weights: dict[str, float] = {}
        for each in self._heard:
            for part in each.parts:
                if part.kind != "collective":
                    weights[part.code] = weights.get(part.code, 0.0) + _FADE ** max(sentence - each.sentence, 0)
        total = sum(self._often.values()) or 1.0
        ranked = sorted(weights, key=lambda code: -(weights[code] + 1.5 * self._often[code] / total))
        return [self._named[code] for code in ranked]

    def _together(self, asked: Asked, count: int) -> tuple[Resolution, ...]:
        if count > 2:
            groups = self._listed(asked.sentence, count)
        else:
            groups = [each for each in self._heard if len(each.codes) == count and asked.sentence - each.sentence <= 3]
        if groups:
            best = _ranked(groups, asked.sentence)[0]
            return _each(asked.text, best.parts, f"{_words(best.parts)} were last spoken of together")
        chosen = self._weightiest(asked.sentence)[:count]
        if len(chosen) < count or count > 4:
            return ()
        return _each(asked.text, chosen, "the parties most spoken of here")

    def _listed(self, sentence: int, count: int) -> list[Referent]:
        """The lists of so many parties before this sentence; where there is none, those shortly after it."""
        near = 1 if count > 4 else 0
        before = [each for each in self._lists if abs(len(each.codes) - count) <= near]
        return before or [
            each
            for each in self.ahead
            if sentence <= each.sentence
            and (count > 4 or each.sentence <= sentence + _AHEAD)
            and abs(len(each.codes) - count) <= near
        ]

    def listed(self, text: str, sentence: int, count: int) -> tuple[Resolution, ...]:
        """Return the parties of the list of `count` told nearest to the sentence; empty where there is none."""
        groups = self._listed(sentence, count)
        if not groups:
            return ()
        best = min(groups, key=lambda each: abs(each.sentence - sentence))
        return _each(text, best.parts, f"{_words(best.parts)} are listed together")

    def _last_pair(self) -> tuple[Candidate, ...]:
        for each in reversed(self._heard):
            if len(each.codes) == 2:
                return each.parts
        lately: dict[str, Candidate] = {}
        for each in reversed(self._heard):
            for part in each.parts:
                lately.setdefault(part.code, part)
            if len(lately) >= 2:
                break
        return tuple(reversed(lately.values()))


def _ranked(referents: Iterable[Referent], sentence: int) -> list[Referent]:
    return sorted(referents, key=lambda each: (-_salience(each, sentence), -each.place))


def _salience(referent: Referent, sentence: int) -> float:
    score = _FADE ** max(sentence - referent.sentence, 0)
    if referent.subject:
        score *= 1.6
    if referent.adjective:
        score *= 0.7
    if referent.oblique:
        score *= 0.8
    return score


def _each(text: str, parts: Iterable[Candidate], reason: str) -> tuple[Resolution, ...]:
    distinct = {part.code: part for part in parts}
    return tuple(Resolution(text, (_because(part, reason),)) for part in distinct.values())


def _because(part: Candidate, reason: str) -> Candidate:
    return Candidate(part.code, part.kind, part.name, reason, "the document")


def _words(parts: Iterable[Candidate]) -> str:
    return " and ".join(part.name for part in parts)
