"""ATOP, from a user's copy: alliances with their members, or pledges by directed dyad and year.

An alliance is `SUPPORT`, a formal commitment made by its members with one another on the day it came into force; a
dyad-year says what stood, which is no act and has no type. COW's formal alliances are not read: use ATOP.
"""

from __future__ import annotations

from detente.exchange.codelists import join_party
from detente.exchange.partial_dates import edtf_of, first_day, last_day_of
from detente.exchange.tabular import TabularImporter

__all__ = ["ATOP", "ATOP_DYADS"]

_CITATION = (
    "Brett Ashley Leeds, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long (2002). Alliance Treaty"
    " Obligations and Provisions, 1815-1944. International Interactions 28: 237-260. ATOP 5.1."
)
_BEGAN = ("raw.begyr", "raw.begmo", "raw.begday")
_YEAR = ("raw.year", "-9", "-9")
_PLEDGES = ("defense", "offense", "neutral", "nonagg", "consul")
_SAID = (
    "nullif(concat_ws(', ', "
    + ", ".join(f"CASE WHEN raw.{name} = '1' THEN '{name}' END" for name in _PLEDGES)
    + "), '')"
)
_MEMBERS = tuple(f"mem{number}" for number in range(1, 60))

ATOP = TabularImporter(
    name="atop",
    dataset="ATOP",
    title="ATOP alliances",
    citation=_CITATION,
    delimiter=",",
    quoted=True,
    whole=True,
    required=("atopid", "begyr", "begmo", "begday", "mem1", "mem2"),
    optional=(*_PLEDGES, *_MEMBERS[2:]),
    types=dict.fromkeys(("begyr", "begmo", "begday"), "INTEGER"),
    select={
        "event_id": "'atop:' || raw.atopid",
        "event_type": "'SUPPORT'",
        "quad_class": "1",
        "score": "3.5",
        "original_code": "'ATOP ' || raw.atopid",
        "actors": f"list_transform(list_filter([{', '.join(f'raw.{name}' for name in _MEMBERS)}],"
        " lambda code: coalesce(try_cast(code AS INTEGER), 0) > 0),"
        " lambda code: coalesce(getvariable('cow_states')[code], 'X:' || code))",
        "recipients": "[]::VARCHAR[]",
        "earliest": first_day(*_BEGAN),
        "latest": last_day_of(*_BEGAN),
        "edtf": edtf_of(_BEGAN),
        "content": _SAID,
        "document_id": "'atop:' || raw.atopid",
    },
)

ATOP_DYADS = TabularImporter(
    name="atop-dyadic",
    dataset="ATOP dyads",
    title="ATOP pledges by directed dyad and year",
    citation=_CITATION,
    delimiter=",",
    quoted=True,
    whole=False,
    required=("ccode1", "ccode2", "year", "defense", "nonagg"),
    optional=("offense", "neutral", "consul"),
    synonyms={"statea": "ccode1", "stateb": "ccode2"} | {f"atop_{name}": name for name in _PLEDGES},
    types={"year": "INTEGER"},
    select={
        "event_id": "'atop:' || raw.ccode1 || '-' || raw.ccode2 || ':' || raw.year",
        "actors": "listed(coalesce(one.stateabb, 'X:' || raw.ccode1))",
        "recipients": "listed(coalesce(two.stateabb, 'X:' || raw.ccode2))",
        "actor_text": "listed(raw.ccode1)",
        "recipient_text": "listed(raw.ccode2)",
        "earliest": first_day(*_YEAR),
        "latest": last_day_of(*_YEAR),
        "edtf": edtf_of(_YEAR),
        "content": _SAID,
    },
    joins=join_party("one", "cown", "raw.ccode1", first_day(*_YEAR))
    + join_party("two", "cown", "raw.ccode2", first_day(*_YEAR)),
)
