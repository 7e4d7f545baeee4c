"""Composition: what hits say together: compounds, titles with names, "X-backed Y", offices of states."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.model import Candidate, Resolution
from detente.resolving.candidates import settle
from detente.resolving.folding import fold
from detente.resolving.names import Window, load_names, read_lexicon
from detente.resolving.people import Person, read_name, restrict, surname_of
from detente.resolving.scan import Hit

__all__ = ["Found", "compose"]

_KINDS = {
    "name": "name",
    "demonym": "demonym",
    "people": "demonym",
    "combining": "demonym",
    "seat": "seat",
    "city": "city",
    "dependency": "dependency",
    "organisation": "organisation",
    "movement": "movement",
    "collective": "description",
}
_HYPHENS = "-–‑"
_BACKED = re.compile(rf"[{_HYPHENS}](?:{'|'.join(read_lexicon('persons')['backed'])})\b ?")
_QUALIFIERS = re.compile(
    rf"(?:’s|'s|s’|s')?(?: (?:{'|'.join(read_lexicon('persons')['qualifiers'])}))* ", re.IGNORECASE
)
_GIVEN_BEFORE = re.compile(rf"(?<![\w.])({'|'.join(read_lexicon('persons')['given_names'])}) $")
_NO_SURNAME = "|".join(read_lexicon("persons")["no_surnames"])
_SURNAME_AFTER = re.compile(rf" (?:[A-Z]\. )?(?!{_NO_SURNAME})[A-Z][a-z]+(?! [A-Z])")
_REBELS = re.compile(rf" (?:\w+[ -])?(?:{'|'.join(read_lexicon('collectives')['rebels'])})\b")
_OPENERS = frozenset(read_lexicon("persons")["openers"])
_QUALIFYING = re.compile(
    r"\s(?:[A-Z]|colon|president|ally|allies|foe|enem|leader|empire|state|prime|secretary|soviet|part|half|stage|year|communist)"
)
_OF = re.compile(
    r" (?:of|for) (?:the )?(?:(?:Kingdom|Empire|Republic|Government|newly|independent) (?:of (?:the )?)?)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Found:
    """A stretch of text that stands for someone, before the document has had its say.

    `means` is "" for a name; for pronouns and descriptions how to resolve it (a table of `descriptions.toml`);
    `count` the number of parties a description tells of; `person` who it is, where it is a person.
    """

    start: int
    end: int
    kind: str
    resolutions: tuple[Resolution, ...] = ()
    means: str = ""
    count: int = 0
    one_of: tuple[str, ...] = ()
    person: Person | None = None
    title: str = ""
    plural: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its resolved parts."""
        return tuple(code for code in (each.code for each in self.resolutions) if code)


def compose(text: str, hits: Sequence[Hit], window_at: Callable[[int], Window | None]) -> list[Found]:
    """Join hits into what they say together: compounds, titles with names, "X-backed Y"; blocked places drop out."""
    found: list[Found] = []
    at = 0
    while at < len(hits):
        each, at = _compose_one(text, hits, at, window_at(hits[at].start))
        if each is not None:
            found.append(each)
    return found


def _is_capital_of_more(text: str, hit: Hit) -> bool:
    """Whether a plain word stands as part of a proper name: "Foreign" in "the Foreign Office"."""
    forms = hit.entry.surfaces | hit.entry.after_the
    if hit.text[0].islower() or any(form[0].isupper() for form in forms):
        return False
    before = text[max(hit.start - 2, 0) : hit.start]
    return bool(before) and before[-1] == " " and before[0] not in ".!?”\n"


def _compose_one(text: str, hits: Sequence[Hit], at: int, window: Window | None) -> tuple[Found | None, int]:
    hit = hits[at]
    entry = hit.entry
    if entry.groups:
        together = _group(hit, window)
        if together is not None:
            return together, at + 1
    if entry.one_of and hit.the:
        return _description(text, hit), at + 1
    if entry.has_party and not entry.has_person and _is_capital_of_more(text, hit):
        return None, at + 1
    if entry.has_party:
        compound, after = _compound(text, hits, at, window)
        if compound is not None:
            return compound, after
        if all(name.kind == "combining" for name in entry.names):
            return None, at + 1
        if _is_backer(text, hits, at):
            return None, at + 1
        return _party(text, hits, at, window)
    if entry.title:
        titled = _titled(text, hits, at, window, ())
        if titled is not None:
            return titled
    if entry.has_person:
        return _person(text, hits, at, window)
    if entry.means and (entry.means_bare or hit.the):
        if entry.means in ("nation", "group") and _state_after(text, hit.end, hits, at + 1) is not None:
            return None, at + 1
        if entry.means in ("former", "latter") and _QUALIFYING.match(text, hit.end):
            return None, at + 1
        return _description(text, hit), at + 1
    if entry.head:
        return Found(hit.start, hit.end, "description", means="head", plural=hit.text.endswith("s")), at + 1
    return None, at + 1


