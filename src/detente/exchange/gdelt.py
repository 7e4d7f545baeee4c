"""GDELT 1.0 and 2.0: events, and the mentions that link an event to the articles that tell of it.

Columns: GDELT Event Database Data Format Codebook V2.0 (19 February 2015). Files have no header: 61 columns are
version 2.0, 58 (57 before April 2013) version 1.0, 16 the mentions. Actors carry CAMEO country codes, places FIPS 10-4.
"""

from __future__ import annotations

from detente.exchange.codelists import cameo_party, join_event, join_party, words_of
from detente.exchange.tabular import TabularImporter

__all__ = ["EVENTS", "MENTIONS"]

_ACTOR = ("code", "name", "countrycode", "knowngroupcode", "ethniccode", "religion1code", "religion2code")
_TYPES = ("type1code", "type2code", "type3code")
_GEO = ("type", "fullname", "countrycode", "adm1code", "adm2code", "lat", "long", "featureid")


def _columns(version: int, with_url: bool = True) -> tuple[str, ...]:
    geo = [name for name in _GEO if version == 2 or name != "adm2code"]
    return (
        *("globaleventid", "sqldate", "monthyear", "year", "fractiondate"),
        *(f"actor{number}{name}" for number in (1, 2) for name in (*_ACTOR, *_TYPES)),
        *("isrootevent", "eventcode", "eventbasecode", "eventrootcode", "quadclass", "goldsteinscale"),
        *("nummentions", "numsources", "numarticles", "avgtone"),
        *(f"{place}geo_{name}" for place in ("actor1", "actor2", "action") for name in geo),
        "dateadded",
        *(["sourceurl"] if with_url else []),
    )


_CITATION = (
    "Kalev Leetaru and Philip A. Schrodt (2013). GDELT: Global Data on Events, Location and Tone, 1979-2012."
    " International Studies Association Annual Convention. The GDELT Project, gdeltproject.org."
)

EVENTS = TabularImporter(
    name="gdelt",
    dataset="GDELT",
    title="GDELT 1.0 and 2.0 events",
    citation=_CITATION,
    has_header=False,
    layouts=(_columns(2), _columns(1), _columns(1, with_url=False)),
    required=("globaleventid", "sqldate", "eventcode"),
    optional=("sourceurl",),
    types={"globaleventid": "BIGINT", "sqldate": "DATE", "quadclass": "TINYINT", "goldsteinscale": "DOUBLE"},
    date_format="%Y%m%d",
    select={
        "event_id": "'gdelt:' || raw.globaleventid",
        "event_type": "event.event_type",
        "mode": "event.mode",
        "quad_class": "coalesce(raw.quadclass, event.quad)",
        "score": "coalesce(raw.goldsteinscale, scale.score)",
        "original_code": "raw.eventcode",
        "actors": cameo_party("raw.actor1code", "one.stateabb", "one_group.party"),
        "recipients": cameo_party("raw.actor2code", "two.stateabb", "two_group.party"),
        "actor_text": words_of("raw.actor1name", "raw.actor1code"),
        "recipient_text": words_of("raw.actor2name", "raw.actor2code"),
        "earliest": "CASE WHEN raw.globaleventid IS NOT NULL THEN raw.sqldate END",
        "latest": "raw.sqldate",
        "edtf": "raw.sqldate::VARCHAR",
        "place": "nullif(concat(raw.actiongeo_fullname, ' [FIPS ' || nullif(raw.actiongeo_countrycode, '')"
        " || coalesce(', ' || site.stateabb, '') || ']'), '')",
        "source": "nullif(raw.sourceurl, '')",
    },
    joins=join_event("cameo", "raw.eventcode")
    + join_party("one", "cameo", "raw.actor1countrycode", "raw.sqldate")
    + join_party("two", "cameo", "raw.actor2countrycode", "raw.sqldate")
    + join_party("site", "fips", "raw.actiongeo_countrycode", "raw.sqldate")
    + " LEFT JOIN grouping AS one_group ON one_group.code = raw.actor1knowngroupcode"
    + " LEFT JOIN grouping AS two_group ON two_group.code = raw.actor2knowngroupcode",
)

MENTIONS = TabularImporter(
    name="gdelt-mentions",
    dataset="GDELT Mentions",
    title="GDELT 2.0 mentions",
    citation=_CITATION,
    has_header=False,
    layouts=(
        (
            *("globaleventid", "eventtimedate", "mentiontimedate", "mentiontype", "mentionsourcename"),
            *("mentionidentifier", "sentenceid", "actor1charoffset", "actor2charoffset", "actioncharoffset"),
            *("inrawtext", "confidence", "mentiondoclen", "mentiondoctone", "mentiondoctranslationinfo", "extras"),
        ),
    ),
    required=("globaleventid", "eventtimedate", "mentionidentifier"),
    types={"globaleventid": "BIGINT", "sentenceid": "INTEGER", "actioncharoffset": "BIGINT", "confidence": "DOUBLE"},
    select={
        "event_id": "'gdelt-mention:' || substr(md5(concat_ws('|', raw.globaleventid, raw.mentiontimedate,"
        " raw.mentionidentifier, raw.sentenceid, raw.actioncharoffset)), 1, 16)",
        "canonical_id": "'gdelt:' || raw.globaleventid",
        "actors": "[]::VARCHAR[]",
        "recipients": "[]::VARCHAR[]",
        "earliest": "CASE WHEN raw.globaleventid IS NOT NULL"
        " THEN try_strptime(substr(raw.eventtimedate, 1, 8), '%Y%m%d')::DATE END",
        "latest": "try_strptime(substr(raw.eventtimedate, 1, 8), '%Y%m%d')::DATE",
        "edtf": "try_strptime(substr(raw.eventtimedate, 1, 8), '%Y%m%d')::DATE::VARCHAR",
        "document_id": "nullif(raw.mentionidentifier, '')",
        "source": "nullif(raw.mentionsourcename, '')",
        "sentence": "raw.sentenceid",
        "trigger_start": "CASE WHEN raw.actioncharoffset >= 0 THEN raw.actioncharoffset END",
        "confidence": "raw.confidence / 100",
    },
)
