"""Print every difference between our states and the reference lists, and why it stands: check_states.py FOLDER

FOLDER holds cow_states.csv, gw_states.csv and cow_capitals.csv. Differences that stand are listed with their reasons in
scripts/standing/states.csv (list, state, reason); any other makes the script exit with 1.
"""

from __future__ import annotations

import csv
import datetime
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from detente.refdata.spell import Spell
from detente.refdata.states import find_state, load_states

STANDING = Path(__file__).parent / "standing" / "states.csv"
Difference = tuple[str, str, str]


def compare_members(path: Path) -> Iterator[Difference]:
    """Yield where our spells in the COW state system differ from the list's."""
    theirs: dict[str, list[Spell]] = defaultdict(list)
    for row in csv.DictReader(path.open(encoding="utf-8")):
        theirs[find_state(row["stateabb"]).stateabb].append(Spell("cow", _day(row, "st"), _day(row, "end")))
        if int(float(row["ccode"])) != find_state(row["stateabb"]).ccode:
            yield "cow", row["stateabb"], f"number {row['ccode']} there"
    last = max(spell.end for spells in theirs.values() for spell in spells if spell.end)
    for each in load_states():
        ours = [Spell("cow", spell.start, spell.end or last) for spell in each.members]
        if ours != theirs.get(each.stateabb, []):
            yield "cow", each.stateabb, f"{_show(ours)} here, {_show(theirs.get(each.stateabb, []))} there"


def compare_independence(path: Path) -> Iterator[Difference]:
    """Yield where our Gleditsch-Ward spells differ from the list's."""
    theirs: dict[int, list[Spell]] = defaultdict(list)
    for row in csv.DictReader(path.open(encoding="utf-8")):
        start, end = (datetime.date.fromisoformat(row[name]) for name in ("startdate", "enddate"))
        theirs[int(float(row["gwcode"]))].append(Spell("gw", start, end))
    last = max(spell.end for spells in theirs.values() for spell in spells if spell.end)
    ours: dict[int, list[tuple[str, Spell]]] = defaultdict(list)
    for each in load_states():
        for spell in each.gw:
            ours[int(spell.value)].append((each.stateabb, Spell("gw", spell.start, spell.end or last)))
    for number in sorted(set(theirs) | set(ours)):
        here = join_spells([spell for _, spell in ours.get(number, [])])
        if here != theirs.get(number, []):
            names = "/".join(dict.fromkeys(name for name, _ in ours.get(number, []))) or str(number)
            yield "gw", names, f"{_show(here)} here, {_show(theirs.get(number, []))} there"


def join_spells(spells: list[Spell]) -> list[Spell]:
    """Return `spells` in order of time, one that begins the day after another ends made one with it."""
    joined: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: str(spell.start)):
        before = joined[-1] if joined else None
        if before and before.end and spell.start and (spell.start - before.end).days == 1:
            joined[-1] = Spell("gw", before.start, spell.end)
        else:
            joined.append(spell)
    return joined


def compare_capitals(path: Path) -> Iterator[Difference]:
    """Yield capitals of the list that are not among our seats and cities."""
    known = {each.ccode: each for each in load_states()}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        each = known.get(int(float(row["ccode"])))
        forms = {form.value.casefold() for form in (*each.seats, *each.cities, *each.names)} if each else set()
        if row["capital"].casefold() not in forms:
            yield (
                "capitals",
                each.stateabb if each else row["ccode"],
                f"{row['capital']} ({row['stdate'][:4]}) not here",
            )


def _day(row: dict[str, str], which: str) -> datetime.date:
    return datetime.date(*(int(float(row[f"{which}{part}"])) for part in ("year", "month", "day")))


def _show(spells: list[Spell]) -> str:
    return ", ".join(f"{spell.start}–{spell.end}" for spell in spells) or "none"


def read_reasons() -> dict[tuple[str, str], str]:
    """Return the reasons for differences that stand, by list and state."""
    return {(row["list"], row["state"]): row["reason"] for row in csv.DictReader(STANDING.open(encoding="utf-8"))}


def main(folder: Path) -> int:
    reasons = read_reasons()
    open_ones = 0
    for difference in (
        *compare_members(folder / "cow_states.csv"),
        *compare_independence(folder / "gw_states.csv"),
        *compare_capitals(folder / "cow_capitals.csv"),
    ):
        table, name, what = difference
        reason = reasons.get((table, name)) or reasons.get((table, "*"), "")
        open_ones += not reason
        print(f"{table:9}{name:9}{what}\n{'':18}{reason or 'UNEXPLAINED'}")
    print(f"{open_ones} differences without a reason")
    return 1 if open_ones else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
