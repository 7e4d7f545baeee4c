"""One contract for every importer, on files of our own with the quirks of real ones."""

from __future__ import annotations

import bz2
import csv
import dataclasses
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import FormatError, UsageError
from detente.exchange.formats import IMPORTERS, find_importer, recognise
from detente.exchange.importing import ImportReport, ParquetFolder, import_files
from detente.model import EVENT_COLUMNS
from tests.exchange.samples import CLINE_HEADER, SAMPLES, Sample, cline_line, gdelt_line

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.importer}-{sample.file_name}")


def import_sample(sample: Sample, folder: Path, chunk_bytes: int = 1 << 20) -> tuple[ImportReport, pa.Table]:
    (folder / "in").mkdir(exist_ok=True)
    path = folder / "in" / sample.file_name
    path.write_bytes(sample.data)
    out = folder / f"out-{chunk_bytes}"
    report = import_files(find_importer(sample.importer), [path], ParquetFolder(out), chunk_bytes=chunk_bytes)
    files = sorted(out.glob("*.parquet"))
    return report, pa.concat_tables([pq.read_table(file).replace_schema_metadata(None) for file in files])


def test_every_importer_has_a_sample() -> None:
    assert {each.name for each in IMPORTERS} == {sample.importer for sample in SAMPLES}


