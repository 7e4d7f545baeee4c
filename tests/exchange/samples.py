"""Small files in every format that can be imported, of our own writing, with the quirks that real ones have."""

from __future__ import annotations

from dataclasses import dataclass

from detente.exchange.gdelt import EVENTS

__all__ = ["CLINE_HEADER", "MENTION", "SAMPLES", "Sample", "cline_line", "gdelt_line"]


@dataclass(frozen=True)
class Sample:
    """A file: what it holds, how many records are kept, the lines that are rejected, and some rows that come of it.

    `rows` are (event_id or its end, actors, recipients, event_type, edtf); `unknown` codes that no table knows.
    """

    importer: str
    file_name: str
    data: bytes
    kept: int
    rejected: tuple[int, ...]
    rows: tuple[tuple[str, list[str], list[str], str | None, str], ...]
    unknown: tuple[str, ...] = ()


def gdelt_line(number: int, version: int = 2, **given: str) -> str:
    """Return a line of a GDELT file, an act of Moscow towards Beijing unless `given` says otherwise."""
    values = dict.fromkeys(EVENTS.layouts[2 - version], "")
    values |= {"globaleventid": str(number), "sqldate": "19890516", "eventcode": "042", "quadclass": "1"}
    values |= {"actor1code": "SUNGOV", "actor1name": "MOSCOW", "actor1countrycode": "SUN", "goldsteinscale": "1.9"}
    values |= {"actor2code": "CHN", "actor2name": "CHINA", "actor2countrycode": "CHN", "isrootevent": "1"}
    values |= {"actiongeo_countrycode": "CH", "actiongeo_fullname": "Beijing, Beijing, China"}
    return "\t".join((values | given).values())


def _lines(*lines: str, end: str = "\n") -> bytes:
    return "".join(line + end for line in lines).encode()


_ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name"
)
_ICEWS += "\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry"
_ICEWS += "\tLatitude\tLongitude"
_POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tEvent Intensity\tQuad Code\tContexts\tActor Name\tActor Country"
)
_POLECAT += "\tActor COW\tRecipient Name\tRecipient Country\tRecipient COW\tPlacename\tCountry\tSource\tHeadline\t\t"
CLINE_HEADER = (
    "eid,story_date,year,month,day,source,source_root,source_agent,source_others,target,target_root,target_agent"
)
CLINE_HEADER += ",target_others,code,root_code,quad_class,goldstein,joined_issues,lat,lon,placename,statename,countryname,aid,process"
_GED = "id,year,type_of_violence,conflict_name,side_a,side_b,gwnoa,gwnob,source_article,where_description,country"
_GED += ",date_start,date_end,best"
_MIDB = (
    "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,fatality,hiact,hostlev,orig,version"
)
_GED_20 = (
    "id,year,active_year,type_of_violence,conflict_new_id,conflict_name,dyad_new_id,dyad_name,side_a_new_id,side_a"
)
_GED_20 += ",side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline"
_GED_20 += (
    ",source_original,where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,country,region"
)
_GED_20 += (
    ",event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low"
)
_MIDB_4 = "dispnum3,dispnum4,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,revtype1,revtype2"
_MIDB_4 += ",fatality,fatalpre,hiact,hostlev,orig,version"
_MIDI = "dispnum,incidnum,stday,stmon,styear,endday,endmon,endyear,duration,tbi,fatality,fatalpre,action,hostlev,numa"
_MIDI += ",revtype1,revtype2,version"
_MIDIP = "dispnum,incidnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,duration,tbi,insidea,sidea,fatality"
_MIDIP += ",fatalpre,action,hostlev,numa,revtype1,revtype2,version"
_POLECAT_40 = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW"
)
_POLECAT_40 += ",Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name"
_POLECAT_40 += ",Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title"
_POLECAT_40 += ",Recipient Name Raw,Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude"
_POLECAT_40 += ",GeoNames ID,Raw Placename,Feature Type,Source,Publication Date,Story People,Story Organizations"
_POLECAT_40 += ",Story Locations,Language,Version"
_MIDA = "dispnum3,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,hiact,hostlev,version"
_WAR = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,Initiator"
)
MENTION = (
    "9\t20150218000000\t20150218001500\t1\texample.org\thttps://example.org/a\t3\t10\t20\t30\t1\t50\t900\t-1.5\t\t"
)


