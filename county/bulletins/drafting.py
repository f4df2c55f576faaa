"""An emergency bulletin from a plan, and what 突发事件应对法 (2024) art. 64 wants it to say. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from catalog.levels import level
from catalog.records import Bulletin, EmergencyPlan
from catalog.records.county import PlanLevel
from county.clock import local

Element = Literal[
    "event_type", "level", "starts", "area", "body", "measures", "issuer", "issued", "title", "ends"
]
REQUIRED: tuple[Element, ...] = (
    "title",
    "event_type",
    "level",
    "starts",
    "area",
    "body",
    "measures",
    "issuer",
    "issued",
)
"""类别、级别、起始时间、可能影响的范围、警示事项、应当采取的措施、发布单位、发布时间, and a title."""
CHINESE: Mapping[Element, str] = {
    "title": "标题",
    "event_type": "类别",
    "level": "级别",
    "starts": "起始时间",
    "area": "可能影响的范围",
    "body": "警示事项",
    "measures": "应当采取的措施",
    "issuer": "发布单位",
    "issued": "发布时间",
    "ends": "结束时间",
}
LASTS = timedelta(hours=24)
"""How long a bulletin lasts when nobody says otherwise, and how long its lifting is shown."""
LIFTED = "【已解除】"
_HOLE = re.compile(r"\{(\w+)\}")


def drafted(plan: EmergencyPlan, stage: PlanLevel, name: str, now: datetime) -> Bulletin:
    """The bulletin that a plan proposes at one of its levels. Holes of its text that nobody filled stay visible."""
    template = plan.bulletin_template
    values = {
        "level": stage.level,
        "colour": stage.colour,
        "time": f"{local(now):%m月%d日%H时%M分}",
        "phone": plan.phones[0].phone if plan.phones else "",
    }
    return Bulletin(
        id=name,
        bulletin_kind="emergency",
        title=_filled(template.title, values) if template else f"{plan.event_type}{stage.colour}预警",
        body=_filled(template.body, values) if template else "",
        event_type=plan.event_type,
        level=stage.level,
        starts=now,
        ends=now + LASTS,
        measures=plan.measures.get(stage.level, ()),
        issuer=plan.lead,
        issued=now,
        phone=values["phone"],
        takeover=takes_over(plan, stage),
    )


def takes_over(plan: EmergencyPlan, stage: PlanLevel) -> bool:
    """Whether a plan's bulletin takes over every screen at this level."""
    number = level(stage.level)
    return number is not None and any(level(one) == number for one in plan.takeover_levels)


def lifted(bulletin: Bulletin, text: str, now: datetime) -> Bulletin:
    """The bulletin that says it is over: it takes over no screen and is shown for a day more."""
    return msgspec.structs.replace(
        bulletin,
        title=LIFTED + bulletin.title.removeprefix(LIFTED),
        body=text,
        measures=(),
        issued=now,
        ends=now + LASTS,
        takeover=False,
    )


def missing(bulletin: Bulletin) -> tuple[Element, ...]:
    """What the bulletin does not say though it must. A lifted one needs no measures."""
    over = bulletin.title.startswith(LIFTED)
    absent = [name for name in REQUIRED if not getattr(bulletin, name) and not (over and name == "measures")]
    if bulletin.level and level(bulletin.level) is None and "level" not in absent:
        absent.append("level")
    return tuple(absent)


def holes(bulletin: Bulletin) -> tuple[str, ...]:
    """The holes of the template that nobody filled, such as `{situation}`."""
    texts = (bulletin.title, bulletin.body, bulletin.area, *bulletin.measures)
    return tuple(dict.fromkeys(found[0] for text in texts for found in _HOLE.finditer(text)))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: values.get(hole[1]) or hole[0], text)
