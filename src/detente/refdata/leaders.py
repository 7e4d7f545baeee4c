"""Who led and spoke for which state, and when: heads of state and government, ministers, envoys, commanders."""

from __future__ import annotations

import calendar
import csv
import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from detente.errors import FormatError
from detente.refdata.offices import load_offices

__all__ = ["Leader", "fold_name", "leaders_named", "leaders_of", "load_leaders", "read_leaders"]

COLUMNS = ("stateabb", "name", "aliases", "office", "start", "end", "note")
_NUMERAL = re.compile(r"[IVX]+|Jr\.?|Sr\.?")
_HONORIFICS = ("Mr.", "Mr", "Mrs.", "Sir", "Dr.", "Herr", "M.", "Monsieur", "Señor", "Gen.", "Adm.", "Sen.", "Amb.")


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of one person in one office.

    `start` is the earliest day on which the term can have begun and `end` the latest on which it can have ended, both
    inclusive; `end` is None for a term still running. `start_text` and `end_text` keep the dates as written (a day, a
    month or a year). `stateabb` is the COW abbreviation of the state served at that time.
    """

    stateabb: str
    name: str
    aliases: tuple[str, ...]
    office: str
    start: datetime.date
    end: datetime.date | None
    note: str
    start_text: str
    end_text: str

    def holds(self, on: datetime.date) -> bool:
        """Return whether the office may have been held on that day: true on the bounds themselves."""
        return self.start <= on and (self.end is None or on <= self.end)

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of the name that prose uses: the name, its aliases, and the surname where the name ends in it.

        >>> [leader.forms for leader in leaders_of("USA", datetime.date(1937, 6, 1))][0][-1]
        'Roosevelt'
        """
        surname = _surname(self.name, self.aliases) if load_offices()[self.office].has_surname else None
        forms = (self.name, *self.aliases)
        return forms if surname is None or surname in forms else (*forms, surname)


@cache
def load_leaders() -> tuple[Leader, ...]:
    """Return every term of the table, file by file in the order of their names.

    Raises FormatError, naming file and line, where a row is not of the format.

    >>> load_leaders()[0].office in load_offices()
    True
    """
    folder = files("detente.refdata").joinpath("data/leaders")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".csv")), key=lambda path: path.name)
    return tuple(leader for path in paths for leader in read_leaders(path.read_text(encoding="utf-8"), path.name))


def read_leaders(text: str, name: str = "leaders") -> Iterator[Leader]:
    """Yield the terms of one table given as CSV text; `name` stands for it in errors (FormatError)."""
    rows = csv.reader(text.splitlines())
    if tuple(next(rows, ())) != COLUMNS:
        raise FormatError(name, 1, "has other columns", expected=",".join(COLUMNS))
    offices = load_offices()
    for line, row in enumerate(rows, 2):
        if len(row) != len(COLUMNS):
            raise FormatError(name, line, f"has {len(row)} values", expected=f"{len(COLUMNS)}")
        state, person, aliases, office, start, end, note = row
        if office not in offices:
            raise FormatError(name, line, f"has the office {office!r}", expected=f"one of {', '.join(offices)}")
        try:
            first = _bounds(start)[0]
            last = _bounds(end)[1] if end else None
        except ValueError:
            raise FormatError(
                name, line, f"has the dates {start!r} and {end!r}", expected="YYYY, YYYY-MM or YYYY-MM-DD"
            ) from None
        yield Leader(state, person, tuple(aliases.split(";")) if aliases else (), office, first, last, note, start, end)


def leaders_of(stateabb: str, on: datetime.date) -> tuple[Leader, ...]:
    """Return who held any office of the state that day, in the order of the table; () where none is known.

    >>> [leader.name for leader in leaders_of("RUS", datetime.date(1987, 1, 1)) if leader.office == "party_leader"]
    ['Mikhail Gorbachev']
    """
    return tuple(leader for leader in _by_state().get(stateabb.upper(), ()) if leader.holds(on))


def leaders_named(text: str, on: datetime.date | None = None) -> tuple[Leader, ...]:
    """Return the terms of everyone the text may name, of those in office on the day where one is given.

    Case, diacritics, kinds of apostrophe and hyphen, and a possessive do not count. A title before the name ("President
    Nixon", "Sir Edward Grey") is passed over, and keeps only the terms in an office that bears it, if there are any.

    >>> {leader.stateabb for leader in leaders_named("Gorbachev", datetime.date(1985, 3, 11))}
    {'RUS'}
    >>> leaders_named("Gorbachev", datetime.date(1985, 3, 10))
    ()
    """
    key = fold_name(text)
    found = _by_form().get(key, ())
    if not found:
        found = _titled(key)
    return tuple(leader for leader in found if on is None or leader.holds(on))


def _titled(key: str) -> tuple[Leader, ...]:
    for title, offices in _titles():
        if key.startswith(title + " "):
            found = _by_form().get(key[len(title) + 1 :], ())
            return tuple(leader for leader in found if leader.office in offices) or found
    return ()


@cache
def _titles() -> tuple[tuple[str, frozenset[str]], ...]:
    """Titles as folded, longest first, each with the offices that bear it; none for an honorific."""
    bearers: dict[str, set[str]] = {fold_name(honorific): set() for honorific in _HONORIFICS}
    for office in load_offices().values():
        for title in (*office.titles, *(entry.title for entry in office.exclusive)):
            bearers.setdefault(fold_name(title), set()).add(office.key)
    longest_first = sorted(bearers.items(), key=lambda entry: -len(entry[0]))
    return tuple((title, frozenset(offices)) for title, offices in longest_first)


@cache
def _by_state() -> Mapping[str, tuple[Leader, ...]]:
    table: dict[str, list[Leader]] = defaultdict(list)
    for leader in load_leaders():
        table[leader.stateabb].append(leader)
    return {state: tuple(leaders) for state, leaders in table.items()}


@cache
def _by_form() -> Mapping[str, tuple[Leader, ...]]:
    table: dict[str, dict[int, Leader]] = defaultdict(dict)
    for place, leader in enumerate(load_leaders()):
        for form in leader.forms:
            table[fold_name(form)][place] = leader
    return {form: tuple(leaders.values()) for form, leaders in table.items()}


def _surname(name: str, aliases: tuple[str, ...]) -> str | None:
    """The last word of the name, unless that is no surname or an alias shows that the short form is another."""
    words = name.split()
    if len(words) < 2 or "of" in words or "," in name or _NUMERAL.fullmatch(words[-1]):
        return None
    folded = fold_name(name).split()
    for alias in aliases:
        short = fold_name(alias).split()
        if len(short) < len(folded) and (short == folded[-len(short) :] or (len(short) == 1 and short[0] in folded)):
            return None
    return words[-1]


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """Return the form by which names are compared: lower case, plain letters, no possessive, single spaces.

    >>> fold_name("Kálmán  Tisza’s")
    'kalman tisza'
    """
    plain = text.translate(_SIGNS).strip().removesuffix("'s").removesuffix("'").casefold()
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
        plain = plain.translate(_LETTERS)
    return " ".join(plain.split())


_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʻ": "'", "ʿ": "'", "ʼ": "'", "–": " ", "-": " "})
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@lru_cache(maxsize=16384)
def _bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a day, a month or a year; ValueError for anything else."""
    if len(text) == 10:
        day = datetime.date.fromisoformat(text)
        return day, day
    if len(text) == 7 and text[4] == "-":
        year, month = int(text[:4]), int(text[5:])
        return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    if len(text) == 4:
        return datetime.date(int(text), 1, 1), datetime.date(int(text), 12, 31)
    raise ValueError(text)
