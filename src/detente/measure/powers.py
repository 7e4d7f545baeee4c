"""Six European powers, 1872 to 1907: the published example of a network that moves to balance."""

from __future__ import annotations

import csv
import datetime
from importlib.resources import files

from detente.errors import DataTooThin
from detente.measure.network import Network, NetworkCourse, course_of, signed_network

__all__ = ["CHANGES", "powers_course", "powers_in"]

CHANGES = (1872, 1882, 1890, 1891, 1904, 1907)
"""The years of Antal, Krapivsky and Redner's panels."""


def powers_in(year: int) -> Network:
    """Return the network of the six powers as drawn for `year` (1872 to 1907) by Antal, Krapivsky and Redner (2006).

    >>> powers_in(1907).frustration.high
    0
    """
    if not CHANGES[0] <= year <= CHANGES[-1]:
        raise DataTooThin(f"{year}: the six powers are drawn for {CHANGES[0]} to {CHANGES[-1]}")
    text = files("detente.measure").joinpath("data/powers_1872_1907.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    names = sorted({name for row in rows for name in (row["a"], row["b"])})
    signs = {
        (row["a"], row["b"]): int(row["sign"])
        for row in rows
        if int(row["from"]) <= year and (not row["until"] or year < int(row["until"]))
    }
    return signed_network(names, signs, on=datetime.date(year, 7, 1))


def powers_course() -> NetworkCourse:
    """Return the networks of all the years of change."""
    return course_of([powers_in(year) for year in CHANGES])