def _phoenix(number: str, day: str, one: str, two: str, code: str) -> str:
    parts = [
        number,
        day,
        day[:4],
        day[4:6],
        day[6:],
        one,
        one[:3],
        one[3:],
        "",
        two,
        two[:3],
        two[3:],
        "",
        code,
        code[:2],
    ]
    return "\t".join(
        [
            *parts,
            "0" if code < "03" else "4",
            "1.0",
            "",
            "55.7",
            "37.6",
            "Moscow",
            "",
            "RUS",
            "a1_2",
            "https://example.org",
            "ex",
        ]
    )


def cline_line(number: str, day: str, one: str, two: str, code: str, place: str = "Paris") -> str:
    """Return a line of a Cline Center file."""
    month, date, year = day.split("/")
    parts = [number, day, year, month, date, one, one[:3], one[3:], "", two, two[:3], two[3:], "", code, code[:2]]
    root = int(code[:2])
    quad = "0" if root < 3 else "1" if root < 6 else "2" if root < 9 else "3" if root < 14 else "4"
    return ",".join([*parts, quad, "1.0", "", "1", "2", place, "", "France", "a77", "p"])


def _row(header: str, delimiter: str = ",", **given: str) -> str:
    """Return a line in the columns of `header`, empty but for what is `given` (blanks in names as `_`)."""
    return delimiter.join(given.get(name.replace(" ", "_"), "") for name in header.split(","))


