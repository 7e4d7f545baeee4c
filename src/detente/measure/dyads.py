"""Which states and dyads there were in each period: the rows of a panel before anything is counted."""

from __future__ import annotations

import csv
import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from detente.errors import FormatError
from detente.measure.periods import Periods
from detente.refdata.states import load_states

__all__ = ["add_contiguity", "add_majors", "add_states"]


def add_states(connection: duckdb.DuckDBPyConnection, periods: Periods, system: str) -> None:
    """Make the tables `period` (number, start, stop), `spell` (stateabb, code, first, last) and `member` (number, code,
    stateabb).

    `member` has the states of the system ("cow" or "gw") on some day of each period; a state whose number changed is
    under the number it had.
    """
    spells = _spells(system)
    _register(
        connection,
        "period",
        {
            "number": pa.array(range(len(periods)), pa.int32()),
            "start": pa.array(periods.starts),
            "stop": pa.array(periods.ends),
        },
    )
    _register(
        connection,
        "spell",
        {
            "stateabb": pa.array([row[0] for row in spells], pa.string()),
            "code": pa.array([row[1] for row in spells], pa.int32()),
            "first": pa.array([row[2] or datetime.date.min for row in spells], pa.date32()),
            "last": pa.array([row[3] or datetime.date.max for row in spells], pa.date32()),
        },
    )
    connection.execute(
        "CREATE TABLE member AS SELECT DISTINCT number, code, stateabb FROM period JOIN spell"
        " ON spell.first <= period.stop AND spell.last >= period.start"
    )


def add_majors(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `major` (number, code): the major powers on some day of each period."""
    rows = _majors()
    _register(
        connection,
        "major_spell",
        {
            "stateabb": pa.array([row["stateabb"] for row in rows], pa.string()),
            "first": pa.array([datetime.date.fromisoformat(row["from"]) for row in rows], pa.date32()),
            "last": pa.array(
                [datetime.date.fromisoformat(row["to"]) if row["to"] else datetime.date.max for row in rows],
                pa.date32(),
            ),
        },
    )
    connection.execute(
        "CREATE TABLE major AS SELECT DISTINCT member.number, member.code FROM member JOIN period USING (number)"
        " JOIN major_spell ON major_spell.stateabb = member.stateabb AND major_spell.first <= period.stop"
        " AND major_spell.last >= period.start"
    )


def add_contiguity(connection: duckdb.DuckDBPyConnection, path: Path | str) -> None:
    """Make the table `contiguous` (number, code1, code2, conttype) from a user's copy of COW Direct Contiguity.

    The file's numbers are COW's; those of the table are those of `member`, whichever list that follows.

    Reads CSV or Parquet: ccode1 and ccode2 (state1no and state2no), conttype, and stdate and enddate (days), begin and
    end (YYYYMM) or year. `conttype` is 1 (land) to 5 (up to 400 miles of water).
    """
    path = Path(path)
    if not path.is_file():
        raise FormatError(path, None, "there is no such file", expected="a copy of COW Direct Contiguity")
    reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    relation = connection.sql(f"FROM {reader}($path)", params={"path": str(path)})
    names = {name.lower() for name in relation.columns}
    one, two = ("ccode1", "ccode2") if "ccode1" in names else ("state1no", "state2no")
    spell = next((each for each in _SPELLS if each in names), "")
    if not {one, two, "conttype"} <= names or not spell:
        raise FormatError(path, 1, "lacks a column", expected="ccode1, ccode2, conttype and stdate, begin or year")
    first, last = _SPELLS[spell]
    relation.create_view("contiguity_file")
    numbers = {(row[0], row[1]) for row in _spells("cow")}
    columns = {"stateabb": pa.array([row[0] for row in numbers]), "code": pa.array([row[1] for row in numbers])}
    _register(connection, "cow_number", columns)
    connection.execute(
        "CREATE TABLE contiguous AS SELECT period.number, least(a.code, b.code) AS code1,"
        " greatest(a.code, b.code) AS code2, min(conttype)::TINYINT AS conttype FROM contiguity_file"
        f" JOIN period ON {first} <= period.stop AND {last} >= period.start"
        f" JOIN cow_number AS one ON one.code = {one} JOIN cow_number AS two ON two.code = {two}"
        " JOIN member AS a ON a.number = period.number AND a.stateabb = one.stateabb"
        " JOIN member AS b ON b.number = period.number AND b.stateabb = two.stateabb"
        " WHERE conttype BETWEEN 1 AND 5 GROUP BY ALL"
    )


_SPELLS = {
    "stdate": ("stdate::DATE", "enddate::DATE"),
    "begin": (
        "make_date(begin // 100, begin % 100, 1)",
        'last_day(make_date("end" // 100, "end" % 100, 1))',
    ),
    "year": ("make_date(year, 1, 1)", "make_date(year, 12, 31)"),
}


@cache
def _spells(system: str) -> tuple[tuple[str, int, datetime.date | None, datetime.date | None], ...]:
    if system == "cow":
        return tuple(
            (each.stateabb, int(each.ccode), s.start, s.end)
            for each in load_states()
            for s in each.members
            if each.ccode
        )
    return tuple((each.stateabb, int(s.value), s.start, s.end) for each in load_states() for s in each.gw)


def _majors() -> list[dict[str, str]]:
    lines = files("detente.refdata").joinpath("data/majors.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _register(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, pa.Array]) -> None:
    incoming = pa.table(columns)  # noqa: F841 - DuckDB finds it by name
    connection.execute(f"CREATE TABLE {name} AS FROM incoming")
