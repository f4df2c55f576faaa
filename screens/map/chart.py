"""What lies where on a map of a given size in pixels. Pure; pixels count from the lower left corner of the map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screens.map.ground import Ground, Point, View

Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map."""

    id: str
    icon: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The map of a page. `here` is where the kiosk stands, `shown` the ids of the group that is looked at."""

    ground: Ground
    view: View
    marks: tuple[Mark, ...] = ()
    here: Point | None = None
    here_label: str = ""
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spot:
    """What is drawn for one place, or for a crowd of `count` of them; without a route it is not to be touched."""

    x: float
    y: float
    icon: str
    count: int
    route: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A view brought to `width` × `height` pixels with `margin` pixels around it."""

    view: View
    width: float
    height: float
    margin: float

    @property
    def scale(self) -> float:
        """Pixels in a kilometre."""
        across = max(self.width - 2 * self.margin, 1) / self.view.width
        return min(across, max(self.height - 2 * self.margin, 1) / self.view.height)

    def pixel(self, point: Point) -> Point:
        """Where a point of the plane lies on the map."""
        scale = self.scale
        return (
            self.width / 2 + (point[0] - self.view.x) * scale,
            self.height / 2 + (point[1] - self.view.y) * scale,
        )

    def holds(self, pixel: Point, room: float) -> bool:
        """Whether something that reaches `room` pixels from `pixel` is on the map wholly."""
        x, y = pixel
        return room <= x <= self.width - room and room <= y <= self.height - room

    def line(self, points: Sequence[Point]) -> list[float]:
        """x, y, x, y … of a line, without the points too close to the one before to be seen."""
        found: list[float] = []
        for number, point in enumerate(points):
            x, y = self.pixel(point)
            last = number == len(points) - 1
            if last or not found or abs(x - found[-2]) + abs(y - found[-1]) >= 1:
                found += (x, y)
        return found


def spots(chart: Chart, fit: Fit, side: float, gap: float) -> list[Spot]:
    """The places in sight; those closer than a mark of `side` and a `gap` to one before them join its crowd."""
    crowds: list[tuple[Point, list[Mark]]] = []
    for mark in chart.marks:
        at = fit.pixel((mark.x, mark.y))
        if not fit.holds(at, side / 2):
            continue
        for there, crowd in crowds:
            if max(abs(at[0] - there[0]), abs(at[1] - there[1])) < side + gap:
                crowd.append(mark)
                break
        else:
            crowds.append((at, [mark]))
    return [_spot(at, crowd, chart.shown) for at, crowd in crowds]


def _spot(at: Point, crowd: list[Mark], shown: frozenset[str]) -> Spot:
    if len(crowd) == 1:
        return Spot(*at, crowd[0].icon, 1, f"place/{crowd[0].id}")
    ids = [mark.id for mark in crowd]
    route = "" if shown == frozenset(ids) else f"group/{'+'.join(ids)}"
    return Spot(*at, "", len(crowd), route)


def free_spot(
    at: Point, size: Point, taken: Sequence[Box], within: Point, away: Sequence[float]
) -> Box | None:
    """Room for a text of `size` below, above, right or left of `at`, or askew, that touches nothing `taken`.

    `away` are the distances from `at` to try, in pixels. None when there is no room inside a map of the size `within`.
    """
    for distance in away:
        for box in _beside(at, size, distance):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= within[0] and box[3] <= within[1]
            if inside and not any(overlap(box, other) for other in taken):
                return box
    return None


def _beside(at: Point, size: Point, away: float) -> Iterator[Box]:
    x, y = at
    width, height = size
    for left, bottom in (
        (x - width / 2, y - away - height),
        (x - width / 2, y + away),
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x, y - away - height),
        (x - width, y - away - height),
        (x, y + away),
        (x - width, y + away),
    ):
        yield left, bottom, left + width, bottom + height


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share a point."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
