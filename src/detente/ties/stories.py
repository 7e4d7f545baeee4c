"""One story from many tellings: events that tell of the same happening, found, joined and kept apart as told."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa

from detente.model import Event
from detente.ties.clusters import Clusters
from detente.ties.naming import stem_words

__all__ = ["Story", "Telling", "join_stories", "read_tellings", "same_happening", "tell"]

NEAR = datetime.timedelta(days=45)
"""Windows up to this long that share a day tell of one happening without more; wider ones need words in common."""

SLIP = datetime.timedelta(days=15)
"""How far two documents may differ on the day of one happening: Julian and Gregorian days are up to 13 apart."""

EXACT = datetime.timedelta(days=7)
"""Windows up to this long are taken as days, which two documents may have differently."""

SHARED = 0.5
"""The share of the lesser telling's words that must recur in the other where windows alone do not settle it."""

TOGETHER = ("CONSULT",)
"""Types whose actors and recipients do the same thing: who visited whom does not tell two meetings apart."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is compared of one event mention, coded or imported: type, parties, window and the words of its content.

    `parties` are the two sides; the second is empty where the act has no direction. `dataset` is "" for a coded event.
    """

    id: str
    event_type: str
    parties: tuple[frozenset[str], frozenset[str]]
    earliest: datetime.date | None
    latest: datetime.date | None
    words: frozenset[str]
    status: str = "actual"
    place_in_text: tuple[str, int] = ("", -1)
    dataset: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all parties."""
        return self.parties[0] | self.parties[1]


@dataclass(frozen=True, slots=True)
class Story:
    """A happening: its id (the least of its tellings' ids), its tellings, and where they contradict one another."""

    canonical_id: str
    tellings: tuple[str, ...]
    conflicts: tuple[str, ...] = ()


def tell(event: Event) -> Telling:
    """Return what is compared of a coded event."""
    when = event.when
    return Telling(
        event.id,
        event.event_type,
        _sides(event.event_type, (p.code for p in event.actors), (p.code for p in event.recipients)),
        when.earliest if when else None,
        when.latest if when else None,
        stem_words(event.content.text if event.content else ""),
        event.status,
        (event.document_id, event.sentence),
    )


def read_tellings(table: pa.Table) -> list[Telling]:
    """Return what is compared of the events of `table`, in `EVENT_COLUMNS`; rows without a type are left out."""
    names = ["event_id", "event_type", "actors", "recipients", "earliest", "latest", "content", "status"]
    names += ["document_id", "sentence", "dataset"]
    return [_read_telling(row) for row in table.select(names).to_pylist() if row["event_type"]]


def join_stories(
    tellings: Iterable[Telling],
    joins: Iterable[Sequence[str]] = (),
    splits: Iterable[Sequence[str]] = (),
) -> list[Story]:
    """Return the happenings that `tellings` tell of, in the order of their ids; the same for any order of tellings.

    Two tellings are joined where `same_happening` says so; an imported one joins a coded one only where it is the
    only one of its set that fits, and never another imported one. `joins` are reviewers' words that several ids are
    one happening, `splits` that they are different ones: both hold against what the rule says.
    """
    told = sorted(tellings, key=lambda telling: telling.id)
    by_id = {telling.id: telling for telling in told}
    clusters = Clusters(by_id, splits)
    for ids in joins:
        present = sorted(set(ids) & set(by_id))
        for other in present[1:]:
            clusters.join(present[0], other)
    for one, other in _pairs(told):
        clusters.join(one, other)
    return [
        Story(members[0], tuple(members), _conflicts([by_id[member] for member in members]))
        for members in clusters.members()
    ]


def same_happening(first: Telling, second: Telling) -> bool:
    """Return whether two tellings of the same type, status and parties tell of one happening.

    They do where their windows are short and share a day and their contents do not differ; or share a day and half of
    the words of their contents; or where two documents give the same content days that are a little apart. Tellings of
    one sentence never do, nor acts in opposite directions.
    """
    if first.place_in_text == second.place_in_text and first.place_in_text[0]:
        return False
    if all(telling.parties[1] for telling in (first, second)) and first.parties != second.parties:
        return False
    if None in (first.earliest, first.latest, second.earliest, second.latest):
        return bool(first.words) and _likeness(first, second) >= SHARED
    if not _share_a_day(first, second):
        return _differs_on_the_day(first, second)
    if _within(first, NEAR) and _within(second, NEAR):
        return not (first.words and second.words) or _likeness(first, second) > 0
    return _likeness(first, second) >= SHARED


def _pairs(tellings: Sequence[Telling]) -> Iterable[tuple[str, str]]:
    """Yield the ids of tellings to be joined, those of coded events first."""
    beside: dict[tuple[str, str], list[str]] = defaultdict(list)
    for group in _groups(tellings):
        for index, first in enumerate(group):
            for second in group[index + 1 :]:
                if second.earliest and first.latest and second.earliest > first.latest + SLIP:
                    break
                if (first.dataset and second.dataset) or not same_happening(first, second):
                    continue
                if not first.dataset and not second.dataset:
                    yield first.id, second.id
                else:
                    coded, imported = (second, first) if first.dataset else (first, second)
                    beside[coded.id, imported.dataset].append(imported.id)
    for (coded_id, _), fitting in sorted(beside.items()):
        if len(fitting) == 1:
            yield coded_id, fitting[0]


def _groups(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """Return tellings that may be compared: same type, status and parties; in order of time."""
    groups: dict[object, list[Telling]] = defaultdict(list)
    for telling in tellings:
        groups[telling.event_type, telling.status, telling.codes].append(telling)
    return [
        sorted(group, key=lambda telling: (telling.earliest or datetime.date.min, telling.id))
        for group in groups.values()
        if len(group) > 1
    ]


def _sides(event_type: str, actors: Iterable[str], recipients: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    first, second = frozenset(actors), frozenset(recipients)
    return (first | second, frozenset()) if event_type in TOGETHER else (first, second)


def _read_telling(row: Mapping[str, Any]) -> Telling:
    return Telling(
        row["event_id"],
        row["event_type"],
        _sides(row["event_type"], row["actors"], row["recipients"]),
        row["earliest"],
        row["latest"],
        stem_words(row["content"] or ""),
        row["status"] or "actual",
        (row["document_id"] or "", -1 if row["sentence"] is None else row["sentence"]),
        row["dataset"] or "",
    )


def _share_a_day(first: Telling, second: Telling) -> bool:
    assert first.earliest and first.latest and second.earliest and second.latest
    return first.earliest <= second.latest and second.earliest <= first.latest


def _differs_on_the_day(first: Telling, second: Telling) -> bool:
    """Return whether two documents tell of the same content, but of days that are up to `SLIP` apart."""
    assert first.earliest and first.latest and second.earliest and second.latest
    apart = max(first.earliest, second.earliest) - min(first.latest, second.latest)
    return (
        first.place_in_text[0] != second.place_in_text[0]
        and apart <= SLIP
        and _within(first, EXACT)
        and _within(second, EXACT)
        and _likeness(first, second) >= SHARED
    )


def _within(telling: Telling, length: datetime.timedelta) -> bool:
    return bool(telling.earliest and telling.latest and telling.latest - telling.earliest <= length)


def _likeness(first: Telling, second: Telling) -> float:
    if not first.words or not second.words:
        return 0.0
    return len(first.words & second.words) / min(len(first.words), len(second.words))


def _conflicts(tellings: Sequence[Telling]) -> tuple[str, ...]:
    """Return a line for each two tellings whose windows share no day, or whose sides are not the same."""
    lines: list[str] = []
    for first, second in combinations(tellings, 2):
        dated = first.earliest and first.latest and second.earliest and second.latest
        if dated and not _share_a_day(first, second):
            days = (f"{each.id} has {each.earliest}/{each.latest}" for each in (first, second))
            lines.append(", ".join(days))
        if first.parties != second.parties:
            lines.append(", ".join(f"{each.id} has {_write_sides(each)}" for each in (first, second)))
    return tuple(lines)


def _write_sides(telling: Telling) -> str:
    sides = [" and ".join(sorted(side)) for side in telling.parties if side]
    return " to ".join(sides)
