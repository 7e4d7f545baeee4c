"""Routine or reciprocity: vector autoregression on who does what to whom, for a dyad or a triangle."""

from __future__ import annotations

import datetime
import itertools
import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import DataTooThin, UsageError
from detente.measure.engines import check_engine, connect_spark, named_parties
from detente.measure.parties import dyad_codes, party_code
from detente.measure.periods import as_day
from detente.measure.result import Result
from detente.measure.series import series

__all__ = ["Reciprocity", "reciprocity"]

Floats = NDArray[np.float64]
_CRITERIA = ("aic", "bic", "hqic")
_VALUES = ("score_sum", "score_mean", "temperature")


@dataclass(frozen=True)
class Reciprocity(Result):
    """How two parties, or three, answer each other.

    `table`, one row an ordered pair of flows ("USA > RUS"): `cause`, `effect`, `kind` ("routine": a flow on its own
    past; "reciprocity": on what its recipient does back; "third party": on flows of or to a third), `p_value`
    (Granger's Wald test, small-sample F), `response` (summed response of the effect over `horizon` periods to a shock
    of one standard deviation in the cause), `low`, `high` (its band), `significant`. `responses` has the impulse
    responses: `cause`, `effect`, `step`, `response`, `low`, `high`. `lags` is the lag order chosen by `criterion`;
    `orders` the criterion at each order.
    """

    names: tuple[str, ...] = ()
    every: str = "month"
    lags: int = 0
    criterion: str = "aic"
    observations: int = 0
    level: float = 0.95
    stable: bool = True
    first: datetime.date | None = None
    last: datetime.date | None = None
    responses: pa.Table | None = None
    orders: pa.Table | None = None

    references: ClassVar[tuple[str, ...]] = ("goldstein_freeman1990", "granger1969", "luetkepohl2005", "goldstein1992")

    def plot(self) -> Any:
        """Return the impulse responses with their bands, one panel a pair of flows."""
        from detente.measure.reciprocity_chart import draw_reciprocity

        return draw_reciprocity(self)

    def answer(self, actor: str, other: str) -> str:
        """Return "reciprocity", "inverse response" or "none": how `actor` answers what `other` does to it."""
        row = self._row(f"{other} > {actor}", f"{actor} > {other}")
        if not row["significant"]:
            return "none"
        return "reciprocity" if row["response"] > 0 else "inverse response"

    def routine(self, actor: str, other: str) -> bool:
        """Return whether what `actor` does to `other` follows from what it did before."""
        flow = f"{actor} > {other}"
        return bool(self._row(flow, flow)["significant"])

    def _row(self, cause: str, effect: str) -> dict[str, Any]:
        return next(row for row in self.table.to_pylist() if row["cause"] == cause and row["effect"] == effect)

    def summary(self) -> str:
        """Return, in words, who goes by routine, who answers whom, and whether it is symmetric."""
        plural = "s" if self.lags > 1 else ""
        said = [
            f"{self.first} to {self.last}, {self.observations} {self.every}s, {self.lags} lag{plural}"
            f" ({self.criterion.upper()})."
        ]
        for a, b in itertools.combinations(self.names, 2):
            said.append(self._pair_in_words(a, b))
        third = [row for row in self.table.to_pylist() if row["kind"] == "third party" and row["significant"]]
        for row in third:
            way = "rises" if row["response"] > 0 else "falls"
            said.append(f"{row['effect']} {way} after {row['cause']} (p = {row['p_value']:.3f}).")
        if len(self.names) == 3 and not third:
            said.append("No flow answers a third party.")
        if not self.stable:
            said.append("The system is not stable: read the responses with care.")
        return " ".join(said)

    def _pair_in_words(self, a: str, b: str) -> str:
        answers = {(x, y): self.answer(x, y) for x, y in ((a, b), (b, a))}
        by_routine = [x for x, y in ((a, b), (b, a)) if self.routine(x, y)]
        routine = f"{' and '.join(by_routine)} went by routine" if by_routine else "neither went by routine"
        if all(value == "reciprocity" for value in answers.values()):
            return f"{a} and {b}: reciprocity, symmetric: each answered the other in kind; {routine}."
        if all(value == "none" for value in answers.values()):
            return f"{a} and {b}: no reciprocity either way; {routine}."
        words = {
            "reciprocity": "{} answered {} in kind",
            "inverse response": "{} answered {} inversely (cooperation with conflict, or the reverse)",
            "none": "{} did not answer {}",
        }
        told = ", ".join(words[value].format(x, y) for (x, y), value in answers.items())
        return f"{a} and {b}: asymmetric: {told}; {routine}."


