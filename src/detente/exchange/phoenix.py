"""Phoenix: the daily files (26 columns, no header) and the Cline Center's historical ones (from 1945, with a header).

Codes are CAMEO, parties CAMEO actors, whose first three letters are the country. Their class 0 is neutral (statements
and appeals): such a row has no class here.
"""

from __future__ import annotations

from detente.exchange.codelists import cameo_party, join_event, join_party, words_of
from detente.exchange.tabular import TabularImporter

__all__ = ["CLINE_PHOENIX", "PHOENIX"]


def _joins(code: str, one: str, two: str) -> str:
    return (
        join_event("cameo", code)
        + join_party("one", "cameo", f"substr({one}, 1, 3)", "raw.date")
        + join_party("two", "cameo", f"substr({two}, 1, 3)", "raw.date")
        + f" LEFT JOIN grouping AS one_group ON one_group.code = substr({one}, 1, 6)"
        + f" LEFT JOIN grouping AS two_group ON two_group.code = substr({two}, 1, 6)"
    )


def _select(number: str, code: str, score: str, quad: str, one: str, two: str) -> dict[str, str]:
    return {
        "event_id": f"'phoenix:' || {number}",
        "event_type": "event.event_type",
        "mode": "event.mode",
        "quad_class": f"CASE WHEN coalesce({quad}, '') <> '0' THEN event.quad END",
        "score": f"coalesce(try_cast({score} AS DOUBLE), scale.score)",
        "original_code": code,
        "actors": cameo_party(one, "one.stateabb", "one_group.party"),
        "recipients": cameo_party(two, "two.stateabb", "two_group.party"),
        "actor_text": words_of(one, one),
        "recipient_text": words_of(two, two),
        "earliest": f"CASE WHEN {number} IS NOT NULL THEN raw.date END",
        "latest": "raw.date",
        "edtf": "raw.date::VARCHAR",
    }


PHOENIX = TabularImporter(
    name="phoenix",
    dataset="Phoenix",
    title="Phoenix events, daily files",
    citation="Open Event Data Alliance (2014-2018). Phoenix Dataset. phoenixdata.org.",
    has_header=False,
    layouts=(
        (
            *("eventid", "date", "year", "month", "day", "sourceactorfull", "sourceactorentity", "sourceactorrole"),
            *("sourceactorattribute", "targetactorfull", "targetactorentity", "targetactorrole"),
            *("targetactorattribute", "eventcode", "eventrootcode", "pentaclass", "goldsteinscore", "issues", "lat"),
            *("lon", "locationname", "statename", "countrycode", "sentenceid", "urls", "newssources"),
        ),
    ),
    required=("eventid", "date", "eventcode"),
    types={"date": "DATE"},
    date_format="%Y%m%d",
    select={
        **_select(
            *("raw.eventid", "raw.eventcode", "raw.goldsteinscore", "raw.pentaclass"),
            *("raw.sourceactorfull", "raw.targetactorfull"),
        ),
        "place": "nullif(concat_ws(', ', nullif(raw.locationname, ''), nullif(raw.countrycode, '')), '')",
        "source": "nullif(raw.urls, '')",
        "document_id": "nullif(raw.sentenceid, '')",
    },
    joins=_joins("raw.eventcode", "raw.sourceactorfull", "raw.targetactorfull"),
)

CLINE_PHOENIX = TabularImporter(
    name="cline-phoenix",
    dataset="Cline Phoenix",
    title="Cline Center historical Phoenix events",
    citation="Scott Althaus, Joseph Bajjalieh, John F. Carter, Buddy Peyton and Dan A. Shalmon (2019). Cline Center"
    " Historical Phoenix Event Data. Cline Center for Advanced Social Research, doi:10.13012/B2IDB-0647142_V3.",
    delimiter=",",
    quoted=True,
    required=("eid", "story_date", "source", "target", "code", "goldstein"),
    optional=("year", "month", "day", "quad_class", "aid", "placename", "countryname", "joined_issues"),
    types={"year": "INTEGER", "month": "INTEGER", "day": "INTEGER"},
    select={
        **{
            name: value.replace(
                "raw.date",
                "coalesce(try_strptime(raw.story_date, ['%m/%d/%Y', '%Y-%m-%d'])::DATE,"
                " try_cast(format('{}-{}-{}', raw.year, raw.month, raw.day) AS DATE))",
            )
            for name, value in _select(
                "raw.eid", "raw.code", "raw.goldstein", "raw.quad_class", "raw.source", "raw.target"
            ).items()
        },
        "place": "nullif(concat_ws(', ', nullif(raw.placename, ''), nullif(raw.countryname, '')), '')",
        "document_id": "nullif(raw.aid, '')",
        "source": "regexp_extract(raw.eid, '^[A-Za-z]+')",
    },
    joins=_joins("raw.code", "raw.source", "raw.target").replace(
        "raw.date",
        "coalesce(try_strptime(raw.story_date,"
        " ['%m/%d/%Y', '%Y-%m-%d'])::DATE, try_cast(format('{}-{}-{}', raw.year, raw.month, raw.day) AS DATE))",
    ),
)
