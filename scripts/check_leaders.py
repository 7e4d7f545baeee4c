"""Compare the project's leaders with a user's own copy of Archigos and print every difference.

    python scripts/check_leaders.py PATH_TO_ARCHIGOS_PARQUET

Archigos names one effective ruler of a state at a time and keys its states by Gleditsch and Ward. A ruler agrees
where terms of a person of that name begin and end within 31 days of the spell.
Differences that stand, each with its reason, are listed in scripts/standing/leaders.csv.
"""

from __future__ import annotations

import csv
import datetime
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow.parquet as parquet

from detente.refdata.leaders import Leader, fold_name, load_leaders
from detente.refdata.states import load_states

STANDING = Path(__file__).parent / "standing" / "leaders.csv"
DAYS = 31
INTERIM_DAYS = 62
PARTICLES = frozenset(
    {"al", "bin", "de", "del", "el", "ibn", "ii", "iii", "iv", "king", "la", "of", "pasha"}
    | {"shah", "van", "vi", "von"}
)
LEADING = {"monarch", "regent", "head_of_state", "head_of_government", "party_leader", "governor"}
OTHER_NUMBERS = {
    255: ("GMY",),
    260: ("GFR", "GMY"),
    340: ("YUG",),
    345: ("YUG",),
    563: ("X:Transvaal",),
    564: ("X:Orange Free State",),
    678: ("YAR", "YEM"),
    679: ("YEM",),
    711: ("X:Tibet",),
    730: ("KOR",),
    815: ("DRV",),
    816: ("DRV",),
}


@dataclass(frozen=True, slots=True)
class Spell:
    """A row of Archigos."""

    key: str
    gwcode: int
    name: str
    start: datetime.date
    end: datetime.date


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: `kind` is "missing", "dates" or "state"."""

    kind: str
    spell: Spell
    detail: str
    within: bool = False


def states_by_gwcode() -> dict[int, set[str]]:
    """Return the COW abbreviations that a Gleditsch-Ward number stands for, theirs and ours not always being one."""
    table = {number: set(states) for number, states in OTHER_NUMBERS.items()}
    for state in load_states():
        for number in (state.ccode, state.gwcode):
            if number is not None:
                table.setdefault(number, set()).add(state.stateabb)
    return table


def read_spells(path: Path) -> Iterator[Spell]:
    """Yield the rows of the user's Archigos file."""
    columns = parquet.read_table(path, columns=["obsid", "gwcode", "leader", "startdate", "enddate"]).to_pylist()
    for row in columns:
        yield Spell(row["obsid"], int(row["gwcode"]), row["leader"], _day(row["startdate"]), _day(row["enddate"]))


def _day(value: datetime.date | datetime.datetime | str) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value[:10])


@cache
def words_of(names: tuple[str, ...]) -> frozenset[str]:
    """Return the words by which a name may be known, folded, joined ones apart and together."""
    found: set[str] = set()
    for name in names:
        folded = re.sub(r"[^a-z' ]", " ", fold_name(name)).replace("'", "")
        parts = folded.split()
        found.update(part for part in parts if len(part) > 1)
        found.update("".join(parts[at : at + 2]) for at in range(len(parts)))
    return frozenset(found - PARTICLES or found)


def same_name(theirs: str, ours: Leader) -> bool:
    """Whether a surname as Archigos writes it is a word of our name or of one of its aliases, spelling allowed for."""
    wanted, known = words_of((theirs,)), _known_words(ours)
    if wanted <= PARTICLES:  # a surname such as King, which elsewhere is a title
        return any(fold_name(form).split()[-1:] == [*wanted] for form in ours.forms)
    return bool(wanted & known) or bool(_sounds(wanted) & _sounds(known))


@cache
def _known_words(leader: Leader) -> frozenset[str]:
    return words_of(leader.forms)


@cache
def _sounds(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_sound(word) for word in words)


def _sound(word: str) -> str:
    word = re.sub(r"ph", "f", re.sub(r"[ckq]+h?", "k", word))
    word = re.sub(r"[yj]", "i", re.sub(r"[wu]", "v", re.sub(r"[zs]+h?", "s", word)))
    return word[:1] + re.sub(r"[aeiovh]", "", re.sub(r"(.)\1", r"\1", word[1:]))


