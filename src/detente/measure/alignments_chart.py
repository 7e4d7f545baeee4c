"""Pictures of the landscape: blocs with the cost of each defection, and what a proposal would have faced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.measure.charts import CONFLICT, COOPERATION, INK, MUTED, WIDTH, altair, finish

if TYPE_CHECKING:
    from detente.measure.alignments import Alignments, Proposal

__all__ = ["draw_alignments", "draw_proposal"]


def draw_alignments(found: Alignments) -> Any:
    """Return bars of the defection costs in the lowest minimum, one bloc to the left and one to the right."""
    alt = altair()
    lowest = found.minima[0]
    rows: list[dict[str, Any]] = [
        {"actor": actor, "bloc": "first bloc" if side == 0 else "second bloc", "cost": cost * (-1 if side == 0 else 1),
         "words": f"{cost:,.0f}" if abs(cost) >= 100 else f"{cost:.3g}", "side": side}
        for actor, side, cost in zip(found.actors, lowest.sides, lowest.costs, strict=True)
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["side"], -abs(row["cost"])))
    reach = max(abs(row["cost"]) for row in rows) * 1.3 or 1.0
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("actor:N", sort=[row["actor"] for row in rows], title=None)
    x = alt.X(
        "cost:Q",
        title="energy it would cost, were this actor alone to go over (one bloc to the left, the other to the right)",
        scale=alt.Scale(domain=[-reach, reach]),
        axis=alt.Axis(labelExpr="format(abs(datum.value), '~s')"),
    )
    colour = alt.Color("bloc:N", legend=None, scale=alt.Scale(range=[COOPERATION, CONFLICT]))
    bar = base.mark_bar(height=14).encode(x, y, colour)
    left = base.transform_filter("datum.side == 0").mark_text(align="right", dx=-4, fontSize=11, color=INK)
    right = base.transform_filter("datum.side == 1").mark_text(align="left", dx=4, fontSize=11, color=INK)
    words = [mark.encode(x, y, text="words:N") for mark in (left, right)]
    count = len(found.minima)
    subtitle = [
        f"Lowest of {count} local {'minimum' if count == 1 else 'minima'}: energy {lowest.energy:,.6g},"
        f" basin {lowest.basin:.0%}{'' if found.exact else ' (annealed)'}"
    ]
    return finish(
        alt.layer(bar, *words).properties(width=WIDTH - 60, height=22 * len(rows)), "Who stands with whom", subtitle
    )


def draw_proposal(found: Proposal) -> Any:
    """Return bars: for each invited actor the share of bootstrap samples in which it stands with the proposer."""
    alt = altair()
    colours = {"join": COOPERATION, "refuse": CONFLICT, "undecided": "#999999"}
    rows = sorted(found.table.to_pylist(), key=lambda row: -row["joins"])
    for row in rows:
        row["words"] = f"{row['joins']:.0%}  {row['verdict']} (evidence: {row['evidence']:.1f} acts)"
        row["colour"] = colours[row["verdict"]]
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("actor:N", sort=[row["actor"] for row in rows], title=None)
    x = alt.X(
        "joins:Q", title=f"share of {found.samples} bootstrap samples in which it stands with {found.proposer}",
        scale=alt.Scale(domain=[0, 1.45]), axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )  # fmt: skip
    bar = base.mark_bar(height=14).encode(x, y, color=alt.Color("colour:N", scale=None))
    text = base.mark_text(align="left", dx=5, fontSize=11, color=INK).encode(x, y, text="words:N")
    half = alt.Chart(alt.Data(values=[{"half": 0.5}])).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="half:Q")
    aim = f" against {found.against}" if found.against else ""
    return finish(
        alt.layer(bar, half, text).properties(width=WIDTH - 60, height=24 * len(rows) + 10),
        f"What a proposal of {found.proposer}{aim} would have faced",
        f"On {found.on}, from the acts and ties recorded by then",
    )
