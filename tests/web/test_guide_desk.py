"""The guide's desk on a tablet: who calls, looking up, sending to a kiosk, codes, print."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import insert

from catalog.box import Answer
from catalog.codes import codes
from catalog.links import PAGES, list_url
from catalog.outbox import Call, Row
from catalog.text import encode
from county.database.engine import writing
from county.database.fleet import kiosk
from county.fleet import commands
from county.insight.receiving import receive
from county.supervision.zones import LEVELS, Zone, keep_zone
from county.web.shelf import active_store
from tests.county.web.state import publish
from tests.sample import sample_records
from tests.web.desk import RunningDesk, running_desk
from tests.web.serves import complaints, grave

TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A county with an edition and two kiosks."""
    folder = tmp_path_factory.mktemp("hall") / "state"
    with running_desk(folder, ()) as desk:
        publish(folder, sample_records(), 1)
        with writing(desk.engine) as connection:
            for name, title in (("one", "大厅一号机"), ("two", "二楼二号机")):
                row = {"id": name, "name": title, "zone": "hall", "public_key": name, "state": "in service"}
                connection.execute(insert(kiosk).values(**row, enrolled=datetime.now(UTC)))
        yield desk


@pytest.fixture(scope="module")
def tab(hall: RunningDesk, browser: Browser) -> Iterator[Page]:
    """A guide's tablet, the same for all tests."""
    with hall.context(browser, "guide", **TABLET) as context:
        yield context.new_page()


@pytest.fixture
def tablet(tab: Page) -> Iterator[Page]:
    """The guide's tablet, with nothing for the browser to complain of."""
    with complaints(tab) as said:
        yield tab
    assert said == []


def call(hall: RunningDesk, name: str, number: int) -> None:
    now = datetime.now(UTC)
    with writing(hall.engine) as connection:
        row = Row(name, "call", number, encode(Call(call=name, state="asked", at=now)))
        assert receive(connection, "one", [row], now).kept == 1


def waiting(hall: RunningDesk, place: str) -> list[tuple[str, str]]:
    with hall.engine.connect() as connection:
        found = commands.waiting(connection, place, datetime.now(UTC))
    return [(one.kind, one.route or one.message) for one in found]


def code_of(hall: RunningDesk, *keys: tuple[str, str]) -> str:
    with active_store(hall.settings.folder) as store:
        known = codes(store.keys(PAGES))
    return ".".join(known[key] for key in keys)


def answered(hall: RunningDesk, place: str) -> None:
    now = datetime.now(UTC)
    with writing(hall.engine) as connection:
        for one in commands.waiting(connection, place, now):
            commands.answer(connection, place, [Answer(id=one.id, outcome="done", at=now)], now)


def test_a_call_appears_is_taken_and_ends(hall: RunningDesk, tablet: Page) -> None:
    tablet.goto("/desk/")
    expect(tablet.get_by_text("现在没有人呼叫")).to_be_visible()
    call(hall, "call1", 1)
    expect(tablet.locator(".guide-new")).to_contain_text("大厅一号机", timeout=20_000)
    expect(tablet).to_have_title(re.compile(r"^\(1\)"))
    tablet.get_by_role("button", name="我去：大厅一号机").click()
    expect(tablet.get_by_text("guide 已去")).to_be_visible()
    assert waiting(hall, "one") == [("message", "coming")]
    answered(hall, "one")
    tablet.reload()
    expect(tablet.locator("#guide-waiting")).to_contain_text("已显示")
    tablet.get_by_role("button", name="办好了：大厅一号机").click()
    expect(tablet.get_by_text("现在没有人呼叫")).to_be_visible()


def test_a_guide_sees_the_calls_of_their_own_hall(hall: RunningDesk, tablet: Page) -> None:
    now = datetime.now(UTC)
    with writing(hall.engine) as connection:
        for name, title in (("hall", "县大厅"), ("town", "镇大厅")):
            keep_zone(connection, Zone(id=name, title=title, level=LEVELS[0]), "tester", now)
        row = {"id": "far", "name": "镇上的机器", "zone": "town", "public_key": "far", "state": "in service"}
        connection.execute(insert(kiosk).values(**row, enrolled=now))
        said = Row("far1", "call", 1, encode(Call(call="far1", state="asked", at=now)))
        receive(connection, "far", [said], now)
    tablet.goto("/desk/")
    expect(tablet.locator(".guide-new")).to_contain_text("镇上的机器")
    tablet.get_by_role("link", name="县大厅").click()
    expect(tablet.get_by_text("现在没有人呼叫")).to_be_visible()
    tablet.goto("/desk/")
    expect(tablet.get_by_role("link", name="县大厅")).to_have_attribute("aria-current", "true")
    assert "镇上的机器" not in hall.client("guide").get("/desk/waiting?zone=hall").text
    hall.client("guide").submit("/desk/calls/finish", kiosk="far", call="far1")


