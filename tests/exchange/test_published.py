"""Imports of the field's published tables, and the panels made of them, against figures found without us."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from detente.exchange.formats import find_importer
from detente.exchange.importing import ImportReport, ParquetFolder, import_files
from detente.measure.panels import panel

pytestmark = pytest.mark.shared


def import_table(shared: Path, name: str, importer: str, folder: Path) -> tuple[ImportReport, pa.Table, pa.Table]:
    """Return the report, the table as published, and the rows that came of it."""
    published = pq.read_table(shared / f"reference/peacesciencer/{name}.parquet")
    pyarrow.csv.write_csv(published, folder / f"{name}.csv")
    report = import_files(find_importer(importer), [folder / f"{name}.csv"], ParquetFolder(folder / "out"))
    return (
        report,
        published,
        pa.concat_tables(pq.read_table(file) for file in sorted((folder / "out").glob("*.parquet"))),
    )


def checks(shared: Path) -> list[dict[str, Any]]:
    """Return the years 1949 to 1989 of the Soviet Union and China, as published."""
    rows: list[dict[str, Any]] = pyarrow.csv.read_csv(shared / "reference/checks/ussr_china_1949_1989.csv").to_pylist()
    return rows


def test_pledges_between_the_soviet_union_and_china(shared: Path, tmp_path: Path) -> None:
    report, published, rows = import_table(shared, "atop_alliance", "atop-dyadic", tmp_path)
    assert (report.kept, report.rejected) == (published.num_rows, 0)
    pledged = {
        row["earliest"].year: set((row["content"] or "").split(", "))
        for row in rows.filter(pa.compute.equal(rows["actor_text"].combine_chunks().flatten(), "365")).to_pylist()
        if row["recipient_text"] == ["710"]
    }
    for row in checks(shared):
        said = {name for name in ("defense", "offense", "neutral", "nonagg", "consul") if row[f"atop_{name}"]}
        assert pledged.get(row["year"], set()) == said, row["year"]


def test_disputes_make_the_panel_of_the_published_years(shared: Path, tmp_path: Path) -> None:
    import_table(shared, "cow_mid_dirdisps", "mid-dyadic", tmp_path)
    made = panel(tmp_path / "out", start=1949, end=1989, spells="events")
    pair = [row for row in made.table.to_pylist() if (row["ccode1"], row["ccode2"]) == (365, 710)]
    assert [row["year"] for row in pair] == list(range(1949, 1990))
    since = 0
    for row, check in zip(pair, checks(shared), strict=True):
        assert row["events"] == 2 * check["cow_mid_n"], row["year"]  # a row for each side of each dispute
        assert row["peace_spell"] == since, row["year"]
        since = 0 if check["cow_mid_n"] else since + 1


def test_wars_by_dyad_and_year(shared: Path, tmp_path: Path) -> None:
    report, published, _ = import_table(shared, "cow_war_inter", "wars-dyadic", tmp_path)
    assert (report.kept, report.rejected, report.unknown) == (published.num_rows, 0, {})
    made = panel(tmp_path / "out", directed=True, dyads="active")
    told = {(row["ccode1"], row["ccode2"], row["year"]): row["events"] for row in made.table.to_pylist()}
    listed: dict[tuple[int, int, int], int] = {}
    for row in published.select(["ccode1", "ccode2", "year"]).to_pylist():
        key = (row["ccode1"], row["ccode2"], row["year"])
        listed[key] = listed.get(key, 0) + 1
    assert told == listed
    assert not [row for row in checks(shared) if row["cow_interstate_war"] and (365, 710, row["year"]) not in told]


@pytest.mark.parametrize(("codes", "changed"), [("cow", {(345, 2006): 340}), ("gw", {(260, 1990): 255})])
def test_a_panel_of_states_and_its_crosswalk_are_the_published_lists(
    shared: Path, codes: str, changed: dict[tuple[int, int], int]
) -> None:
    lists = {name: numbers_by_year(shared, name) for name in ("cow", "gw")}
    here, there = lists.pop(codes), lists.popitem()[1]
    made = panel(start=1816, end=2016, unit="state", codes=codes, both_codes=True).table.to_pylist()
    mine, other = ("ccode", "gwcode") if codes == "cow" else ("gwcode", "ccode")
    assert {(row[mine], row["year"]) for row in made} == {(number, year) for (_, year), number in here.items()}
    crossed = {(row[mine], row["year"]): row[other] for row in made}
    in_both = {(number, key[1]): there[key] for key, number in here.items() if key in there}
    assert len(in_both) > 14_000
    assert {key: crossed[key] for key in in_both} == in_both | changed  # of two numbers in a year, the last


def numbers_by_year(shared: Path, name: str) -> dict[tuple[str, int], int]:
    """Return the numbers of a published list by the state's letters and the years it was there on some day of."""
    rows = pyarrow.csv.read_csv(shared / f"reference/peacesciencer/{name}_states.csv").to_pylist()
    numbers = {}
    for row in rows:
        first, last = (row["startdate"].year, row["enddate"].year) if name == "gw" else (row["styear"], row["endyear"])
        for year in range(max(1816, first), min(2016, last) + 1):
            numbers[row["stateabb"], year] = row["gwcode" if name == "gw" else "ccode"]
    return numbers
