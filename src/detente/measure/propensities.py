"""What an alignment rests on, as a user gives it: how each two actors lean to one another, and how great each is."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import FormatError, UsageError

__all__ = ["read_propensities", "read_sizes"]

Floats = NDArray[np.float64]


def read_propensities(source: Any, actors: Sequence[str] | None = None) -> tuple[list[str], Floats]:
    """Return the actors and their symmetric matrix of propensities from a matrix, a mapping of pairs, a table or a CSV.

    A pair may stand in either order, once; both orders must agree. UsageError or FormatError says what is missing.
    """
    if isinstance(source, (np.ndarray, list, tuple)):
        return _from_matrix(source, actors)
    rows = _pairs(source)
    names = list(actors) if actors is not None else list(dict.fromkeys(name for a, b, _ in rows for name in (a, b)))
    place = {name: number for number, name in enumerate(names)}
    matrix = np.full((len(names), len(names)), np.nan)
    np.fill_diagonal(matrix, 0.0)
    for a, b, value in rows:
        if a not in place or b not in place:
            raise UsageError(f"propensity of {a} and {b}: expected actors among {', '.join(names)}")
        i, j = place[a], place[b]
        if i != j and not np.isnan(matrix[i, j]) and matrix[i, j] != value:
            raise UsageError(f"propensity of {a} and {b}: {matrix[i, j]:g} and {value:g}; expected the same both ways")
        if i != j:
            matrix[i, j] = matrix[j, i] = value
    gaps = np.argwhere(np.isnan(matrix))
    if len(gaps):
        i, j = gaps[0]
        raise UsageError(
            f"propensity of {names[i]} and {names[j]} is missing ({len(gaps) // 2} pairs in all): expected every pair"
        )
    return names, matrix


def _from_matrix(source: Any, actors: Sequence[str] | None) -> tuple[list[str], Floats]:
    try:
        matrix = np.asarray(source, float)
    except ValueError as error:
        raise UsageError("propensity matrix: expected rows of numbers, all of one length") from error
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise UsageError(f"propensity matrix of shape {matrix.shape}: expected a square one")
    names = list(actors) if actors is not None else [str(number + 1) for number in range(len(matrix))]
    if len(names) != len(matrix):
        raise UsageError(f"{len(names)} actors for {len(matrix)} rows of propensities: expected as many")
    if not np.isfinite(matrix).all():
        raise UsageError("propensity matrix: expected a number for every pair")
    uneven = np.argwhere(~np.isclose(matrix, matrix.T, rtol=1e-9, atol=1e-12))
    if len(uneven):
        i, j = uneven[0]
        raise UsageError(
            f"propensity of {names[i]} and {names[j]}: {matrix[i, j]:g} one way, {matrix[j, i]:g} the other;"
            " expected a symmetric matrix"
        )
    return names, matrix


def _pairs(source: Any) -> list[tuple[str, str, float]]:
    if isinstance(source, Mapping):
        return [(str(a), str(b), float(value)) for (a, b), value in source.items()]
    rows = _rows(source, ("a", "b", "propensity"))
    return [(row["a"], row["b"], _number(source, line, row["propensity"])) for line, row in enumerate(rows, start=2)]


def _rows(source: Any, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of a CSV path or a table; FormatError where a column is missing."""
    where = source if isinstance(source, (str, Path)) else "table"
    if isinstance(source, (str, Path)):
        if not Path(source).is_file():
            raise FormatError(source, None, "there is no such file", expected=f"a CSV with {', '.join(columns)}")
        with Path(source).open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows, present = list(reader), list(reader.fieldnames or [])
    elif isinstance(source, pa.Table) or hasattr(source, "__arrow_c_stream__"):
        table = source if isinstance(source, pa.Table) else pa.table(source)
        rows, present = table.to_pylist(), table.column_names
    else:
        raise UsageError(f"{type(source).__name__}: expected a matrix, a mapping, a table or a CSV path")
    missing = [name for name in columns if name not in present]
    if missing:
        raise FormatError(where, 1, f"lacks {', '.join(missing)}", expected=f"columns {', '.join(columns)}")
    return rows


def _number(source: Any, line: int, text: Any) -> float:
    try:
        value = float(text)
    except (TypeError, ValueError):
        value = np.nan
    if not np.isfinite(value):
        raise FormatError(
            source if isinstance(source, (str, Path)) else "table", line, f"{text!r}", expected="a number"
        )
    return value


def read_sizes(source: Any, actors: Sequence[str]) -> Floats:
    """Return the size of each actor from a mapping, a table or a CSV (actor; size or strength); 1 each for None."""
    if source is None:
        return np.ones(len(actors))
    if not isinstance(source, Mapping):
        rows = _rows(source, ("actor",))
        column = "size" if rows and "size" in rows[0] else "strength"
        if rows and column not in rows[0]:
            where = source if isinstance(source, (str, Path)) else "table"
            raise FormatError(where, 1, "lacks size", expected="columns actor and size (or strength)")
        source = {row["actor"]: _number(source, line, row[column]) for line, row in enumerate(rows, start=2)}
    missing = [actor for actor in actors if actor not in source]
    if missing:
        raise UsageError(f"no size for {', '.join(missing)}: expected one for every actor")
    sizes = np.array([float(source[actor]) for actor in actors])
    if not (np.isfinite(sizes).all() and (sizes >= 0).all()):
        raise UsageError("sizes: expected numbers from 0 up")
    return sizes
