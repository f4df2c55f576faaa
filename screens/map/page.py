"""The page of the map, of a crowd of places on it, and the lists to choose from."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalog.records import Place
from screens.events.page import EventsPage
from screens.map.chart import Chart, Mark
from screens.map.ground import Ground, Point, around, distance
from screens.shared.item import Tile
from screens.shared.onward import onward
from screens.shared.words import Words

ALL = "all"
"""In a route: of every kind, or with any feature or none."""
CLOSEST = 4
"""How often the map can be made twice as large."""
LEAST_KM = 0.4
"""Width and height of the map of places that are beside each other."""

ICONS = (
    (("派出所", "公安", "警"), "shield-account"),
    (("医院", "卫生", "诊所", "药"), "hospital-building"),
    (("学校", "幼儿园", "教育"), "school"),
    (("养老", "敬老"), "human-cane"),
    (("图书", "文化"), "book-open-variant"),
    (("税",), "receipt-text"),
    (("社保", "人社", "就业"), "card-account-details"),
    (("法律", "司法"), "scale-balance"),
    (("公证", "法院", "仲裁"), "gavel"),
    (("车", "驾"), "car"),
    (("依申请",), "file-question"),
    (("公开", "查阅"), "book-open-page-variant"),
    (("银行",), "bank"),
    (("政务", "便民", "服务"), "town-hall"),
)
"""Words in the name of a kind of places → its icon; the first that fits."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which places are shown and how closely. `kind` and `feature` are the county's own words, or ALL."""

    kind: str = ALL
    feature: str = ALL
    zoom: int = 0

    def route(self, name: str = "map") -> str:
        """The route that says this; without the zoom for the lists to choose from."""
        parts = [name, _quoted(self.kind), _quoted(self.feature)]
        return "/".join([*parts, str(self.zoom)] if name == "map" and self.zoom else parts)

    def of(self, places: Sequence[Place]) -> list[Place]:
        """The places that are wanted."""
        return [
            place
            for place in places
            if self.kind in (ALL, place.category)
            and (self.feature == ALL or self.feature in place.accessibility)
        ]


@dataclass(frozen=True, slots=True)
class MapPage:
    """The map, or None where a county has no outlines; what chooses and what enlarges; the places."""

    title: str = ""
    text: str = ""
    filters: tuple[Tile, ...] = ()
    buttons: tuple[Tile, ...] = ()
    chart: Chart | None = None
    places: tuple[Tile, ...] = ()


def parsed(rest: str) -> Choice:
    """What `map/<rest>` wants; an unreadable zoom is none."""
    kind, _, rest = rest.partition("/")
    feature, _, zoom = rest.partition("/")
    return Choice(_unquoted(kind) or ALL, _unquoted(feature) or ALL, zoom_of(zoom))


