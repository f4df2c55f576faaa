"""Whatever stands in a record, the page keeps its shape: nothing of it becomes a tag, an attribute or a script."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import Channel, Evidence, PolicyClause, Question
from county.web.phone.bulletin import bulletin_page
from county.web.phone.event import event_page
from county.web.phone.frame import Frame
from county.web.phone.participation import participation_page
from county.web.phone.place import place_page
from county.web.phone.policy import policy_page
from county.web.phone.render import load_drawing
from county.web.phone.service import service_page
from county.web.phone.words import words
from tests.county.web.markup import read_page
from tests.county.web.records import BABY, BIRTH, BUSES, HALL, JOBS, POLICE, STATION, WATER

DRAWING = load_drawing()
ZH = words("zh")
NOW = datetime(2026, 11, 20, tzinfo=UTC)
SCHEMES = (
    "/",
    "?",
    "#",
    "tel:",
    "geo:",
    "https://uri.amap.com/",
    "https://apis.map.qq.com/",
    "https://api.map.baidu.com/",
)
hostile = st.sampled_from(
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "</label></form></main>",
        "javascript:alert(1)",
        "{{ 7*7 }}{% raw %}",
        "<!--",
        "&lt;b&gt;",
    ]
) | st.text(min_size=1, max_size=30)


def draw(template: str, page: Any, zone: str = "体验区") -> str:
    frame = Frame("zh-CN", zone, "第 1 版", "zone.example", (), ())
    return DRAWING.page(template, page, frame, ZH)


def _check(template: str, plain: Any, attacked: Any, text: str) -> None:
    before, after = read_page(draw(template, plain)), read_page(draw(template, attacked, zone=text))
    assert set(after.tags) <= set(before.tags) | {
        "small",
        "li",
        "p",
        "ul",
        "section",
        "h2",
        "a",
        "span",
        "em",
    }
    assert all(href.startswith(SCHEMES) for href in after.hrefs)
    assert after.values("src") == before.values("src")


@pytest.mark.slow
@given(hostile)
def test_a_service(text: str) -> None:
    attacked = msgspec.structs.replace(
        BIRTH,
        title=text,
        description=text,
        scope=text,
        requirements=(text,),
        checked_by=text,
        channel=Channel(address=text, window=text, opening_hours=text, phone=text, complaints_phone=text),
        evidence=(Evidence(title=text, order=1, only_if=text, note=text), *BIRTH.evidence),
        questions=(Question(text=text, answer=text),),
    )
    office = msgspec.structs.replace(POLICE, title=text)
    plain = service_page(BIRTH, POLICE, [HALL, STATION], [BABY], ZH)
    _check("service", plain, service_page(attacked, office, [HALL, STATION], [BABY], ZH), text)


@pytest.mark.slow
@given(hostile)
def test_an_event(text: str) -> None:
    attacked = msgspec.structs.replace(BABY, title=text, summary=text)
    place = msgspec.structs.replace(HALL, title=text, address=text, opening_hours=text, phone=text)
    service = msgspec.structs.replace(BIRTH, title=text, channel=Channel(address=text))
    plain = event_page(BABY, [BIRTH], [HALL], ZH)
    _check("event", plain, event_page(attacked, [service, BIRTH], [place], ZH), text)


@given(hostile)
def test_a_policy(text: str) -> None:
    clause = PolicyClause(
        title=text, support=text, conditions=(text,), how=text, contact=text, service=BIRTH.id
    )
    attacked = msgspec.structs.replace(
        JOBS, title=text, text=text, issuer=text, summary=text, clauses=(*JOBS.clauses, clause)
    )
    plain = policy_page(msgspec.structs.replace(JOBS, clauses=(clause,)), NOW.date(), ZH)
    _check("policy", plain, policy_page(attacked, NOW.date(), ZH), text)


@given(hostile)
def test_a_place(text: str) -> None:
    attacked = msgspec.structs.replace(
        STATION,
        title=text,
        address=text,
        opening_hours=text,
        phone=text,
        accessibility=(text,),
        category=text,
    )
    _check("place", place_page(HALL, [BIRTH], ZH), place_page(attacked, [BIRTH], ZH), text)


@given(hostile)
def test_a_bulletin(text: str) -> None:
    attacked = msgspec.structs.replace(
        WATER, title=text, body=text, measures=(text,), issuer=text, level=text, phone=text
    )
    _check("bulletin", bulletin_page(WATER, NOW, ZH), bulletin_page(attacked, NOW, ZH), text)


@given(hostile)
def test_participation(text: str) -> None:
    attacked = msgspec.structs.replace(
        BUSES,
        title=text,
        participation_kind=text,
        summary=text,
        body=text,
        how=text,
        phone=text,
        questions=(text,),
        documents=(text,),
    )
    kept, changed = (participation_page(one, NOW, ZH) for one in (BUSES, attacked))
    _check("participation", kept, changed, text)
