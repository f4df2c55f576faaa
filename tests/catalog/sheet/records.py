"""Services with texts of any length, and where their sheet comes from."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from catalog.records import Channel, Evidence, ProcedureStep, PublicService
from catalog.sheet.page import Origin
from tests.sample import COUNTY

ORIGIN = Origin(
    COUNTY, 7, date(2026, 11, 21), "zone.example", "https://zone.example/m/service/x?e=7", "T78R5"
)
BIRTH = PublicService(
    id="birth",
    title="出生登记",
    title_en="Birth registration",
    competent_authority="police",
    checked_on=date(2026, 10, 15),
    checked_by="公安局",
    free=True,
    visits=1,
    channel=Channel(
        address="县政务服务中心 1 楼 A06",
        floor=1,
        window="A06",
        opening_hours="周一至周五",
        phone="0000-7121001",
    ),
    evidence=(
        Evidence(title="居民户口簿", order=2, originals=1, copies=2),
        Evidence(title="出生医学证明", order=1, originals=1, note="副页由派出所收存"),
        Evidence(title="亲子鉴定意见书", order=3, originals=1, only_if="随父落户时"),
        Evidence(title="结婚证", order=4, waiver="data_sharing"),
    ),
    steps=(
        ProcedureStep(title="到窗口申报", order=2, phase="during", text="一次办完。"),
        ProcedureStep(title="商量用什么姓", order=1, phase="before"),
    ),
)
CARD = PublicService(
    id="card",
    title="社保卡申领",
    competent_authority="police",
    channel=Channel(address="县政务服务中心 1 楼 B11", floor=1, window="B11", phone="0000-7122001"),
    evidence=(Evidence(title="居民户口簿", order=1, originals=1, copies=1),),
)

texts = st.text("国有事项表A1 （）。，x-", min_size=1, max_size=60)
evidence = st.builds(
    Evidence,
    title=texts,
    order=st.integers(0, 9),
    originals=st.integers(0, 3),
    only_if=st.sampled_from(["", "随父落户时"]),
    waiver=st.sampled_from(["", "", "data_sharing"]),
    note=texts,
)


@st.composite
def services(draw: Any) -> tuple[PublicService, ...]:
    """Up to twelve services with up to ten papers each, at windows of their own."""
    return tuple(
        PublicService(
            id=f"s{number}",
            title=draw(texts),
            competent_authority="office",
            evidence=tuple(draw(st.lists(evidence, max_size=10))),
            channel=Channel(address=draw(texts), opening_hours=draw(texts), phone=f"0000-712{number:04}"),
        )
        for number in range(draw(st.integers(1, 12)))
    )
