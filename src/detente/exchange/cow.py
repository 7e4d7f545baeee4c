"""The Correlates of War Project's lists: disputes (MID A, B, I, IP, dyadic) and inter-state wars, from users' copies.

A row of participants becomes an act of the participant towards those on the other side of the same dispute, incident
or war; a row of a dispute or incident alone names no parties. An unknown day (-9) makes its month the bounds. Who left
a war and came back has the days of the first time, and those of the second in `content`.
"""

from __future__ import annotations

from detente.exchange.codelists import join_party
from detente.exchange.partial_dates import edtf_of, first_day, last_day_between, last_day_of
from detente.exchange.tabular import TabularImporter

__all__ = ["MID_DISPUTES", "MID_DYADS", "MID_PARTICIPANTS", "WARS", "WAR_DYADS"]

_MID = (
    "Glenn Palmer, Roseanne W. McManus, Vito D'Orazio, Michael R. Kenwick, Mikaela Karstens, Chase Bloch, Nick"
    " Dietrich, Kayla Kahn, Kellan Ritter and Michael J. Soules (2022). The MID5 Dataset, 2011-2014. Conflict"
    " Management and Peace Science 39(4): 470-482."
)
_WAR = "Meredith Reid Sarkees and Frank Wayman (2010). Resort to War: 1816-2007. CQ Press."


_START = ("raw.styear", "raw.stmon", "raw.stday")
_END = ("raw.endyear", "raw.endmon", "raw.endday")
_INTEGERS = dict.fromkeys(("styear", "stmon", "stday", "endyear", "endmon", "endday", "year"), "INTEGER")
_WHEN = {
    "earliest": first_day(*_START),
    "latest": last_day_between(_START, _END),
    "edtf": f"CASE WHEN coalesce({edtf_of(_END)} = {edtf_of(_START)}, TRUE) THEN {edtf_of(_START)}"
    f" ELSE {edtf_of(_START)} || '/' || {edtf_of(_END)} END",
}
_DONE = {
    "event_type": "act.event_type",
    "mode": "act.mode",
    "quad_class": "scale.quad",
    "score": "scale.score",
    "original_code": "'hiact ' || raw.hiact || ', hostlev ' || raw.hostlev",
}
_ACT = (
    " LEFT JOIN mid_action AS act ON act.hiact = raw.hiact LEFT JOIN plover_scale AS scale"
    " ON scale.event_type = act.event_type AND scale.mode = coalesce(act.mode, '')"
)
_PART = "coalesce(raw.incidnum, raw.dispnum)"


def _against(part: str, side: str, day: str) -> str:
    """Return the JOIN that gives `other.parties`, those on the other side of the same dispute or war."""
    return (
        f" LEFT JOIN (SELECT {part} AS part, {side} AS side, list(DISTINCT coalesce(own.stateabb, 'X:' || raw.ccode)"
        " ORDER BY coalesce(own.stateabb, 'X:' || raw.ccode)) AS parties FROM raw"
        f" {join_party('own', 'cown', 'raw.ccode', day)} GROUP BY ALL) AS other"
        f" ON other.part = {part} AND other.side <> {side}"
    )


_NAMES = {
    "dispnum4": "dispnum",
    "dispnum3": "dispnum",
    "disno": "dispnum",
    "incidnum4": "incidnum",
    "incidnum3": "incidnum",
    "sidea": "side",
    "insidea": "side",
}

MID_PARTICIPANTS = TabularImporter(
    name="mid-participants",
    dataset="COW-MID",
    title="COW militarised disputes: participants (MID B, MID IP)",
    citation=_MID,
    delimiter=",",
    quoted=True,
    whole=True,
    required=("dispnum", "ccode", "styear", "side", "hostlev"),
    optional=("incidnum", "hiact", "action", "stabb", "fatality"),
    synonyms={**_NAMES, "action": "hiact"},
    types=_INTEGERS,
    select={
        "event_id": f"'mid:' || {_PART} || ':' || raw.ccode || ':'"
        " || raw.styear || '-' || raw.stmon || '-' || raw.stday",
        **_DONE,
        "actors": "listed(coalesce(one.stateabb, 'X:' || raw.ccode))",
        "recipients": "coalesce(other.parties, [])",
        "actor_text": "listed(coalesce(nullif(raw.stabb, ''), raw.ccode))",
        **_WHEN,
        "content": "'dispute ' || raw.dispnum || coalesce(', incident ' || raw.incidnum, '')",
        "document_id": "'mid:' || raw.dispnum",
    },
    joins=join_party("one", "cown", "raw.ccode", first_day(*_START))
    + _ACT
    + _against(_PART, "raw.side", first_day(*_START)),
)

MID_DISPUTES = TabularImporter(
    name="mid",
    dataset="COW-MID disputes",
    title="COW militarised disputes and incidents (MID A, MID I)",
    citation=_MID,
    delimiter=",",
    quoted=True,
    whole=True,
    required=("dispnum", "styear", "stmon", "hiact", "hostlev"),
    optional=("incidnum", "stday", "endyear", "endmon", "endday", "fatality"),
    synonyms={**_NAMES, "action": "hiact"},
    types=_INTEGERS,
    select={
        "event_id": f"'mid:' || {_PART}",
        **_DONE,
        "actors": "[]::VARCHAR[]",
        "recipients": "[]::VARCHAR[]",
        **{
            name: value.replace("raw.stday", "raw.stday::INT").replace("raw.end", "raw.end")
            for name, value in _WHEN.items()
        },
        "content": "'dispute ' || raw.dispnum || coalesce(', incident ' || raw.incidnum, '')",
        "document_id": "'mid:' || raw.dispnum",
    },
    joins=_ACT,
)