def reciprocity(
    events: Any,
    a: str,
    b: str,
    third: str | None = None,
    *,
    every: str = "month",
    value: str = "score_sum",
    most_lags: int | None = None,
    criterion: str = "aic",
    horizon: int = 12,
    level: float = 0.95,
    start: datetime.date | str | int | None = None,
    end: datetime.date | str | int | None = None,
    status: Sequence[str] = ("actual",),
    engine: str = "duckdb",
) -> Reciprocity:
    """Return how `a` and `b` (and `third`) answer each other, in the manner of Goldstein and Freeman (1990).

    The directed flows (two for a dyad, six for a triangle) of `value` ("score_sum", "score_mean" with 0 where there is
    no act, or "temperature") a period form a vector autoregression with a constant; `criterion` ("aic", "bic",
    "hqic") chooses the lags up to `most_lags` (default: what the data bear, at most 12 periods). Responses are
    generalised over no ordering: shocks to one flow alone (not orthogonalised), with asymptotic bands of `level`.

    `engine` "spark" counts the flows of Parquet files as a Spark job, as `series` does.

    DataTooThin where the longest stretch without a gap has fewer than 10 periods a flow more than the lags need, or a
    flow never varies.
    """
    if criterion not in _CRITERIA or value not in _VALUES:
        wrong, choices = (criterion, _CRITERIA) if criterion not in _CRITERIA else (value, _VALUES)
        raise UsageError(f"{wrong!r}: expected one of {', '.join(choices)}")
    check_engine(engine)
    known = named_parties(events, (a, b, third), connect_spark() if engine == "spark" else None)
    names = _names(known, a, b, third)
    flows, data, days = _flows(events, names, every, value, start, end, status, engine)
    lags_possible = (len(data) - 10) // (2 * len(flows)) if len(data) > 10 else 0
    if lags_possible < 1:
        raise DataTooThin(
            f"{len(data)} {every}s without a gap for {len(flows)} flows; reciprocity needs at least"
            f" {10 + 2 * len(flows)}"
        )
    still = [flow for flow, column in zip(flows, data.T, strict=True) if np.ptp(column) == 0]
    if still:
        raise DataTooThin(f"{', '.join(still)} never varies; reciprocity needs acts in each direction")
    fitted, orders = _fit(data, min(most_lags or 12, lags_possible), criterion)
    table, responses = _measure(fitted, flows, horizon, level)
    return Reciprocity(
        table,
        names,
        every,
        int(fitted.k_ar),
        criterion,
        len(data),
        level,
        bool(fitted.is_stable()),
        days[0],
        days[1],
        responses,
        orders,
    )


def _names(known: Collection[str], a: str, b: str, third: str | None) -> tuple[str, ...]:
    names = dyad_codes(a, b, known)
    if third is None:
        return names
    other = party_code(third, known)
    if other in names:
        raise UsageError(f"{third} is {other}, already one of the two: a triangle needs three different parties")
    return (*names, other)


