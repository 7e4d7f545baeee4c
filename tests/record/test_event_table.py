"""A table of events prints well and gives its rows by name."""

from __future__ import annotations

from detente.model import EVENT_COLUMNS
from detente.record import EventRow, EventTable, Store
from tests.record.conftest import make_document, make_events


def test_a_row_has_the_columns_as_fields() -> None:
    assert list(EventRow._fields) == EVENT_COLUMNS.names


def test_a_row_says_what_was_done(filled: Store) -> None:
    rows = list(filled.events())
    assert [(row.date, row.act, row.actors) for row in rows] == [
        ("1950-05", "SUPPORT", ["CHN", "RUS"]),
        ("1951", "SANCTION/withdraw", ["RUS"]),
    ]
    assert rows[1]._replace(status="planned").act == "SANCTION/withdraw (planned)"


def test_it_prints_its_size_and_span(filled: Store) -> None:
    assert repr(filled.events()) == "EventTable(2 events, 1950-05-01 to 1951-12-31)"
    assert repr(filled.events().head(0)) == "EventTable(0 events)"


def test_a_notebook_shows_the_quotes_escaped(store: Store) -> None:
    document = make_document("sly", "China & <b>Russia</b> signed a pact. China met the <i>Soviet Union</i>.")
    events = make_events(make_document())[:1]
    store.add(document, [])
    store.add(make_document(), events)
    html = store.events()._repr_html_()
    assert "In May 1950 China and the Soviet Union signed" in html
    table = store.events().to_arrow()
    sly = table.set_column(table.schema.get_field_index("quote"), "quote", [["<script>alert(1)</script>"]])
    assert "<script>" not in EventTable(sly)._repr_html_()


def test_a_notebook_shows_a_long_table_in_part(store: Store) -> None:
    for number in range(15):
        store.add(document := make_document(str(number)), make_events(document))
    assert "30 events, the first 20 shown" in store.events()._repr_html_()
    assert "15 rows" in store.documents()._repr_html_()
