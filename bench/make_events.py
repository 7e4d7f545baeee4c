"""Write a made-up year-by-year run of events shaped like GDELT: as event tables in Parquet, or as GDELT 2.0 files.

usage: make_events.py FOLDER [--events N] [--csv] [--chunk N]

Days run from 1979 to 2019, more of them in later years as in GDELT; actors are drawn so that a few states have part in
most events; event codes follow the shares of CAMEO's roots. The same N gives the same events. Parquet files are in
`EVENT_COLUMNS`, one a chunk, so that memory stays small.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

from detente.exchange.codelists import connect
from detente.exchange.gdelt import EVENTS
from detente.model import EVENT_COLUMNS

DRAWN = """
    SELECT i AS number,
        DATE '1979-01-01' + (14975 * sqrt((hash(i * 8 + 1) % 1000003) / 1000003.0))::INTEGER AS day,
        codes[1 + (length(codes) * pow((hash(i * 8 + 2) % 1000003) / 1000003.0, 4))::INTEGER % length(codes)] AS one,
        codes[1 + (length(codes) * pow((hash(i * 8 + 3) % 1000003) / 1000003.0, 4))::INTEGER % length(codes)] AS two,
        events[1 + (hash(i * 8 + 4) % length(events))::INTEGER] AS code,
        hash(i * 8 + 5) % 10 AS told
    FROM range({first}, {last}) AS numbers(i), names
"""


def main() -> None:
    """Write the events asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--csv", action="store_true", help="write GDELT 2.0 files")
    parser.add_argument("--chunk", type=int, default=5_000_000)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with connect() as connection:
        connection.execute(
            "CREATE TABLE names AS SELECT (SELECT list(code ORDER BY code) FROM party WHERE system = 'cameo') AS codes,"
            " (SELECT list(code ORDER BY code) FROM cameo WHERE length(code) > 2) AS events"
        )
        for number, first in enumerate(range(0, given.events, given.chunk)):
            drawn = DRAWN.format(first=first, last=min(first + given.chunk, given.events))
            name = given.folder / (f"{number:04d}.export.CSV" if given.csv else f"events-{number:04d}.parquet")
            options = (
                "FORMAT csv, DELIMITER '\t', HEADER false, QUOTE ''"
                if given.csv
                else "FORMAT parquet, COMPRESSION zstd"
            )
            select = gdelt_lines(drawn) if given.csv else event_rows(drawn)
            connection.execute(f"COPY ({select}) TO '{name}' ({options})")


def gdelt_lines(drawn: str) -> str:
    """Return the SELECT of the 61 columns of GDELT 2.0."""
    values = dict.fromkeys(EVENTS.layouts[0], "''")
    values |= {"globaleventid": "number", "sqldate": "strftime(day, '%Y%m%d')", "monthyear": "strftime(day, '%Y%m')"}
    values |= {"year": "year(day)", "fractiondate": "year(day) + 0.5", "isrootevent": "1", "eventcode": "drawn.code"}
    values |= {"eventbasecode": "drawn.code[1:3]", "eventrootcode": "drawn.code[1:2]", "quadclass": "cameo.quad"}
    values |= {"goldsteinscale": "coalesce(scale.score, 0)", "nummentions": "1 + told", "numsources": "1"}
    values |= {"numarticles": "1 + told", "avgtone": "-1.5 + told", "dateadded": "strftime(day, '%Y%m%d')"}
    for side, name in (("actor1", "one"), ("actor2", "two")):
        values |= {f"{side}code": f"{name} || 'GOV'", f"{side}name": f"'GOVERNMENT OF ' || {name}"}
        values |= {f"{side}countrycode": name, f"{side}type1code": "'GOV'"}
    for place in ("actor1", "actor2", "action"):
        values |= {f"{place}geo_type": "4", f"{place}geo_fullname": "'A city, A province, A country'"}
        values |= {f"{place}geo_countrycode": "'RS'", f"{place}geo_adm1code": "'RS48'", f"{place}geo_lat": "55.7522"}
        values |= {f"{place}geo_long": "37.6156", f"{place}geo_featureid": "-2960561"}
    values |= {"sourceurl": "'https://news.example.org/world/' || number || '/a-headline-of-some-length.html'"}
    columns = ", ".join(f"{value} AS {name}" for name, value in values.items())
    return f"SELECT {columns} {_joined(drawn)}"


def event_rows(drawn: str) -> str:
    """Return the SELECT of `EVENT_COLUMNS`."""
    values = {"event_id": "'gdelt:' || number", "origin": "'imported'", "dataset": "'GDELT'", "status": "'actual'"}
    values |= {
        "event_type": "cameo.event_type",
        "mode": "cameo.mode",
        "quad_class": "cameo.quad",
        "score": "scale.score",
    }
    values |= {"original_code": "drawn.code", "actors": "[a.stateabb]", "recipients": "[b.stateabb]"}
    values |= {"actor_text": "[one || 'GOV']", "recipient_text": "[two || 'GOV']", "earliest": "day", "latest": "day"}
    values |= {
        "edtf": "day::VARCHAR",
        "place": "'A city, A province, A country'",
        "source": "'https://news.example.org'",
    }
    columns = ", ".join(
        f'{values[each.name]} AS "{each.name}"' if each.name in values else f'NULL::{sql_type(each)} AS "{each.name}"'
        for each in EVENT_COLUMNS
    )
    return f"SELECT {columns} {_joined(drawn)} {_parties()}"


def sql_type(each: object) -> str:
    """Return DuckDB's name of the type of an Arrow field."""
    empty = EVENT_COLUMNS.empty_table().select([each.name])  # type: ignore[attr-defined]  # noqa: F841 - found by name
    return str(duckdb.sql("DESCRIBE FROM empty").fetchall()[0][1])


def _joined(drawn: str) -> str:
    return (
        f"FROM ({drawn}) AS drawn JOIN cameo ON cameo.code = drawn.code LEFT JOIN plover_scale AS scale"
        " ON scale.event_type = cameo.event_type AND scale.mode = coalesce(cameo.mode, '')"
    )


def _parties() -> str:
    return " ".join(
        f"JOIN party AS {alias} ON {alias}.system = 'cameo' AND {alias}.code = {code}"
        f" AND day BETWEEN {alias}.first AND {alias}.last"
        for alias, code in (("a", "one"), ("b", "two"))
    )


if __name__ == "__main__":
    main()
