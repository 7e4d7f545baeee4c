"""The engines that measure: DuckDB in this process, or Spark through Ibis (the `spark` extra)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from detente.errors import FormatError, UsageError
from detente.measure.events import OPTIONAL_COLUMNS, REQUIRED_COLUMNS, known_codes

__all__ = ["ENGINES", "check_engine", "connect_spark", "named_parties", "open_session", "read_events"]

ENGINES = ("duckdb", "spark")


def check_engine(engine: str, able: tuple[str, ...] = ENGINES, measure: str = "this measure") -> None:
    """Raise UsageError, in one line, where `engine` is unknown or is none of those that are `able` to do `measure`."""
    if engine not in ENGINES:
        raise UsageError(f"engine={engine!r}: expected one of {', '.join(ENGINES)}")
    if engine not in able:
        raise UsageError(f"engine={engine!r}: {measure} needs single events (expected {' or '.join(able)})")


def open_session(session: Any = None) -> Any:
    """Return `session`, or the Spark session of this process (that of `spark-submit`; else a local one).

    UsageError where pyspark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("Spark needs pyspark: install detente[spark]") from error
    # Workers of a local session run this very Python; on a cluster its own setting holds.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return session or SparkSession.builder.appName("detente").getOrCreate()


def connect_spark(session: Any = None) -> Any:
    """Return an Ibis connection to `session` (default: that of `open_session`), which reckons days in UTC from then on.

    UsageError where the `spark` extra is not installed.
    """
    try:
        import ibis
    except ImportError as error:
        raise UsageError("Spark needs ibis: install detente[spark]") from error
    session = open_session(session)
    session.conf.set("spark.sql.session.timeZone", "UTC")
    session.conf.set("spark.sql.ansi.enabled", "false")
    return ibis.pyspark.connect(session)


def read_events(connection: Any, source: Any) -> Any:
    """Return the Ibis table of the Parquet files at `source` (a file, a folder or a glob), with every column.

    Columns that an event table may lack are null where it lacks them. UsageError where `source` is no path,
    FormatError where it cannot be read or lacks a column that must be there.
    """
    import ibis

    if not isinstance(source, (str, Path)):
        raise UsageError(f"events are a {type(source).__name__}: on Spark, expected the path of Parquet files")
    path = f"{source}/*.parquet" if Path(source).is_dir() else str(source)
    try:
        events = connection.read_parquet(path)
    except Exception as error:  # every engine has its own
        raise FormatError(source, None, "cannot be read", expected="Parquet files of events") from error
    missing = sorted(set(REQUIRED_COLUMNS) - set(events.columns))
    if missing:
        raise FormatError(source, None, f"lacks {', '.join(missing)}", expected="the columns of an event table")
    absent = {name: ibis.null("string") for name in OPTIONAL_COLUMNS if name not in events.columns}
    return events.mutate(**absent) if absent else events


def named_parties(events: Any, texts: Iterable[str | None], connection: Any = None) -> set[str]:
    """Return which of `texts` are a party to some event, by an Ibis `connection`; without one, every code that is."""
    if connection is None:
        return known_codes(events)
    table = read_events(connection, events)
    return {text for text in texts if text is not None and _is_named(table, text)}


def _is_named(table: Any, text: str) -> bool:
    named = table.filter(table.actors.contains(text) | table.recipients.contains(text)).limit(1)
    return bool(named.count().execute())
