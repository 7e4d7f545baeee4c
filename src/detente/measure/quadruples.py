"""A temporal knowledge graph: who did what to whom on which day, as whole numbers; read from the benchmark's files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import DataTooThin, FormatError
from detente.measure.events import select_events

__all__ = ["Quadruples", "from_events", "read_quadruples", "split_by_time"]

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Quadruples:
    """Facts with the names their numbers stand for, in order of time.

    `facts` (n, 4): subject, relation, object, time. `parts` holds how many facts belong to the training, validation
    and test part, in that order; they follow one another in time. Times are steps of `step` units from 0.
    """

    facts: Ints
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    parts: tuple[int, int, int]

    @property
    def train(self) -> Ints:
        """The facts of the training part."""
        return self.facts[: self.parts[0]]

    @property
    def valid(self) -> Ints:
        """The facts of the validation part."""
        return self.facts[self.parts[0] : self.parts[0] + self.parts[1]]

    @property
    def test(self) -> Ints:
        """The facts of the test part."""
        return self.facts[self.parts[0] + self.parts[1] :]


def read_quadruples(folder: str | Path) -> Quadruples:
    """Return the data set in `folder`: `train.txt`, `valid.txt` and `test.txt`.

    A line is a subject, relation, object and time, parted by tabs. The fields are numbers, named by `entity2id.txt` and
    `relation2id.txt` where these exist (name, tab, number), or names. Times are numbers or ISO days; further columns
    (the benchmark files carry one) are left out. Times are divided by their greatest common step, so that hours of a
    daily set become days. Repeated facts count once. Where `valid.txt` is missing, the last tenth of the training times
    takes its place.

    FormatError names the file and the line; DataTooThin where a part is empty.
    """
    base = Path(folder)
    rows = {name: _read_rows(base / f"{name}.txt") for name in ("train", "test")}
    rows["valid"] = _read_rows(base / "valid.txt") if (base / "valid.txt").is_file() else []
    for name in ("train", "test"):
        if not rows[name]:
            raise DataTooThin(f"{base / name}.txt: 0 facts; at least 1 is needed")
    entity_names, relation_names = _read_names(base / "entity2id.txt"), _read_names(base / "relation2id.txt")
    every = [*rows["train"], *rows["valid"], *rows["test"]]
    entities = _number((name for row in every for name in (row[0], row[2])), entity_names)
    relations = _number((row[1] for row in every), relation_names)
    numbered = {
        name: [(entities[s], relations[r], entities[o], t) for s, r, o, t in part] for name, part in rows.items()
    }
    parts = [_in_time(part) for part in (numbered["train"], numbered["valid"], numbered["test"])]
    if not len(parts[1]):
        parts[0], parts[1] = _hold_out(parts[0], 0.1)
    facts = np.concatenate(parts)
    facts[:, 3] = _steps(facts[:, 3])
    return Quadruples(
        facts,
        _names(entities, entity_names),
        _names(relations, relation_names),
        (len(parts[0]), len(parts[1]), len(parts[2])),
    )


def _read_rows(path: Path) -> list[tuple[str, str, str, int]]:
    if not path.is_file():
        raise FormatError(path, None, "there is no such file", expected="tab-separated subject, relation, object, time")
    rows = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            fields = line.rstrip("\n").split("\t")
            if len(fields) < 4:
                raise FormatError(path, number, f"{len(fields)} fields", expected="4 fields parted by tabs")
            rows.append((fields[0].strip(), fields[1].strip(), fields[2].strip(), _read_time(path, number, fields[3])))
    return rows


def _read_time(path: Path, number: int, text: str) -> int:
    text = text.strip()
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return int(np.datetime64(text, "D").astype(int))
    except ValueError:
        raise FormatError(path, number, f"time {text!r}", expected="a whole number or an ISO day") from None


def _read_names(path: Path) -> dict[str, str]:
    """Return the names by number (as written) of an id map; empty where there is no such file."""
    if not path.is_file():
        return {}
    names = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        fields = line.split("\t")
        if len(fields) < 2:
            if number == 1 and line.strip().isdigit():  # some maps begin with their own length
                continue
            raise FormatError(path, number, f"{len(fields)} fields", expected="a name, a tab and a number")
        name, key = (
            (fields[1], fields[0]) if fields[0].isdigit() and not fields[1].isdigit() else (fields[0], fields[1])
        )
        names[key.strip()] = name.strip()
    return names


def _number(keys: Iterable[str], names: dict[str, str]) -> dict[str, int]:
    """Return a number for each key: its own where every key is one, else by the order of the names."""
    seen = dict.fromkeys(keys)
    if all(key.isdigit() for key in seen):
        return {key: int(key) for key in {**seen, **dict.fromkeys(names)}}
    return {key: number for number, key in enumerate(sorted({*seen, *names.values()}))}


def _names(numbers: dict[str, int], names: dict[str, str]) -> tuple[str, ...]:
    size = max(numbers.values()) + 1
    listed = [str(number) for number in range(size)]
    for key, number in numbers.items():
        listed[number] = names.get(key, key)
    return tuple(listed)


def _in_time(rows: Sequence[tuple[int, int, int, int]]) -> Ints:
    facts = np.array(rows, np.int64).reshape(-1, 4)
    facts = np.unique(facts, axis=0)
    return facts[np.argsort(facts[:, 3], kind="stable")]


def _hold_out(facts: Ints, share: float) -> tuple[Ints, Ints]:
    times = np.unique(facts[:, 3])
    if len(times) < 2:
        raise DataTooThin(f"{len(times)} time step of training facts; at least 2 are needed to learn from")
    first = times[min(int(len(times) * (1 - share)), len(times) - 1)]
    return facts[facts[:, 3] < first], facts[facts[:, 3] >= first]


def _steps(times: Ints) -> Ints:
    distinct = np.unique(times)
    step = np.gcd.reduce(np.diff(distinct)) if len(distinct) > 1 else 1
    return np.asarray((times - distinct[0]) // max(int(step), 1), np.int64)


def split_by_time(
    facts: Ints, entities: Sequence[str], relations: Sequence[str], shares: tuple[float, float] = (0.8, 0.1)
) -> Quadruples:
    """Return `facts` split at times so that training and validation hold about `shares` of them, the test the rest."""
    ordered = _in_time([tuple(row) for row in facts.tolist()])
    times = ordered[:, 3]
    cuts = []
    for share in (shares[0], sum(shares)):
        cut = int(np.searchsorted(times, times[min(int(len(times) * share), len(times) - 1)]))
        cuts.append(cut)
    if not 0 < cuts[0] < cuts[1] < len(ordered):
        raise DataTooThin(f"{len(np.unique(times))} time steps cannot be split in three; at least 3 are needed")
    return Quadruples(ordered, tuple(entities), tuple(relations), (cuts[0], cuts[1] - cuts[0], len(ordered) - cuts[1]))


def from_events(events: Any, relation: str = "event_type", shares: tuple[float, float] = (0.8, 0.1)) -> Quadruples:
    """Return the one-day events of an event table as quadruples by day, split by time.

    Each pair of an actor and a recipient is a fact; a two-sided act is one in each direction. `relation` is the
    column that names the act: "event_type" or "quad_class". DataTooThin below 3 days.
    """
    frame = select_events(events)
    frame = frame.take(frame.dated & (frame.earliest == frame.latest))
    kinds = frame.table.column(relation).to_pylist()
    pairs: list[tuple[str, str, str, int]] = []
    sides = zip(frame.table.column("actors").to_pylist(), frame.table.column("recipients").to_pylist(), strict=True)
    for row, (actors, recipients) in enumerate(sides):
        day = int(frame.earliest[row].astype(int))
        pairs += [
            (a, str(kinds[row]), b, day)
            for a in actors
            for b in recipients or actors
            if a != b and kinds[row] is not None
        ]
    if len({pair[3] for pair in pairs}) < 3:
        raise DataTooThin(f"{len(pairs)} facts dated to the day; at least 3 days of them are needed")
    entities = _number((name for pair in pairs for name in (pair[0], pair[2])), {})
    relations = _number((pair[1] for pair in pairs), {})
    facts = np.array([(entities[a], relations[r], entities[b], day) for a, r, b, day in pairs], np.int64)
    facts[:, 3] -= facts[:, 3].min()
    return split_by_time(facts, _names(entities, {}), _names(relations, {}), shares)
