"""Whittling: one row a unit and period of several, as with disputes by dyad and year."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from detente.errors import UsageError

__all__ = ["whittle"]


def whittle(table: pa.Table, keep: Sequence[str], keys: Sequence[str] = ("ccode1", "ccode2", "year")) -> pa.Table:
    """Return one row for each of `keys`: of several, the one highest in the first column of `keep`, then the next.

    A column with a minus before its name is taken lowest first. Ties that remain are broken by the other columns in
    their order, so that the result does not depend on the order of rows. For disputes by dyad and year the usual order
    is onset, fatality, hostility, duration: `keep=["disponset", "fatality1", "hostlev1", "-stmon"]`.

    >>> rows = pa.table({"ccode1": [2, 2], "ccode2": [20, 20], "year": [1974, 1974], "hostlev1": [2, 4]})
    >>> whittle(rows, ["hostlev1"]).to_pylist()
    [{'ccode1': 2, 'ccode2': 20, 'year': 1974, 'hostlev1': 4}]
    """
    names = [name.removeprefix("-") for name in keep]
    missing = [name for name in (*names, *keys) if name not in table.column_names]
    if missing:
        raise UsageError(f"column {missing[0]!r} is not in the table: expected some of {', '.join(table.column_names)}")
    order = [f'"{n}" {"ASC" if k.startswith("-") else "DESC"} NULLS LAST' for n, k in zip(names, keep, strict=True)]
    order += [f'"{name}"' for name in table.column_names if name not in names and name not in keys]
    listed = ", ".join(f'"{key}"' for key in keys)
    with duckdb.connect() as connection:
        connection.register("panel", table)
        return connection.sql(
            f"FROM panel QUALIFY row_number() OVER (PARTITION BY {listed} ORDER BY {', '.join(order)}) = 1"
            f" ORDER BY {listed}"
        ).to_arrow_table()
