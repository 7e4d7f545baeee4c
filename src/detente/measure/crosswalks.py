"""Crosswalks between the Correlates of War's numbers and Gleditsch and Ward's, as of each year."""

from __future__ import annotations

import datetime

import pyarrow as pa

from detente.errors import EntityError
from detente.refdata.codes import code_of, find_code

__all__ = ["cross_codes"]

_SYSTEMS = {"cow": "cown", "gw": "gw"}


def cross_codes(codes: pa.ChunkedArray, years: pa.ChunkedArray, from_: str, to: str) -> pa.Array:
    """Return the numbers in the list `to` ("cow" or "gw") of the `codes` of the list `from_`, each as of its year.

    A state is looked up on the last day of the year, then on the first; null where it has no number in the other list
    then.

    >>> cross_codes(pa.chunked_array([[679, 260]]), pa.chunked_array([[1995, 1950]]), "cow", "gw").to_pylist()
    [678, 260]
    """
    pairs = list(zip(codes.to_pylist(), years.to_pylist(), strict=True))
    crossed = {pair: _cross(*pair, _SYSTEMS[from_], _SYSTEMS[to]) for pair in set(pairs)}
    return pa.array([crossed[pair] for pair in pairs], pa.int32())


def _cross(code: int, year: int, mine: str, theirs: str) -> int | None:
    for day in (datetime.date(year, 12, 31), datetime.date(year, 1, 1)):
        try:
            return int(code_of(find_code(code, mine, day), theirs, day))
        except EntityError:
            continue
    return None
