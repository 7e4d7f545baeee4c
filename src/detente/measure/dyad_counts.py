"""Events counted by pair of parties and period, in one scan of as many events as there are."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from detente.measure.events import check_status

__all__ = ["FIGURES", "MICRO", "add_counts", "period_number"]

MICRO = 1_000_000
"""Shares of an event and its score are summed as whole millionths, so that a sum is the same in any order."""

FIGURES = ("events", "quad_1", "quad_2", "quad_3", "quad_4", "scored", "score")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_number(day: str, every: str) -> str:
    """Return the SQL of the number of the month, quarter or year that `day` falls in, counted from the year 0."""
    months = f"(year({day}) * 12 + month({day}) - 1)"
    return months if every == "month" else f"{months} // {_MONTHS[every]}"


def add_counts(
    connection: duckdb.DuckDBPyConnection, every: str, status: Sequence[str], *, directed: bool, alone: bool = False
) -> None:
    """Make the table `told` (one, two, step, events, quad_1 … quad_4, scored, score), figures in millionths.

    `one` acted upon `two` where `directed`; otherwise each happening counts once for a pair, under the lesser code
    first. A two-sided act counts once in each direction. With `alone`, `two` is null and `one` every party, once. An
    act whose date is a range is shared over its periods by days. Several tellings of one happening count once, by the
    one whose date is tightest.
    """
    check_status(status)
    connection.execute(f"CREATE TEMP TABLE scanned AS {_scan(every, status, _tellings(connection))}")
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in FIGURES)
    parts = [*_plain(directed, alone), _spread(every, directed, alone)]
    connection.execute(
        f"CREATE TABLE told AS SELECT one, two, step::INTEGER AS step, {sums}"
        f" FROM ({' UNION ALL '.join(parts)}) WHERE one IS NOT NULL GROUP BY ALL"
    )


def _plain(directed: bool, alone: bool) -> list[str]:
    """Return the SELECTs of the groups with two parties and one period."""
    figures = ", ".join(f"{name} * {MICRO} AS {name}" if name != "score" else name for name in FIGURES)
    if alone:
        one, other = (f"SELECT {side} AS one, NULL::VARCHAR AS two, step, {figures} FROM scanned" for side in "ab")
        return [f"{one} WHERE a IS NOT NULL", f"{other} WHERE a IS NOT NULL AND a <> b"]
    pair = "a AS one, b AS two" if directed else "least(a, b) AS one, greatest(a, b) AS two"
    return [f"SELECT {pair}, step, {figures} FROM scanned WHERE a IS NOT NULL AND a <> b"]


def _spread(every: str, directed: bool, alone: bool) -> str:
    """Return the SELECT of the rest: acts of several parties, or shared over periods."""
    figures = ", ".join(f"{name} * weight AS {name}" for name in FIGURES if name != "score")
    return f"""
        SELECT one, two, step, {figures},
            CASE WHEN latest_step IS NULL THEN score ELSE round(score * (weight / {MICRO}))::BIGINT END AS score
        FROM (
            SELECT * REPLACE (own_step AS step), pair.one AS one, pair.two AS two,
                CASE WHEN latest_step IS NULL THEN {MICRO} ELSE round({_weight(every)} * {MICRO})::BIGINT END AS weight
            FROM (
                SELECT *, unnest(CASE WHEN latest_step IS NULL THEN [step] ELSE range(step, latest_step + 1) END)
                    AS own_step
                FROM (SELECT *, unnest({_pairs(directed, alone)}) AS pair FROM scanned WHERE a IS NULL)
            )
        )
    """


def _scan(every: str, status: Sequence[str], source: str) -> str:
    """Return the SELECT that reads the events once: most have two parties and lie in one period, and are few groups."""
    listed = ", ".join(f"'{name}'" for name in status)
    first, last = period_number("earliest", every), period_number("latest", every)
    quads = ", ".join(f"count(*) FILTER (WHERE quad_class = {number}) AS quad_{number}" for number in (1, 2, 3, 4))
    plain = f"len(actors) = 1 AND len(recipients) = 1 AND {first} = {last}"
    return f"""
        SELECT
            CASE WHEN {plain} THEN actors[1] END AS a, CASE WHEN {plain} THEN recipients[1] END AS b,
            {first} AS step, CASE WHEN {first} <> {last} THEN {last} END AS latest_step,
            CASE WHEN {plain} THEN NULL ELSE actors END AS actors,
            CASE WHEN {plain} THEN NULL ELSE coalesce(recipients, []) END AS recipients,
            CASE WHEN {first} <> {last} THEN earliest END AS earliest,
            CASE WHEN {first} <> {last} THEN latest END AS latest,
            count(*) AS events, {quads}, count(score) AS scored,
            sum(round(score * {MICRO})::BIGINT)::BIGINT AS score
        FROM {source}
        WHERE coalesce(status, 'actual') IN ({listed}) AND earliest IS NOT NULL AND latest IS NOT NULL
        GROUP BY ALL
    """


def _tellings(connection: duckdb.DuckDBPyConnection) -> str:
    """Return what to scan: the events, or where some are joined, one telling of each happening."""
    columns = {row[0] for row in connection.execute("DESCRIBE events").fetchall()}
    if "canonical_id" not in columns or "event_id" not in columns:
        return "events"
    joined = "canonical_id IS NOT NULL AND canonical_id <> event_id"
    if not connection.execute(f"SELECT 1 FROM events WHERE {joined} LIMIT 1").fetchall():
        return "events"
    return (
        "(FROM events QUALIFY row_number() OVER (PARTITION BY coalesce(canonical_id, event_id)"
        " ORDER BY len(actors) = 0, latest - earliest, event_id) = 1)"
    )


def _pairs(directed: bool, alone: bool) -> str:
    """Return the SQL of the list of pairs that a scanned group stands between."""
    if alone:
        parties = (
            "CASE WHEN a IS NULL THEN list_distinct(list_concat(actors, recipients)) ELSE list_distinct([a, b]) END"
        )
        return f"list_transform({parties}, lambda x: {{'one': x, 'two': NULL::VARCHAR}})"
    far = "CASE WHEN len(recipients) = 0 THEN actors ELSE recipients END"
    product = (
        f"list_filter(flatten(list_transform(actors, lambda x: list_transform({far},"
        " lambda y: {'one': x, 'two': y}))), lambda p: p.one <> p.two)"
    )
    if directed:
        return f"list_distinct({product})"
    unordered = f"list_transform({product}, lambda p: {{'one': least(p.one, p.two), 'two': greatest(p.one, p.two)}})"
    return f"list_distinct({unordered})"


def _weight(every: str) -> str:
    """Return the SQL of the share of an act's days that fall in `own_step`."""
    size = _MONTHS[every]
    start = f"make_date(own_step * {size} // 12, own_step * {size} % 12 + 1, 1)"
    stop = f"make_date((own_step + 1) * {size} // 12, (own_step + 1) * {size} % 12 + 1, 1)"
    return f"(least(latest + 1, {stop}) - greatest(earliest, {start})) / (latest - earliest + 1)"
