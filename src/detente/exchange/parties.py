"""Parties of single rows: CAMEO codes and country names to ours, as of a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from detente.errors import EntityError
from detente.exchange.codelists import read_list
from detente.exchange.naming import country_names, dated_names
from detente.refdata.codes import find_code

if TYPE_CHECKING:
    import duckdb

__all__ = ["cameo_code", "country_code", "named_state", "register_governments"]

_GOVERNMENT = "Government of "


def cameo_code(code: str, day: datetime.date) -> list[str]:
    """Return the party that a CAMEO actor code means on `day`: a state, an organisation, else `X:` and the code.

    >>> cameo_code("USAGOV", datetime.date(1980, 1, 1)), cameo_code("SYRREB", datetime.date(2013, 1, 1))
    (['USA'], ['X:SYRREB'])
    """
    if code in ("", "---"):
        return []
    return [_cameo(code, day.replace(day=1))]


@cache
def _cameo(code: str, month: datetime.date) -> str:
    groups, roles = _lists()
    if (group := groups.get(code) or groups.get(code[:6])) is not None:
        return group
    if code[3:6] in roles:
        return f"X:{code}"
    return country_code(code[:3], "cameo", month) or f"X:{code}"


@cache
def country_code(code: str, system: str, day: datetime.date) -> str | None:
    """Return the COW abbreviation of a country's `code` in `system` on `day`, or of the only state that ever had it."""
    for on in (day, None):
        try:
            return find_code(code, system, on).stateabb
        except EntityError:
            continue
    return None


def named_state(name: str, day: datetime.date) -> str | None:
    """Return the COW abbreviation of the state called `name` on `day`, or of the one that is called so now.

    Names of the day come first, whichever form they have: "Yemen (North Yemen)" in 1986 is North Yemen.
    "Korea, Republic of" is read as "Republic of Korea", and "Siam (Thailand)" as Siam, or else as Thailand.

    >>> named_state("Germany, Federal Republic of", datetime.date(1970, 4, 10))
    'GFR'
    """
    keys = [form.removeprefix("the ") for form in _forms(name.replace("\u2019", "'").lower())]
    for key in keys:
        dated = {code for code, first, last in dated_names().get(key, ()) if first <= day <= last}
        if len(dated) == 1:
            return dated.pop()
    return next((country_names()[key] for key in keys if key in country_names()), None)


def register_governments(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the SQL function `government(name, day)`, where it is not there.

    It gives the state whose government is called "Government of …" on that day; null for any other name.
    """
    if connection.execute("SELECT 1 FROM duckdb_functions() WHERE function_name = 'government'").fetchall():
        return
    connection.create_function("government_or_empty", _government, ["VARCHAR", "DATE"], "VARCHAR")
    connection.execute("CREATE MACRO government(name, day) AS nullif(government_or_empty(name, day), '')")


@cache
def _government(name: str, day: datetime.date) -> str:
    given = name.removeprefix(_GOVERNMENT) if name.startswith(_GOVERNMENT) else ""
    return (named_state(given, day) if given else None) or ""


def _forms(name: str) -> Iterator[str]:
    yield name.strip()
    plain, _, other = name.partition("(")
    if other:
        yield from _forms(plain)
        yield other.rstrip(") ")
    elif ", " in name:
        country, _, style = name.partition(", ")
        yield f"{style.strip()} {country.strip()}"


@cache
def _lists() -> tuple[dict[str, str], frozenset[str]]:
    groups = {row["group"]: row["code"] for row in read_list("groups")}
    return groups, frozenset(row["role"] for row in read_list("roles"))
