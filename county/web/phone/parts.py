"""Parts that several pages share: phones, maps, durations, paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from markupsafe import Markup

from catalog.records import Place, Question, Record, TimeLimit
from county.clock import local
from county.web.phone.words import Words

NO_GUIDE = Markup()
"""The data of a page without guided questions."""

_PHONE = re.compile(r"\+?\d[\d -]{4,}\d(?:转\d+)?")
_UNITS = {"working_day": "working_days", "day": "days", "hour": "hours", "minute": "minutes"}


@dataclass(frozen=True, slots=True)
class Link:
    """Something to tap: `href` is a full address or a path of this server."""

    label: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that people need, with the word above it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Where:
    """A place to go. `window` is ready to draw, such as `1 楼 A06 窗口`."""

    title: str
    address: str
    window: str
    opening_hours: str
    phones: tuple[Link, ...]
    complaints: tuple[Link, ...]
    maps: tuple[Link, ...]
    reminder: str = ""


def paragraphs(text: str) -> tuple[str, ...]:
    """The non-empty lines of a text."""
    return tuple(line for line in (line.strip() for line in text.splitlines()) if line)


def phones(text: str) -> tuple[Link, ...]:
    """The telephone numbers in an office's own words, as `tel:` links."""
    return tuple(
        Link(number, "tel:" + re.sub(r"[ -]", "", number).replace("转", ","))
        for number in dict.fromkeys(_PHONE.findall(text))
    )


def duration(limit: TimeLimit, words: Words) -> str:
    """A time limit in words; what the office wrote when it is no number."""
    if limit.unit == "on_the_spot":
        return words("time.on_the_spot")
    if limit.value is None:
        return limit.text
    unit = _UNITS[limit.unit]
    return words(f"time.{unit}", count=limit.value)


def maps(place: Place, words: Words) -> tuple[Link, ...]:
    """Ways to be led to a place: map sites that take WGS-84 degrees, then the phone's own program."""
    latitude, longitude = f"{place.latitude:.6f}", f"{place.longitude:.6f}"
    amap = {
        "position": f"{longitude},{latitude}",
        "name": place.title,
        "coordinate": "wgs84",
        "callnative": 1,
    }
    tencent = {
        "marker": f"coord:{latitude},{longitude};title:{place.title};addr:{place.address or place.title}",
        "coord_type": 1,
        "referer": "openhall",
    }
    baidu = {
        "location": f"{latitude},{longitude}",
        "title": place.title,
        "content": place.address or place.title,
        "coord_type": "wgs84",
        "output": "html",
        "src": "openhall",
    }
    return (
        Link(words("map.amap"), "https://uri.amap.com/marker?" + urlencode(amap)),
        Link(words("map.tencent"), "https://apis.map.qq.com/uri/v1/marker?" + urlencode(tencent)),
        Link(words("map.baidu"), "https://api.map.baidu.com/marker?" + urlencode(baidu)),
        Link(
            words("map.phone"), f"geo:{latitude},{longitude}?q={latitude},{longitude}({quote(place.title)})"
        ),
    )


def building_of(address: str) -> str:
    """The first word of an address line; empty when there is none."""
    return address.split(maxsplit=1)[0] if address.strip() else ""


def place_of(address: str, places: Sequence[Place]) -> Place | None:
    """The place that an address line such as `县政务服务中心 2 楼 C01` begins with.

    An office leaves out the name of the county, so the place whose name ends with the first word is meant; of
    several the one with the shortest name.
    """
    name = building_of(address)
    found = [place for place in places if name and place.title.endswith(name)]
    return min(found, key=lambda place: len(place.title), default=None)


def questions(asked: Sequence[Question]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(question, paragraphs of the answer), in the office's order."""
    return tuple((one.text, paragraphs(one.answer)) for one in sorted(asked, key=lambda one: one.order))


def checked(record: Record, words: Words) -> str:
    """When the text was last confirmed, and by which office; empty when nobody has."""
    if record.checked_on is None:
        return ""
    if not record.checked_by:
        return words("page.checked", day=record.checked_on)
    return words("page.checked_by", day=record.checked_on, office=record.checked_by)


def expired(record: Record, today: date) -> bool:
    """Whether `today` is outside the days on which the record is shown."""
    return bool(
        (record.valid_from and today < record.valid_from) or (record.valid_to and today > record.valid_to)
    )


def moment(at: datetime) -> str:
    """A time to read."""
    return f"{local(at):%Y-%m-%d %H:%M}"
