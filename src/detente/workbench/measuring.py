"""Relations over time, turning points, networks, forecasts: the part of `Record` that measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.errors import EntityError
from detente.record import EventQuery
from detente.workbench.keeping import Keeping
from detente.workbench.words import DateLike, find_party, last_day, read_date

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.measure.alignments import Alignments, Proposal
    from detente.measure.forecast import Forecast
    from detente.measure.network import Network
    from detente.measure.panels import Panel
    from detente.measure.reciprocity import Reciprocity
    from detente.measure.series import Series
    from detente.measure.turning_points import TurningPoints

__all__ = ["Measuring"]


class Measuring(Keeping):
    """The measures of `detente.measure`, over the events and ties of the record.

    Each takes further options as its function there does, and returns its frozen result: `table`, `plot()`,
    `summary()`, `cite()`. Parties are named as for `events`. DataTooThin says where there is too little to measure.
    """

    def series(self, a: str, b: str, *, every: str = "quarter", **options: Any) -> Series:
        """Return the relations of `a` and `b` over time, in periods of `every` (see `detente.measure.series`)."""
        from detente.measure.series import series

        first, second = find_party(a), find_party(b)
        return series(self._measured(first, second), _called(a, first), _called(b, second), every=every, **options)

    def turning_points(self, a: str, b: str, *, every: str = "quarter", **options: Any) -> TurningPoints:
        """Return where the relations of `a` and `b` turned (see `detente.measure.turning_points`)."""
        from detente.measure.turning_points import turning_points

        first, second = find_party(a), find_party(b)
        events = self._measured(first, second)
        return turning_points(events, _called(a, first), _called(b, second), every=every, **options)

    def network(self, on: DateLike, **options: Any) -> Network:
        """Return who stood with whom on the day `on`, from acts and standing ties (see `detente.measure.network`)."""
        from detente.measure.network import network

        return network(self._measured(), last_day(on), ties=self.store.ties(), **options)

    def reciprocity(self, a: str, b: str, third: str | None = None, **options: Any) -> Reciprocity:
        """Return who answers whom, of two parties or three (see `detente.measure.reciprocity`)."""
        from detente.measure.reciprocity import reciprocity

        parties = [_called(party, find_party(party)) for party in (a, b, third) if party is not None]
        return reciprocity(self._measured(), *parties, **options)

    def alignments(self, on: DateLike, **options: Any) -> Alignments:
        """Return who would side with whom on the day `on` (see `detente.measure.alignments`)."""
        from detente.measure.alignments import alignments

        return alignments(events=self._measured(), on=last_day(on), ties=self.store.ties(), **options)

    def who_would_join(self, proposer: str, invited: list[str], on: DateLike, **options: Any) -> Proposal:
        """Return who of `invited` would have joined what `proposer` proposed on the day `on`, and how sure that is."""
        from detente.measure.alignments import who_would_join

        asked = [find_party(party) for party in invited]
        ties = self.store.ties()
        return who_would_join(self._measured(), find_party(proposer), asked, last_day(on), ties=ties, **options)

    def forecast(self, a: str, b: str, *, every: str = "quarter", **options: Any) -> Forecast:
        """Return what may come next between `a` and `b`, beside honest baselines (see `detente.measure.forecast`)."""
        from detente.measure.forecast import forecast

        called = _called(a, find_party(a)), _called(b, find_party(b))
        return forecast(self._measured(), *called, every=every, **options)

    def panel(
        self, *, from_: DateLike | None = None, to: DateLike | None = None, dataset: str | None = None, **options: Any
    ) -> Panel:
        """Return the panel of all dyads (or states) by year, quarter or month (see `detente.measure.panels.panel`).

        `options` are those of the function there: `unit`, `every`, `directed`, `dyads`, `codes`, `both_codes`,
        `contiguity`, `spells`, `coverage`, `status`. `from_` and `to` are days as for `events`, both inclusive, and
        default to the span of the events; `dataset` takes only the events of one data set ("" for coded ones).

        >>> from importlib.resources import files
        >>> from detente import Record
        >>> with Record(":memory:") as record:
        ...     report = record.add(str(files("detente") / "examples/alliance-and-rift.json"))
        ...     panel = record.panel(from_="1949", to="1989")
        >>> panel.table.column_names[:7]
        ['ccode1', 'ccode2', 'year', 'stateabb1', 'stateabb2', 'events', 'verbal_cooperation']
        >>> frame = panel.to_pandas()
        >>> pair = frame[(frame.ccode1 == 365) & (frame.ccode2 == 710)]
        >>> len(pair), bool(pair.events.sum() > 10)
        (41, True)
        """
        from detente.measure.panels import panel

        first = read_date(from_).earliest if from_ is not None else None
        last = last_day(to) if to is not None else None
        self._check_dataset(dataset)
        events = self.store.events(EventQuery(dataset=dataset)).to_arrow()
        names = set(events.column("dataset").unique().to_pylist())
        cited = {row["dataset"]: row["citation"] or "" for row in self.datasets() if row["dataset"] in names}
        told_by = {"": "", **cited} if "" in names else cited
        return panel(events, start=first, end=last, told_by=told_by, **options)

    def _measured(self, a: str | None = None, b: str | None = None) -> pa.Table:
        return self.store.events(EventQuery(a, b)).to_arrow()


def _called(text: str, code: str) -> str:
    """Return `text` where the measures understand it as `code`, so that they speak of it so; else the code."""
    from detente.measure.parties import party_code

    try:
        return text if party_code(text) == code else code
    except EntityError:
        return code