def _compound(text: str, hits: Sequence[Hit], at: int, window: Window | None) -> tuple[Found | None, int]:
    """Read "Sino-Soviet", "SinoSoviet", "Soviet-American": every part stands for its own party."""
    parts = [hits[at]]
    while at + len(parts) < len(hits):
        last, following = parts[-1], hits[at + len(parts)]
        joined = following.start == last.end or (following.start == last.end + 1 and text[last.end] in _HYPHENS)
        if not (joined and following.entry.has_party):
            break
        parts.append(following)
    if len(parts) == 1:
        return None, at
    resolutions = tuple(settle(part.text, part.entry, window, sort="party") for part in parts)
    return Found(parts[0].start, parts[-1].end, "demonym", resolutions), at + len(parts)


def _is_backer(text: str, hits: Sequence[Hit], at: int) -> bool:
    """Whether the party only qualifies the next one: "Soviet" in "Soviet-backed Vietnamese"."""
    match = _BACKED.match(text, hits[at].end)
    if match is None or at + 1 == len(hits) or hits[at + 1].start != match.end():
        return False
    return any(name.kind not in ("collective", "leader", "place") for name in hits[at + 1].entry.names)


def _party(text: str, hits: Sequence[Hit], at: int, window: Window | None) -> tuple[Found, int]:
    hit = hits[at]
    resolution = settle(hit.text, hit.entry, window)
    rebels = _REBELS.match(text, hit.end) if _kind_of(hit) == "demonym" else None
    if rebels is not None:
        words = text[hit.start : rebels.end()]
        only = Candidate(f"X:{words}", "collective", words, "at odds with its state, not the state", "the text")
        ruled_out = (*resolution.candidates, *resolution.rejected)
        found = Found(hit.start, rebels.end(), "description", (Resolution(words, (only,), ruled_out),), plural=True)
        return found, at + 1 + sum(other.start < rebels.end() for other in hits[at + 1 : at + 4])
    following = hits[at + 1] if at + 1 < len(hits) else None
    if following and following.entry.title and _QUALIFIERS.fullmatch(text, hit.end, following.start):
        titled = _titled(text, hits, at + 1, window, (resolution,), start=hit.start)
        if titled is not None:
            return titled
    person = Person(hit.text, hit.text) if hit.entry.has_person else None
    kind = _kind_of(hit)
    plural = kind == "demonym" and (hit.text.endswith("s") or hit.the)
    return Found(hit.start, hit.end, kind, (resolution,), person=person, plural=plural), at + 1


def _kind_of(hit: Hit) -> str:
    kinds = [_KINDS[name.kind] for name in hit.entry.names if name.kind in _KINDS]
    return next((kind for kind in kinds if kind != "city"), kinds[0])


def _titled(
    text: str, hits: Sequence[Hit], at: int, window: Window | None, of: tuple[Resolution, ...], start: int | None = None
) -> tuple[Found, int] | None:
    """Read a title and what belongs to it: "[Soviet] Premier Nikita Khrushchev", "[the] Czar of Russia", "the Shah"."""
    first = hits[at]
    last, after = _chain_of_titles(text, hits, at)
    start = first.start if start is None else start
    name = read_name(text, last.end, hits, after)
    if name is not None:
        resolutions = of or _people_named(name.words, hits[after : name.after], window)
        resolutions = resolutions if of else _of_title(first, last, resolutions, window)
        person = Person(name.words, name.surname)
        state = None if of else _state_after(text, name.end, hits, name.after)
        if state is not None:
            resolutions = (settle(state.text, state.entry, window, sort="party"),)
            return Found(start, state.end, "leader", resolutions, person=person, title=fold(last.text)), name.after + 1
        return Found(start, name.end, "leader", resolutions, person=person, title=fold(last.text)), name.after
    if of:
        return Found(start, last.end, "role", of, title=fold(last.text)), after
    state = _state_after(text, last.end, hits, after)
    if state is not None:
        resolution = settle(state.text, state.entry, window, sort="party")
        return Found(start, state.end, "role", (resolution,), title=fold(last.text)), after + 1
    return _bare_title(first, last, after, window)


def _state_after(text: str, end: int, hits: Sequence[Hit], after: int) -> Hit | None:
    """The state an office is of: "the Czar of Russia"."""
    match = _OF.match(text, end)
    if match and after < len(hits) and hits[after].start == match.end() and hits[after].entry.has_party:
        return hits[after]
    return None


def _chain_of_titles(text: str, hits: Sequence[Hit], at: int) -> tuple[Hit, int]:
    last, after = hits[at], at + 1
    while after < len(hits) and hits[after].entry.title and text[last.end : hits[after].start] in (" ", ", ", " and "):
        if hits[after].entry.has_person and hits[after].text[:1].isupper() and text[last.end] != " ":
            break
        last, after = hits[after], after + 1
    return last, after


