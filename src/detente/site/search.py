"""Full-text search over states, ties, documents and the sentences that events were read from, ranked by BM25."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from detente.refdata.organisations import load_organisations
from detente.refdata.states import load_states
from detente.site.catalogue import Catalogue
from detente.site.naming import party_name

__all__ = ["Hit", "Index", "highlight", "split_words"]

K1, B = 1.2, 0.75
"""The constants of BM25 at their usual values (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework,
p. 360)."""
MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its kind ("state", "tie", "event", "document"), its id, its words and how well it fits."""

    kind: str
    key: str
    title: str
    text: str
    score: float


class Index:
    """The words of a record, in postings tables held in memory; made by `fill` or a search, again after a change."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._tables: duckdb.DuckDBPyConnection | None = None

    def find(self, text: str, kind: str | None = None, limit: int = 20, offset: int = 0) -> tuple[int, list[Hit]]:
        """Return how many units hold a word of `text`, and the best `limit` of them after `offset`."""
        words = sorted({_stem(word) for word in split_words(text)})[:MOST_WORDS]
        if not words:
            return 0, []
        values = {"words": words, "kind": kind, "limit": limit, "offset": offset, "k1": K1, "b": B}
        rows = self._open().execute(_RANK, values).fetchall()
        return (rows[0][5] if rows else 0), [Hit(*row[:5]) for row in rows]

    def fill(self) -> None:
        """Make the index now, before anything is searched for."""
        self._open()

    def forget(self) -> None:
        """Drop the index: the record has changed."""
        with self._lock:
            self._tables = None

    def _open(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._tables is None:
                self._tables = _build(self._catalogue)
            return self._tables.cursor()


_RANK = """
    WITH found AS (
        SELECT unit, p.word, n FROM posting AS p WHERE word IN (SELECT unnest($words))
    ), rarity AS (
        SELECT word, ln(1 + ((SELECT count(*) FROM unit) - count(*) + 0.5) / (count(*) + 0.5)) AS idf FROM found
        GROUP BY word
    ), ranked AS (
        SELECT found.unit, count(DISTINCT found.word) AS words,
            sum(idf * n * ($k1 + 1) / (n + $k1 * (1 - $b + $b * u.length / (SELECT avg(length) FROM unit)))) AS score
        FROM found JOIN rarity USING (word) JOIN unit AS u ON u.unit = found.unit
        WHERE $kind IS NULL OR u.kind = $kind GROUP BY found.unit
    )
    SELECT u.kind, u.key, u.title, u.text, score, count(*) OVER () FROM ranked JOIN unit AS u USING (unit)
    ORDER BY words DESC, score DESC, unit LIMIT $limit OFFSET $offset"""
_POSTINGS = r"""
    CREATE TABLE posting AS
    WITH words AS (
        SELECT unit, unnest(regexp_extract_all(lower(strip_accents(title || ' ' || text)), '[\p{L}\p{N}]+')) AS word
        FROM unit
    ), stems AS (
        SELECT unit, CASE WHEN length(word) > 3 AND word LIKE '%s' AND word NOT LIKE '%ss'
            THEN left(word, length(word) - 1) ELSE word END AS word FROM words
    )
    SELECT word, unit, count(*) AS n FROM stems GROUP BY ALL ORDER BY word, unit"""
_SENTENCES = """
    SELECT e.event_id, coalesce(nullif(d.title, ''), d.name), e.quote
    FROM event AS e JOIN document AS d ON d.document_id = e.document_id AND d.retired_at IS NULL
    WHERE e.retired_at IS NULL ORDER BY e.document_id, e.trigger_start"""
_DOCUMENTS = """
    SELECT document_id, coalesce(nullif(title, ''), name), substring(words, p.start + 1, p."end" - p.start) FROM (
        SELECT document_id, title, name, text AS words, unnest(paragraphs) AS p FROM document WHERE retired_at IS NULL)
    """


def _build(catalogue: Catalogue) -> duckdb.DuckDBPyConnection:
    read = catalogue.store.connection
    units = [*_name_parties(catalogue)]
    units += [
        ("tie", tie.id, tie.name, " ".join(dict.fromkeys(moment.quote.text for moment in tie.moments)))
        for tie in catalogue.ties()
    ]
    units += [("event", *row) for row in read.execute(_SENTENCES).fetchall()]
    units += [("document", *row) for row in read.execute(_DOCUMENTS).fetchall()]
    columns: list[Any] = list(zip(*units, strict=True))
    table = pa.table(dict(zip(("kind", "key", "title", "text"), map(pa.array, columns), strict=True)))
    tables = duckdb.connect(":memory:", config={"enable_external_access": "false"})
    tables.register("given", table)
    tables.execute("""
        CREATE TABLE unit AS SELECT row_number() OVER () AS unit, *,
            len(regexp_extract_all(text, '\\w+')) + 1 AS length FROM given""")
    tables.unregister("given")
    tables.execute(_POSTINGS)
    return tables


def _name_parties(catalogue: Catalogue) -> list[tuple[str, str, str, str]]:
    """Return a unit for every state and organisation, with all its names, and for the record's other parties."""
    told = [(each.stateabb, each.name, each.names) for each in load_states()]
    told += [(each.code, each.name, each.names) for each in load_organisations()]
    known = {code for code, _, _ in told}
    told += [(code, party_name(code), ()) for code in catalogue.parties() if code not in known]
    return [
        ("state", code, name, " · ".join(dict.fromkeys([each.value for each in names] or [name])))
        for code, name, names in told
    ]


def split_words(text: str) -> list[str]:
    """Return the words of `text` in lower case, without accents.

    >>> split_words("Détente, 1972")
    ['detente', '1972']
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", plain.lower())


def highlight(text: str, asked: str, around: int = 160) -> list[tuple[str, bool]]:
    """Return `text` in parts, each with whether it is a word asked for; long text is cut around the first of them."""
    wanted = {_stem(word) for word in split_words(asked)}
    found = [match for match in re.finditer(r"[^\W_]+", text) if _fits(match.group(), wanted)]
    start = max(0, found[0].start() - around) if found else 0
    end = min(len(text), start + 3 * around)
    parts, place = [("… ", False)] if start else [], start
    for match in found:
        if match.end() <= end:
            parts += [(text[place : match.start()], False), (match.group(), True)]
            place = match.end()
    return [*parts, (text[place:end], False), *([(" …", False)] if end < len(text) else [])]


def _fits(word: str, wanted: set[str]) -> bool:
    return any(_stem(part) in wanted for part in split_words(word))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