def _flows(
    events: Any,
    names: tuple[str, ...],
    every: str,
    value: str,
    start: datetime.date | str | int | None,
    end: datetime.date | str | int | None,
    status: Sequence[str],
    engine: str,
) -> tuple[list[str], Floats, tuple[datetime.date, datetime.date]]:
    """Return the flows' names and their values over the longest stretch that covers all of them without a gap."""
    pairs = list(itertools.combinations(names, 2))
    spans = [series(events, *pair, every=every, status=status, engine=engine).coverage for pair in pairs]
    begin = as_day(start, "start") or max(span[0][0] for span in spans)
    finish = as_day(end, "end", last=True) or min(span[-1][1] for span in spans)
    if begin >= finish:
        raise DataTooThin(f"the flows among {', '.join(names)} share no time; reciprocity needs them side by side")
    flows: list[str] = []
    columns: list[Floats] = []
    for pair in pairs:
        course = series(
            events, *pair, every=every, directed=True, start=begin, end=finish, status=status, engine=engine
        )
        for direction in course.directions:
            covered = course.column("covered", direction) > 0
            column = course.column(value, direction)
            columns.append(np.where(covered, np.nan_to_num(column), np.nan))
            flows.append(direction)
        labels = course.table.column("period").to_pylist()[: len(columns[0])]
        untils = course.table.column("until").to_pylist()[: len(columns[0])]
    data = np.stack(columns, axis=1)
    first, last = _longest(np.asarray(np.isfinite(data).all(axis=1)))
    return flows, data[first:last], (labels[first], untils[max(last - 1, first)])


def _longest(whole: NDArray[np.bool_]) -> tuple[int, int]:
    best, start = (0, 0), 0
    for row, good in enumerate([*whole.tolist(), False]):
        if not good:
            if row - start > best[1] - best[0]:
                best = (start, row)
            start = row + 1
    return best


def _fit(data: Floats, most: int, criterion: str) -> tuple[Any, pa.Table]:
    try:
        from statsmodels.tsa.vector_ar.var_model import VAR
    except ImportError as error:
        raise UsageError("reciprocity needs statsmodels: pip install 'detente[measure]'") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = VAR(data)
        order = model.select_order(most)
        lags = max(1, int(order.selected_orders[criterion]))
        fitted = model.fit(lags)
    table = pa.table(
        {
            "lags": pa.array(range(len(order.ics[criterion])), pa.int32()),
            **{name: pa.array([float(value) for value in order.ics[name]]) for name in _CRITERIA},
        }
    )
    return fitted, table


def _measure(fitted: Any, flows: list[str], horizon: int, level: float) -> tuple[pa.Table, pa.Table]:
    from scipy.stats import norm

    reach = float(norm.ppf(0.5 + level / 2))
    irf = fitted.irf(horizon)
    size = np.sqrt(np.diag(fitted.sigma_u))
    error, summed_error = irf.stderr(orth=False), irf.cum_effect_stderr(orth=False)
    rows, steps = [], []
    for cause, effect in itertools.product(range(len(flows)), repeat=2):
        test = fitted.test_causality(effect, cause, kind="f")
        summed = float(irf.cum_effects[-1, effect, cause] * size[cause])
        band = reach * float(summed_error[-1, effect, cause] * size[cause])
        rows.append(
            {
                "cause": flows[cause],
                "effect": flows[effect],
                "kind": _kind(flows[cause], flows[effect]),
                "p_value": float(test.pvalue),
                "response": summed,
                "low": summed - band,
                "high": summed + band,
                "significant": bool(test.pvalue < 1 - level),
            }
        )
        for step in range(horizon + 1):
            response = float(irf.irfs[step, effect, cause] * size[cause])
            width = reach * float(error[step, effect, cause] * size[cause])
            steps.append(
                {
                    "cause": flows[cause],
                    "effect": flows[effect],
                    "step": step,
                    "response": response,
                    "low": response - width,
                    "high": response + width,
                }
            )
    return pa.Table.from_pylist(rows), pa.Table.from_pylist(steps)


def _kind(cause: str, effect: str) -> str:
    if cause == effect:
        return "routine"
    return "reciprocity" if cause.split(" > ")[::-1] == effect.split(" > ") else "third party"
