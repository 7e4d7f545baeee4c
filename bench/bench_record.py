"""Time the record's answers on a million events and a hundred thousand ties, and how fast it takes documents in.

usage: bench_record.py [--events N] [--ties N] [--repeat N] [--file PATH]

Answers are given in milliseconds (best of N) and as a ratio to a bare DuckDB scan that counts the events of the same
dyad in the lists, in the same run. Taking in is given in documents of 30 events a second.
"""

from __future__ import annotations

import argparse
import datetime
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from timing import best_of

from detente.model import BoundedDate, Document, Event, Paragraph, Party, Sentence, hash_content
from detente.record import EventQuery, Store, TieQuery
from detente.record.events import write_dyads

STATES = 200
SENTENCE = "In May 1950 China and the Soviet Union signed pact number {}."
BARE = """
    SELECT count(*) FROM event WHERE
    (list_has(actors, 'S003') AND (list_has(recipients, 'S120') OR list_has(actors, 'S120')))
    OR (list_has(actors, 'S120') AND list_has(recipients, 'S003'))
"""
# Pairs are drawn so that a few states have part in most events, as they do in history.
DRAWN = f"""
    SELECT *, format('S{{:03d}}', a) AS one, format('S{{:03d}}', CASE WHEN a = b THEN a + 1 ELSE b END) AS other FROM (
    SELECT i, floor({STATES} * pow(hash(i * 8 + 1) / 1.8446744e19, 3))::INT AS a,
        floor({STATES} * pow(hash(i * 8 + 2) / 1.8446744e19, 3))::INT AS b, (hash(i * 8 + 3) % 10)::INT AS kind,
        DATE '1816-01-01' + (hash(i * 8 + 4) % 76000)::INT AS day, (hash(i * 8 + 5) % 360)::INT AS days
    FROM range($1) AS numbers(i))
"""


def fill_events(store: Store, count: int) -> None:
    """Write `count` events in documents of 30."""
    with store.transaction() as connection:
        connection.execute(
            f"""
            INSERT INTO event BY NAME
            WITH drawn AS ({DRAWN})
            SELECT i + 1 AS event_no, md5(i::VARCHAR)[:16] AS event_id, event_id AS canonical_id,
                md5((i // 30)::VARCHAR)[:16] AS document_id, i % 30 AS sentence,
                ['AGREE', 'CONSULT', 'SUPPORT', 'REQUEST', 'ACCUSE', 'ASSAULT'][1 + kind % 6] AS event_type,
                'actual' AS status,
                CASE WHEN kind < 4 THEN [one, other] ELSE [one] END AS actors,
                CASE WHEN kind < 4 THEN [] ELSE [other] END::VARCHAR[] AS recipients,
                ['the first'] AS actor_text, ['the other'] AS recipient_text,
                [{{'start': 10, 'reason': 'name'}}] AS actor_spans,
                [{{'start': 40, 'reason': 'name'}}] AS recipient_spans,
                true AS dated, day AS earliest, day + days AS latest, day::VARCHAR AS edtf, 'gregorian' AS calendar,
                'that year' AS date_text, 0 AS date_start, 'signed' AS "trigger", 20 AS trigger_start,
                format('The two governments agreed in the words of paper {{}} to talks on matter {{}}.', event_id, a)
                    AS quote,
                0 AS quote_start, 0.5 AS confidence, 'bench' AS coder, '1' AS coder_version,
                TIMESTAMP '2026-01-01' AS recorded_at
            FROM drawn
            """,
            [count],
        )
        write_dyads(connection, "event", "event_dyad", 1, count)
        connection.execute(
            """
            INSERT INTO document BY NAME
            SELECT DISTINCT document_id, document_id AS content_hash, 'paper ' || document_id AS name, '' AS "text",
                TIMESTAMP '2026-01-01' AS added_at, added_at AS recorded_at
            FROM event
            """
        )


