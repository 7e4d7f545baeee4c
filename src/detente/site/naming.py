"""What parties, dates, acts and ties are called on the pages."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any

from detente.model import BoundedDate, Tie
from detente.refdata.organisations import load_organisations
from detente.refdata.states import State, load_states

__all__ = [
    "act_words",
    "date_words",
    "day_words",
    "party_kind",
    "party_name",
    "public_address",
    "state_of",
    "tie_day",
    "tie_days",
    "tie_words",
    "years_words",
]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


@cache
def _states() -> dict[str, State]:
    return {each.stateabb: each for each in load_states()}


@cache
def _organisations() -> dict[str, str]:
    return {each.code: each.name for each in load_organisations()}


def state_of(code: str) -> State | None:
    """Return the state with this code; None for an organisation or a movement."""
    return _states().get(code)


def party_name(code: str, on: datetime.date | None = None) -> str:
    """Return what a party was called on a day.

    >>> party_name("RUS", datetime.date(1979, 10, 15)), party_name("X:Viet Cong")
    ('Soviet Union', 'Viet Cong')
    """
    if (state := state_of(code)) is not None:
        return state.name_on(on)
    return _organisations().get(code) or code.removeprefix("X:")


def party_kind(code: str) -> str:
    """Return "state", "organisation" or "movement"."""
    return "state" if code in _states() else "organisation" if code in _organisations() else "movement"


def date_words(earliest: datetime.date | None, latest: datetime.date | None) -> str:
    """Return the bounds of a date in words, no more exact than they are.

    >>> date_words(datetime.date(1979, 9, 1), datetime.date(1979, 9, 30))
    'September 1979'
    >>> date_words(None, None)
    'undated'
    """
    if earliest is None and latest is None:
        return "undated"
    if earliest is None or latest is None:
        return f"before {_day(latest)}" if latest else f"after {_day(earliest)}"
    if earliest == latest:
        return _day(earliest)
    whole = BoundedDate.between(earliest, latest).edtf
    if "/" not in whole:
        return whole if len(whole) == 4 else f"{MONTHS[earliest.month - 1]} {earliest.year}"
    first, _, last = whole.partition("/")
    if len(first) == 4:
        return f"{first} to {last}"
    if len(first) == 7:
        return f"{MONTHS[earliest.month - 1]} {earliest.year} to {MONTHS[latest.month - 1]} {latest.year}"
    return f"{_day(earliest)} to {_day(latest)}"


def day_words(text: str) -> str:
    """Return a day, a month or a year of a table in words; anything else as it is.

    >>> day_words("1985-09-27"), day_words("1985-09"), day_words("1985")
    ('27 September 1985', 'September 1985', '1985')
    """
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return text
    day = str(int(parts[2])) if len(parts) == 3 else ""
    month = MONTHS[int(parts[1]) - 1] if len(parts) > 1 and 1 <= int(parts[1]) <= 12 else ""
    return " ".join(part for part in (day, month, parts[0]) if part)


def years_words(start: datetime.date | None, end: datetime.date | None) -> str:
    """Return the years of a spell in words; "" for one without bounds.

    >>> day = datetime.date(1917, 11, 7)
    >>> years_words(day, day.replace(year=1991)), years_words(None, day), years_words(day, None)
    ('1917–1991', 'to 1917', 'since 1917')
    """
    if start is not None and end is not None:
        return f"{start.year}–{end.year}" if start.year != end.year else str(start.year)
    return f"since {start.year}" if start is not None else f"to {end.year}" if end is not None else ""


def _day(day: datetime.date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def act_words(row: Any) -> str:
    """Return an event's type and mode as words: "retreat (withdraw)"; its original code where it has no type."""
    name = (row["event_type"] or row["original_code"] or "act").replace("_", " ").lower()
    return f"{name} ({row['mode']})" if row["mode"] else name


def tie_words(tie: Tie) -> str:
    """Return the kind of a tie in words: "diplomatic ties"."""
    return tie.kind.replace("-", " ")


def public_address(address: str) -> str:
    """Return where a document was read from as all may know it: of a file its name alone.

    >>> public_address("https://example.org/a/page.html"), public_address("/home/ada/page.html")
    ('https://example.org/a/page.html', 'page.html')
    """
    if address.startswith(("http://", "https://")):
        return address
    return re.split(r"[/\\]", address.rstrip("/\\"))[-1]


def tie_day(tie: Tie) -> datetime.date | None:
    """Return the first day that a tie is told of, by which its parties are called; None where no moment has one."""
    days = [day for each in tie.moments if each.when for day in (each.when.earliest or each.when.latest,) if day]
    return min(days, default=None)


def tie_days(tie: Tie) -> str:
    """Return from when to when a tie stood, in words."""
    opened = tie.opened.when if tie.opened else None
    closed = tie.closed.when if tie.closed else None
    start = f"from {date_words(opened.earliest, opened.latest)}" if opened else "opening not told"
    if tie.closed is None:
        return start
    return f"{start}, ended {date_words(closed.earliest, closed.latest)}" if closed else f"{start}, ended"