SAMPLES = (
    Sample(
        "gdelt",
        "20150219.export.CSV",
        _lines(
            gdelt_line(1),
            gdelt_line(2, actor1code="VDR", actor1countrycode="VDR", sqldate="19750301"),
            gdelt_line(3, actor1code="YUG", actor1countrycode="YUG", actor2code="DDR", actor2countrycode="DDR"),
            gdelt_line(4, actor2code="SYRREB", actor2countrycode="SYR", eventcode="999"),
            gdelt_line(5, sqldate="19890230"),
            "6\t1989\tshort",
            "",
            gdelt_line(8, sqldate=""),
            gdelt_line(9, actor1name='A "quoted name', eventcode="010"),
            gdelt_line(
                10,
                actor1code="",
                actor1name="",
                actor1countrycode="",
                actor2code="IGOUNO",
                actor2knowngroupcode="UNO",
                actor2countrycode="",
            ),
            gdelt_line(11) + "\ttoo many",
        ),
        6,
        (5, 6, 7, 8, 11),
        (
            ("gdelt:1", ["RUS"], ["CHN"], "CONSULT", "1989-05-16"),
            ("gdelt:2", ["DRV"], ["CHN"], "CONSULT", "1975-03-01"),
            ("gdelt:3", ["YUG"], ["GDR"], "CONSULT", "1989-05-16"),
            ("gdelt:4", ["RUS"], ["X:SYRREB"], None, "1989-05-16"),
            ("gdelt:9", ["RUS"], ["CHN"], None, "1989-05-16"),
            ("gdelt:10", [], ["UNO"], "CONSULT", "1989-05-16"),
        ),
        ("event 999", "party X:SYRREB"),
    ),
    Sample(
        "gdelt",
        "1979.csv",
        _lines(
            gdelt_line(1, 1, actor2code="DEU", actor2countrycode="DEU"),
            gdelt_line(2, 1, sqldate="20001111", actor2code="DEU", actor2countrycode="DEU"),
            end="\r\n",
        ),
        2,
        (),
        (
            ("gdelt:1", ["RUS"], ["GFR"], "CONSULT", "1989-05-16"),
            ("gdelt:2", ["RUS"], ["GMY"], "CONSULT", "2000-11-11"),
        ),
    ),
    Sample(
        "gdelt-mentions",
        "20150218.mentions.CSV",
        _lines(MENTION, MENTION.replace("20150218000000", "0")),
        1,
        (2,),
        (("", [], [], None, "2015-02-18"),),
    ),
    Sample(
        "icews",
        "events.1995.tab",
        _lines(
            _ICEWS,
            "7\t1995-01-03\tBoris Yeltsin\tGovernment,Executive\tRussian Federation\tMake a visit\t42\t1.9\tChina\t\tChina\t5\t2\tXinhua\tBeijing\t\t\tChina\t39.9\t116.4",
            "7\t1995-02-03\tTaliban\tInsurgents\tAfghanistan\tFight\t0190\t-10\tGovernment (Iran)\tGovernment\tIran\t5\t2\tIRNA\t\t\t\tIran\t\t",
            "8\t1995-13-03\tA\t\tFrance\tx\t010\t0\tB\t\tItaly\t5\t2\tX\t\t\t\t\t\t",
            "9\t1995-03-03\tA\t\tFrance\tx\t191\t-9.5\tB\t\tNowhere\t5\t2\tX\t\t\t\t\t\t",
        ),
        3,
        (4,),
        (
            ("icews:7@1995-01-03", ["RUS"], ["CHN"], "CONSULT", "1995-01-03"),
            ("icews:7@1995-02-03", ["X:Taliban"], ["IRN"], None, "1995-02-03"),
            ("icews:9@1995-03-03", ["FRN"], ["X:B"], "COERCE", "1995-03-03"),
        ),
        ("event 0190", "party X:B", "party X:Taliban"),
    ),
    Sample(
        "polecat",
        "polecat.txt",
        (
            _POLECAT
            + "\nP1\t2022-02-24\tASSAULT\taerial\t-10\tMATERIAL CONFLICT\tmilitary\tRussia\tRUS\t365\tUkraine\tUKR\t369\tKyjív\tUKR\tx\th\t\t"
            + "\nP2\t2022-02-25\tDISAPPROVE\t\t-2\tVERBAL CONFLICT\t\tUN\tIGO\t\tCôte\tCIV\t\tAbidjan\tCIV\tx\th\t\t"
            + "\nP3\tnever\tAGREE\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\n"
        ).encode("latin-1"),
        2,
        (4,),
        (
            ("polecat:P1", ["RUS"], ["UKR"], "ASSAULT", "2022-02-24"),
            ("polecat:P2", ["X:IGO"], ["CDI"], "ACCUSE", "2022-02-25"),
        ),
        ("party X:IGO",),
    ),
    Sample(
        "plover",
        "new.jsonl",
        _lines(
            '{"id": "n1", "date": "1972-02-21", "enddate": "1972-02-28", "edtf": "1972-02-21/1972-02-28", "event": {"category": "CONSULT"}, "mode": ["visit"], "actor": [{"code": "USA", "entity_text": "Nixon"}], "recipient": [{"code": "CHN"}], "text": "Nixon went to Peking.", "text_info": {"start": 0, "end": 10}}',
            '{"id": "n2", "date": "1972-02-31", "event": {"category": "CONSULT"}, "actor": [{"code": "USA"}]}',
            "{broken",
        ),
        1,
        (2, 3),
        (("plover:n1", ["USA"], ["CHN"], "CONSULT", "1972-02-21/1972-02-28"),),
    ),
    Sample(
        "plover",
        "gold-2016.jsonl",
        _lines(
            '{"id": "o1", "date": "2015-03-01", "event": "DEMAND", "source": [{"code": "IRN", "actorText": "Tehran"}], "target": [{"code": "SYRREB"}], "eventText": "demanded", "textInfo": {"start": 4}, "dateCoded": "2016-01-01"}',
            '{"id": "o2", "date": "2015-03-01", "event": "DANCE", "source": [{"code": "IRN"}], "target": []}',
        ),
        2,
        (),
        (("plover:o1", ["IRN"], ["X:SYRREB"], "REQUEST", "2015-03-01"), ("plover:o2", ["IRN"], [], None, "2015-03-01")),
        ("event DANCE", "party X:SYRREB"),
    ),
    Sample(
        "phoenix",
        "events.full.20150101.txt",
        _lines(
            _phoenix("f1", "20150101", "RUSGOV", "UKR", "173"),
            _phoenix("f2", "20151301", "RUSGOV", "UKR", "173"),
            _phoenix("f3", "20150101", "IGOUNO", "XYZ", "020"),
        ),
        2,
        (2,),
        (
            ("phoenix:f1", ["RUS"], ["UKR"], "COERCE", "2015-01-01"),
            ("phoenix:f3", ["UNO"], ["X:XYZ"], None, "2015-01-01"),
        ),
        ("party X:XYZ",),
    ),
    Sample(
        "cline-phoenix",
        "PhoenixNYT_1945-2005.csv",
        _lines(
            CLINE_HEADER,
            cline_line("NYT1", "3/2/1969", "SUNMIL", "CHNMIL", "190", '"Damansky,\nUssuri"'),
            cline_line("NYT2", "2/30/1969", "SUNMIL", "CHNMIL", "190"),
            cline_line("NYT3", "10/1/1989", "GME", "GMW", "040"),
        ),
        2,
        (4,),
        (
            ("phoenix:NYT1", ["RUS"], ["CHN"], "ASSAULT", "1969-03-02"),
            ("phoenix:NYT3", ["GDR"], ["GFR"], "CONSULT", "1989-10-01"),
        ),
    ),
    Sample(
        "keds",
        "gulf.txt",
        _lines(
            "# our own lines in the manner of the Gulf set",
            "790415\tIRQ\tIRN\t121\t(CRITICIZE)\tsaid",
            "800922 IRQ IRN 223 (MIL ENGAGEMENT)",
            "991301 IRQ IRN 223 (NO SUCH DAY)",
            "",
            "20000101 USA PLO 777 (NO SUCH CODE)",
            "not an event",
        ),
        3,
        (4, 7),
        (
            (":2", ["IRQ"], ["IRN"], "ACCUSE", "1979-04-15"),
            (":3", ["IRQ"], ["IRN"], "ASSAULT", "1980-09-22"),
            (":6", ["USA"], ["X:PLO"], None, "2000-01-01"),
        ),
        ("event 777", "party X:PLO"),
    ),
    Sample(
        "tabari",
        "levant.txt",
        _lines("19960411 ISR LBN 195 (Employ aerial weapons)", "; a comment", "19960426 ISR LBN 0871 (Declare truce)"),
        2,
        (),
        ((":1", ["ISR"], ["LEB"], "ASSAULT", "1996-04-11"), (":3", ["ISR"], ["LEB"], "RETREAT", "1996-04-26")),
    ),
    Sample(
        "ucdp-ged",
        "ged.csv",
        _lines(
            _GED,
            '11,1991,1,"Serbia, Croatia",Government of Yugoslavia,Republic of Croatia,345,,"a ""b""",Vukovar,Croatia,1991-09-14 00:00:00.000,1991-09-16 00:00:00.000,12',
            "12,1991,3,x,Government of Iraq,Civilians,645,,x,,Iraq,1991-03-05,1991-03-05,3",
            "13,1991,1,x,A,B,,,x,,Iraq,1991-03-09,1991-03-05,3",
        ),
        2,
        (4,),
        (
            ("ucdp:11", ["YUG"], ["X:Republic of Croatia"], "ASSAULT", "1991-09-14/1991-09-16"),
            ("ucdp:12", ["IRQ"], [], "ASSAULT", "1991-03-05"),
        ),
        ("party X:Republic of Croatia",),
    ),
    Sample(
        "mid-participants",
        "MIDB.csv",
        _lines(
            _MIDB,
            "349,RUS,365,-9,3,1969,11,9,1969,1,0,4,17,4,1,5",
            "349,CHN,710,-9,3,1969,11,9,1969,0,1,4,17,4,1,5",
            "350,USA,2,31,2,1970,1,3,1970,1,0,0,7,3,1,5",
            "351,USA,2,1,2,1970,1,1,1970,1,0,0,7,3,1,5",
            "352,USA,2,1,2,1970,-9,13,1970,1,0,0,7,3,1,5",
            "353,USA,2,1,-9,1970,-9,-9,-9,1,0,0,7,3,1,5",
        ),
        3,
        (4, 5, 6),
        (
            ("mid:349:365:1969-3--9", ["RUS"], ["CHN"], "ASSAULT", "1969-03/1969-09-11"),
            ("mid:349:710:1969-3--9", ["CHN"], ["RUS"], "ASSAULT", "1969-03/1969-09-11"),
            ("mid:353:2:1970--9-1", ["USA"], [], "MOBILIZE", "1970"),
        ),
    ),
    Sample(
        "mid",
        "MIDA_v4.csv",
        _lines(_MIDA, "349,-9,3,1969,11,9,1969,5,3,4,17,4,4", "351,1,1,1970,2,1,1970,5,3,4,-9,4,4"),
        2,
        (),
        (("mid:349", [], [], "ASSAULT", "1969-03/1969-09-11"), ("mid:351", [], [], None, "1970-01-01/1970-01-02")),
        ("event hiact -9, hostlev 4",),
    ),
    Sample(
        "mid-dyadic",
        "dyadic.csv",
        _lines("disno,statea,stateb,year,hihosta,hihostb,hiacta", "349,365,710,1969,4,4,17", "349,710,365,x,4,4,17"),
        1,
        (3,),
        (("mid:349:365-710:1969", ["RUS"], ["CHN"], "ASSAULT", "1969"),),
    ),
    Sample(
        "wars",
        "Inter-StateWarData.csv",
        _lines(
            _WAR + ",StartYear2,StartMonth2,StartDay2,EndYear2,EndMonth2,EndDay2",
            "999,Invented War,1,750,India,1,10,20,1962,11,22,1962,2,-8,-8,-8,-8,-8,-8",
            "999,Invented War,1,710,China,2,10,20,1962,11,22,1962,1,1963,2,-9,1963,3,1",
        ),
        2,
        (),
        (
            ("war:999:750:1962", ["IND"], ["CHN"], "ASSAULT", "1962-10-20/1962-11-22"),
            ("war:999:710:1962", ["CHN"], ["IND"], "ASSAULT", "1962-10-20/1962-11-22"),
        ),
    ),
    Sample(
        "wars-dyadic",
        "war-years.csv",
        _lines("warnum,ccode1,ccode2,year", "999,750,710,1962", "999,9999,710,1962"),
        2,
        (),
        (
            ("war:999:750-710:1962", ["IND"], ["CHN"], "ASSAULT", "1962"),
            ("war:999:9999-710:1962", ["X:9999"], ["CHN"], "ASSAULT", "1962"),
        ),
        ("party X:9999",),
    ),
    Sample(
        "atop",
        "atop_alliance.csv",
        _lines(
            "atopid,begyr,begmo,begday,defense,nonagg,mem1,mem2,mem3",
            "9001,1950,2,14,1,1,365,710,0",
            "9002,0,2,14,1,1,365,710,",
        ),
        1,
        (3,),
        (("atop:9001", ["RUS", "CHN"], [], "SUPPORT", "1950-02-14"),),
    ),
    Sample(
        "atop-dyadic",
        "atop_ddyr.csv",
        _lines("ccode1,ccode2,year,atop_defense,atop_offense,atop_nonagg", "365,710,1950,1,0,1", "365,710,,1,0,1"),
        1,
        (3,),
        (("atop:365-710:1950", ["RUS"], ["CHN"], None, "1950"),),
    ),
    Sample(
        "visits",
        "1950.xml",
        b"""<visits><visit><id>1</id><start-date>1970-04-10</start-date><end-date>1970-04-12</end-date>
        <visitor>Chancellor N.</visitor><from id="germany">Germany, Federal Republic of</from><description>Private</description>
        </visit>
        <visit><id>2</id><start-date>1970</start-date><end-date/><visitor>N.</visitor><from>Chile</from></visit></visits>""",
        1,
        (4,),
        (("visit:visitor:1", ["GFR"], ["USA"], "CONSULT", "1970-04-10/1970-04-12"),),
    ),
    Sample(
        "visits",
        "n.xml",
        b"""<trips><trip role="secretary" who="n"><id>9</id><name>N.</name><start-date>1973-10-20</start-date>
        <end-date>1973-10-22</end-date><country>U.S.S.R.</country><locale>Moscow</locale><remarks>Met.</remarks></trip></trips>""",
        1,
        (),
        (("travel:secretary:9", ["USA"], ["RUS"], "CONSULT", "1973-10-20/1973-10-22"),),
    ),
    Sample(
        "gdelt",
        "201303.csv",
        _lines(
            gdelt_line(1, 1).rsplit("\t", 1)[0],
            gdelt_line(2, 1, actor2code="CSK", actor2countrycode="CSK").rsplit("\t", 1)[0],
        ),
        2,
        (),
        (
            ("gdelt:1", ["RUS"], ["CHN"], "CONSULT", "1989-05-16"),
            ("gdelt:2", ["RUS"], ["CZE"], "CONSULT", "1989-05-16"),
        ),
    ),
    Sample(
        "polecat",
        "polecat-2023.txt",
        _lines(
            _POLECAT_40.replace(",", "\t"),
            _row(
                _POLECAT_40,
                "\t",
                Event_ID="Q1",
                Event_Date="2023-05-01",
                Event_Type="CONSULT",
                Event_Mode="visit",
                Intensity="1.5",
                Actor_Country="SRB",
                Recipient_Country="CHN",
                Wikipedia_Actor_ID="W",
                Version="1",
            ),
            _row(_POLECAT_40, "\t", Event_ID="Q2", Event_Date="2023-05-01", Event_Type="CONSULT")[:-3],
        ),
        1,
        (3,),
        (("polecat:Q1", ["YUG"], ["CHN"], "CONSULT", "2023-05-01"),),
    ),
    Sample(
        "ucdp-ged",
        "ged201.csv",
        _lines(
            _GED_20,
            _row(
                _GED_20,
                id="21",
                type_of_violence="1",
                side_a="Government of Yemen (North Yemen)",
                side_b="Government of Russia (Soviet Union)",
                date_start="1989-03-14",
                date_end="1989-03-14",
                best="6",
                year="1989",
            ),
            _row(
                _GED_20,
                id="22",
                type_of_violence="2",
                side_a="Shining Path",
                side_b="Government of Atlantis",
                date_start="1989-03-14",
                date_end="1989-03-20",
                best="6",
            ),
        ),
        2,
        (),
        (
            ("ucdp:21", ["YAR"], ["RUS"], "ASSAULT", "1989-03-14"),
            ("ucdp:22", ["X:Shining Path"], ["X:Government of Atlantis"], "ASSAULT", "1989-03-14/1989-03-20"),
        ),
        ("party X:Government of Atlantis", "party X:Shining Path"),
    ),
    Sample(
        "mid-participants",
        "MIDB_4.csv",
        _lines(
            _MIDB_4,
            "-9,4001,USA,2,2,3,2003,-9,-9,2003,1,1,1,-9,4,-9,17,4,1,4",
            "-9,4001,IRQ,645,2,3,2003,-9,4,2003,0,0,0,-9,4,-9,17,4,1,4",
            "-9,4002,UKG,200,5,3,2003,6,3,2003,1,1,1,-9,0,-9,7,3,1,4",
        ),
        3,
        (),
        (
            ("mid:4001:2:2003-3-2", ["USA"], ["IRQ"], "ASSAULT", "2003-03-02/2003"),
            ("mid:4002:200:2003-3-5", ["UKG"], [], "MOBILIZE", "2003-03-05/2003-03-06"),
        ),
    ),
    Sample(
        "mid-participants",
        "MIDIP.csv",
        _lines(
            _MIDIP,
            "4003,4003001,RUS,365,-9,3,1999,-9,3,1999,1,-9,1,0,0,0,17,4,1,0,0,5",
            "4003,4003001,CHN,710,-9,3,1999,-9,3,1999,1,-9,0,1,0,0,0,1,1,0,0,5",
        ),
        2,
        (),
        (("mid:4003001:365:1999-3--9", ["RUS"], ["CHN"], "ASSAULT", "1999-03"),),
    ),
    Sample(
        "mid",
        "MIDI.csv",
        _lines(
            _MIDI,
            "4003,4003001,-9,3,1999,-9,3,1999,1,-9,0,0,17,4,1,0,0,5",
            "4003,4003002,1,-9,1999,,,,1,10,0,0,7,3,1,0,0,5",
        ),
        2,
        (),
        (("mid:4003001", [], [], "ASSAULT", "1999-03"), ("mid:4003002", [], [], "MOBILIZE", "1999")),
    ),
    Sample(
        "mid",
        "disputes.csv",
        _lines(
            "dispnum,styear,stmon,outcome,settle,fatality,mindur,maxdur,hiact,hostlev,recip", "2,1902,7,6,1,0,9,9,7,3,0"
        ),
        1,
        (),
        (("mid:2", [], [], "MOBILIZE", "1902-07"),),
    ),
)
