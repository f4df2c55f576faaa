"""The county itself: its name, offices, places, hall, outlines, bulletins, surveys and calendar."""

from datetime import date, datetime
from typing import Any, Literal

from catalog.records.base import Id, Record, Value, WebAddress

OutlineKind = Literal["county", "town", "river", "road", "lake"]


class County(Record, frozen=True, kw_only=True):
    """The county whose catalogue this is; exactly one record, with the id `county`.

    `zone_title` stands in the kiosk's title bar. `public_url` is the address of the phone pages, without a
    final slash. `demonstration` makes every page say that its content is fictional. `licence` names the terms under
    which the open data may be used again, `licence_url` is where they stand; empty while the county states none.
    """

    title: str
    title_en: str = ""
    zone_title: str
    zone_title_en: str = ""
    area_code: str = ""
    public_url: str
    demonstration: bool = False
    licence: str = ""
    licence_en: str = ""
    licence_url: WebAddress = ""


class PublicOrganisation(Record, frozen=True, kw_only=True):
    """An office (机构). `hall_area` is where it sits in the service hall, in words."""

    title: str
    short_title: str = ""
    duties: str = ""
    phone: str = ""
    complaints_phone: str = ""
    address: str = ""
    hall_area: str = ""


class Place(Record, frozen=True, kw_only=True):
    """A service point (便民点); WGS-84 degrees. `services` are ids of PublicService."""

    title: str
    category: str
    town: str = ""
    address: str = ""
    latitude: float
    longitude: float
    opening_hours: str = ""
    phone: str = ""
    accessibility: tuple[str, ...] = ()
    services: tuple[Id, ...] = ()


class Outline(Record, frozen=True, kw_only=True):
    """A line or area of the county map, as GeoJSON geometry in WGS-84 degrees; `label` and `seat` are (lon, lat)."""

    outline_kind: OutlineKind
    title: str
    area_code: str = ""
    area_km2: float | None = None
    label: tuple[float, float] | None = None
    seat: tuple[float, float] | None = None
    geometry: dict[str, Any]


class Floor(Value, frozen=True, kw_only=True):
    floor: int
    title: str


class HallZone(Value, frozen=True, kw_only=True):
    """A block of windows; metres from the north-west corner, y to the south."""

    floor: int
    code: str
    title: str
    x: float
    y: float
    width: float
    depth: float


class Window(Value, frozen=True, kw_only=True):
    """A window (窗口) with the code on its sign; metres from the north-west corner."""

    floor: int
    zone: str
    code: str
    x: float
    y: float
    organisation: str = ""
    handles: str = ""


class Facility(Value, frozen=True, kw_only=True):
    id: Id
    floor: int
    kind: str
    title: str
    x: float
    y: float
    accessible: bool = False
    note: str = ""


class FloorPlan(Record, frozen=True, kw_only=True):
    """The service hall, `width` by `depth` metres."""

    title: str
    address: str = ""
    width: float
    depth: float
    opening_hours: str = ""
    floors: tuple[Floor, ...] = ()
    zones: tuple[HallZone, ...] = ()
    windows: tuple[Window, ...] = ()
    facilities: tuple[Facility, ...] = ()


class Bulletin(Record, frozen=True, kw_only=True):
    """A notice or an emergency bulletin with the elements of 突发事件应对法 (2024) art. 64."""

    bulletin_kind: Literal["notice", "emergency"]
    title: str
    body: str = ""
    event_type: str = ""
    level: str = ""
    area: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    measures: tuple[str, ...] = ()
    issuer: str = ""
    issued: datetime | None = None
    phone: str = ""
    takeover: bool = False


class PlanLevel(Value, frozen=True, kw_only=True):
    level: str
    colour: str = ""
    trigger: str = ""
    response: str = ""


class PlanDisclosure(Value, frozen=True, kw_only=True):
    item: str
    body: str = ""
    deadline: str = ""
    channels: tuple[str, ...] = ()


class Phone(Value, frozen=True, kw_only=True):
    title: str
    phone: str


class BulletinTemplate(Value, frozen=True, kw_only=True):
    title: str
    body: str


class EmergencyPlan(Record, frozen=True, kw_only=True):
    """What is published, by whom and how fast, when an event of `event_type` happens."""

    event_type: str
    category: str = ""
    title: str
    basis: tuple[str, ...] = ()
    lead: str = ""
    members: tuple[str, ...] = ()
    levels: tuple[PlanLevel, ...] = ()
    disclosure: tuple[PlanDisclosure, ...] = ()
    measures: dict[str, tuple[str, ...]] = {}
    bulletin_template: BulletinTemplate | None = None
    takeover_levels: tuple[str, ...] = ()
    lift: str = ""
    phones: tuple[Phone, ...] = ()


class SurveyOption(Value, frozen=True, kw_only=True):
    value: int | str
    label: str
    label_en: str = ""
    stars: int | None = None


class SurveyQuestion(Value, frozen=True, kw_only=True):
    """`type` is grade, scale, single, multi or text; `show_if` maps a question to the values that show this one."""

    id: Id
    type: str
    text: str
    text_en: str = ""
    required: bool = False
    options: tuple[SurveyOption, ...] = ()
    show_if: dict[str, tuple[int | str, ...]] = {}
    max_length: int | None = None


class Rectify(Value, frozen=True, kw_only=True):
    """Which grades must be followed up, within how long."""

    grades: tuple[int, ...]
    days: int
    unit: str
    note: str = ""


class Survey(Record, frozen=True, kw_only=True):
    survey_kind: str
    title: str
    title_en: str = ""
    intro: str = ""
    intro_en: str = ""
    anonymous: bool = True
    questions: tuple[SurveyQuestion, ...] = ()
    rectify: Rectify | None = None


class Feedback(Value, frozen=True, kw_only=True):
    received: int = 0
    adopted: int = 0
    partly_adopted: int = 0
    not_adopted: int = 0
    published: date | None = None
    note: str = ""


class Participation(Record, frozen=True, kw_only=True):
    """A draft open for comment, an open day or a meeting to attend (公众参与)."""

    participation_kind: str
    title: str
    organiser: str = ""
    summary: str = ""
    body: str = ""
    opens: date | None = None
    closes: date | None = None
    event_time: datetime | None = None
    place: str = ""
    quota: int | None = None
    how: str = ""
    contact: str = ""
    phone: str = ""
    documents: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    feedback: Feedback | None = None


class CalendarYear(Record, frozen=True, kw_only=True):
    """The working calendar of one year; the id is the year. Weekdays are working days unless listed.

    `confirmed` is False until the yearly notice of the State Council is out; dates that touch such a year are
    estimates.
    """

    confirmed: bool
    holidays: tuple[date, ...] = ()
    working_weekends: tuple[date, ...] = ()
