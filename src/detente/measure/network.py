"""The signed network of parties on a day: balance, frustration, communities, centralities, and its course over time."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import DataTooThin, UsageError
from detente.measure.balance import Frustration, Triad, check_signs, frustration_index, signed_triads
from detente.measure.events import known_codes, select_events
from detente.measure.parties import party_code
from detente.measure.periods import as_day, make_periods
from detente.measure.relations import Acts, gather_acts, relate
from detente.measure.result import Result
from detente.model import Tie

__all__ = ["Network", "NetworkCourse", "network", "network_course", "signed_network"]


@dataclass(frozen=True)
class Network(Result):
    """A signed network on the day `on`.

    `table`, one row a relation: `a`, `b`, `sign` (-1, 1), `score` (-10 to 10), `weight` (faded acts behind it).
    `actors` has one row an actor: `actor`, `degree`, `positive`, `negative`, `betweenness`, `eigenvector` (on the
    positive network), `community` (of the positive network, from 0), `side` (0 or 1, in the least frustrated division).
    """

    on: datetime.date | None = None
    names: tuple[str, ...] = ()
    signs: NDArray[np.int64] | None = None
    triads: tuple[Triad, ...] = ()
    frustration: Frustration | None = None
    actors: pa.Table | None = None

    references: ClassVar[tuple[str, ...]] = ("cartwright1956", "harary1959", "antal2006", "clauset2004", "freeman1978")

    @property
    def unbalanced(self) -> tuple[tuple[str, str, str], ...]:
        """The unbalanced triads, by name."""
        return tuple(
            (self.names[a], self.names[b], self.names[c])
            for triad in self.triads
            if not triad.balanced
            for a, b, c in [triad.actors]
        )

    def plot(self) -> Any:
        """Return the network as a chart: friends near each other and joined in blue, foes dashed in orange."""
        from detente.measure.network_chart import draw_network

        return draw_network(self)

    def summary(self) -> str:
        """Return the size, the balance and the two sides in words."""
        assert self.frustration is not None
        positive = sum(1 for sign in self.table.column("sign").to_pylist() if sign > 0)
        count = len(self.unbalanced)
        index = (
            f"frustration index {self.frustration.high}"
            if self.frustration.exact
            else f"frustration index between {self.frustration.low} and {self.frustration.high}"
        )
        when = f"On {self.on}: " if self.on else ""
        said = (
            f"{when}{len(self.names)} actors, {positive} friendly and {self.table.num_rows - positive} hostile"
            f" relations. {count} of {len(self.triads)} triads {'is' if count == 1 else 'are'} unbalanced; {index}."
        )
        if len(self.names) <= 12 and self.table.num_rows:
            linked = {name for column in ("a", "b") for name in self.table.column(column).to_pylist()}
            divided = [
                (name, side) for name, side in zip(self.names, self.frustration.sides, strict=True) if name in linked
            ]
            sides = [[name for name, side in divided if side == which] for which in (0, 1)]
            said += " Least frustrated division: " + " | ".join(", ".join(side) for side in sides if side) + "."
        return said


@dataclass(frozen=True)
class NetworkCourse(Result):
    """A network's course. `table`, one row a period's end: `on`, `actors`, `positive`, `negative`, `triads`,
    `unbalanced`, `frustration_low`, `frustration_high`. `networks` are the networks themselves."""

    networks: tuple[Network, ...] = ()

    references: ClassVar[tuple[str, ...]] = Network.references

    def plot(self) -> Any:
        """Return a chart of the relations and of the unbalanced triads over time."""
        from detente.measure.network_chart import draw_course

        return draw_course(self)

    def summary(self) -> str:
        """Return where the network was least and most balanced, in words."""
        counts = self.table.column("unbalanced").to_pylist()
        days = self.table.column("on").to_pylist()
        most, least = int(np.argmax(counts)), int(np.argmin(counts))
        return (
            f"{days[0]} to {days[-1]}: most unbalanced triads on {days[most]} ({counts[most]}),"
            f" fewest on {days[least]} ({counts[least]})."
        )


def signed_network(
    names: Sequence[str],
    signs: NDArray[np.int64] | Mapping[tuple[str, str], int],
    *,
    score: NDArray[np.float64] | None = None,
    weight: NDArray[np.float64] | None = None,
    on: datetime.date | None = None,
) -> Network:
    """Return the network of `names` with the given signs: a symmetric matrix of -1, 0, 1, or pairs to signs.

    UsageError for a matrix that is not square or not symmetric, or a pair with an unknown name.

    >>> signed_network(["A", "B", "C"], {("A", "B"): 1, ("B", "C"): 1, ("A", "C"): -1}).frustration.high
    1
    """
    matrix = _matrix(names, signs) if isinstance(signs, Mapping) else check_signs(signs)
    if len(matrix) != len(names):
        raise UsageError(f"{len(names)} names for {len(matrix)} rows of signs: expected as many")
    first, second = (side.tolist() for side in np.nonzero(np.triu(matrix)))
    table = pa.table(
        {
            "a": pa.array([names[i] for i in first], pa.string()),
            "b": pa.array([names[i] for i in second], pa.string()),
            "sign": pa.array(matrix[first, second], pa.int8()),
            "score": pa.array(matrix[first, second] * 1.0 if score is None else score[first, second], pa.float64()),
            "weight": pa.array(np.ones(len(first)) if weight is None else weight[first, second], pa.float64()),
        }
    )
    frustration = frustration_index(matrix)
    return Network(
        table,
        on,
        tuple(names),
        matrix,
        tuple(signed_triads(matrix)),
        frustration,
        _describe_actors(names, matrix, frustration),
    )


def network(
    events: Any,
    on: datetime.date | str | int,
    *,
    ties: Sequence[Tie] = (),
    actors: Sequence[str] | None = None,
    half_life: float = 3.0,
    threshold: float = 0.5,
    most: int = 60,
    status: Sequence[str] = ("actual",),
) -> Network:
    """Return the signed network on the day `on`, from the faded scores of past acts and the ties that stand.

    Two parties are friends where their score (see `relations.relate`) is above `threshold`, foes below its negative.
    `actors` (names or codes) chooses who is in it; else the `most` parties with the most acts behind them that day.
    DataTooThin where fewer than three parties stand in any relation.
    """
    day = as_day(on, "on", last=True)
    assert day is not None
    acts = gather_acts(select_events(events, status))
    chosen = _choose(acts, ties, day, half_life, most) if actors is None else _codes(actors, known_codes(events))
    return _network_on(acts, ties, day, chosen, half_life, threshold)


def network_course(
    events: Any,
    *,
    every: str = "year",
    start: datetime.date | str | int | None = None,
    end: datetime.date | str | int | None = None,
    ties: Sequence[Tie] = (),
    actors: Sequence[str] | None = None,
    half_life: float = 3.0,
    threshold: float = 0.5,
    most: int = 30,
    status: Sequence[str] = ("actual",),
) -> NetworkCourse:
    """Return the network at the end of each period, from the first dated event (or `start`) to the last (or `end`)."""
    frame = select_events(events, status)
    acts = gather_acts(frame)
    if not len(acts.day):
        raise DataTooThin("0 scored, dated acts; a network needs some")
    dated = frame.take(frame.dated)
    first = as_day(start, "start") or dated.earliest.min().astype(datetime.date)
    last = as_day(end, "end", last=True) or dated.latest.max().astype(datetime.date)
    periods = make_periods(every, first, last)
    if len(periods) > 1000:
        raise UsageError(f"{len(periods)} periods of a {every}: choose a longer one (at most 1000 periods)")
    codes = None if actors is None else _codes(actors, known_codes(events))
    networks = []
    for number in range(len(periods)):
        day = min(periods.ends[number].astype(datetime.date), last)
        chosen = codes or _choose(acts, ties, day, half_life, most)
        networks.append(_network_on(acts, ties, day, chosen, half_life, threshold, least=0))
    return course_of(networks)


def course_of(networks: Sequence[Network]) -> NetworkCourse:
    """Return the course of networks that are already at hand, in order of time."""
    rows = []
    for one in networks:
        assert one.frustration is not None
        positive = sum(1 for sign in one.table.column("sign").to_pylist() if sign > 0)
        rows.append(
            {
                "on": one.on,
                "actors": len(one.names),
                "positive": positive,
                "negative": one.table.num_rows - positive,
                "triads": len(one.triads),
                "unbalanced": len(one.unbalanced),
                "frustration_low": one.frustration.low,
                "frustration_high": one.frustration.high,
            }
        )
    return NetworkCourse(pa.Table.from_pylist(rows), tuple(networks))


def _matrix(names: Sequence[str], signs: Mapping[tuple[str, str], int]) -> NDArray[np.int64]:
    place = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)), np.int64)
    for (a, b), sign in signs.items():
        if a not in place or b not in place:
            raise UsageError(f"relation of {a} and {b}: expected names among {', '.join(names)}")
        matrix[place[a], place[b]] = matrix[place[b], place[a]] = sign
    return check_signs(matrix)


def _codes(actors: Sequence[str], known: set[str]) -> list[str]:
    codes = [party_code(name, known) for name in actors]
    if len(set(codes)) < len(codes):
        raise UsageError(f"{', '.join(codes)}: the same party is named twice")
    return codes


def _choose(acts: Acts, ties: Sequence[Tie], day: datetime.date, half_life: float, most: int) -> list[str]:
    parties = sorted({*acts.parties, *(party.code for tie in ties for party in tie.parties)})
    weight = relate(acts, ties, day, parties, half_life).weight.sum(axis=1)
    order = sorted(range(len(parties)), key=lambda number: (-weight[number], parties[number]))
    return sorted(parties[number] for number in order[:most] if weight[number] > 1e-3)


def _network_on(
    acts: Acts,
    ties: Sequence[Tie],
    day: datetime.date,
    actors: Sequence[str],
    half_life: float,
    threshold: float,
    least: int = 3,
) -> Network:
    found = relate(acts, ties, day, actors, half_life)
    signs = (found.score > threshold).astype(np.int64) - (found.score < -threshold).astype(np.int64)
    related = int((signs != 0).any(axis=1).sum())
    if related < least:
        raise DataTooThin(f"{related} parties stand in any relation on {day}; a network needs at least {least}")
    return signed_network(actors, signs, score=found.score, weight=found.weight, on=day)


def _describe_actors(names: Sequence[str], signs: NDArray[np.int64], frustration: Frustration) -> pa.Table:
    try:
        import networkx
    except ImportError as error:
        raise UsageError("networks need networkx: pip install 'detente[measure]'") from error
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_edges_from((int(a), int(b)) for a, b in zip(*np.nonzero(np.triu(signs > 0)), strict=True))
    between = networkx.betweenness_centrality(graph)
    groups = (
        networkx.community.greedy_modularity_communities(graph)
        if graph.number_of_edges()
        else [{node} for node in graph.nodes]
    )
    community = {node: number for number, group in enumerate(groups) for node in group}
    count = len(names)
    return pa.table(
        {
            "actor": pa.array(list(names), pa.string()),
            "degree": pa.array((signs != 0).sum(axis=1)),
            "positive": pa.array((signs > 0).sum(axis=1)),
            "negative": pa.array((signs < 0).sum(axis=1)),
            "betweenness": pa.array([float(between[node]) for node in range(count)]),
            "eigenvector": pa.array(_eigenvector((signs > 0).astype(float))),
            "community": pa.array([community[node] for node in range(count)]),
            "side": pa.array(list(frustration.sides)),
        }
    )


def _eigenvector(adjacency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the leading eigenvector's sizes, scaled to a largest of 1; zeros where there is no relation."""
    if not adjacency.any():
        return np.zeros(len(adjacency))
    _, vectors = np.linalg.eigh(adjacency)
    leading = np.abs(vectors[:, -1])
    return np.asarray(np.round(leading / leading.max(), 12))
