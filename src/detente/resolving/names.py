"""Names: every form a party, person, title, pronoun or description is called by, compiled into one automaton."""

from __future__ import annotations

import datetime
import itertools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import ahocorasick

from detente.refdata.leaders import load_leaders
from detente.refdata.offices import ExclusiveTitle, load_offices
from detente.refdata.states import name_on, name_table
from detente.resolving.folding import fold, fold_key

__all__ = ["NAME_KINDS", "Entry", "Group", "Name", "Names", "Window", "load_names", "read_lexicon"]

Window = tuple[datetime.date, datetime.date]

NAME_KINDS = frozenset(
    {"name", "demonym", "people", "combining", "seat", "city", "dependency", "organisation", "movement"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """One thing a form of words may stand for: a row of the reference tables.

    `kind` is one of `NAME_KINDS`, "leader", "office", "collective" or "place" (which is no party); `start` and `end`
    the days between which it was called so, both inclusive, None for open; `called` says what it is in words.
    """

    surface: str
    kind: str
    code: str
    start: datetime.date | None = None
    end: datetime.date | None = None
    called: str = ""
    source: str = ""

    def stands(self, window: Window | None) -> bool:
        """Return whether the name was in use on some day of `window` (both ends inclusive; None: any time)."""
        if window is None:
            return True
        return (self.start is None or self.start <= window[1]) and (self.end is None or self.end >= window[0])


class Group(NamedTuple):
    """Several states told of by one phrase between two days: "the Baltic states"; None is open."""

    codes: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None
    called: str


@dataclass(slots=True)
class Entry:
    """All that one folded form may be: names, a title, a pronoun, a description; and the spellings it is matched in."""

    surfaces: set[str] = field(default_factory=set)
    after_the: set[str] = field(default_factory=set)
    names: list[Name] = field(default_factory=list)
    title: bool = False
    offices: list[Name] = field(default_factory=list)
    means: str = ""
    means_bare: bool = False
    count: int = 0
    one_of: tuple[str, ...] = ()
    head: bool = False
    dotted: bool = False
    everyday: bool = False
    groups: list[Group] = field(default_factory=list)
    has_party: bool = False
    has_person: bool = False
    memory: dict[Any, Any] = field(default_factory=dict)


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """Return the table `resolving/data/NAME.toml`."""
    return tomllib.loads(files("detente.resolving").joinpath(f"data/{name}.toml").read_text(encoding="utf8"))


class Names:
    """The automaton over all forms; `find(folded)` yields where they stand, as (start, end, entry)."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        for add in (
            _add_parties,
            _add_shared,
            _add_agencies,
            _add_leaders,
            _add_titles,
            _add_collectives,
            _add_descriptions,
        ):
            add(self)
        for word in read_lexicon("persons")["everyday"]:
            if entry := self.entries.get(fold_key(word)):
                entry.everyday = True
        self._automaton = ahocorasick.Automaton()
        for key, entry in self.entries.items():
            entry.has_party = any(name.kind not in ("leader", "place") for name in entry.names)
            entry.has_person = any(name.kind == "leader" for name in entry.names)
            self._automaton.add_word(key, (len(key), entry))
        self._automaton.make_automaton()

    def entry(self, surface: str) -> Entry:
        """Return the entry of a form, making it where there is none; "the " before it is kept as a condition."""
        bare = surface[4:] if surface.startswith("the ") else surface
        entry = self.entries.setdefault(fold_key(bare), Entry())
        (entry.surfaces if bare is surface else entry.after_the).update((bare, bare.rstrip(".")))
        entry.dotted = entry.dotted or bare.endswith(".")
        return entry

    def lookup(self, surface: str) -> Entry | None:
        """Return the entry of exactly these words, whatever their case; None where there is none."""
        folded = fold(surface).strip()
        return self.entries.get(f" {folded} ") or self.entries.get(f" {folded.removeprefix('the ')} ")

    def find(self, folded: str) -> Iterator[tuple[int, int, Entry]]:
        """Yield every match in a folded text, whole words only, nested ones too, in order of their ends."""
        # The space put before the text shifts offsets by one, which the space at the head of each key takes back.
        for last, (length, entry) in self._automaton.iter(f" {folded} "):
            yield last - length + 1, last - 1, entry


@cache
def load_names() -> Names:
    """Return the automaton, compiled once in a process (about 0.4 s)."""
    return Names()


def _add_parties(names: Names) -> None:
    for surface, kind, code, start, end, note in name_table():
        called = note or _CALLED[kind].format(code=code)
        source = f"détente table of {_table_of(kind)}"
        names.entry(surface).names.append(Name(surface, kind, code, start, end, called, source))
        if kind in ("demonym", "people") and surface.endswith("an"):
            names.entry(f"{surface}s").names.append(Name(f"{surface}s", "people", code, start, end, called, source))


def _add_shared(names: Names) -> None:
    for surface, kind, code, first, last in read_lexicon("ambiguous")["shared"]:
        start, end = (datetime.date.fromisoformat(day) if day else None for day in (first, last))
        entry = names.entry(surface)
        same = [name for name in entry.names if name.code == code]
        if not any(name.stands((start or datetime.date.min, start or datetime.date.min)) for name in same):
            called = f"one of the states that shared the name {surface}"
            entry.names.append(Name(surface, kind, code, start, end, called, "détente table of shared names"))


def _add_agencies(names: Names) -> None:
    rows = itertools.chain.from_iterable(entry.names for entry in names.entries.values())
    organisations = {name.code for name in rows if name.kind == "organisation"}
    for surface, code, first, last in read_lexicon("agencies")["agencies"]:
        start = datetime.date(first, 1, 1) if first else None
        end = datetime.date(last, 12, 31) if last else None
        bare = surface.removeprefix("the ")
        kind = "organisation" if code in organisations else "seat"
        called = f"a body of {code}"
        names.entry(surface).names.append(Name(bare, kind, code, start, end, called, "détente table of agencies"))


_CALLED = {
    "name": "a name of {code}",
    "demonym": "the adjective of {code}",
    "people": "the people of {code}",
    "combining": "the combining form of {code}",
    "seat": "the seat of government of {code}",
    "city": "a city of {code}",
}


def _table_of(kind: str) -> str:
    tables = {"organisation": "organisations", "movement": "movements", "place": "places"}
    return tables.get(kind, "states")


def _add_leaders(names: Names) -> None:
    for leader in load_leaders():
        start, end = leader.start, leader.end
        called = (
            f"{leader.name}, {leader.office.replace('_', ' ')} {start.year if start else ''}–{end.year if end else ''}"
        )
        for surface in leader.forms:
            entry = names.entry(surface)
            entry.names.append(Name(surface, "leader", leader.stateabb, start, end, called, "détente table of leaders"))


def _add_titles(names: Names) -> None:
    for title in read_lexicon("persons")["titles"]:
        names.entry(title).title = True
    for office in load_offices().values():
        for title in office.titles:
            names.entry(title).title = True
        for exclusive in office.exclusive:
            entry = names.entry(exclusive.title)
            entry.title = True
            entry.offices += [_office(exclusive, code, office.label) for code in exclusive.states]


def _office(exclusive: ExclusiveTitle, code: str, label: str) -> Name:
    start = datetime.date(exclusive.first, 1, 1) if exclusive.first else None
    end = datetime.date(exclusive.last, 12, 31) if exclusive.last else None
    called = f"the {exclusive.title}, {label}"
    return Name(exclusive.title, "office", code, start, end, called, "détente table of offices")


def _add_collectives(names: Names) -> None:
    lexicon = read_lexicon("collectives")
    for surface in lexicon["regions"]:
        entry = names.entry(surface)
        bare = surface.removeprefix("the ")
        entry.names = [name for name in entry.names if name.kind != "place"]
        if not entry.names:
            entry.names.append(Name(bare, "collective", f"X:{surface}", called="a collective, not its members"))
    for head in lexicon["heads"]:
        names.entry(head).head = True
    for group in lexicon["group"]:
        start, end = (
            datetime.date(year, 1, 1) if year else None for year in (group.get("from"), group.get("to", 0) + 1)
        )
        for surface in group["phrases"]:
            entry = names.entry(surface)
            entry.groups.append(Group(tuple(group["codes"]), start, end if group.get("to") else None, group["called"]))


def _add_descriptions(names: Names) -> None:
    lexicon = read_lexicon("descriptions")
    for means in (
        "own",
        "pair",
        "set",
        "former",
        "latter",
        "other",
        "members",
        "nation",
        "person",
        "group",
        "organisation",
    ):
        for phrase in _phrases(lexicon[means]):
            entry = names.entry(phrase)
            entry.means = entry.means or means
            entry.means_bare = entry.means_bare or not phrase.startswith("the ")
    for choice in lexicon["one_of"]:
        for phrase in choice["phrases"]:
            entry = names.entry(phrase)
            entry.means, entry.one_of = "one_of", tuple(choice["codes"])
    for number, count in lexicon["set"]["numbers"].items():
        for determiner, head in itertools.product(("the", "all", "these", "the other", ""), lexicon["set"]["heads"]):
            entry = names.entry(f"{determiner} {number} {head}".strip())
            entry.means, entry.count, entry.means_bare = "set", count, not determiner.startswith("the")
    for means, phrases in lexicon["pronouns"].items():
        for phrase in phrases:
            entry = names.entry(phrase)
            entry.means, entry.means_bare = means, True


def _phrases(table: dict[str, Any]) -> Iterable[str]:
    combined = (f"{a} {b}" for a, b in itertools.product(table.get("determiners", ()), table.get("heads", ())))
    return itertools.chain(table["phrases"], combined)


def name_at(name: Name, on: datetime.date | None) -> str:
    """Return what the entity of a name was called on a day, where it is a state; else the name itself."""
    if name.kind in ("organisation", "movement", "collective"):
        return name.surface
    return name_on(name.code, on) or name.surface