def _people_named(words: str, hits: Sequence[Hit], window: Window | None) -> tuple[Resolution, ...]:
    whole = load_names().lookup(words)
    if whole is not None and whole.has_person:
        return (settle(words, whole, window, sort="person"),)
    known = [hit for hit in hits if hit.entry.has_person]
    if not known:
        return (Resolution(words, ()),)
    longest = max(known, key=lambda hit: (len(hit.text), hit.start))
    return (settle(longest.text, longest.entry, window, sort="person"),)


def _of_title(
    first: Hit, last: Hit, resolutions: tuple[Resolution, ...], window: Window | None
) -> tuple[Resolution, ...]:
    holder = first if first.entry.offices else last
    office = settle(holder.text, holder.entry, window, sort="office")
    return tuple(restrict(each, office.candidates) for each in resolutions)


def _bare_title(first: Hit, last: Hit, after: int, window: Window | None) -> tuple[Found, int] | None:
    """A title alone: an office that only one state has names that state; others wait for the document."""
    if not (first.the or first.text[:1].isupper()):
        return None
    if first.text[:1].isupper() and first.entry.offices:
        office = settle(first.text, first.entry, window, sort="office")
        if office.code:
            return Found(first.start, last.end, "role", (office,), title=fold(last.text)), after
    if first.entry.means in ("own", "organisation"):
        return None
    return Found(first.start, last.end, "role", means="person", title=fold(last.text)), after


def _person(text: str, hits: Sequence[Hit], at: int, window: Window | None) -> tuple[Found | None, int]:
    hit = hits[at]
    if " " not in hit.text:
        namesake = _namesake(text, hit, hits[at + 1 : at + 2])
        if namesake is not None:
            return namesake, at + 1
    resolution = settle(hit.text, hit.entry, window, sort="person")
    surname = hit.text.split()[-1]
    state = _state_after(text, hit.end, hits, at + 1) if " " in hit.text and hit.text[-1] in "IVX" else None
    if state is not None:
        resolution = settle(state.text, state.entry, window, sort="party")
        return Found(hit.start, state.end, "leader", (resolution,), person=Person(hit.text, surname)), at + 2
    everyday = hit.entry.everyday and " " not in hit.text
    if everyday and hit.text.lower() in _OPENERS and _begins_sentence(text, hit.start):
        return None, at + 1
    means = "" if resolution.candidates and not everyday else "surname"
    return Found(hit.start, hit.end, "leader", (resolution,), means, person=Person(hit.text, surname)), at + 1


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(start - 3, 0) : start].rstrip(" “\"'")
    return not before or before[-1] in ".!?\n”"


def _namesake(text: str, hit: Hit, following: Sequence[Hit]) -> Found | None:
    """Someone else who shares a leader's name: "Theodore Runyon" is no Theodore, "Silas Nixon" no Nixon."""
    given = _GIVEN_BEFORE.search(text[max(hit.start - 20, 0) : hit.start])
    surname = _SURNAME_AFTER.match(text, hit.end)
    if surname and not (following and following[0].start < surname.end()):
        words = f"{hit.text}{surname[0]}"
        return Found(hit.start, surname.end(), "leader", (), "surname", person=Person(words, surname_of(words)))
    if given and not any(name.called[:1] == given[1][0] for name in hit.entry.names if name.kind == "leader"):
        words = f"{given[1]} {hit.text}"
        return Found(hit.start - len(given[0]), hit.end, "leader", (), "surname", person=Person(words, hit.text))
    return None


def _group(hit: Hit, window: Window | None) -> Found | None:
    """A phrase for several states, "the Baltic states": one resolution for each."""
    for group in hit.entry.groups:
        if window is None or (
            (group.start is None or group.start <= window[1]) and (group.end is None or window[0] <= group.end)
        ):
            candidates = [
                Candidate(code, "state", code, group.called, "détente table of collectives") for code in group.codes
            ]
            return Found(
                hit.start,
                hit.end,
                "description",
                tuple(Resolution(hit.text, (each,)) for each in candidates),
                plural=True,
            )
    return None


def _description(text: str, hit: Hit) -> Found:
    entry = hit.entry
    if entry.means in ("he", "she", "it", "they"):
        return Found(hit.start, hit.end, "pronoun", means=entry.means, plural=entry.means == "they")
    start = hit.start
    if hit.the:
        start -= 1
        while start and text[start - 1].isalpha():
            start -= 1
    plural = entry.means in ("pair", "set", "group", "members")
    return Found(
        start, hit.end, "description", means=entry.means, count=entry.count, one_of=entry.one_of, plural=plural
    )