def fill_ties(store: Store, count: int) -> None:
    """Write `count` ties, half of them closed."""
    with store.transaction() as connection:
        connection.execute(
            f"""
            INSERT INTO tie BY NAME
            WITH drawn AS ({DRAWN})
            SELECT md5(i::VARCHAR)[:16] AS tie_id, tie_id AS canonical_id, 'treaty' AS kind, 'pact ' || i AS name,
                [{{'code': one, 'role': 'party'}}, {{'code': other, 'role': 'party'}}] AS parties, '' AS outcome,
                [{{'change': 'opened', 'outcome': 'in force', 'dated': true, 'earliest': day, 'latest': day,
                  'date_words': '', 'edtf': day::VARCHAR, 'calendar': 'gregorian', 'document_id': 'd', 'sentence': 0,
                  'quote': 'signed', 'quote_start': 0, 'event_id': NULL}}] AS moments,
                [one, other] AS codes, day AS opened_earliest, day AS opened_latest, kind < 5 AS closed,
                CASE WHEN kind < 5 THEN day + 10 * days END AS closed_earliest, closed_earliest AS closed_latest,
                TIMESTAMP '2026-01-01' AS recorded_at
            FROM drawn
            """,
            [count],
        )


def make_paper(number: int, sentences: int = 30) -> tuple[Document, list[Event]]:
    """Return a document of our own with an event in each sentence."""
    texts = [SENTENCE.format(f"{number}-{index}") for index in range(sentences)]
    text = " ".join(texts)
    bounds, at = [], 0
    for index, words in enumerate(texts):
        bounds.append(Sentence(index, 0, at, at + len(words)))
        at += len(words) + 1
    document = Document(text, (Paragraph(0, len(text)),), tuple(bounds), hash_content(number), f"paper {number}")
    events = [
        Event(
            document.id,
            sentence.index,
            document.span(sentence.start, sentence.end),
            document.span(sentence.start + 39, sentence.start + 45),
            "SUPPORT",
            (
                Party("CHN", document.span(sentence.start + 12, sentence.start + 17), "name"),
                Party("RUS", document.span(sentence.start + 26, sentence.start + 38), "name"),
            ),
            when=BoundedDate.month(1950, 5),
        )
        for sentence in bounds
    ]
    return document, events


def time_answers(store: Store, repeat: int) -> None:
    """Print a line for each kind of question."""
    day = datetime.date(1979, 10, 15)
    then = datetime.datetime(2026, 6, 1)
    busy, quiet = {"a": "S000", "b": "S001"}, {"a": "S003", "b": "S120"}
    questions: dict[str, Callable[[], object]] = {
        "events of a busy dyad": lambda: store.events(EventQuery(**busy)),
        "events of a quiet dyad": lambda: store.events(EventQuery(**quiet)),
        "the same in one year": lambda: store.events(EventQuery(**busy, earliest=day, latest=day.replace(year=1980))),
        "the same, as known then": lambda: store.events(EventQuery(**quiet, known_on=then)),
        "the last 50 of a state": lambda: store.events(EventQuery(a="S007", limit=50)),
        "events of a document": lambda: store.events(EventQuery(document_id="c4ca4238a0b92382")),
        "one event by its id": lambda: store.event("c4ca4238a0b92382"),
        "ties of a dyad on a day": lambda: store.ties(TieQuery(("S003", "S020"), on=day)),
        "ties of a dyad, as known then": lambda: store.ties(TieQuery(("S003", "S020"), on=day, known_on=then)),
    }
    bare = 1000 * best_of(repeat, lambda: store.connection.execute(BARE).fetchall())
    print(f"{'question':32}{'ms':>8}{'x bare':>8}{'rows':>8}")
    print(f"{'bare scan, a count':32}{bare:8.1f}{1:8.2f}{'':>8}")
    for name, ask in questions.items():
        spent = 1000 * best_of(repeat, ask)
        found = ask()
        rows = len(found) if hasattr(found, "__len__") else 1
        print(f"{name:32}{spent:8.1f}{spent / bare:8.2f}{rows:8}")


def time_adding(store: Store, papers: int) -> None:
    """Print how many documents and events a second the record takes in."""
    made = [make_paper(number) for number in range(papers)]
    started = time.perf_counter()
    for document, events in made:
        store.add(document, events)
    seconds = time.perf_counter() - started
    print(f"taken in: {papers / seconds:,.0f} documents/s, {30 * papers / seconds:,.0f} sentences and events/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder) / "bench.duckdb"
        fresh = not path.exists()
        with Store(path) as store:
            if fresh:
                fill_events(store, given.events)
                fill_ties(store, given.ties)
            time_answers(store, given.repeat)
            time_adding(store, 100)


if __name__ == "__main__":
    main()
