"""The code lists as tables of a DuckDB connection: event codes to PLOVER, parties to our codes as of a day."""

from __future__ import annotations

import csv
import datetime
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa

from detente.refdata.codes import code_spells
from detente.refdata.plover import event_types, score_of

__all__ = ["PARTY_SYSTEMS", "cameo_party", "connect", "join_event", "join_party", "read_list", "words_of"]

PARTY_SYSTEMS = ("cameo", "iso3", "cown", "gw", "fips", "cow")
_EVENTS = pa.schema([(name, pa.string()) for name in ("code", "event_type", "mode")] + [("quad", pa.int8())])


def connect() -> duckdb.DuckDBPyConnection:
    """Return a connection with the code lists as tables and the macros that look codes up.

    Tables: `cameo` and `weis` (code, event_type, mode, quad), `plover_name` (old, event_type, mode), `plover_scale`
    (event_type, mode, quad, score), `party` (system, code, stateabb, first, last), `role` (role), `grouping`
    (code, party) and `mid_action` (hiact, event_type, mode, action).
    """
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET arrow_large_buffer_size = false")
    # How many lines a file has is not known before it is read: DuckDB takes them for fewer than the codes, and would
    # put all of them in the hash table of each join in turn.
    connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
    for name, table in _tables().items():
        connection.register("incoming", table)
        connection.execute(f"CREATE TABLE {name} AS FROM incoming")
        connection.unregister("incoming")
    alone = ", ".join(f"'{row['role']}'" for row in read_list("roles"))
    connection.execute(f"CREATE MACRO acts_alone(code) AS coalesce(substr(code, 4, 3) IN ({alone}), false)")
    connection.execute("CREATE MACRO listed(item) AS CASE WHEN item IS NULL THEN []::VARCHAR[] ELSE [item] END")
    connection.execute(
        "SET VARIABLE cow_states ="
        " (SELECT map(list(code), list(stateabb))"
        " FROM (SELECT DISTINCT code, stateabb FROM party WHERE system = 'cown'))"
    )
    return connection


def join_party(alias: str, system: str, code: str, day: str) -> str:
    """Return the JOIN that gives `alias.stateabb`, the state that `code` (SQL) means in `system` on `day` (SQL)."""
    return (
        f" LEFT JOIN party AS {alias} ON {alias}.system = '{system}' AND {alias}.code = {code}"
        f" AND {day} BETWEEN {alias}.first AND {alias}.last"
    )


def join_event(table: str, code: str) -> str:
    """Return the JOIN that gives `event.event_type`, `event.mode`, `event.quad` and `scale.score` of `code` (SQL)."""
    return (
        f" LEFT JOIN {table} AS event ON event.code = {code} LEFT JOIN plover_scale AS scale"
        " ON scale.event_type = event.event_type AND scale.mode = coalesce(event.mode, '')"
    )


def cameo_party(code: str, state: str, group: str = "NULL") -> str:
    """Return the SQL of the parties that a CAMEO actor `code` stands for.

    `state` is the state of its country and `group` that of its organisation, both SQL; who has neither, or does not
    act for the country's government (a rebel, a separatist), is `X:` and the code.
    """
    return (
        f"CASE WHEN coalesce({code}, '') IN ('', '---') THEN []::VARCHAR[]"
        f" WHEN {state} IS NOT NULL AND NOT acts_alone({code}) THEN [{state}]"
        f" WHEN {group} IS NOT NULL THEN [{group}] ELSE ['X:' || {code}] END"
    )


def words_of(name: str, code: str) -> str:
    """Return the SQL of a party's words: its name as given with the code as given beside it, or whichever there is."""
    given = f"nullif(trim({code}), '')"
    return (
        f"listed(coalesce(trim({name}) || ' [' || {given} || ']', nullif(trim({name}), ''), {given}))"
        if name != code
        else f"listed({given})"
    )


def read_list(name: str) -> list[dict[str, str]]:
    """Return the rows of `data/NAME.csv`, its comment lines left out."""
    lines = files("detente.exchange").joinpath(f"data/{name}.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def _tables() -> dict[str, pa.Table]:
    spells = [(system, *row) for system in PARTY_SYSTEMS for row in code_spells(system)]
    return {
        "cameo": _events("cameo"),
        "weis": _events("weis"),
        "plover_name": pa.table(_columns(_plover_names(), ("old", "event_type", "mode"))),
        "plover_scale": _scale(),
        "party": pa.table(
            {
                **{name: [row[at] for row in spells] for at, name in enumerate(("system", "code", "stateabb"))},
                "first": pa.array([row[3] or datetime.date.min for row in spells], pa.date32()),
                "last": pa.array([row[4] or datetime.date.max for row in spells], pa.date32()),
            }
        ),
        "role": pa.table(_columns(read_list("roles"), ("role",))),
        "grouping": pa.table(_columns(read_list("groups"), ("group", "code"))).rename_columns(["code", "party"]),
        "mid_action": pa.table(_columns(read_list("mid_actions"), ("hiact", "event_type", "mode", "action"))),
    }


def _events(name: str) -> pa.Table:
    rows = read_list(name)
    columns = _columns(rows, ("code", "event_type", "mode"))
    return pa.table({**columns, "quad": [int(row["quad_class"]) for row in rows]}, schema=_EVENTS)


def _plover_names() -> list[dict[str, str]]:
    return [*({"old": name, "event_type": name, "mode": ""} for name in event_types()), *read_list("plover_names")]


def _scale() -> pa.Table:
    rows = [(name, mode, each) for name, each in event_types().items() for mode in ("", *each.mode_scores)]
    return pa.table(
        {
            "event_type": [name for name, _, _ in rows],
            "mode": [mode for _, mode, _ in rows],
            "quad": pa.array([each.quad_class for _, _, each in rows], pa.int8()),
            "score": [score_of(name, mode or None) for name, mode, _ in rows],
        }
    )


def _columns(rows: list[dict[str, str]], names: tuple[str, ...]) -> dict[str, pa.Array]:
    return {name: pa.array([row[name] or None for row in rows], pa.string()) for name in names}
