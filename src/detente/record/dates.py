"""Bounded dates as the record's columns hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.model import BoundedDate

__all__ = ["date_to_struct", "struct_to_date"]


def date_to_struct(date: BoundedDate | None) -> dict[str, Any] | None:
    """Return the fields of `date` as a mapping, or None."""
    if date is None:
        return None
    return {
        "earliest": date.earliest,
        "latest": date.latest,
        "text": date.text,
        "edtf": date.edtf,
        "calendar": date.calendar,
    }


def struct_to_date(struct: Mapping[str, Any] | None) -> BoundedDate | None:
    """Return the date of the fields in `struct`, or None."""
    return None if struct is None else BoundedDate(**struct)
