"""The county on a plane: kilometres east and north of its middle. Pure.

Equirectangular at the latitude of the middle, which within a county is right to a few metres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from catalog.records import Outline, Place
from catalog.records.county import OutlineKind

KM_PER_DEGREE = 111.195
"""Of a great circle on a sphere of 6371.0088 km (IUGG)."""

Point = tuple[float, float]
"""East and north."""

AREAS = {"Polygon": 1, "MultiPolygon": 2}
LINES = {"LineString": 0, "MultiLineString": 1}
"""GeoJSON type → how many lists of lines lie around one line (RFC 7946)."""


@dataclass(frozen=True, slots=True)
class Plane:
    """Where on earth the origin lies, in WGS-84 degrees."""

    longitude: float
    latitude: float

    def point(self, longitude: float, latitude: float) -> Point:
        """Kilometres east and north of the origin."""
        east = (longitude - self.longitude) * KM_PER_DEGREE * cos(radians(self.latitude))
        return east, (latitude - self.latitude) * KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class View:
    """A part of the plane: its middle, how wide and how high, in kilometres."""

    x: float
    y: float
    width: float
    height: float

    def zoomed(self, steps: int, at: Point) -> "View":
        """Half as wide and high for each step, around `at` as far as that keeps inside."""
        width, height = self.width / 2**steps, self.height / 2**steps
        x, y = (self.width - width) / 2, (self.height - height) / 2
        return View(
            min(max(at[0], self.x - x), self.x + x), min(max(at[1], self.y - y), self.y + y), width, height
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """A line, or an area as its outer ring followed by its holes."""

    kind: OutlineKind
    area: bool
    lines: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class Name:
    """What stands on the map beside a point."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What is drawn below the places. Without outlines there is no view and nothing to draw."""

    plane: Plane
    view: View | None = None
    shapes: tuple[Shape, ...] = ()
    names: tuple[Name, ...] = ()


def ground(outlines: Sequence[Outline], places: Sequence[Place]) -> Ground:
    """The map of a county; an outline whose geometry cannot be read is left out.

    Without any, the plane touches the earth at the first of the `places`.
    """
    degrees = [
        p for outline in outlines for _, lines in _parts(outline.geometry) for line in lines for p in line
    ]
    if not degrees:
        return Ground(Plane(places[0].longitude, places[0].latitude) if places else Plane(0, 0))
    west, east = min(p[0] for p in degrees), max(p[0] for p in degrees)
    south, north = min(p[1] for p in degrees), max(p[1] for p in degrees)
    plane = Plane((west + east) / 2, (south + north) / 2)
    x, y = plane.point(east, north)
    order = ("county", "lake", "river", "town", "road")
    ordered = sorted(outlines, key=lambda outline: (order.index(outline.outline_kind), outline.id))
    shapes = tuple(
        Shape(outline.outline_kind, area, tuple(tuple(plane.point(*p) for p in line) for line in lines))
        for outline in ordered
        for area, lines in _parts(outline.geometry)
    )
    names = tuple(
        Name(outline.title, *plane.point(*at))
        for outline in ordered
        if outline.outline_kind == "town" and (at := outline.seat or outline.label)
    )
    return Ground(plane, View(0, 0, max(2 * x, 0.1), max(2 * y, 0.1)), shapes, names)


def around(points: Sequence[Point], least: float) -> View:
    """The smallest view, at least `least` kilometres wide and high, with all `points` in it; there is one at least."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return View(
        (min(xs) + max(xs)) / 2,
        (min(ys) + max(ys)) / 2,
        max(max(xs) - min(xs), least),
        max(max(ys) - min(ys), least),
    )


def distance(one: Point, other: Point) -> float:
    """Kilometres as the crow flies."""
    return hypot(one[0] - other[0], one[1] - other[1])


def _parts(geometry: dict[str, Any]) -> Iterator[tuple[bool, list[list[Point]]]]:
    """(whether it is an area, its lines in degrees) for each line and area of a GeoJSON geometry."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind in AREAS:
        areas = _list(coordinates) if AREAS[kind] == 2 else [coordinates]
        for area in areas:
            if rings := [ring for value in _list(area) if len(ring := _line(value)) > 3]:
                yield True, rings
    elif kind in LINES:
        for value in _list(coordinates) if LINES[kind] else [coordinates]:
            if len(line := _line(value)) > 1:
                yield False, [line]


def _line(value: Any) -> list[Point]:
    positions = (p for p in _list(value) if isinstance(p, list | tuple) and len(p) >= 2)
    return [(float(p[0]), float(p[1])) for p in positions if all(isinstance(n, int | float) for n in p[:2])]


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()
