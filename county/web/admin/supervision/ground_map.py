"""A small map of the county with its zones, as shapes for SVG. Pure."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.records import Outline

WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or area: `kind` is that of the outline, `path` the data of an SVG path."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A zone on the map; `lacking` when not all requirements are met."""

    title: str
    x: float
    y: float
    lacking: bool


@dataclass(frozen=True, slots=True)
class GroundMap:
    """`width` by `height`, north above."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]


def ground_map(
    outlines: Iterable[Outline], points: Sequence[tuple[str, float, float, bool]]
) -> GroundMap | None:
    """The map of (title, longitude, latitude, lacking); None without an outline of the county, or without points."""
    kept = [outline for outline in outlines if outline.outline_kind in ("county", "town")]
    corners = [point for outline in kept for line in _lines(outline.geometry) for point in line]
    if not corners or not points:
        return None
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    if west == east or south == north:
        return None
    scale = WIDTH / (east - west)
    stretch = scale / math.cos(math.radians((south + north) / 2))

    def place(x: float, y: float) -> tuple[float, float]:
        return round((x - west) * scale, 1), round((north - y) * stretch, 1)

    kept.sort(key=lambda outline: outline.outline_kind != "county")
    return GroundMap(
        WIDTH,
        round((north - south) * stretch, 1),
        tuple(Shape(outline.outline_kind, _path(outline.geometry, place)) for outline in kept),
        tuple(Spot(title, *place(x, y), lacking) for title, x, y, lacking in points),
    )


def _path(geometry: dict[str, Any], place: Any) -> str:
    return " ".join(
        "M" + " L".join("{} {}".format(*place(x, y)) for x, y in line) for line in _lines(geometry) if line
    )


def _lines(geometry: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """The lines of any GeoJSON geometry; what is none has none."""
    yield from _nested(geometry.get("coordinates"))


def _nested(value: Any) -> Iterator[list[tuple[float, float]]]:
    if not isinstance(value, list | tuple) or not value:
        return
    first = value[0]
    if (
        isinstance(first, list | tuple)
        and len(first) >= 2
        and all(isinstance(n, int | float) for n in first[:2])
    ):
        yield [(float(point[0]), float(point[1])) for point in value]
        return
    for part in value:
        yield from _nested(part)