_YEAR = ("raw.year", "-9", "-9")
_DYAD = {
    "actors": "listed(coalesce(one.stateabb, 'X:' || raw.ccode1))",
    "recipients": "listed(coalesce(two.stateabb, 'X:' || raw.ccode2))",
    "actor_text": "listed(raw.ccode1)",
    "recipient_text": "listed(raw.ccode2)",
    "earliest": first_day(*_YEAR),
    "latest": last_day_of(*_YEAR),
    "edtf": edtf_of(_YEAR),
}
_DYAD_PARTIES = join_party("one", "cown", "raw.ccode1", first_day(*_YEAR)) + join_party(
    "two", "cown", "raw.ccode2", first_day(*_YEAR)
)

MID_DYADS = TabularImporter(
    name="mid-dyadic",
    dataset="COW-MID dyads",
    title="COW militarised disputes by dyad and year",
    citation=_MID,
    delimiter=",",
    quoted=True,
    whole=True,
    required=("dispnum", "ccode1", "ccode2", "year", "hostlev1"),
    optional=("hiact1", "hostlev2"),
    synonyms={**_NAMES, "statea": "ccode1", "stateb": "ccode2", "hihosta": "hostlev1", "hihostb": "hostlev2"}
    | {"hihost1": "hostlev1", "hihost2": "hostlev2", "hiacta": "hiact1", "hiactb": "hiact2"},
    types=_INTEGERS,
    select={
        "event_id": "'mid:' || raw.dispnum || ':' || raw.ccode1 || '-' || raw.ccode2 || ':' || raw.year",
        **{
            name: value.replace("raw.hiact", "raw.hiact1").replace("raw.hostlev", "raw.hostlev1")
            for name, value in _DONE.items()
        },
        **_DYAD,
        "content": "'dispute ' || raw.dispnum",
        "document_id": "'mid:' || raw.dispnum",
    },
    joins=_DYAD_PARTIES + _ACT.replace("raw.hiact", "raw.hiact1"),
)

_WAR_START = ("raw.startyear1", "raw.startmonth1", "raw.startday1")
_WAR_END = ("raw.endyear1", "raw.endmonth1", "raw.endday1")
_AGAIN_START = ("raw.startyear2", "raw.startmonth2", "raw.startday2")
_AGAIN_END = ("raw.endyear2", "raw.endmonth2", "raw.endday2")
_AGAIN = [name.split(".")[1] for name in (*_AGAIN_START, *_AGAIN_END)]
_FOUGHT_AGAIN = f"'fought again ' || {edtf_of(_AGAIN_START)} || '/' || coalesce({edtf_of(_AGAIN_END)}, '')"

WARS = TabularImporter(
    name="wars",
    dataset="COW wars",
    title="COW inter-state wars: participants",
    citation=_WAR,
    delimiter=",",
    quoted=True,
    whole=True,
    required=("warnum", "ccode", "side", "startyear1", "startmonth1", "startday1"),
    optional=("warname", "statename", *_AGAIN),
    types=dict.fromkeys([*(name.split(".")[1] for name in (*_WAR_START, *_WAR_END)), *_AGAIN], "INTEGER"),
    select={
        "event_id": "'war:' || raw.warnum || ':' || raw.ccode || ':' || raw.startyear1",
        "event_type": "'ASSAULT'",
        "quad_class": "4",
        "score": "-10.0",
        "original_code": "'war ' || raw.warnum",
        "actors": "listed(coalesce(one.stateabb, 'X:' || raw.ccode))",
        "recipients": "coalesce(other.parties, [])",
        "actor_text": "listed(coalesce(nullif(raw.statename, ''), raw.ccode))",
        "earliest": first_day(*_WAR_START),
        "latest": last_day_between(_WAR_START, _WAR_END),
        "edtf": f"{edtf_of(_WAR_START)} || '/' || CASE WHEN raw.endyear1 > 0 THEN {edtf_of(_WAR_END)} ELSE '' END",
        "content": f"nullif(concat_ws('; ', nullif(raw.warname, ''), {_FOUGHT_AGAIN}), '')",
        "document_id": "'war:' || raw.warnum",
    },
    joins=join_party("one", "cown", "raw.ccode", first_day(*_WAR_START))
    + _against("raw.warnum", "raw.side", first_day(*_WAR_START)),
)

WAR_DYADS = TabularImporter(
    name="wars-dyadic",
    dataset="COW war dyads",
    title="COW inter-state wars by dyad and year",
    citation=_WAR,
    delimiter=",",
    quoted=True,
    whole=True,
    required=("warnum", "ccode1", "ccode2", "year"),
    types={"year": "INTEGER"},
    select={
        "event_id": "'war:' || raw.warnum || ':' || raw.ccode1 || '-' || raw.ccode2 || ':' || raw.year",
        "event_type": "'ASSAULT'",
        "quad_class": "4",
        "score": "-10.0",
        "original_code": "'war ' || raw.warnum",
        **_DYAD,
        "document_id": "'war:' || raw.warnum",
    },
    joins=_DYAD_PARTIES,
)
