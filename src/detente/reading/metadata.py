"""What a document says of itself: title, source, author, dates, notice; and the simple dates such lines hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from detente.model import BoundedDate

__all__ = ["Details", "read_date_stamp"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:D:)?{_YEAR}-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ]?\d.*)?(?:Z|[+-].*)?",
        rf"{_YEAR}-(?P<month>\d\d)",
        rf"(?:[a-z]{{3,9}}\.?,? )?{_DAY}[ -]{_MONTH}[ ,-]{{1,2}}(?P<year>\d{{4}}|\d\d)(?: \d.*)?",
        rf"(?:[a-z]{{3,9}}\.?,? )?{_MONTH} {_DAY},? {_YEAR}(?:[ ,].*)?",
        rf"{_MONTH},? (?:of )?{_YEAR}",
        _YEAR,
    )
)
CENTURY_PIVOT = 69


def read_date_stamp(text: str) -> BoundedDate | None:
    """Return the date `text` is, in the forms that mastheads, footers and headers use; None where it is none of them.

    Read are ISO 8601 days, months, years and times, PDF dates, "10-Nov-04", "10 November 2004", "November 10, 2004",
    "May 1989", "2004" and mail dates. Two figures for a year mean 1969 to 2068 (POSIX). "10/11/2004" is two different
    days on two sides of an ocean, so it is not read.

    >>> read_date_stamp("10-Nov-04").edtf, read_date_stamp("May 1989").edtf, read_date_stamp("10/11/2004")
    ('2004-11-10', '1989-05', None)
    """
    stamp = " ".join(text.split()).strip(" .;,")
    for form in _FORMS:
        if match := form.fullmatch(stamp):
            try:
                return _bound(match.groupdict(), stamp)
            except ValueError:
                return None
    return None


def _bound(parts: dict[str, str], stamp: str) -> BoundedDate:
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 1900 if year >= CENTURY_PIVOT else 2000
    if "month" not in parts:
        return BoundedDate.year(year, stamp)
    name = parts["month"]
    month = int(name) if name.isdigit() else MONTHS.index(name[:3].lower()) + 1
    if "day" in parts:
        return BoundedDate.day(datetime.date(year, month, int(parts["day"])), stamp)
    if not 1 <= month <= 12:
        raise ValueError(f"{stamp}: no such month")
    return BoundedDate.month(year, month, stamp)


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a document beside its text; the fields are those of `Document`."""

    title: str = ""
    source: str = ""
    author: str = ""
    published: BoundedDate | None = None
    revised: BoundedDate | None = None
    as_of: BoundedDate | None = None
    notice: str = ""
    licence: str = ""
    language: str = ""

    @classmethod
    def from_labels(cls, pairs: Iterable[tuple[str, str]]) -> Details:
        """Return the details that `pairs` of field and words give; of two for one field the first readable holds."""
        values: dict[str, Any] = {}
        for name, words in pairs:
            value = read_date_stamp(words) if name in DATE_FIELDS else " ".join(words.split())
            if value and name not in values:
                values[name] = value
        return cls(**values)

    def or_else(self, other: Details) -> Details:
        """Return these details, with those of `other` where these have none."""
        gaps = {item.name: getattr(other, item.name) for item in fields(self) if not getattr(self, item.name)}
        return replace(self, **gaps)

    def as_fields(self) -> dict[str, Any]:
        """Return the details as keyword arguments for `Document`."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


DATE_FIELDS = frozenset({"published", "revised", "as_of"})
