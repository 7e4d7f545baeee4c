"""One story from many tellings: events that tell of the same happening, found, joined and kept apart as told."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.model import Event
from detente.ties.naming import stem_words

__all__ = ["Story", "Telling", "join_stories", "tell"]

NEAR = datetime.timedelta(days=45)
"""Windows up to this long that share a day tell of one happening without more; wider ones need words in common."""

SHARED = 0.5
"""The share of the lesser telling's words that must recur in the other where windows alone do not settle it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is compared of one event mention, coded or imported: type, parties, window and the words of its content."""

    id: str
    event_type: str
    parties: tuple[frozenset[str], frozenset[str]]
    earliest: datetime.date | None
    latest: datetime.date | None
    words: frozenset[str]
    status: str = "actual"
    place_in_text: tuple[str, int] = ("", -1)


@dataclass(frozen=True, slots=True)
class Story:
    """A happening: its id (the least of its tellings' ids), its tellings, and where they contradict one another."""

    canonical_id: str
    tellings: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


def tell(event: Event) -> Telling:
    """Return what is compared of a coded event."""
    actors = frozenset(party.code for party in event.actors)
    recipients = frozenset(party.code for party in event.recipients)
    together = event.two_sided or event.event_type == "CONSULT"
    sides = (actors | recipients, frozenset[str]()) if together else (actors, recipients)
    when = event.when
    told = event.content.text if event.content else ""
    return Telling(
        event.id,
        event.event_type,
        sides,
        when.earliest if when else None,
        when.latest if when else None,
        stem_words(told),
        event.status,
        (event.document_id, event.sentence),
    )


def join_stories(
    tellings: Iterable[Telling],
    joins: Iterable[Sequence[str]] = (),
    splits: Iterable[Sequence[str]] = (),
) -> list[Story]:
    """Return the happenings that `tellings` tell of, in the order of their ids; the same for any order of tellings.

    Two tellings are joined where type, status and parties agree and either their windows are short and share a day,
    or their windows share a day and their contents words. Tellings of one sentence are never joined. `joins` are
    reviewers' words that several ids are one happening, `splits` that they are different ones: both hold against what
    the rule says. Tellings of a story whose windows share no day are named in its `conflicts`.
    """
    told = sorted(tellings, key=lambda telling: telling.id)
    clusters = _Clusters(told, splits)
    known = {telling.id for telling in told}
    for ids in joins:
        present = sorted(set(ids) & known)
        for other in present[1:]:
            clusters.join(present[0], other)
    for group in _groups(told):
        for index, first in enumerate(group):
            for second in group[index + 1 :]:
                if second.earliest and first.latest and second.earliest > first.latest:
                    break
                if same_happening(first, second):
                    clusters.join(first.id, second.id)
    by_id = {telling.id: telling for telling in told}
    return [
        Story(members[0], tuple(members), _conflicts([by_id[member] for member in members]))
        for members in sorted(clusters.members())
    ]


def same_happening(first: Telling, second: Telling) -> bool:
    """Return whether two tellings of the same type, status and parties tell of one happening."""
    if first.place_in_text == second.place_in_text and first.place_in_text[0]:
        return False
    if None in (first.earliest, first.latest, second.earliest, second.latest):
        return bool(first.words) and _likeness(first, second) >= SHARED
    if not _share_a_day(first, second):
        return False
    if _is_near(first) and _is_near(second):
        return not (first.words and second.words) or _likeness(first, second) > 0
    return _likeness(first, second) >= SHARED


class _Clusters:
    """Disjoint sets of ids, with pairs that must never meet."""

    def __init__(self, tellings: Sequence[Telling], splits: Iterable[Sequence[str]]) -> None:
        self._head = {telling.id: telling.id for telling in tellings}
        self._members = {telling.id: [telling.id] for telling in tellings}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for ids in splits:
            for one in ids:
                self._apart[one].update(other for other in ids if other != one)

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self._head[one], self._head[other]))
        if first == second or self._kept_apart(first, second):
            return
        for member in self._members[second]:
            self._head[member] = first
        self._members[first] += self._members.pop(second)

    def members(self) -> list[list[str]]:
        return [sorted(members) for members in self._members.values()]

    def _kept_apart(self, first: str, second: str) -> bool:
        others = set(self._members[second])
        return any(self._apart.get(member, set()) & others for member in self._members[first])


def _groups(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Return tellings that may be compared: same type, status and parties; in order of time."""
    groups: dict[object, list[Telling]] = defaultdict(list)
    for telling in tellings:
        groups[telling.event_type, telling.status, telling.parties].append(telling)
    return [
        sorted(group, key=lambda telling: (telling.earliest or datetime.date.min, telling.id))
        for group in groups.values()
        if len(group) > 1
    ]


def _share_a_day(first: Telling, second: Telling) -> bool:
    assert first.earliest and first.latest and second.earliest and second.latest
    return first.earliest <= second.latest and second.earliest <= first.latest


def _is_near(telling: Telling) -> bool:
    return bool(telling.earliest and telling.latest and telling.latest - telling.earliest <= NEAR)


def _likeness(first: Telling, second: Telling) -> float:
    if not first.words or not second.words:
        return 0.0
    return len(first.words & second.words) / min(len(first.words), len(second.words))


def _conflicts(tellings: Sequence[Telling]) -> tuple[str, ...]:
    dated = [telling for telling in tellings if telling.earliest and telling.latest]
    return tuple(
        f"{first.id} has {first.earliest}/{first.latest}, {second.id} has {second.earliest}/{second.latest}"
        for index, first in enumerate(dated)
        for second in dated[index + 1 :]
        if not _share_a_day(first, second)
    )
