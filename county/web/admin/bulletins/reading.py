"""The form of an emergency bulletin: from a bulletin to the form's values, and back."""

from datetime import datetime

import msgspec
from starlette.datastructures import FormData

from catalog.records import Bulletin, EmergencyPlan
from catalog.records.county import PlanLevel
from county.clock import local
from county.errors import Refused
from county.web.admin.forms import moment, text

TEXTS = ("title", "event_type", "level", "area", "body", "issuer", "phone")
MOMENTS = ("starts", "ends", "issued")
LONGEST = 4000


def values_of(bulletin: Bulletin) -> dict[str, str]:
    """The values of the form's fields."""
    return {
        **{name: getattr(bulletin, name) for name in TEXTS},
        **{name: typed(getattr(bulletin, name)) for name in MOMENTS},
        "measures": "\n".join(bulletin.measures),
        "takeover": "1" if bulletin.takeover else "",
    }


def given_bulletin(form: FormData, base: Bulletin) -> Bulletin:
    """The bulletin as the form has it; what it has no field for stays as in `base`. Raises Refused.

    The template's hole for the area is filled with what stands in the field for it.
    """
    texts = {name: text(form, name) for name in TEXTS}
    texts["body"] = texts["body"].replace("{area}", texts["area"])
    for name, value in (*texts.items(), ("measures", text(form, "measures"))):
        if len(value) > LONGEST:
            raise Refused(f"“{value[:20]}…”太长，最多 {LONGEST} 个字（{name}）")
    measures = tuple(line.strip() for line in text(form, "measures").splitlines() if line.strip())
    moments = {name: moment(form, name) for name in MOMENTS}
    return msgspec.structs.replace(
        base, **texts, **moments, measures=measures, takeover=bool(text(form, "takeover"))
    )


def stage_of(plan: EmergencyPlan, level: str) -> PlanLevel:
    """The plan's level of this name. Raises Refused."""
    for stage in plan.levels:
        if stage.level == level:
            return stage
    raise Refused("请选择预案里的一个级别")


def typed(at: datetime | None) -> str:
    """A moment as the browser's field has it, on the county's clocks."""
    return "" if at is None else f"{local(at):%Y-%m-%dT%H:%M}"
