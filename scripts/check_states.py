"""Print every difference between our reference data and the lists of the field, and why it stands.

    python scripts/check_states.py REFERENCE_DIR

REFERENCE_DIR holds the user's own copies, as tables of the R package peacesciencer have them: cow_states.csv,
gw_states.csv, cow_capitals.csv, gw_capitals.csv and cow_igo_sy.parquet. Differences that stand are in
scripts/standing/states.csv (list, state, item, reason); any other makes the script exit with 1.
"""

from __future__ import annotations

import csv
import datetime
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as parquet

from detente.refdata.organisations import load_organisations
from detente.refdata.spell import Spell
from detente.refdata.states import State, find_state, load_states

STANDING = Path(__file__).parent / "standing" / "states.csv"
YEAR = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the list it is with, the state (abbreviation, or number where we have none), what differs."""

    table: str
    state: str
    item: str
    ours: str
    theirs: str


def compare_members(path: Path) -> Iterator[Difference]:
    """Yield where our numbers and spells in the COW state system differ from the list's."""
    theirs: dict[str, list[Spell]] = defaultdict(list)
    for row in _rows(path):
        ours = find_state(row["stateabb"])
        theirs[ours.stateabb].append(Spell("cow", _parts(row, "st"), _parts(row, "end")))
        if int(float(row["ccode"])) != ours.ccode:
            yield Difference("cow", ours.stateabb, "number", str(ours.ccode), row["ccode"])
    last = _last_day(theirs)
    for each in load_states():
        here = [Spell("cow", spell.start, spell.end or last) for spell in each.members]
        if here != theirs.get(each.stateabb, []):
            yield Difference("cow", each.stateabb, "spells", _show(here), _show(theirs.get(each.stateabb, [])))


def compare_independence(path: Path) -> Iterator[Difference]:
    """Yield where our Gleditsch-Ward spells differ from the list's, number by number."""
    theirs: dict[str, list[Spell]] = defaultdict(list)
    for row in _rows(path):
        number = str(int(float(row["gwcode"])))
        theirs[number].append(Spell(number, _iso(row["startdate"]), _iso(row["enddate"])))
    last = _last_day(theirs)
    ours: dict[str, list[Spell]] = defaultdict(list)
    bearers: dict[str, str] = {}
    for each in load_states():
        for spell in each.gw:
            ours[spell.value].append(Spell(spell.value, spell.start, spell.end or last))
            bearers[spell.value] = each.stateabb
    for number in sorted(set(theirs) | set(ours), key=int):
        here, there = _joined(ours.get(number, [])), _joined(theirs.get(number, []))
        if here != there:
            yield Difference("gw", bearers.get(number, number), number, _show(here), _show(there))


def compare_capitals(path: Path, key: str) -> Iterator[Difference]:
    """Yield capitals of the list that ours were not, a year inside the ends of their spells and while a member."""
    for row in _rows(path):
        number, start, end = str(int(float(row[key]))), _iso(row["stdate"]), _iso(row["enddate"])
        for each in load_states():
            members = each.members if key == "ccode" else tuple(spell for spell in each.gw if spell.value == number)
            if number != (str(each.ccode) if key == "ccode" else number) or not members:
                continue
            days = {day for day in _sample(start, end) if any(spell.holds(day) for spell in members)}
            wrong = sorted(day for day in days if _fold(each.capital_on(day) or "") != _fold(row["capital"]))
            if wrong:
                ours = f"{each.capital_on(wrong[0])} on {wrong[0]}"
                yield Difference("capitals", each.stateabb, row["capital"], ours, f"{start}–{end}")


def compare_organisations(path: Path) -> Iterator[Difference]:
    """Yield states that we have in more organisations, some year, than the list counts full memberships for them."""
    table = parquet.read_table(path, columns=["ccode", "year", "sum_igo_full"]).to_pylist()
    states = {each.ccode: each for each in load_states()}
    worst: dict[str, Difference] = {}
    for row in table:
        each, day = states.get(int(row["ccode"])), datetime.date(int(row["year"]), 7, 1)
        ours = _memberships(each, day) if each else 0
        if each and row["sum_igo_full"] is not None and ours > row["sum_igo_full"]:
            theirs = str(int(row["sum_igo_full"]))
            worst[each.stateabb] = Difference("igo", each.stateabb, "memberships", f"{ours} in {day.year}", theirs)
    yield from worst.values()


def _memberships(each: State, day: datetime.date) -> int:
    return sum(
        organisation.existed_on(day)
        and any(member.value == each.stateabb and member.holds(day) for member in organisation.members or ())
        for organisation in load_organisations()
    )


def _sample(start: datetime.date, end: datetime.date) -> tuple[datetime.date, ...]:
    if end - start <= 2 * YEAR:
        return (start + (end - start) / 2,)
    return (start + YEAR, start + (end - start) / 2, end - YEAR)


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(character for character in plain if character.isalnum()).casefold()


def _joined(spells: list[Spell]) -> list[Spell]:
    """Spells in order of time, one that begins the day after another ends made one with it."""
    joined: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: spell.start or datetime.date.min):
        before = joined[-1] if joined else None
        if before and before.end and spell.start and (spell.start - before.end).days == 1:
            joined[-1] = Spell(spell.value, before.start, spell.end)
        else:
            joined.append(spell)
    return joined


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _iso(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text[:10])


def _parts(row: dict[str, str], which: str) -> datetime.date:
    return datetime.date(*(int(float(row[f"{which}{part}"])) for part in ("year", "month", "day")))


def _last_day(spells: dict[str, list[Spell]]) -> datetime.date:
    return max(spell.end for each in spells.values() for spell in each if spell.end)


def _show(spells: list[Spell]) -> str:
    return ", ".join(f"{spell.start}–{spell.end}" for spell in spells) or "none"


def read_reasons() -> dict[tuple[str, str, str], str]:
    """Return why differences stand, by list, state and item."""
    return {(row["list"], row["state"], row["item"]): row["reason"] for row in _rows(STANDING)}


def main(folder: Path) -> int:
    """Print the differences; return 1 if one of them has no reason, 2 if the folder lacks a list, else 0."""
    names = ("cow_states.csv", "gw_states.csv", "cow_capitals.csv", "gw_capitals.csv", "cow_igo_sy.parquet")
    missing = [name for name in names if not (folder / name).exists()]
    if missing:
        print(f"{folder}: holds no {', '.join(missing)} (expected the lists to check against)", file=sys.stderr)
        return 2
    reasons, unexplained, unused = read_reasons(), 0, set(read_reasons())
    differences = (
        *compare_members(folder / names[0]),
        *compare_independence(folder / names[1]),
        *compare_capitals(folder / names[3], "gwcode"),
        *compare_capitals(folder / names[2], "ccode"),
        *compare_organisations(folder / names[4]),
    )
    for key, each in {(each.table, each.state, each.item): each for each in differences}.items():
        reason = reasons.get(key, "")
        unexplained += not reason
        unused.discard(key)
        print(f"{each.table:16} {each.state:8} {each.item}: {each.ours} here, {each.theirs} there")
        print(f"{'':25} {reason or 'UNEXPLAINED'}")
    for key in sorted(unused):
        print(f"{'standing':16} {', '.join(key)}: a reason for no difference")
    print(f"{unexplained} differences without a reason")
    return 1 if unexplained else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
