"""Other people's data sets, read from the user's own copy: for each pair of states, the years they are coded."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import DetenteError, FormatError, UsageError
from detente.refdata.codes import find_code
from detente.refdata.states import state

__all__ = ["Coded", "Form", "Outside", "outside_form", "outside_names", "read_outside"]

Dyad = tuple[str, str]

NOT_SERVED = {"cow": "atop", "cow-alliances": "atop", "alliances": "atop", "alliance": "atop"}

COW_ALLIANCE_COLUMNS = ("version4id", "entente", "left_censor")

LINE = "line of the file"


@dataclass(frozen=True, slots=True)
class Coded:
    """What a data set has for a dyad in a year, in its own words.

    `levels` are the two sides' own hostility levels, in the order of the dyad: a third party's war is not theirs.
    """

    label: str
    levels: tuple[int, int] | None = None

    def write(self, dyad: Dyad) -> str:
        """Return the label, with each side's own level where there is one.

        >>> Coded("dispnum 349", (4, 4)).write(("CHN", "RUS"))
        'dispnum 349 (hostility: CHN 4, RUS 4)'
        """
        if self.levels is None:
            return self.label
        return f"{self.label} (hostility: {dyad[0]} {self.levels[0]}, {dyad[1]} {self.levels[1]})"


@dataclass(frozen=True, slots=True)
class Form:
    """A data set as it is published: what it is called, and what in the record answers to it."""

    name: str
    title: str
    cite: str
    ties: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outside(Form):
    """A data set read: for each dyad (the lesser abbreviation first) the years coded, and the years it covers."""

    years: Mapping[Dyad, Mapping[int, tuple[Coded, ...]]]
    span: tuple[int, int]


def outside_names() -> tuple[str, ...]:
    """Return the data sets that can be read.

    >>> outside_names()
    ('atop', 'mid', 'ucdp', 'wars', 'rivalries')
    """
    return tuple(_forms())


def outside_form(name: str) -> Form:
    """Return what is known of a data set before it is read; UsageError for one that is not read.

    COW's formal alliances are not, as their keepers ask: use ATOP.
    """
    if name in NOT_SERVED:
        raise UsageError(f"{name!r} is not read, as its keepers ask: use {NOT_SERVED[name]} instead")
    row = _forms().get(name)
    if row is None:
        raise UsageError(f"{name!r} is no data set to compare with: expected one of {', '.join(outside_names())}")
    return Form(name, row["title"], row["cite"], tuple(row["ties"]), tuple(row["events"]))


def read_outside(name: str, path: Path, states: Collection[str] | None = None) -> Outside:
    """Read the user's copy of a data set (CSV, tab-separated or Parquet), mapped by the names of its columns.

    `states` are the COW abbreviations of those to be read of (None: all): rows of others are passed over. Raises
    UsageError as `outside_form` does, FormatError for a file that lacks the columns, or has a row that is not of the
    format.
    """
    known = outside_form(name)
    form = _forms()[name]
    table = _read_table(path)
    if set(COW_ALLIANCE_COLUMNS) & set(table.column_names):
        raise UsageError(f"{path}: COW's formal alliances are not read, as their keepers ask: use atop instead")
    years: dict[Dyad, dict[int, list[Coded]]] = defaultdict(lambda: defaultdict(list))
    for dyad, year, coded in _read_rows(_rows_of(table, form, path, states), form, path):
        if coded not in years[dyad][year]:
            years[dyad][year].append(coded)
    fixed = {dyad: {year: tuple(coded) for year, coded in each.items()} for dyad, each in years.items()}
    span = _span_of(table, form, path)
    return Outside(name, known.title, known.cite, known.ties, known.events, fixed, span)


def _span_of(table: pa.Table, form: Mapping[str, Any], path: Path) -> tuple[int, int]:
    columns = _year_columns(table, form, path)
    try:
        first, last = (pc.min_max(table[column]) for column in (columns[0], columns[-1]))
        return int(first["min"].as_py()), int(last["max"].as_py())
    except (TypeError, ValueError, pa.ArrowInvalid) as error:
        raise FormatError(path, None, "holds no years", expected=f"rows of {form['title']}") from error


def _rows_of(table: pa.Table, form: Mapping[str, Any], path: Path, states: Collection[str] | None) -> pa.Table:
    """Return the rows between `states`, each with the number of its line."""
    table = table.append_column(LINE, pa.array(range(2, table.num_rows + 2)))
    if states is None:
        return table
    numbers = {number for name in states for number in _numbers_of(name, form["codes"])}
    for side in ("first", "second"):
        column = table[_column(table, form[side], path)]
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            table = table.filter(pc.is_in(column.cast(pa.float64()), pa.array(sorted(map(float, numbers)))))
    return table


def _read_rows(table: pa.Table, form: Mapping[str, Any], path: Path) -> Iterator[tuple[Dyad, int, Coded]]:
    first, second = (_column(table, form[side], path) for side in ("first", "second"))
    years = _year_columns(table, form, path)
    flags = [name for name in form.get("flags", ()) if name in table.column_names]
    levels = [_column(table, names, path) for names in form.get("levels", ())]
    label = next((name for name in form.get("label", ()) if name in table.column_names), None)
    wanted = [LINE, first, second, *years, *flags, *levels, *([label] if label else [])]
    for row in table.select(list(dict.fromkeys(wanted))).to_pylist():
        if row[first] is None or row[second] is None or (flags and not any((row[flag] or 0) > 0 for flag in flags)):
            continue
        told = f"{label} {row[label]}" if label else form["title"]
        try:
            own = [int(row[name]) for name in levels if row[name] is not None]
            pairs = list(_pairs(row[first], row[second], form["codes"]))
            spell = range(int(row[years[0]]), int(row[years[-1]]) + 1)
        except (TypeError, ValueError) as error:
            raise FormatError(path, row[LINE], f"{error}", expected="whole numbers for states and years") from error
        for one, other in pairs:
            sides = None if len(own) < 2 else (own[0], own[1]) if one < other else (own[1], own[0])
            yield from (((min(one, other), max(one, other)), year, Coded(told, sides)) for year in spell)


def _pairs(first: Any, second: Any, system: str) -> Iterator[Dyad]:
    """Yield the pairs of states of a row, either side of which may list several; numbers of no state are left out."""
    for one in _states(first, system):
        yield from ((one, other) for other in _states(second, system) if other != one)


def _states(told: Any, system: str) -> list[str]:
    numbers = (str(int(float(each))) for each in str(told).split(",") if each.strip())
    return [code for code in (_stateabb(number, system) for number in numbers) if code]


@cache
def _stateabb(number: str, system: str) -> str | None:
    try:
        return find_code(number, system).stateabb
    except DetenteError:
        return None


def _numbers_of(name: str, system: str) -> Iterator[int]:
    each = state(name)
    yield from (
        (int(spell.value) for spell in each.gw) if system == "gw" else (each.ccode,) if each.ccode is not None else ()
    )


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