def test_what_was_found_is_shown_on_a_kiosk_and_printed(hall: RunningDesk, tablet: Page) -> None:
    tablet.goto("/desk/")
    tablet.get_by_role("searchbox").press_sequentially("shanghukou", delay=20)
    tablet.get_by_role("link", name=re.compile("出生登记")).first.click()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("出生登记")
    expect(tablet.get_by_role("main")).to_contain_text("《出生医学证明》")
    tablet.locator("[data-kiosk]").select_option(label="二楼二号机")
    tablet.get_by_role("button", name="发送").click()
    expect(tablet.get_by_text("已发给“二楼二号机”")).to_be_visible()
    assert waiting(hall, "two") == [("show", "service/birth-registration")]
    for paper in ("a4", "80mm"):
        answer = hall.client("guide").get(f"/desk/record/service/birth-registration/sheet.pdf?paper={paper}")
        assert answer.content.startswith(b"%PDF")
    answered(hall, "two")


def test_a_visitors_list_is_shown_and_kept_nowhere(hall: RunningDesk, tablet: Page) -> None:
    keys = ("service", "birth-registration"), ("life_event", "having-a-baby")
    tablet.goto("/desk/")
    tablet.fill("#q", list_url("http://127.0.0.1:8080", code_of(hall, *keys) + "-1ABC"))
    tablet.get_by_role("button", name="查找").click()
    expect(tablet.get_by_text("不保存")).to_be_visible()
    expect(tablet.get_by_role("heading", name=re.compile("2"))).to_be_visible()
    expect(tablet).to_have_url(re.compile("/desk/find$"))
    client = hall.client("guide")
    printed = client.submit("/desk/list.pdf", key=[f"{kind}/{name}" for kind, name in keys])
    assert printed.content.startswith(b"%PDF")
    assert printed.headers["cache-control"] == "no-store"


def test_one_code_and_a_wrong_one(hall: RunningDesk, tablet: Page) -> None:
    tablet.goto("/desk/")
    code = code_of(hall, ("service", "birth-registration"))
    tablet.fill("#q", f"{code.lower()} {code[:-1]}{'2' if code[-1] != '2' else '3'}")
    tablet.get_by_role("button", name="查找").click()
    expect(tablet.locator("#guide-found")).not_to_contain_text("不保存")
    tablet.fill("#q", code.lower())
    expect(tablet.locator("#guide-found")).to_contain_text("出生登记", timeout=20_000)


def test_a_kiosk_says_what_it_can_say_and_nothing_else(hall: RunningDesk) -> None:
    client = hall.client("guide")
    assert client.submit("/desk/send", kiosk="one", message="closing").status_code == 303
    assert ("message", "closing") in waiting(hall, "one")
    for fields in (
        {"message": "<b>随便</b>"},
        {"message": ""},
        {"kind": "flow", "id": "x"},
        {"kind": "service", "id": "no-such"},
        {},
    ):
        assert client.submit("/desk/send", kiosk="one", **fields).status_code == 404
    assert client.submit("/desk/send", kiosk="nobody", message="closing").status_code == 409
    for path in ("/desk/record/flow/x", "/desk/record/service/no-such", "/desk/record/service/x/sheet.pdf"):
        assert client.get(path).status_code == 404
    assert client.submit("/desk/list.pdf").status_code == 404
    answered(hall, "one")


@pytest.mark.parametrize("address", ["/desk/", "/desk/record/service/birth-registration"])
def test_axe_finds_nothing_grave(hall: RunningDesk, tablet: Page, address: str) -> None:
    call(hall, f"axe{len(address)}", len(address))
    tablet.goto(address)
    assert grave(tablet) == []
    assert tablet.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_an_edition_the_desk_says_so(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with running_desk(tmp_path_factory.mktemp("empty") / "state", ()) as desk:
        client = desk.client("guide")
        assert client.get("/desk/").status_code == 200
        answer = client.submit("/desk/find", q="护照")
        assert answer.status_code == 503
        assert "还没有发布过" in answer.text
