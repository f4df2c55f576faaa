"""The page of one floor of the service hall."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from catalog.records import FloorPlan
from catalog.records.county import Facility, HallZone, Window
from screens.shared.item import Paragraph, Tab, Tile
from screens.shared.words import Words

ICONS = (
    (("入口", "出口", "门"), "door-open"),
    (("导办", "咨询"), "hand-wave"),
    (("取号",), "ticket"),
    (("无障碍卫生间",), "wheelchair-accessibility"),
    (("卫生间", "厕所", "洗手间"), "human-male-female"),
    (("母婴", "哺乳"), "human-baby-changing-table"),
    (("电梯",), "elevator-passenger"),
    (("楼梯", "扶梯"), "stairs"),
    (("饮水",), "cup-water"),
    (("急救", "AED", "医"), "medical-bag"),
    (("复印", "打印"), "printer"),
    (("查阅",), "book-open-page-variant"),
    (("体验",), "gesture-tap"),
    (("自助",), "card-account-details"),
    (("等候",), "clock-outline"),
    (("停车",), "car"),
    (("法律", "调解"), "scale-balance"),
    (("服务",), "human-handsup"),
)
"""Words in the kind of a facility → its icon; the first that fits."""


@dataclass(frozen=True, slots=True)
class ZoneBox:
    """A block of windows; metres from the north-west corner, as the plan has them."""

    code: str
    title: str
    x: float
    y: float
    width: float
    depth: float
    lit: bool
    route: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A window, without an icon, or a facility."""

    x: float
    y: float
    icon: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A floor to draw, in metres. `lit` is the name beside the pin that is lit; `here` where the kiosk stands."""

    width: float
    depth: float
    zones: tuple[ZoneBox, ...] = ()
    pins: tuple[Pin, ...] = ()
    lit: str = ""
    here: tuple[float, float] | None = None
    here_label: str = ""


@dataclass(frozen=True, slots=True)
class FloorPage:
    """The plan, the floors to choose from, and in words what is lit and what there is."""

    title: str = ""
    tabs: tuple[Tab, ...] = ()
    drawing: Drawing | None = None
    items: tuple[Paragraph | Tile, ...] = ()


Standing = tuple[int, float, float]
"""Floor and metres from the north-west corner."""


def floor_page(
    plan: FloorPlan, floor: int, code: str, here: Standing | None, words: Words
) -> FloorPage | None:
    """`code` names a window, a zone or a facility of the floor; None when there is no such thing or floor."""
    asked = find(plan, floor, code) if code else None
    if floor not in (one.floor for one in plan.floors) or (code and asked is None):
        return None
    return FloorPage(
        title=plan.title,
        tabs=tuple(Tab(one.title, f"floor/{one.floor}", one.floor == floor) for one in plan.floors),
        drawing=_drawing(plan, floor, asked, here, words),
        items=_items(plan, floor, asked, here, words),
    )


def find(plan: FloorPlan, floor: int, code: str) -> Window | HallZone | Facility | None:
    """The window or zone with the code on its sign, or the facility with that id."""
    windows = (one for one in plan.windows if one.floor == floor and one.code == code)
    zones = (one for one in plan.zones if one.floor == floor and one.code == code)
    facilities = (one for one in plan.facilities if one.floor == floor and one.id == code)
    return next(windows, None) or next(zones, None) or next(facilities, None)


def window_route(plan: FloorPlan | None, address: str, floor: int | None, window: str) -> str:
    """The route of a window that an office's address line names; empty when it is not on the plan.

    The line begins with the building; an office leaves out the name of the county.
    """
    building = address.split(maxsplit=1)[0] if address.strip() else ""
    if plan is None or floor is None or not window or not plan.title.endswith(building):
        return ""
    return f"floor/{floor}/{window}" if find(plan, floor, window) else ""


def facility_icon(kind: str) -> str:
    """The icon of a kind of facility."""
    return next((icon for names, icon in ICONS if any(name in kind for name in names)), "information")


def _drawing(
    plan: FloorPlan,
    floor: int,
    asked: Window | HallZone | Facility | None,
    here: Standing | None,
    words: Words,
) -> Drawing:
    lit_zone = asked.zone if isinstance(asked, Window) else asked.code if isinstance(asked, HallZone) else ""
    zones = tuple(
        ZoneBox(z.code, z.title, z.x, z.y, z.width, z.depth, z.code == lit_zone, f"floor/{floor}/{z.code}")
        for z in plan.zones
        if z.floor == floor
    )
    windows = (Pin(w.x, w.y, "", w is asked) for w in plan.windows if w.floor == floor)
    facilities = (
        Pin(f.x, f.y, facility_icon(f.kind), f is asked) for f in plan.facilities if f.floor == floor
    )
    name = asked.code if isinstance(asked, Window) else asked.title if isinstance(asked, Facility) else ""
    return Drawing(
        plan.width,
        plan.depth,
        zones,
        (*windows, *facilities),
        name,
        here[1:] if here and here[0] == floor else None,
        words("map-here"),
    )


def _items(
    plan: FloorPlan,
    floor: int,
    asked: Window | HallZone | Facility | None,
    here: Standing | None,
    words: Words,
) -> tuple[Paragraph | Tile, ...]:
    if isinstance(asked, Window):
        zone = next((z for z in plan.zones if z.floor == floor and z.code == asked.zone), None)
        return (*_window(plan, asked, zone, here, words), *_windows(plan, floor, asked.zone, words))
    if isinstance(asked, HallZone):
        title = words("floor-zone", code=asked.code, title=asked.title)
        return (Paragraph(title, "heading"), *_windows(plan, floor, asked.code, words))
    if isinstance(asked, Facility):
        lines = (asked.note, words("floor-accessible") if asked.accessible else "")
        said = "\n".join(line for line in (*lines, _way(plan, asked, here, words)) if line)
        found = (Paragraph(asked.title, "heading"), *((Paragraph(said),) if said else ()))
        return (*found, *_everything(plan, floor, words))
    hours = (Paragraph(plan.opening_hours),) if plan.opening_hours else ()
    return (*hours, *_everything(plan, floor, words))


def _window(
    plan: FloorPlan, window: Window, zone: HallZone | None, here: Standing | None, words: Words
) -> tuple[Paragraph, ...]:
    floor = next(one.title for one in plan.floors if one.floor == window.floor)
    lines = [
        words("floor-zone", code=zone.code, title=zone.title) if zone else "",
        _in_row(plan, window, words),
    ]
    lines += [_way(plan, window, here, words), window.organisation, window.handles]
    said = "\n".join(line for line in lines if line)
    title = words("floor-window-title", floor=floor, window=window.code)
    return (Paragraph(title, "heading"), *((Paragraph(said),) if said else ()))


def _in_row(plan: FloorPlan, window: Window, words: Words) -> str:
    """Which one in its row it is, counted from the left of the plan; empty when it stands alone."""
    row = [w for w in plan.windows if w.floor == window.floor and w.zone == window.zone and w.y == window.y]
    if len(row) < 2:
        return ""
    number = sorted(w.x for w in row).index(window.x) + 1
    return words("floor-in-row", number=number, count=len(row))


def _way(plan: FloorPlan, to: Window | Facility, here: Standing | None, words: Words) -> str:
    """How to come there from the kiosk; empty when nobody knows where it stands."""
    if here is None:
        return ""
    if here[0] == to.floor:
        metres = hypot(to.x - here[1], to.y - here[2])
        return words("floor-near", count=max(5, round(metres / 5) * 5))
    lifts = [f.title for f in plan.facilities if f.floor == here[0] and "电梯" in f.kind]
    return words("floor-lift", lift=lifts[0], floor=to.floor) if lifts else words("floor-go", floor=to.floor)


def _windows(plan: FloorPlan, floor: int, zone: str, words: Words) -> tuple[Paragraph | Tile, ...]:
    found = [
        Tile(
            words("floor-window-line", window=w.code, office=w.organisation),
            w.handles,
            f"floor/{floor}/{w.code}",
            "map-marker",
        )
        for w in plan.windows
        if w.floor == floor and w.zone == zone
    ]
    return (Paragraph(words("floor-windows"), "heading"), *found) if found else ()


def _everything(plan: FloorPlan, floor: int, words: Words) -> tuple[Paragraph | Tile, ...]:
    zones = [
        Tile(
            words("floor-zone", code=z.code, title=z.title),
            _span(plan, z),
            f"floor/{floor}/{z.code}",
            "domain",
        )
        for z in plan.zones
        if z.floor == floor
    ]
    facilities = [
        Tile(f.title, f.note, f"floor/{floor}/{f.id}", facility_icon(f.kind))
        for f in plan.facilities
        if f.floor == floor
    ]
    heading = (Paragraph(words("floor-facilities"), "heading"),) if facilities else ()
    return (*zones, *heading, *facilities)


def _span(plan: FloorPlan, zone: HallZone) -> str:
    """The first and the last code of a zone's windows."""
    codes: Sequence[str] = sorted(
        w.code for w in plan.windows if w.floor == zone.floor and w.zone == zone.code
    )
    return f"{codes[0]}–{codes[-1]}" if len(codes) > 1 else "".join(codes)
