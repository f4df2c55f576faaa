"""A floor in metres brought to a picture in pixels. Pure; the plan counts from its upper left corner, pixels from the
lower left one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""


@dataclass(frozen=True, slots=True)
class PlanFit:
    """`wide` × `deep` metres in the middle of `width` × `height` pixels, `margin` pixels from the edges."""

    wide: float
    deep: float
    width: float
    height: float
    margin: float

    @property
    def scale(self) -> float:
        """Pixels in a metre."""
        across = max(self.width - 2 * self.margin, 1) / max(self.wide, 1)
        return min(across, max(self.height - 2 * self.margin, 1) / max(self.deep, 1))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point of the plan."""
        scale = self.scale
        return self.width / 2 + (x - self.wide / 2) * scale, self.height / 2 - (y - self.deep / 2) * scale

    def box(self, x: float, y: float, width: float, depth: float) -> Box:
        """The pixels of a rectangle of the plan."""
        left, top = self.point(x, y)
        return left, top - depth * self.scale, left + width * self.scale, top


def room(strip: Box, size: tuple[float, float], taken: Sequence[Box]) -> Box | None:
    """Where a text of `size` fits into a strip and touches nothing: in the middle, at the left or the right end."""
    width, height = size
    spare, bottom = strip[2] - strip[0] - width, (strip[1] + strip[3] - height) / 2
    if spare < 0 or bottom < strip[1]:
        return None
    for share in (0.5, 0, 1):
        left = strip[0] + share * spare
        box = (left, bottom, left + width, bottom + height)
        if not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            return box
    return None


def touchable(boxes: Sequence[Box], least: float, gap: float) -> bool:
    """Whether a finger can choose between the boxes: none is narrower than `least`, no two closer than `gap`."""
    large = all(min(box[2] - box[0], box[3] - box[1]) >= least for box in boxes)
    return large and all(
        max(a[0] - b[2], b[0] - a[2], a[1] - b[3], b[1] - a[3]) >= gap for a, b in combinations(boxes, 2)
    )


def strips(box: Box, points: Sequence[tuple[float, float]], half: float) -> list[tuple[float, float]]:
    """Bottom and top of the strips across the box that are `half` away from all points in it, the highest first."""
    inside = {y for x, y in points if box[0] <= x <= box[2] and box[1] <= y <= box[3]}
    edges = [box[1] - half, *sorted(inside), box[3] + half]
    found = [(low + half, high - half) for low, high in pairwise(edges)]
    return sorted(found, key=lambda strip: strip[0] - strip[1])
