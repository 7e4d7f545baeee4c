"""The acts of a dyad, like ones counted together: what a series is made of, the same from DuckDB and from Spark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.measure.coverage import Coverage, find_coverage, join_spans
from detente.measure.engines import named_parties, read_events
from detente.measure.events import EventFrame, check_status, select_dyad
from detente.measure.parties import dyad_codes
from detente.refdata.plover import event_types, score_of

__all__ = ["DyadActs", "Tallies", "tally_dyad", "tally_expression", "tally_on"]

_KEYS = ("earliest", "latest", "event_type", "quad", "score", "forward", "backward")


@dataclass(frozen=True)
class Tallies:
    """Dated acts, one row for those alike in date, type, class, score and direction, in the order of those.

    `count` says how many; the rest is as in `EventFrame`. The order is the same whatever engine counted, so that sums
    over the rows are equal to the digit.
    """

    count: NDArray[np.int64]
    earliest: NDArray[np.datetime64]
    latest: NDArray[np.datetime64]
    kind: NDArray[np.object_]
    quad: NDArray[np.int64]
    score: NDArray[np.float64]
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]

    def __len__(self) -> int:
        return int(self.count.sum())

    def take(self, keep: NDArray[np.bool_]) -> Tallies:
        """Return the rows of the mask `keep`."""
        return Tallies(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class DyadActs:
    """What is told of a dyad: its codes, the tallies of its dated acts, the spans its sources cover, how many acts have
    no two bounds, and (from DuckDB) the dated acts themselves."""

    parties: tuple[str, str]
    tallies: Tallies
    coverage: Coverage
    undated: int
    frame: EventFrame | None = None


def tally_dyad(events: Any, a: str, b: str, status: Sequence[str]) -> DyadActs:
    """Return the acts between `a` and `b` (names or codes) of `events`, as `select_events` takes them."""
    parties = dyad_codes(a, b, named_parties(events, (a, b)))
    frame = select_dyad(events, *parties, status)
    placed = frame.take(frame.dated)
    columns = {
        "earliest": pa.array(placed.earliest, pa.date32()),
        "latest": pa.array(placed.latest, pa.date32()),
        "event_type": placed.table.column("event_type").cast(pa.string()),
        "quad": pa.array(placed.quad, pa.int64()),
        "score": pa.array(placed.score, pa.float64(), mask=~np.isfinite(placed.score)),
        "forward": pa.array(placed.forward, pa.bool_()),
        "backward": pa.array(placed.backward, pa.bool_()),
        "count": pa.array(np.ones(len(placed), np.int64)),
    }
    return DyadActs(parties, _add(pa.table(columns)), find_coverage(placed), len(frame) - len(placed), placed)


def tally_on(connection: Any, events: Any, a: str, b: str, status: Sequence[str]) -> DyadActs:
    """Return what `tally_dyad` does, but for the acts themselves, of Parquet files by an Ibis `connection`.

    Counting is its engine's work; what comes back is a row for each kind of act on each date.
    """
    check_status(status)
    parties = dyad_codes(a, b, named_parties(events, (a, b), connection))
    selected = _select(read_events(connection, events), *parties, status)
    alike = _fill(tally_expression(selected).to_pyarrow())
    dated = pc.and_(pc.is_valid(alike["earliest"]), pc.is_valid(alike["latest"]))
    undated = sum(alike.filter(pc.invert(dated)).column("count").to_pylist())
    spans = _spans(selected).to_pyarrow().to_pylist()
    coverage = join_spans((span["first"], span["last"]) for span in spans)
    return DyadActs(parties, _add(alike.filter(dated)), coverage, undated)


def tally_expression(selected: Any) -> Any:
    """Return the expression that counts acts of a dyad (an Ibis table with `forward` and `backward`), alike together.

    Acts are alike where `earliest`, `latest`, `event_type`, `mode`, `quad_class`, `score` and direction are.
    """
    keys = ["earliest", "latest", "event_type", "mode", "quad_class", "score", "forward", "backward"]
    return selected.group_by(*keys).agg(count=selected.count())


def _select(events: Any, a: str, b: str, status: Sequence[str]) -> Any:
    """Return the expression of the acts between `a` and `b`, one telling of each happening."""
    import ibis

    from detente.measure.expressions import with_status

    nobody = ibis.literal([], type="array<string>")
    told = with_status(events, status)
    told = told.mutate(recipients=ibis.coalesce(told.recipients, nobody), actors=ibis.coalesce(told.actors, nobody))
    together = (told.recipients.length() == 0) & told.actors.contains(a) & told.actors.contains(b)
    there = told.actors.contains(a) & told.recipients.contains(b)
    back = told.actors.contains(b) & told.recipients.contains(a)
    told = told.mutate(forward=there | together, backward=back | together)
    told = told.filter(told.forward | told.backward)
    width = told.latest.delta(told.earliest, unit="day")
    window = ibis.window(
        group_by=[told.canonical_id], order_by=[width.asc(nulls_first=False), told.event_id.asc(nulls_first=False)]
    )
    ranked = told.mutate(telling=ibis.cases((told.canonical_id.isnull(), 0), else_=ibis.row_number().over(window)))
    return ranked.filter(ranked.telling == 0)


def _spans(selected: Any) -> Any:
    """Return the expression of the first and last day of each data set, or document, that tells of dated acts."""
    import ibis

    dated = selected.filter(selected.earliest.notnull(), selected.latest.notnull())
    dataset = dated.dataset.nullif("")
    document = ibis.cases((dataset.isnull(), ibis.coalesce(dated.document_id, "")), else_="")
    return dated.group_by(dataset_=dataset, document_=document).agg(first=dated.earliest.min(), last=dated.latest.max())


def _fill(alike: pa.Table) -> pa.Table:
    """Return rows with `quad` and `score`, those of the type where the act has none of its own."""
    types = event_types()
    rows = alike.to_pylist()
    for row in rows:
        known = types.get(row["event_type"])
        if known is not None:
            row["quad_class"] = known.quad_class if row["quad_class"] is None else row["quad_class"]
            row["score"] = score_of(known.name, row["mode"]) if row["score"] is None else row["score"]
        row["quad"] = row["quad_class"] or 0
    kinds = {"earliest": pa.date32(), "latest": pa.date32(), "event_type": pa.string(), "quad": pa.int64()}
    kinds |= {"score": pa.float64(), "forward": pa.bool_(), "backward": pa.bool_(), "count": pa.int64()}
    return pa.Table.from_pylist(rows, schema=pa.schema(list(kinds.items())))


def _add(table: pa.Table) -> Tallies:
    """Return the rows of `table` that are alike as one, in order."""
    added = table.group_by([*_KEYS]).aggregate([("count", "sum")]).sort_by([(name, "ascending") for name in _KEYS])
    days = {name: np.asarray(added[name].to_numpy(), "M8[D]") for name in ("earliest", "latest")}
    return Tallies(
        added["count_sum"].to_numpy(),
        days["earliest"],
        days["latest"],
        np.array(added["event_type"].to_pylist(), object),
        added["quad"].to_numpy(),
        np.asarray(added["score"].to_numpy(), np.float64),
        np.array(added["forward"].to_pylist(), bool),
        np.array(added["backward"].to_pylist(), bool),
    )
