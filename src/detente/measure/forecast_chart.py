"""Pictures of forecasts: the chances ahead beside how each method did on the past, and the benchmark's ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.measure.charts import CONFLICT, COOPERATION, INK, MUTED, WIDTH, altair, finish
from detente.measure.series import QUAD_COLUMNS

if TYPE_CHECKING:
    from detente.measure.forecast import Forecast
    from detente.measure.ranking import RankingScores

__all__ = ["draw_forecast", "draw_ranking"]

_SHADES = dict(zip(QUAD_COLUMNS, ("#56B4E9", COOPERATION, "#E69F00", CONFLICT), strict=True))


def draw_forecast(found: Forecast) -> Any:
    """Return chances of each class for the next period, by method, above the scores of the methods."""
    alt = altair()
    assert found.evaluation is not None
    first = [row for row in found.table.to_pylist() if row["step"] == 1]
    chances = [
        {"class": name.replace("_", " "), "chance": row[name], "method": row["method"],
         "who": "model" if row["method"] == "model" else "baselines"}
        for row in first
        for name in QUAD_COLUMNS
    ]  # fmt: skip
    order = [name.replace("_", " ") for name in QUAD_COLUMNS]
    y = alt.Y("class:N", sort=order, title=None)
    x = alt.X(
        "chance:Q", title="chance of at least one such act", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%")
    )
    model = (
        alt.Chart(alt.Data(values=[row for row in chances if row["method"] == "model"]))
        .mark_bar(height=18)
        .encode(
            x, y,
            color=alt.Color("class:N", legend=None, scale=alt.Scale(domain=order, range=list(_SHADES.values()))),
        )
    )  # fmt: skip
    others = (
        alt.Chart(alt.Data(values=[row for row in chances if row["method"] != "model"]))
        .mark_point(size=70, filled=False, strokeWidth=1.8, color=INK, opacity=0.9)
        .encode(x, y, shape=alt.Shape("method:N", title="baselines (bars: the model)"))
    )
    upper = alt.layer(model, others).properties(width=WIDTH - 110, height=130)
    measured = [
        {"method": row["method"], "what": label, "value": row[key], "words": f"{row[key]:.3f}",
         "colour": COOPERATION if row["method"] == "model" else "#BBBBBB"}
        for row in found.evaluation.to_pylist()
        if row["step"] == 1
        for key, label in (("brier", "Brier score"), ("crps", "CRPS of the score"))
    ]  # fmt: skip
    origins = found.evaluation.column("origins")[0].as_py()
    panels = []
    for label in ("Brier score", "CRPS of the score"):
        base = alt.Chart(alt.Data(values=[row for row in measured if row["what"] == label]))
        rows = alt.Y("method:N", title=None, sort=["model", "climatology", "persistence", "recurrence"])
        value = alt.X("value:Q", title=f"{label} (lower is better)", axis=alt.Axis(tickCount=4))
        bars = base.mark_bar(height=14).encode(value, rows, color=alt.Color("colour:N", scale=None))
        words = base.mark_text(align="left", dx=3, fontSize=10.5, color=MUTED).encode(value, rows, text="words:N")
        panels.append(alt.layer(bars, words).properties(width=(WIDTH - 250) / 2, height=90))
    return finish(
        alt.vconcat(upper, alt.hconcat(*panels, spacing=40), spacing=24),
        f"{found.a} and {found.b}: the {found.every} from {first[0]['period']}",
        f"Below: how each method did from {origins} origins in the past, each knowing only its own past",
    )


def draw_ranking(found: RankingScores) -> Any:
    """Return bars of filtered MRR and Hits for the ranker and for recurrence."""
    alt = altair()
    names = {"mrr": "MRR", "hits1": "Hits@1", "hits3": "Hits@3", "hits10": "Hits@10"}
    rows = [
        {"method": row["method"], "measure": label, "value": row[key], "words": f"{row[key]:.3f}"}
        for row in found.table.to_pylist()
        for key, label in names.items()
    ]
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("measure:N", sort=list(names.values()), title=None)
    x = alt.X("value:Q", title="share (higher is better)", scale=alt.Scale(domain=[0, 1]))
    offset = alt.YOffset("method:N", sort=["model", "recurrence"])
    colour = alt.Color(
        "method:N", title=None, scale=alt.Scale(domain=["model", "recurrence"], range=[COOPERATION, "#BBBBBB"])
    )
    bars = base.mark_bar(height=13).encode(x, y, yOffset=offset, color=colour)
    words = base.mark_text(align="left", dx=3, fontSize=10.5, color=INK).encode(x, y, yOffset=offset, text="words:N")
    return finish(
        alt.layer(bars, words).properties(width=WIDTH - 80, height=190),
        "Who will be acted upon next: rank of the true answer",
        f"{found.questions:,} questions; each answered from what was known before its time",
    )
