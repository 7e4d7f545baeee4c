"""Where a point of the earth lies on the map: the Equal Earth projection, fitted as the shapes of `maps` are."""

from __future__ import annotations

import math

from detente.site.borders import HEIGHT, WIDTH

__all__ = ["project"]

MARGIN = 2
_A = (1.340264, -0.081106, 0.000893, 0.003796)
"""The polynomial of Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of
Geographical Information Science 33 (2019), 454-465."""
_M = math.sqrt(3) / 2


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the x and y on the map, in its units to one digit, of degrees north and east.

    >>> project(0, 0)
    (500.0, 243.5)
    """
    x, y = _raw(latitude, longitude)
    scale = min((WIDTH - 2 * MARGIN) / (2 * _raw(0, 180)[0]), (HEIGHT - 2 * MARGIN) / (2 * _raw(90, 0)[1]))
    return round(WIDTH / 2 + scale * x, 1), round(HEIGHT / 2 - scale * y, 1)


def _raw(latitude: float, longitude: float) -> tuple[float, float]:
    turn = math.asin(_M * math.sin(math.radians(latitude)))
    sixth = turn**6
    slope = _A[0] + 3 * _A[1] * turn**2 + sixth * (7 * _A[2] + 9 * _A[3] * turn**2)
    x = math.radians(longitude) * math.cos(turn) / (_M * slope)
    return x, turn * (_A[0] + _A[1] * turn**2 + sixth * (_A[2] + _A[3] * turn**2))
