"""The ground of a button or a card: round corners and an edge of another colour, drawn in one go.

A ground above a larger one in the colour of the edge would colour nearly every pixel twice, which costs as much again
where a processor draws. So corners, edge and ground are a small picture whose middle is stretched. Its round parts are
smooth, which shapes made of triangles are not.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, hypot

from kivy.graphics import BorderImage, Color, InstructionGroup
from kivy.graphics.texture import Texture

Paint = tuple[float, ...]
"""Red, green, blue and alpha between 0 and 1."""

LOOKS = 128
"""How many pictures are kept; a screen needs about ten."""


class Plate(InstructionGroup):
    """A canvas instruction for layouts. Its `look` is (ground, edge, radius, width of the edge), lengths in pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._image = BorderImage(auto_scale="both_lower", noadd=True)
        self._look: tuple[Paint, Paint, float, float] = ((), (), 0, 0)
        self.add(Color(1, 1, 1, 1, noadd=True))
        self.add(self._image)

    @property
    def look(self) -> tuple[Paint, Paint, float, float]:
        return self._look

    @look.setter
    def look(self, look: tuple[Sequence[float], Sequence[float], float, float]) -> None:
        ground, edge, radius, border = look
        self._look = (tuple(ground), tuple(edge), radius, border)
        self._image.texture, corner = _picture(*self._look)
        self._image.border = (corner,) * 4

    @property
    def pos(self) -> Sequence[float]:
        return tuple(self._image.pos)

    @pos.setter
    def pos(self, pos: Sequence[float]) -> None:
        self._image.pos = [round(part) for part in pos]

    @property
    def size(self) -> Sequence[float]:
        return tuple(self._image.size)

    @size.setter
    def size(self, size: Sequence[float]) -> None:
        self._image.size = [round(part) for part in size]


@lru_cache(LOOKS)
def _picture(ground: Paint, edge: Paint, radius: float, border: float) -> tuple[Texture, int]:
    """The picture, and how many of its pixels from each side are not stretched."""
    quarter = _quarter(radius, border)
    pixels = {share: _pixel(ground, edge, *share) for share in set().union(*quarter)}
    rows = [b"".join([pixels[share] for share in row + row[-2::-1]]) for row in quarter]
    side = 2 * len(quarter) - 1
    texture = Texture.create(size=(side, side), colorfmt="rgba")
    texture.mag_filter = texture.min_filter = "nearest"
    texture.blit_buffer(b"".join(rows + rows[-2::-1]), colorfmt="rgba", bufferfmt="ubyte")
    return texture, len(quarter) - 1


@lru_cache(LOOKS)
def _quarter(radius: float, border: float) -> list[list[tuple[int, int]]]:
    """How many sixteenths of each pixel show, and how many of those the ground; up to the two middles."""
    corner = max(1, ceil(max(radius, border)))
    return [[_shares(x + 0.5, y + 0.5, radius, border) for x in range(corner + 1)] for y in range(corner + 1)]


def _shares(x: float, y: float, radius: float, border: float) -> tuple[int, int]:
    """For the pixel whose middle is so far from the two nearest sides."""
    depth = radius - hypot(radius - x, radius - y) if x < radius and y < radius else min(x, y)
    shown, within = (min(16, max(0, round(16 * (part + 0.5)))) for part in (depth, depth - border))
    return shown, within if border else 16


def _pixel(ground: Paint, edge: Paint, shown: int, within: int) -> bytes:
    mixed = [(g * within + e * (16 - within)) / 16 for g, e in zip(ground, edge, strict=True)]
    return bytes(round(255 * part) for part in (*mixed[:3], mixed[3] * shown / 16))
