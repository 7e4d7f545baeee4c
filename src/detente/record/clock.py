"""Record time: when the record learned something, in UTC."""

from __future__ import annotations

import datetime

__all__ = ["as_known_on", "utc_now"]


def utc_now() -> datetime.datetime:
    """Return this moment in UTC, without a time zone, as the record's columns hold it."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def as_known_on(moment: datetime.date | datetime.datetime) -> datetime.datetime:
    """Return the moment in the record's clock; a day stands for its last microsecond, so the whole day is known.

    >>> as_known_on(datetime.date(2026, 1, 31))
    datetime.datetime(2026, 1, 31, 23, 59, 59, 999999)
    """
    if not isinstance(moment, datetime.datetime):
        return datetime.datetime.combine(moment, datetime.time.max)
    if moment.tzinfo is not None:
        moment = moment.astimezone(datetime.UTC).replace(tzinfo=None)
    return moment