def compare(spell: Spell, ours: list[Leader], everyone: list[Leader], tolerance: int = DAYS) -> Difference | None:
    """Return how the spell differs from our terms, or None where it agrees."""
    named = [leader for leader in ours if same_name(spell.name, leader)]
    near = [leader for leader in named if _overlap(spell, leader)]
    if not near:
        held = sorted({leader.name for leader in ours if leader.office in LEADING and _overlap(spell, leader)})
        same = (leader for leader in everyone if leader.office in LEADING and _overlap(spell, leader))
        elsewhere = [
            leader for leader in same if same_name(spell.name, leader) and _matches(spell, [leader], tolerance)
        ]
        others = sorted({leader.stateabb for leader in elsewhere})
        if others:
            return Difference("state", spell, f"found under {', '.join(others[:3])}")
        return Difference("missing", spell, f"we have {', '.join(held[:4]) or 'nobody'}")
    if _matches(spell, near, tolerance):
        return None
    shown = "; ".join(f"{leader.name} {leader.office} {leader.start_text}..{leader.end_text}" for leader in near[:4])
    within = any(leader.start <= spell.start and (leader.end is None or spell.end <= leader.end) for leader in near)
    return Difference("dates", spell, shown, within)


def _overlap(spell: Spell, leader: Leader) -> bool:
    slack = datetime.timedelta(days=DAYS)
    return leader.start <= spell.end + slack and (leader.end is None or leader.end >= spell.start - slack)


def _matches(spell: Spell, near: list[Leader], tolerance: int) -> bool:
    """Whether some term begins within the tolerance of the spell and some term ends so (or runs past its last day)."""
    days = datetime.timedelta(days=tolerance)
    last = datetime.date(2015, 12, 31)
    begins = any(leader.start - days <= spell.start <= _latest_start(leader) + days for leader in near)
    ends = any(
        leader.end is None
        or spell.end >= last <= leader.end
        or _earliest_end(leader) - days <= spell.end <= leader.end + days
        for leader in near
    )
    return begins and ends


def _latest_start(leader: Leader) -> datetime.date:
    text = leader.start_text
    if len(text) == 4:
        return datetime.date(int(text), 12, 31)
    return leader.start + datetime.timedelta(days=30 if len(text) == 7 else 0)


def _earliest_end(leader: Leader) -> datetime.date:
    assert leader.end is not None
    text = leader.end_text
    if len(text) == 4:
        return datetime.date(int(text), 1, 1)
    return leader.end.replace(day=1) if len(text) == 7 else leader.end


def read_standing(path: Path = STANDING) -> dict[str, str]:
    """Return the reasons of the differences that stand, by Archigos key; a key ending in * stands for all it begins."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["obsid"]: row["reason"] for row in csv.DictReader(lines)}


def reason_for(found: Difference, standing: dict[str, str]) -> str | None:
    """Return why the difference stands, if it does: the reason listed for it, else the rule of ours that makes it."""
    key = found.spell.key
    if key in standing:
        return standing[key]
    for start, why in standing.items():
        if start.endswith("*") and key.startswith(start[:-1]):
            return why
    held = (found.spell.end - found.spell.start).days
    if found.kind == "missing" and held <= INTERIM_DAYS:
        return f"held for {held} days: by our rule interim holders are left out"
    if found.within:
        return "lies inside our term: Archigos counts effective rule, we count the office"
    return None


def main(arguments: list[str]) -> int:
    """Print the differences and a summary; 1 where one stands without a reason."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    codes = states_by_gwcode()
    everyone = list(load_leaders())
    standing, counts = read_standing(), Counter[str]()
    for spell in read_spells(Path(arguments[0])):
        counts["spells"] += 1
        states = codes.get(spell.gwcode, ())
        found = compare(spell, [leader for leader in everyone if leader.stateabb in states], everyone)
        if found is None:
            counts["agree"] += 1
            continue
        why = reason_for(found, standing)
        counts[found.kind] += 1
        counts["stand with a reason" if why else "without a reason"] += 1
        line = f"{found.kind:8}{spell.key:16}{spell.name:28}{spell.start} .. {spell.end}  {found.detail}"
        print(line + (f"  [stands: {why}]" if why else ""))
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0 if not counts["without a reason"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
