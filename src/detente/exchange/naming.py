"""Countries by name, as data sets write them, as a table of a connection."""

from __future__ import annotations

import datetime
from functools import cache

import duckdb
import pyarrow as pa

from detente.exchange.codelists import read_list
from detente.refdata.states import load_states

__all__ = ["country_names", "dated_names", "register_names"]


@cache
def country_names() -> dict[str, str]:
    """Return the states by every name they have now or had last, in small letters; names of two states are left out.

    >>> country_names()["russian federation"], country_names()["china"]
    ('RUS', 'CHN')
    """
    found: dict[str, set[str]] = {}
    for latest in (True, False):
        known = set(found)
        for state in load_states():
            for name in state.names:
                key = name.value.lower().removeprefix("the ")
                if (name.end is None) == latest and key not in known:
                    found.setdefault(key, set()).add(state.stateabb)
    names = {key: next(iter(states)) for key, states in found.items() if len(states) == 1}
    return {**names, **{row["name"].lower(): row["stateabb"] for row in read_list("country_names")}}


@cache
def dated_names() -> dict[str, list[tuple[str, datetime.date, datetime.date]]]:
    """Return whom every name (in small letters) meant between which days, both inclusive."""
    found: dict[str, list[tuple[str, datetime.date, datetime.date]]] = {}
    for state in load_states():
        for name in state.names:
            spell = (state.stateabb, name.start or datetime.date.min, name.end or datetime.date.max)
            found.setdefault(name.value.lower().removeprefix("the "), []).append(spell)
    return found


def register_names(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `country_name` (name in small letters, stateabb), where it is not there."""
    names = country_names()
    incoming = pa.table({"name": list(names), "stateabb": list(names.values())})  # noqa: F841 - found by name
    connection.execute("CREATE TABLE IF NOT EXISTS country_name AS FROM incoming")
