"""Other people's data sets, read from the user's own copy: for each pair of states, the years they are coded."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa

from detente.errors import DetenteError, FormatError, UsageError
from detente.refdata.codes import find_code

__all__ = ["Coded", "Outside", "outside_names", "read_outside"]

Dyad = tuple[str, str]

NOT_SERVED = {"cow-alliances": "atop", "alliances": "atop"}


@dataclass(frozen=True, slots=True)
class Coded:
    """What a data set has for a dyad in a year, in its own words.

    `levels` are the two sides' own hostility levels, in the order of the dyad: a third party's war is not theirs.
    """

    label: str
    levels: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """A data set as dyads and years; `ties` and `events` say what in the record answers to it."""

    name: str
    title: str
    cite: str
    years: Mapping[Dyad, Mapping[int, tuple[Coded, ...]]]
    ties: tuple[str, ...]
    events: tuple[str, ...]
    span: tuple[int, int]


def outside_names() -> tuple[str, ...]:
    """Return the data sets that can be read.

    >>> outside_names()
    ('atop', 'mid', 'ucdp', 'wars', 'rivalries')
    """
    return tuple(_forms())


def read_outside(name: str, path: Path) -> Outside:
    """Read the user's copy of a data set (CSV, tab-separated or Parquet), mapped by the names of its columns.

    Raises UsageError for a data set that is not known (COW's formal alliances are not read, as their keepers ask: use
    ATOP), FormatError for a file that lacks the columns, or has a row that is not of the format.
    """
    if name in NOT_SERVED:
        raise UsageError(f"{name!r} is not read, as its keepers ask: use {NOT_SERVED[name]} instead")
    form = _forms().get(name)
    if form is None:
        raise UsageError(f"{name!r} is no data set to compare with: expected one of {', '.join(outside_names())}")
    table = _read_table(path)
    years: dict[Dyad, dict[int, list[Coded]]] = defaultdict(lambda: defaultdict(list))
    for dyad, year, coded in _read_rows(table, form, path):
        if coded not in years[dyad][year]:
            years[dyad][year].append(coded)
    told = [year for each in years.values() for year in each]
    if not told:
        raise FormatError(path, None, "holds no rows", expected=f"rows of {form['title']}")
    fixed = {dyad: {year: tuple(coded) for year, coded in each.items()} for dyad, each in years.items()}
    span = (min(told), max(told))
    return Outside(name, form["title"], form["cite"], fixed, tuple(form["ties"]), tuple(form["events"]), span)


def _read_rows(table: pa.Table, form: Mapping[str, Any], path: Path) -> Iterator[tuple[Dyad, int, Coded]]:
    first, second = (_column(table, form[side], path) for side in ("first", "second"))
    years = _year_columns(table, form, path)
    flags = [name for name in form.get("flags", ()) if name in table.column_names]
    levels = [_column(table, names, path) for names in form.get("levels", ())]
    label = next((name for name in form.get("label", ()) if name in table.column_names), None)
    wanted = [first, second, *years, *flags, *levels, *([label] if label else [])]
    for number, row in enumerate(_rows(table, list(dict.fromkeys(wanted))), 2):
        if row[first] is None or row[second] is None or (flags and not any((row[flag] or 0) > 0 for flag in flags)):
            continue
        try:
            begin, end = int(row[years[0]]), int(row[years[-1]])
            dyad = _dyad(row[first], row[second], form["codes"])
            own = [int(row[name]) for name in levels if row[name] is not None]
        except (TypeError, ValueError) as error:
            raise FormatError(path, number, f"{error}", expected="whole numbers for states and years") from error
        if dyad is None:
            continue
        turned = _stateabb(str(int(row[first])), form["codes"]) != dyad[0]
        sides = (own[1], own[0]) if turned and len(own) == 2 else tuple(own)
        told = Coded(f"{label} {row[label]}" if label else form["title"], sides if len(sides) == 2 else None)
        for year in range(begin, end + 1):
            yield dyad, year, told


def _rows(table: pa.Table, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    for batch in table.select(names).to_batches():
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield dict(zip(names, values, strict=True))


def _dyad(first: Any, second: Any, system: str) -> Dyad | None:
    """Return the two abbreviations in the order of the alphabet; None where a number is no state's of ours."""
    codes = sorted(filter(None, (_stateabb(str(int(side)), system) for side in (first, second))))
    return (codes[0], codes[1]) if len(set(codes)) == 2 else None


@cache
def _stateabb(number: str, system: str) -> str | None:
    try:
        return find_code(number, system).stateabb
    except DetenteError:
        return None


def _year_columns(table: pa.Table, form: Mapping[str, Any], path: Path) -> Sequence[str]:
    if "year" in form:
        return [_column(table, form["year"], path)]
    return [_column(table, form["from"], path), _column(table, form["to"], path)]


def _column(table: pa.Table, names: Sequence[str], path: Path) -> str:
    found = next((name for name in names if name in table.column_names), None)
    if found is None:
        raise FormatError(path, 1, f"has none of the columns {', '.join(names)}", expected="one of them")
    return found


def _read_table(path: Path) -> pa.Table:
    import pyarrow.csv
    import pyarrow.parquet

    if not path.is_file():
        raise FormatError(path, None, "is not a file", expected="your copy of the data set, CSV or Parquet")
    try:
        if path.suffix == ".parquet":
            return pyarrow.parquet.read_table(path)
        delimiter = "\t" if path.suffix in (".tab", ".tsv") else ","
        return pyarrow.csv.read_csv(path, parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter))
    except (pa.ArrowInvalid, OSError) as error:
        raise FormatError(path, None, str(error).splitlines()[0], expected="CSV or Parquet with a header") from error


@cache
def _forms() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("detente.ties").joinpath("data/outside.toml").read_text(encoding="utf-8"))
