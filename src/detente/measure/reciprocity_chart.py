"""The picture of an autoregression: how each flow responds to each, with bands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.measure.charts import COOPERATION, MUTED, altair, finish

if TYPE_CHECKING:
    from detente.measure.reciprocity import Reciprocity

__all__ = ["draw_reciprocity"]


def draw_reciprocity(found: Reciprocity) -> Any:
    """Return a panel for each cause (column) and effect (row): the response and its band, step by step."""
    alt = altair()
    assert found.responses is not None
    sure = {(row["cause"], row["effect"]): row for row in found.table.to_pylist()}
    flows = list(dict.fromkeys(row["cause"] for row in found.table.to_pylist()))
    wide = 300 if len(flows) == 2 else 100
    panels = []
    for effect in flows:
        line = []
        for cause in flows:
            rows = [row for row in found.responses.to_pylist() if row["cause"] == cause and row["effect"] == effect]
            verdict = sure[cause, effect]
            base = alt.Chart(alt.Data(values=rows))
            colour = COOPERATION if verdict["significant"] else "#999999"
            x = alt.X("step:Q", title=f"{found.every}s after", axis=alt.Axis(tickMinStep=1, grid=False, tickCount=4))
            y = alt.Y("response:Q", title=None, axis=alt.Axis(tickCount=4))
            band = base.mark_area(opacity=0.22, color=colour).encode(x, alt.Y("low:Q", title=None), y2="high:Q")
            curve = base.mark_line(color=colour, strokeWidth=2).encode(x, y)
            zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=MUTED, strokeWidth=0.8).encode(y="zero:Q")
            chance = "p < 0.001" if verdict["p_value"] < 0.001 else f"p = {verdict['p_value']:.3f}"
            head = alt.TitleParams(
                f"{effect}  after  {cause}", subtitle=f"{verdict['kind']}, {chance}",
                fontSize=12 if len(flows) == 2 else 9, subtitleFontSize=11 if len(flows) == 2 else 8, anchor="start",
            )  # fmt: skip
            panels_height = 120 if len(flows) == 2 else 70
            line.append(alt.layer(zero, band, curve).properties(width=wide, height=panels_height, title=head))
        panels.append(alt.hconcat(*line, spacing=18))
    names = ", ".join(found.names)
    return finish(
        alt.vconcat(*panels, spacing=16),
        f"Who answers whom: {names}",
        [
            f"Response of one flow to a shock of one standard deviation in another, with {found.level:.0%} bands;"
            f" {found.lags} lag{'s' if found.lags > 1 else ''}, {found.observations} {found.every}s",
            "Blue: Granger's test finds an answer; grey: it does not",
        ],
    )
