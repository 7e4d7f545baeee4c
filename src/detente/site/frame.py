"""The piece of the map that holds some places, and where their names stand in it without covering one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.site.borders import HEIGHT, WIDTH
from detente.site.places import Spot

__all__ = ["Frame", "Label", "frame_places"]

NARROWEST = 110.0
"""The least width of a frame, in the map's units: nearer, the outlines are too coarse."""
LETTER, LINE = 0.5, 1.15
PHONE = 1.6
"""How much larger the letters are on a phone, where the whole map is smaller: the names leave room for that."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a place, at a point of the map, beginning, ending or centred there ("start", "end", "middle")."""

    name: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the map: its upper left corner, its size, and the names in it."""

    x: float
    y: float
    width: float
    height: float
    labels: tuple[Label, ...] = ()

    @property
    def unit(self) -> float:
        """What a length at the whole map's scale is here."""
        return self.width / WIDTH


def frame_places(spots: Sequence[Spot], size: float = 24.0) -> Frame:
    """Return the frame that holds all of `spots`, which must be known, in the map's own shape, with room around them.

    `size` is that of the letters, in units of the whole map. Names that would cover another, or a mark, are left out.
    """
    if not spots:
        return Frame(0, 0, WIDTH, HEIGHT)
    across, down = zip(*(spot.at for spot in spots), strict=True)
    need = max((max(across) - min(across)) * 1.5, (max(down) - min(down)) * 1.5 * WIDTH / HEIGHT, NARROWEST)
    width = min(need, WIDTH)
    height = width * HEIGHT / WIDTH
    x = min(max((min(across) + max(across) - width) / 2, 0), WIDTH - width)
    y = min(max((min(down) + max(down) - height) / 2, 0), HEIGHT - height)
    frame = Frame(round(x, 1), round(y, 1), round(width, 1), round(height, 1))
    return Frame(frame.x, frame.y, frame.width, frame.height, tuple(_label(spots, frame, size * frame.unit)))


Box = tuple[float, float, float, float]


def _label(spots: Sequence[Spot], frame: Frame, size: float) -> list[Label]:
    taken: list[Box] = []
    for spot in spots:
        (x, y), r = spot.at, spot.radius * frame.unit
        taken.append((x - r, y - r, x + r, y + r))
    labels = []
    for spot in spots:
        for label, box in _choices(spot, frame, size):
            inside = box[0] >= frame.x and box[2] <= frame.x + frame.width
            inside = inside and box[1] >= frame.y and box[3] <= frame.y + frame.height
            if inside and not any(_overlap(box, other) for other in taken):
                labels.append(label)
                taken.append(box)
                break
    return labels


def _choices(spot: Spot, frame: Frame, size: float) -> list[tuple[Label, Box]]:
    """Return where a name may stand, the best first: to the right, to the left, above, below."""
    (x, y), gap = spot.at, spot.radius * frame.unit + size * 0.3
    long, high = len(spot.name) * LETTER * PHONE * size, LINE * PHONE * size
    ends = (
        ("start", x + gap, y + size * 0.32, x + gap),
        ("end", x - gap, y + size * 0.32, x - gap - long),
        ("middle", x, y - gap - high * 0.2, x - long / 2),
        ("middle", x, y + gap + high * 0.7, x - long / 2),
    )
    return [
        (
            Label(spot.name, round(at, 2), round(base, 2), anchor),
            (left, base - high * 0.75, left + long, base + high * 0.25),
        )
        for anchor, at, base, left in ends
    ]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