@each_sample
def test_a_file_is_recognised(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / sample.file_name
    path.write_bytes(sample.data)
    assert recognise(path).name == sample.importer


@each_sample
def test_records_are_kept_or_rejected(sample: Sample, tmp_path: Path) -> None:
    report, table = import_sample(sample, tmp_path)
    assert table.schema == EVENT_COLUMNS
    assert (report.kept, report.rejected) == (sample.kept, len(sample.rejected))
    assert report.records == report.kept + report.rejected == table.num_rows + len(sample.rejected)
    rejects = report.rejects.read_text().splitlines() if report.rejects else []
    assert sorted(json.loads(line)["line"] for line in rejects) == list(sample.rejected)
    assert all(json.loads(line)["reason"] for line in rejects)


@each_sample
def test_rows_say_who_did_what_when(sample: Sample, tmp_path: Path) -> None:
    _, table = import_sample(sample, tmp_path)
    rows = {row["event_id"]: row for row in table.to_pylist()}
    for event_id, actors, recipients, event_type, edtf in sample.rows:
        row = next(row for key, row in rows.items() if key.endswith(event_id))
        assert (row["actors"], row["recipients"], row["event_type"], row["edtf"]) == (
            actors,
            recipients,
            event_type,
            edtf,
        )
        assert row["earliest"] <= row["latest"]
    assert {row["origin"] for row in rows.values()} == {"imported"}
    assert {row["dataset"] for row in rows.values()} == {find_importer(sample.importer).dataset}
    assert len(rows) == table.num_rows


@pytest.mark.parametrize(
    ("importer", "event_id", "said"),
    [
        ("gdelt", "gdelt:1", {"original_code": "042", "actor_text": ["MOSCOW [SUNGOV]"], "quad_class": 1}),
        # FIPS 10-4 in places, where CH is China and not Switzerland; CAMEO in actors
        ("gdelt", "gdelt:1", {"place": "Beijing, Beijing, China [FIPS CH, CHN]"}),
        ("icews", "icews:7@1995-01-03", {"original_code": "42", "actor_text": ["Boris Yeltsin [Russian Federation]"]}),
        ("polecat", "polecat:P1", {"original_code": "ASSAULT aerial", "score": -10.0, "actor_text": ["Russia [RUS]"]}),
        ("plover", "plover:o1", {"original_code": "DEMAND", "trigger": "demanded", "actor_text": ["Tehran"]}),
        ("phoenix", "phoenix:f3", {"original_code": "020", "quad_class": None}),
        ("cline-phoenix", "phoenix:NYT1", {"original_code": "190", "quad_class": 4, "actor_text": ["SUNMIL"]}),
        ("ucdp-ged", "ucdp:11", {"original_code": "violence 1", "actor_text": ["Government of Yugoslavia"]}),
        ("mid-participants", "mid:349:365:1969-3--9", {"original_code": "hiact 17, hostlev 4", "actor_text": ["RUS"]}),
        ("wars", "war:999:710:1962", {"content": "Invented War; fought again 1963-02/1963-03-01"}),
        ("wars", "war:999:750:1962", {"content": "Invented War"}),
        ("visits", "visit:visitor:1", {"actor_text": ["Chancellor N. [Germany, Federal Republic of]"]}),
    ],
)
def test_what_was_there_is_kept_beside(importer: str, event_id: str, said: dict[str, object], tmp_path: Path) -> None:
    sample = next(each for each in SAMPLES if each.importer == importer and event_id in {row[0] for row in each.rows})
    _, table = import_sample(sample, tmp_path)
    (row,) = [row for row in table.to_pylist() if row["event_id"] == event_id]
    assert {name: row[name] for name in said} == said


@each_sample
def test_unknown_codes_are_counted(sample: Sample, tmp_path: Path) -> None:
    report, _ = import_sample(sample, tmp_path)
    assert sorted(report.unknown) == sorted(sample.unknown)


@each_sample
def test_small_chunks_give_the_same_rows(sample: Sample, tmp_path: Path) -> None:
    whole, table = import_sample(sample, tmp_path)
    parts, pieces = import_sample(sample, tmp_path, chunk_bytes=300)
    assert (parts.kept, parts.rejected, parts.unknown) == (whole.kept, whole.rejected, whole.unknown)
    assert pieces.sort_by("event_id").equals(table.sort_by("event_id"))


@pytest.mark.parametrize(
    "sample",
    [each for each in SAMPLES if find_importer(each.importer).has_header],
    ids=lambda sample: f"{sample.importer}-{sample.file_name}",
)
def test_columns_go_by_name(sample: Sample, tmp_path: Path) -> None:
    """Columns in another order, with capitals, and ones that nobody knows of, give the same rows."""
    _, table = import_sample(sample, tmp_path)
    delimiter = find_importer(sample.importer).delimiter
    text = sample.data.decode("latin-1" if b"\xf4" in sample.data else "utf-8")
    lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    width = len(lines[0])
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    writer.writerow([*reversed([name.upper() for name in lines[0]]), "Herring"])
    writer.writerows([*reversed(line), "3"] for line in lines[1:] if len(line) == width)
    (tmp_path / "other").mkdir()
    other = dataclasses.replace(sample, data=written.getvalue().encode())
    _, shuffled = import_sample(other, tmp_path / "other")
    assert shuffled.sort_by("event_id").equals(table.sort_by("event_id"))


@each_sample
def test_importing_again_changes_nothing(sample: Sample, tmp_path: Path) -> None:
    first, table = import_sample(sample, tmp_path)
    again, same = import_sample(sample, tmp_path)
    assert again == first
    assert same.equals(table)


def test_a_file_that_is_named_twice_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_bytes(SAMPLES[0].data)
    files = [tmp_path / "events.csv"] * 2
    import_files(find_importer(SAMPLES[0].importer), files, ParquetFolder(tmp_path / "out"))
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 1


PLACES = {"Paris": True, '"Paris, Texas"': True, '"two\nlines"': True, '5" gun': True, '"5"" gun"': True}
PLACES |= {'"open': False, '"a" b': False, "too,many": False, '"open, with ""': False}
DAYS = {"3/2/1969": True, "2/30/1969": False, "0/0/0": False}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(DAYS))), max_size=12))
def test_a_quote_out_of_place_costs_its_own_line_alone(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str]]
) -> None:
    folder, line = tmp_path_factory.mktemp("quotes"), 2
    told, bad = [CLINE_HEADER], []
    for number, (place, day) in enumerate(drawn):
        told.append(cline_line(f"NYT{number}", day, "SUN", "CHN", "190", place))
        bad += [] if PLACES[place] and DAYS[day] else [line]
        line += 1 + place.count("\n")
    (folder / "in.csv").write_text("\n".join(told) + "\n")
    report = import_files(find_importer("cline-phoenix"), [folder / "in.csv"], ParquetFolder(folder / "out"))
    rejects = report.rejects.read_text().splitlines() if report.rejects else []
    assert [json.loads(each)["line"] for each in rejects] == bad
    assert (report.records, report.kept) == (len(drawn), len(drawn) - len(bad))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30), max_size=12))
