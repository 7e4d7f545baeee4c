"""What a dyad will do next: the chance of each quad class and the score, with the baselines beside it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from detente.errors import DataTooThin, UsageError
from detente.measure.periods import make_periods
from detente.measure.result import Result
from detente.measure.scoring_rules import brier, crps, weighted_quantile
from detente.measure.series import QUAD_COLUMNS, series

__all__ = ["METHODS", "Forecast", "forecast"]

Floats = NDArray[np.float64]
METHODS = ("model", "climatology", "persistence", "recurrence")
_LEAST = 12
_HALF_LIVES = (1.0, 4.0, 16.0)  # periods
_RIDGE = 8.0


@dataclass(frozen=True)
class Forecast(Result):
    """The forecast for a dyad.

    `table`, one row a method and period ahead: `method` ("model" or a baseline), `step`, `period` (first day), the
    probability of at least one act of each quad class, `score`, `score_low`, `score_high` (median and 80 % interval of
    the period's summed Goldstein score). `evaluation`, one row a method and step: `brier` (mean over the classes),
    `crps`, `origins` (how many times it was tried on the past).
    """

    a: str = ""
    b: str = ""
    every: str = "quarter"
    evaluation: pa.Table | None = None
    past: pa.Table | None = None

    references: ClassVar[tuple[str, ...]] = ("brier1950", "gneiting2007", "goldstein1992")

    def plot(self) -> Any:
        """Return the chart: chances of each class by method, and how each method did on the past."""
        from detente.measure.forecast_chart import draw_forecast

        return draw_forecast(self)

    def summary(self) -> str:
        """Return the chances for the next period, and whether the model beat the baselines on the past, in words."""
        assert self.evaluation is not None
        first = self.table.slice(0, 1).to_pylist()[0]
        chances = ", ".join(f"{name.replace('_', ' ')} {first[name]:.0%}" for name in QUAD_COLUMNS)
        said = (
            f"{self.a} and {self.b}, {self.every} from {first['period']}: {chances};"
            f" score {first['score']:+.1f} ({first['score_low']:+.1f} to {first['score_high']:+.1f})."
        )
        rows = [row for row in self.evaluation.to_pylist() if row["step"] == 1]
        model = next(row for row in rows if row["method"] == "model")
        for measure, label in (("brier", "Brier score"), ("crps", "CRPS")):
            best = min((row for row in rows if row["method"] != "model"), key=lambda row: row[measure])
            verb = "beats" if model[measure] < best[measure] else "does not beat"
            said += (
                f" On {model['origins']} past origins the model ({label} {model[measure]:.3f}) {verb}"
                f" the best baseline ({best['method']}, {best[measure]:.3f})."
            )
        return said


def forecast(
    events: Any,
    a: str,
    b: str,
    *,
    every: str = "quarter",
    steps: int = 4,
    start: datetime.date | str | int | None = None,
    end: datetime.date | str | int | None = None,
    status: Sequence[str] = ("actual",),
    engine: str = "duckdb",
) -> Forecast:
    """Return the chance of each quad class, and the score, in the next `steps` periods between `a` and `b`.

    Baselines: climatology (all past periods alike), persistence (the last period again), recurrence (past periods
    weighted by a half-life of four). The model pools their log odds, and their ensembles of scores, by what has worked:
    a ridge logistic regression and the mixture of least CRPS, fitted at each origin on the past of that origin alone.
    All four are tried from rolling origins over the last two thirds of the series.

    `engine` "spark" counts the acts of Parquet files as a Spark job, as `series` does.

    DataTooThin below 12 covered periods after the last gap. An act whose date is a range counts in each period by its
    share, so that an outcome may lie between 0 and 1.
    """
    if steps < 1:
        raise UsageError(f"steps={steps}: expected at least 1 period ahead")
    course = series(events, a, b, every=every, start=start, end=end, status=status, engine=engine)
    kept = _since_last_gap(course.table)
    if kept.num_rows < _LEAST:
        raise DataTooThin(
            f"{course.a} and {course.b}: {kept.num_rows} covered periods of a {every} without a gap;"
            f" a forecast needs at least {_LEAST}"
        )
    acts = np.stack([_column(kept, name) for name in QUAD_COLUMNS], axis=1)
    outcome, score = np.minimum(acts, 1.0), _column(kept, "score_sum")
    steps = min(steps, kept.num_rows // 4)
    evaluation = _evaluate(outcome, score, steps)
    rows = []
    last = kept.column("until")[-1].as_py()
    ahead = make_periods(every, last + datetime.timedelta(days=1), last + datetime.timedelta(days=4000 * steps))
    for method in METHODS:
        for step in range(1, steps + 1):
            chances = _chances(outcome, step)[method]
            values, weights = _ensembles(score, step)[method]
            rows.append(
                {
                    "method": method,
                    "step": step,
                    "period": ahead.starts[step - 1].astype(datetime.date),
                    **{name: float(chance) for name, chance in zip(QUAD_COLUMNS, chances, strict=True)},
                    "score": weighted_quantile(values, weights, 0.5),
                    "score_low": weighted_quantile(values, weights, 0.1),
                    "score_high": weighted_quantile(values, weights, 0.9),
                }
            )
    return Forecast(pa.Table.from_pylist(rows), course.names[0], course.names[1], every, evaluation, kept)


def _column(table: pa.Table, name: str) -> Floats:
    return np.array(table.column(name).to_pylist(), np.float64)


def _since_last_gap(table: pa.Table) -> pa.Table:
    gaps = [row for row, covered in enumerate(table.column("covered").to_pylist()) if not covered]
    return table.slice(gaps[-1] + 1) if gaps else table


def _decayed(outcome: Floats, half_life: float) -> Floats:
    weights = np.exp2(-np.arange(len(outcome))[::-1] / half_life)
    return np.asarray((weights @ outcome + 0.5 * outcome.mean(axis=0)) / (weights.sum() + 0.5), np.float64)


def _logit(chance: Floats) -> Floats:
    clipped = np.clip(chance, 0.02, 0.98)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _clues(outcome: Floats) -> Floats:
    """Return, for each class, the log odds that the model pools: frequency over all time and at each half-life."""
    everything = (outcome.sum(axis=0) + 0.5) / (len(outcome) + 1)
    return np.stack([_logit(everything), *(_logit(_decayed(outcome, half)) for half in _HALF_LIVES)], axis=1)


def _chances(outcome: Floats, step: int) -> dict[str, Floats]:
    """Return each method's probability of each class `step` periods after the last row of `outcome`."""
    clues = _clues(outcome)
    pooled = np.empty(outcome.shape[1])
    history = [(_clues(outcome[:t]), outcome[t + step - 1]) for t in range(4, len(outcome) - step + 1)]
    for kind in range(outcome.shape[1]):
        rows = np.array([past[kind] for past, _ in history]).reshape(-1, clues.shape[1])
        weights = _ridge_logistic(rows, np.array([came[kind] for _, came in history]))
        pooled[kind] = 1 / (1 + np.exp(-clues[kind] @ weights))
    return {
        "model": np.clip(pooled, 0.01, 0.99),
        "climatology": (outcome.sum(axis=0) + 0.5) / (len(outcome) + 1),
        "persistence": np.clip(outcome[-1], 0.02, 0.98),
        "recurrence": _decayed(outcome, 4.0),
    }


def _ridge_logistic(rows: Floats, came: Floats) -> Floats:
    """Return weights for pooled log odds, drawn towards their plain mean, by Newton's method."""
    width = rows.shape[1]
    centre = np.full(width, 1 / width)
    weights = centre.copy()
    if not len(rows):
        return weights
    for _ in range(8):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - came) + _RIDGE * (weights - centre)
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + _RIDGE * np.eye(width)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _ensembles(score: Floats, step: int) -> dict[str, tuple[Floats, Floats]]:
    """Return each method's ensemble of the score `step` periods after the last: values and weights."""
    parts = _plain_ensembles(score, step)
    tried = range(max(6, len(score) - 40), len(score) - step + 1)
    losses = dict.fromkeys(parts, 0.0)
    for t in tried:
        for name, (values, weights) in _plain_ensembles(score[:t], step).items():
            losses[name] += crps(values, weights, float(score[t + step - 1]))
    count = max(len(tried), 1)
    scale = float(np.mean(np.abs(score - np.median(score)))) or 1.0
    share = {name: float(np.exp(-(loss - min(losses.values())) / count / scale * 8)) for name, loss in losses.items()}
    total = sum(share.values())
    mixed = (
        np.concatenate([values for values, _ in parts.values()]),
        np.concatenate([weights * share[name] / total for name, (_, weights) in parts.items()]),
    )
    return {"model": mixed, **parts}


