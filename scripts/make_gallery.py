"""Draw the pictures of docs/gallery. Run from the root of the checkout: `python scripts/make_gallery.py`.

The events are those of `tests/measure/gallery.py`: a small chronology of China and the Soviet Union in our own words,
and a made exchange of two powers, so that the pictures need nothing but the checkout.
"""

from __future__ import annotations

import sys
from pathlib import Path

from detente.measure.alignments import alignments, who_would_join
from detente.measure.forecast import forecast
from detente.measure.network import network
from detente.measure.powers import powers_course, powers_in
from detente.measure.reciprocity import reciprocity
from detente.measure.series import series
from detente.measure.turning_points import turning_points

ROOT = Path(__file__).resolve().parents[1]


def draw(folder: Path) -> None:
    """Write every picture of the gallery to `folder` as SVG."""
    sys.path.insert(0, str(ROOT))
    from tests.measure.gallery import EVENTS, EXCHANGE, PROPENSITIES, SIZES, TIES

    pictures = {
        "turning-points": turning_points(EVENTS, "China", "Soviet Union").plot(TIES),
        "series-directed": series(EVENTS, "China", "Soviet Union", every="year", directed=True).plot(),
        "network": network(EVENTS, "1979-10-15", ties=TIES).plot(),
        "powers-1904": powers_in(1904).plot(),
        "powers-course": powers_course().plot(),
        "reciprocity": reciprocity(EXCHANGE, "United States", "Soviet Union").plot(),
        "alignments": alignments(PROPENSITIES, SIZES).plot(),
        "proposal": who_would_join(
            EVENTS, "Soviet Union", ["DRV", "CAM", "JPN", "USA"], "1979-10-15", against="China", ties=TIES
        ).plot(),
        "forecast": forecast(EVENTS, "China", "Soviet Union", every="year").plot(),
    }
    for name, chart in pictures.items():
        chart.save(str(folder / f"{name}.svg"))
        print(f"docs/gallery/{name}.svg")


if __name__ == "__main__":
    draw(ROOT / "docs" / "gallery")
