"""How acts weigh less as they recede: what the record's sums and the state of relations share."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Weighed = tuple[NDArray[np.float64], ...]
    """Middles (days since 1970), sums of w (1 at the middle), of w times the score, of scores, and numbers of acts."""

__all__ = ["HALF_LIFE_DAYS", "mean_faded", "weigh_each"]

HALF_LIFE_DAYS = 730.5
"""Two years: after that an act weighs half of what it did. The record keeps sums made with it: another value needs a
new version of the schema."""


def weigh_each(history: pa.Table) -> Weighed:
    """Return the acts of `history` (columns `earliest`, `latest`, `score`), each as a sum of itself alone."""
    import numpy as np
    import pyarrow as pa

    bounds = [history[name].cast(pa.int32()).to_numpy().astype(float) for name in ("earliest", "latest")]
    score = history["score"].to_numpy().astype(float)
    one = np.ones(len(score))
    return (bounds[0] + bounds[1]) / 2, one, score, score, one


def mean_faded(sums: Weighed, day: datetime.date, half_life: float = HALF_LIFE_DAYS) -> float | None:
    """Return the mean score of the acts summed in `sums` that have come by `day`, faded since; None without any.

    Where all have faded to nothing, it is their plain mean.
    """
    import numpy as np

    middle, weight, weighted, score, acts = sums
    ago = (day - datetime.date(1970, 1, 1)).days - middle
    come = (acts > 0) & (ago >= 0) & ~np.isnan(score)
    if not come.any():
        return None
    faded = np.exp2(-ago[come] / half_life)
    if not (total := float((weight[come] * faded).sum())):
        return float(score[come].sum() / acts[come].sum())
    return float((weighted[come] * faded).sum() / total)
