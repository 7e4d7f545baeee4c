"""The record answers the measures itself, by any name of a state."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente import Record
from detente.errors import DetenteError, RecordError
from detente.examples import example_page


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    with Record(":memory:") as held:
        held.add(example_page())
        yield held


def test_series_counts_every_dated_act(record: Record) -> None:
    series = record.series("China", "Soviet Union", every="year")
    assert series.table.num_rows > 0
    assert "China" in series.summary()


def test_network_and_alignments_take_the_ties(record: Record) -> None:
    network = record.network("1979-10-15")
    assert {"CHN", "RUS"} <= set(network.actors.column(0).to_pylist())


def test_a_measure_of_nothing_refuses_in_one_line(record: Record) -> None:
    with pytest.raises(DetenteError) as caught:
        record.turning_points("Brazil", "Peru")
    assert "\n" not in str(caught.value)


def test_panels_are_those_of_the_command_line(record: Record) -> None:
    made = record.panel(from_="1969", to="1970-06", every="quarter", dyads="active", both_codes=True, spells="events")
    assert made.time == ("year", "quarter")
    assert {"gwcode1", "gwcode2", "peace_spell"} <= set(made.table.column_names)
    assert {row["year"] for row in made.table.to_pylist()} <= {1969, 1970}
    assert made.to_pandas().shape == made.to_polars().shape == made.table.shape
    with pytest.raises(RecordError, match="'GDELT': no such data set in the record"):
        record.panel(dataset="GDELT", from_="1969", to="1969")