def _plain_ensembles(score: Floats, step: int) -> dict[str, tuple[Floats, Floats]]:
    fading = np.exp2(-np.arange(len(score))[::-1] / 4.0)
    changes = score[step:] - score[:-step] if len(score) > step else np.zeros(1)
    return {
        "climatology": (score, np.full(len(score), 1 / len(score))),
        "persistence": (score[-1] + changes, np.full(len(changes), 1 / len(changes))),
        "recurrence": (score, fading / fading.sum()),
    }


def _evaluate(outcome: Floats, score: Floats, steps: int) -> pa.Table:
    first = max(_LEAST // 2, len(outcome) // 3)
    origins = range(first, len(outcome))
    if len(origins) > 120:
        origins = range(len(outcome) - 120, len(outcome))
    rows = []
    for step in range(1, steps + 1):
        briers: dict[str, list[float]] = {method: [] for method in METHODS}
        losses: dict[str, list[float]] = {method: [] for method in METHODS}
        for t in origins:
            if t + step - 1 >= len(outcome):
                continue
            chances, ensembles = _chances(outcome[:t], step), _ensembles(score[:t], step)
            for method in METHODS:
                briers[method].append(brier(chances[method], outcome[t + step - 1]))
                losses[method].append(crps(*ensembles[method], float(score[t + step - 1])))
        rows += [
            {
                "method": method,
                "step": step,
                "brier": float(np.mean(briers[method])),
                "crps": float(np.mean(losses[method])),
                "origins": len(briers[method]),
            }
            for method in METHODS
        ]
    return pa.Table.from_pylist(rows)