def zoom_of(text: str) -> int:
    """A zoom between 0 and CLOSEST; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and int(text) <= CLOSEST else 0


def map_page(
    choice: Choice, places: Sequence[Place], ground: Ground, here: Point | None, plan: str, words: Words
) -> MapPage:
    """`here` is where the kiosk stands; `plan` leads to the floor plan, or nowhere when it is empty."""
    found = nearest(choice.of(places), ground, here)
    chart = None
    if ground.view:
        view = ground.view.zoomed(choice.zoom, here or (ground.view.x, ground.view.y))
        chart = Chart(ground, view, _marks(found, ground), here, words("map-here"))
    return MapPage(
        title=words("county-map"),
        text=_text(found, here, words) if places else words("map-empty"),
        filters=_filters(choice, places, words) if places else (),
        buttons=_buttons(
            choice.zoom, lambda zoom: Choice(choice.kind, choice.feature, zoom).route(), chart, words
        )
        + ((Tile(words("floor-plan"), "", plan, "map"),) if plan else ()),
        chart=chart,
        places=tuple(place_tile(place, ground, here, words) for place in found)
        or ((Tile(words("map-all-places"), "", "map", "map-marker-radius"),) if places else onward(words)),
    )


def group_page(
    places: Sequence[Place], zoom: int, ground: Ground, here: Point | None, words: Words
) -> MapPage:
    """Some places that lie close together or belong together; there is one at least."""
    found = nearest(places, ground, here)
    ids = "+".join(place.id for place in places)
    chart = None
    if ground.view:
        points = [_point(place, ground) for place in found]
        whole = around(points, LEAST_KM)
        shown = frozenset(place.id for place in found)
        view = whole.zoomed(zoom, (whole.x, whole.y))
        chart = Chart(ground, view, _marks(found, ground), here, words("map-here"), shown)
    whole_map = Tile(words("map-whole"), "", "map", "map")
    return MapPage(
        title=words("map-group", count=len(found)),
        text=_text(found, here, words),
        buttons=(*_buttons(zoom, lambda zoom: f"group/{ids}/{zoom}", chart, words), whole_map),
        chart=chart,
        places=tuple(place_tile(place, ground, here, words) for place in found),
    )


def kinds_page(choice: Choice, places: Sequence[Place], words: Words) -> EventsPage:
    """The kinds of places that there are with the feature chosen, the most frequent first."""
    counts = Counter(place.category for place in Choice(feature=choice.feature).of(places))
    entries = [
        Tile(kind, words("map-count", count=count), Choice(kind, choice.feature).route(), kind_icon(kind))
        for kind, count in counts.most_common()
    ]
    everything = Tile(
        words("map-all-kinds"),
        words("map-count", count=counts.total()),
        Choice(ALL, choice.feature).route(),
        "map-marker-radius",
    )
    return EventsPage(words("map-kinds"), words("map-kinds-text"), (everything, *entries))


def features_page(choice: Choice, places: Sequence[Place], words: Words) -> EventsPage:
    """What makes places of the chosen kind accessible, the most frequent first."""
    own = Choice(kind=choice.kind).of(places)
    counts = Counter(feature for place in own for feature in dict.fromkeys(place.accessibility))
    entries = [
        Tile(
            feature,
            words("map-count", count=count),
            Choice(choice.kind, feature).route(),
            "wheelchair-accessibility",
        )
        for feature, count in counts.most_common()
    ]
    everything = Tile(
        words("map-any-feature"),
        words("map-count", count=len(own)),
        Choice(choice.kind).route(),
        "map-marker-radius",
    )
    return EventsPage(words("map-features"), words("map-features-text"), (everything, *entries))


def nearest(places: Sequence[Place], ground: Ground, here: Point | None) -> list[Place]:
    """The nearest first; by name when nobody knows where the kiosk stands."""
    if here is None:
        return sorted(places, key=lambda place: (place.title, place.id))
    return sorted(places, key=lambda place: (distance(_point(place, ground), here), place.id))


def place_tile(place: Place, ground: Ground, here: Point | None, words: Words) -> Tile:
    """A place as an entry."""
    parts = (distance_text(place, ground, here, words), place.category, place.address or place.town)
    return Tile(
        place.title,
        " · ".join(part for part in parts if part),
        f"place/{place.id}",
        kind_icon(place.category),
    )


def distance_text(place: Place, ground: Ground, here: Point | None, words: Words) -> str:
    """How far a place is as the crow flies, in words; empty when nobody knows where the kiosk stands."""
    if here is None:
        return ""
    metres = 1000 * distance(_point(place, ground), here)
    if metres < 30:
        return words("distance-here")
    if metres < 995:
        return words("distance-m", count=max(10, round(metres / 10) * 10))
    return words("distance-km", count=f"{metres / 1000:.1f}" if metres < 9950 else round(metres / 1000))


def kind_icon(kind: str) -> str:
    """The icon of a kind of places."""
    return next((icon for names, icon in ICONS if any(name in kind for name in names)), "map-marker")


def _text(found: Sequence[Place], here: Point | None, words: Words) -> str:
    if not found:
        return words("map-none")
    return words("map-nearest" if here else "map-by-name", count=len(found))


def _filters(choice: Choice, places: Sequence[Place], words: Words) -> tuple[Tile, ...]:
    kind = words("map-all-kinds") if choice.kind == ALL else choice.kind
    feature = words("map-any-feature") if choice.feature == ALL else choice.feature
    found = [Tile(kind, "", choice.route("map-kinds"), "filter")]
    if any(place.accessibility for place in places):
        found.append(Tile(feature, "", choice.route("map-features"), "wheelchair-accessibility"))
    return tuple(found)


def _buttons(zoom: int, route: Callable[[int], str], chart: Chart | None, words: Words) -> tuple[Tile, ...]:
    if chart is None:
        return ()
    return (
        Tile(words("map-larger"), "", route(zoom + 1) if zoom < CLOSEST else "", "plus"),
        Tile(words("map-smaller"), "", route(zoom - 1) if zoom else "", "minus"),
    )


def _marks(places: Sequence[Place], ground: Ground) -> tuple[Mark, ...]:
    return tuple(Mark(p.id, kind_icon(p.category), *_point(p, ground)) for p in places)


def _point(place: Place, ground: Ground) -> Point:
    return ground.plane.point(place.longitude, place.latitude)


def _quoted(word: str) -> str:
    return word.replace("%", "%25").replace("/", "%2F")


def _unquoted(word: str) -> str:
    return word.replace("%2F", "/").replace("%25", "%")