def test_every_line_of_rubbish_is_a_record_and_is_rejected(
    tmp_path_factory: pytest.TempPathFactory, rubbish: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("rubbish")
    (folder / "in.CSV").write_bytes("\n".join([gdelt_line(1), *rubbish, gdelt_line(2)]).encode())
    report = import_files(find_importer("gdelt"), [folder / "in.CSV"], ParquetFolder(folder / "out"))
    assert (report.records, report.kept, report.rejected) == (len(rubbish) + 2, 2, len(rubbish))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "start", "url"]), inner),
    max_leaves=6,
)
PLOVER_FIELDS = ["id", "date", "enddate", "edtf", "event", "mode", "actor", "target", "event_loc", "event_text", "text"]
PLOVER_FIELDS += ["text_info", "cite_info", "context", "comment", "coder", "status", "link"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(PLOVER_FIELDS), JSON, max_size=4), min_size=1, max_size=4))
def test_no_value_of_a_plover_field_stops_an_import(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("plover")
    usual = {"id": "a", "date": "2015-03-01", "event": {"category": "AID"}, "actor": [{"code": "USA"}]}
    lines = [json.dumps({**usual, **each}) for each in drawn]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n")
    report = import_files(find_importer("plover"), [folder / "in.jsonl"], ParquetFolder(folder / "out"))
    assert report.records == report.kept + report.rejected == len(lines)


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zip"])
def test_packed_files_give_what_plain_ones_do(suffix: str, tmp_path: Path) -> None:
    sample = SAMPLES[0]
    path = tmp_path / f"{sample.file_name}.{suffix}"
    if suffix == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(sample.file_name, sample.data)
    else:
        path.write_bytes({"gz": gzip, "bz2": bz2, "xz": lzma}[suffix].compress(sample.data))
    report = import_files(find_importer(sample.importer), [path], ParquetFolder(tmp_path / "out"))
    assert (report.kept, report.rejected) == (sample.kept, len(sample.rejected))


@pytest.mark.shared
def test_disputes_between_the_soviet_union_and_china_are_the_published_ones(shared: Path, tmp_path: Path) -> None:
    rows = pq.read_table(shared / "reference/peacesciencer/cow_mid_dirdisps.parquet")
    pyarrow.csv.write_csv(rows, tmp_path / "disputes.csv")
    report = import_files(find_importer("mid-dyadic"), [tmp_path / "disputes.csv"], ParquetFolder(tmp_path / "out"))
    assert (report.kept, report.rejected) == (rows.num_rows, 0)
    found: dict[int, set[str]] = {}
    hostility: dict[int, int] = {}
    for row in pq.read_table(next((tmp_path / "out").glob("*.parquet"))).to_pylist():
        year = row["earliest"].year
        if 1949 <= year <= 1989 and (row["actors"], row["recipients"]) == (["RUS"], ["CHN"]):
            found.setdefault(year, set()).add(row["document_id"].removeprefix("mid:"))
            level = int(row["original_code"].rsplit(" ", 1)[1])
            hostility[year] = max(hostility.get(year, 0), level)  # its own side's, never the dispute's
    listed = pyarrow.csv.read_csv(shared / "reference/checks/ussr_china_1949_1989.csv").to_pylist()
    assert found == {row["year"]: set(row["cow_mid_disputes"].split()) for row in listed if row["cow_mid_n"]}
    assert hostility == {row["year"]: row["hostlev_ussr_max"] for row in listed if row["cow_mid_n"]}


@pytest.mark.shared
def test_every_visit_and_travel_of_the_corpus_is_kept(shared: Path, tmp_path: Path) -> None:
    paths = sorted([*(shared / "corpus/visits").glob("*.xml"), *(shared / "corpus/travels").glob("*/*.xml")])
    report = import_files(find_importer("visits"), paths, ParquetFolder(tmp_path / "out"))
    assert report.records == report.kept > 7000
    assert sum(report.unknown.values()) < 0.03 * report.records


def test_a_file_that_has_changed_since_is_refused(tmp_path: Path) -> None:
    path, lines = tmp_path / "events.CSV", [gdelt_line(number) for number in range(1000)]
    path.write_text("\n".join(lines) + "\n")
    first = import_files(find_importer("gdelt"), [path], ParquetFolder(tmp_path / "out"))
    path.write_text("\n".join([*lines, gdelt_line(1000)]) + "\n")
    with pytest.raises(FormatError, match=r"events\.CSV, line 1: is not as it was when it was imported"):
        import_files(find_importer("gdelt"), [path], ParquetFolder(tmp_path / "out"))
    path.write_text("\n".join(lines) + "\n")
    assert import_files(find_importer("gdelt"), [path], ParquetFolder(tmp_path / "out")) == first


def test_a_truncated_gzip_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "events.csv.gz"
    whole = gzip.compress("\n".join(f"{gdelt_line(number)}{number * 7919 % 104729}" for number in range(5000)).encode())
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FormatError, match=r"events\.csv\.gz: ends early or is damaged") as caught:
        import_files(find_importer("gdelt"), [path], ParquetFolder(tmp_path / "out"))
    assert "\n" not in str(caught.value)


def test_a_folder_of_other_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(gdelt_line(1))
    pq.write_table(pa.table({"herring": [1]}), tmp_path / "mine.parquet")
    with pytest.raises(FormatError, match=r"mine\.parquet: was made by no import"):
        import_files(find_importer("gdelt"), [tmp_path / "in.csv"], ParquetFolder(tmp_path))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["in.csv", "mine.parquet"]


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "herring.csv"
    path.write_text("name,weight\nherring,3\n")
    with pytest.raises(FormatError, match="no known format"):
        recognise(path)
    with pytest.raises(FormatError, match="has no column 'event_id'"):
        import_files(find_importer("icews"), [path], ParquetFolder(tmp_path / "out"))
    with pytest.raises(FormatError, match="61 or 58 or 57 columns"):
        import_files(find_importer("gdelt"), [path], ParquetFolder(tmp_path / "out"))
    with pytest.raises(UsageError, match="'herring' is not a format"):
        find_importer("herring")
