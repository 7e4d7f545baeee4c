"""What a user's words mean: the party a name stands for, the days a date bounds."""

from __future__ import annotations

import datetime

from detente.errors import DateError, EntityError
from detente.model import BoundedDate

__all__ = ["DateLike", "find_party", "last_day", "read_date"]

DateLike = datetime.date | BoundedDate | str


def find_party(text: str, on: datetime.date | None = None) -> str:
    """Return the code of the state, organisation or movement that `text` names.

    A name that several states have borne is settled by the day `on` where that leaves one. Raises EntityError for one
    that is unknown, or could still be several.

    >>> find_party("Soviet Union"), find_party("365"), find_party("NATO"), find_party("LON")
    ('RUS', 'RUS', 'NATO', 'LON')
    """
    from detente.refdata.organisations import load_organisations
    from detente.refdata.states import find_state
    from detente.resolving.who import resolve_entity

    if text.startswith("X:"):
        return text
    try:
        return find_state(text, on).stateabb
    except EntityError as unknown:
        if unknown.candidates:
            raise
        if any(text == each.code for each in load_organisations()):
            return text
        for day in dict.fromkeys((on, None)):
            code = resolve_entity(text, day).code
            if code is not None:
                return code
        if on is not None:
            return find_party(text)
        raise unknown


def read_date(value: DateLike) -> BoundedDate:
    """Return the bounds of a day, of ISO or EDTF text, or of words; DateError where they name no date.

    >>> read_date("1969-03").latest
    datetime.date(1969, 3, 31)
    """
    from detente.resolving.edtf import read_edtf
    from detente.resolving.when import resolve_date

    if isinstance(value, BoundedDate):
        return value
    if isinstance(value, datetime.date):
        return BoundedDate.day(value)
    try:
        return read_edtf(value)
    except DateError:
        return resolve_date(value)


def last_day(value: DateLike) -> datetime.date:
    day = read_date(value).latest
    if day is None:
        raise DateError(f"{value}: has no end (expected a day, month or year)")
    return day
