"""The table of names: every form by which a party is called, from all the tables of reference data, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from detente.refdata.dependencies import load_dependencies
from detente.refdata.movements import load_movements
from detente.refdata.organisations import load_organisations
from detente.refdata.places import load_namesakes, load_places
from detente.refdata.spell import common, without
from detente.refdata.states import NameRow, State, load_states

__all__ = ["name_rows"]

KINDS = (
    ("adjectives", "demonym"),
    ("people", "people"),
    ("combining", "combining"),
    ("capitals", "seat"),
    ("seats", "seat"),
    ("cities", "city"),
)


def name_rows() -> Iterator[NameRow]:
    """Yield the rows that `states.name_table` describes."""
    for each in load_states():
        yield from _rows_of_state(each)
    yield from _rows_of_dependencies()
    for organisation in load_organisations():
        for spell in (*organisation.names, *organisation.organs):
            start, end = spell.start or organisation.start, spell.end
            yield spell.value, "organisation", organisation.code, start, end, organisation.name
    for movement in load_movements():
        for name in movement.names:
            for governing in movement.stands_for():
                start, end = governing.start or name.start, governing.end or name.end
                yield name.value, "movement", governing.value, start, end, movement.name
    for place in load_places():
        yield place, "place", "", None, None, "a place, not a party"
    for name_of_state, other in load_namesakes().items():
        yield name_of_state, "place", "", None, None, other


def _rows_of_state(each: State) -> Iterator[NameRow]:
    for name in each.names:
        for ruler in each.rulers:
            shared = common(name, ruler)
            if shared is not None:
                note = f"then a dependency of {ruler.value}"
                yield name.value, "dependency", each.stateabb, shared.start, shared.end, note
        for own in without(name, each.rulers):
            yield name.value, "name", each.stateabb, own.start, own.end, ""
    for field, kind in KINDS:
        for form in getattr(each, field):
            yield form.value, kind, each.stateabb, form.start, form.end, ""


def _rows_of_dependencies() -> Iterator[NameRow]:
    for dependency in load_dependencies():
        for ruler in dependency.rulers:
            note = f"a dependency of {ruler.value}"
            yield dependency.name, "dependency", ruler.value, ruler.start, ruler.end, note
