"""A county that has hardly anything yet."""

from typing import Any

from catalog.records import (
    Channel,
    Evidence,
    LifeStage,
    PublicOrganisation,
    PublicService,
    Record,
    TimeLimit,
)
from tests.sample import COUNTY

ADDRESS = "县政务服务中心东侧综合楼后院二层社会保险服务大厅"
EMPTY = ("stage/birth", "events/person", "events/business", "bulletins", "map", "disclosure", "participation")


def _service(record_id: str, **given: Any) -> PublicService:
    return PublicService(id=record_id, title=record_id, competent_authority="office", **given)


RECORDS: tuple[Record, ...] = (
    COUNTY,
    PublicOrganisation(id="office", title="县社保中心"),
    LifeStage(id="birth", audience="person", title="出生"),
    _service("bare"),
    _service(
        "online",
        processing_kind="immediate",
        evidence=(Evidence(title="证", order=1, waiver="data_sharing"),),
    ),
    _service(
        "far",
        channel=Channel(address=ADDRESS),
        statutory_time_limit=TimeLimit(text="二十日", value=20, unit="day"),
    ),
)
