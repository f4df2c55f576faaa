"""Editing records in a browser: nothing changes by itself, nothing typed is lost, nobody writes over anybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select

from catalog.records import CalendarYear, PublicService, Record
from catalog.text import content_hash, encode_record, kind_of
from county.accounts.people import find_person
from county.belonging import owners
from county.database.editing import check_run
from county.database.engine import writing
from county.editing import drafting
from county.editing.checking import check_now
from county.editing.reading import read_form
from county.editing.tree import unfold
from tests.sample import COUNTY, sample_records
from tests.web.desk import RunningDesk, running_desk
from tests.web.serves import complaints, grave, too_wide

OFFICE = "civil-affairs"
BESIDE = {"csrftoken", "based_on", "end"}
SLOWLY = 120_000
"""Milliseconds that a picture, a check or a save may take on a busy machine."""

UNDRAWN = """
const ask = window.fetch;
window.fetch = (url, options) =>
  String(url).endsWith("/preview") 
    ? Promise.resolve(Response.json({state: "failed", latest: ""}))
    : ask(url, options);
"""


def largest() -> list[Record]:
    """The largest record of every kind, with what the checks and pages need around them."""
    records: dict[str, Record] = {}
    for record in (*sample_records(), CalendarYear(id="2026", confirmed=True)):
        kind = kind_of(record)
        if kind not in records or len(encode_record(record)) > len(encode_record(records[kind])):
            records[kind] = record
    return list(records.values())


def service() -> PublicService:
    return next(
        r for r in sample_records() if isinstance(r, PublicService) and r.competent_authority == OFFICE
    )


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """The demonstration county, all clerks of one office but one."""
    with running_desk(
        tmp_path_factory.mktemp("records"), (*sample_records(), CalendarYear(id="2026", confirmed=True))
    ) as desk:
        for name in ("wang", "zhao"):
            desk.add(name, ["clerk", "supervisor"], OFFICE)
        desk.add("li", ["clerk"], "public-security")
        yield desk


@pytest.fixture(scope="module")
def tab(county: RunningDesk, browser: Browser) -> Iterator[Page]:
    """Wang's page, the same for all tests: a new one would read the scripts anew."""
    with context_of(county, browser, "wang") as context:
        yield context.new_page()


@pytest.fixture
def wang(tab: Page) -> Iterator[Page]:
    """Wang's page, with nothing for the browser to complain of."""
    with complaints(tab) as said:
        yield tab
    assert [line for line in said if "status of 4" not in line] == []


@contextmanager
def context_of(county: RunningDesk, browser: Browser, name: str) -> Iterator[BrowserContext]:
    """A browser of this person in which no kiosk is started to draw a picture beside each form.

    Answered within the page: a browser whose requests are held up keeps no files either, and loads twice as long.
    """
    with county.context(browser, name) as context:
        context.add_init_script(UNDRAWN)
        yield context


def url(record: Record, below: str = "") -> str:
    return f"/admin/records/{kind_of(record)}/{record.id}{below}"


def newest(county: RunningDesk, record: Record) -> drafting.Current:
    with county.engine.connect() as connection:
        return drafting.current(connection, kind_of(record), record.id)


def forget(page: Page, record: Record) -> None:
    """Give up what the person typed, as the button does."""
    token = page.locator('meta[name="csrf-token"]').get_attribute("content") or ""
    page.request.post(url(record, "/forget"), headers={"X-CSRFToken": token})


def kept(page: Page) -> None:
    """Wait until the server has what was typed."""
    expect(page.locator("[data-keeping]")).to_contain_text("已自动保存", timeout=SLOWLY)


def test_opening_a_form_and_sending_it_changes_nothing(county: RunningDesk, browser: Browser) -> None:
    """What a real browser makes of the form of the largest record of a kind reads back as the record.

    Flows have an editor of their own.
    """
    changed = []
    with context_of(county, browser, "wang") as context:
        page = context.new_page()
        for record in largest():
            if kind_of(record) == "flow":
                continue
            county.sign_in(context, owner(county, record))
            answer = page.goto(url(record, "/edit"), wait_until="domcontentloaded")
            assert answer is not None
            assert answer.status == 200, kind_of(record)
            sent = page.evaluate(
                "new URLSearchParams(new FormData(document.getElementById('record'))).toString()"
            )
            pairs = [(n, v) for n, v in parse_qsl(sent, keep_blank_values=True) if n not in BESIDE]
            read = read_form(kind_of(record), unfold([*pairs, ("id", record.id)]), record)
            if read.record is None or content_hash(read.record) != content_hash(record):
                changed.append((kind_of(record), record.id, read.errors, read.detail))
    assert changed == []


def owner(county: RunningDesk, record: Record) -> str:
    """The name of a clerk who may edit the record, added when there is none."""
    with county.engine.connect() as connection:
        offices = sorted(owners(record, drafting.offices_of(connection)))
        if not offices:
            return "wang"
        name = f"clerk-{offices[0]}"[:60]
        known = find_person(connection, name)
    if known is None:
        county.add(name, ["clerk"], offices[0])
    return name


def test_a_clerk_edits_saves_and_compares(county: RunningDesk, wang: Page) -> None:
    record = service()
    wang.goto(url(record, "/edit"))
    wang.get_by_label("事项名称 *").or_(wang.locator('[name="title"]')).first.fill("改过的事项名称")
    papers = wang.locator('[data-list="evidence"]')
    before = papers.locator(".records-row").count()
    papers.get_by_role("button", name="添加申请材料").click()
    wang.keyboard.type("新的申请表")
    last = papers.locator(".records-row").last
    expect(last.locator('[name$=".order"]')).to_have_value(str(before + 1))
    last.get_by_role("button", name="上移").click()
    wang.keyboard.press("Control+s")
    wang.wait_for_url(f"**{url(record)}")
    expect(wang.locator("#alertContainer")).to_contain_text("已保存为草稿")
    saved = newest(county, record).record
    assert isinstance(saved, PublicService)
    assert saved.title == "改过的事项名称"
    assert [paper.order for paper in saved.evidence] == list(range(1, before + 2))
    assert saved.evidence[-2].title == "新的申请表"
    wang.get_by_role("link", name="与已通过的文本比较").click()
    expect(wang.locator(".records-after mark").first).to_have_text("改过的事项名称")
    wang.goto(url(record))
    wang.get_by_text("放弃草稿").first.click()
    wang.get_by_role("button", name="放弃草稿").click()
    expect(wang.locator("#alertContainer")).to_contain_text("已放弃草稿")
    assert newest(county, record).record == record


def test_a_reference_is_picked_with_the_keyboard(wang: Page) -> None:
    record = service()
    wang.goto(url(record, "/edit"))
    wang.locator('[data-list="life_stages"]').get_by_role("button", name="添加").click()
    wang.keyboard.type("身")
    expect(wang.locator(".records-offers:visible [data-id]").first).to_be_visible(timeout=SLOWLY)
    wang.keyboard.press("ArrowDown")
    wang.keyboard.press("Enter")
    picked = wang.locator('[data-list="life_stages"] .records-item').last
    expect(picked.locator('input[type="hidden"]')).to_have_value("afterlife")
    expect(picked.get_by_role("combobox")).to_have_value("身后")
    kept(wang)


def test_what_was_typed_comes_back_after_a_crash(county: RunningDesk, browser: Browser) -> None:
    record = service()
    with context_of(county, browser, "zhao") as context:
        page = context.new_page()
        page.goto(url(record, "/edit"))
        page.locator('[name="description"]').fill("写到一半，浏览器没了")
        kept(page)
    with context_of(county, browser, "zhao") as context:
        page = context.new_page()
        page.goto(url(record, "/edit"))
        expect(page.get_by_role("status").filter(has_text="已恢复您")).to_be_visible()
        expect(page.locator('[name="description"]')).to_have_value("写到一半，浏览器没了")
        page.get_by_role("button", name="放弃未保存的修改").click()
        expect(page.locator("#alertContainer")).to_contain_text("已放弃")
        expect(page.locator('[name="description"]')).to_have_value(record.description)
    assert newest(county, record).record == record


def test_two_people_edit_one_record(county: RunningDesk, wang: Page, browser: Browser) -> None:
    """The second is told while typing, and asked to merge when saving."""
    record = service()
    wang.goto(url(record, "/edit"))
    forget(wang, record)
    wang.goto(url(record, "/edit"))
    with context_of(county, browser, "zhao") as context:
        zhao = context.new_page()
        zhao.goto(url(record, "/edit"))
        expect(zhao.locator("[data-status]")).to_contain_text("wang 也在编辑")
        wang.locator('[name="title"]').fill("甲的名称")
        wang.get_by_role("button", name="保存草稿").first.click()
        wang.wait_for_url(f"**{url(record)}")
        zhao.locator('[name="description"]').fill("乙的说明")
        zhao.get_by_role("button", name="保存草稿").first.click()
        expect(zhao.get_by_role("alert")).to_contain_text("合在一起")
        expect(zhao.locator('[name="title"]')).to_have_value("甲的名称")
        expect(zhao.locator('[name="description"]')).to_have_value("乙的说明")
        zhao.get_by_role("button", name="保存草稿").first.click()
        zhao.wait_for_url(f"**{url(record)}")
    merged = newest(county, record)
    assert isinstance(merged.record, PublicService)
    assert (merged.record.title, merged.record.description, merged.author) == ("甲的名称", "乙的说明", "zhao")
    with writing(county.engine) as connection:
        who = drafting.Editor("zhao", OFFICE)
        drafting.discard(connection, who, "service", record.id, merged.number, datetime.now(UTC))


def test_errors_stand_at_their_fields_and_nothing_is_lost(county: RunningDesk, wang: Page) -> None:
    record = service()
    wang.goto(url(record, "/edit"))
    wang.locator('[name="title"]').fill("")
    wang.locator('[name="visits"]').fill("两次")
    wang.locator('[name="description"]').fill('"><script>alert(1)</script>')
    wang.get_by_role("button", name="保存草稿").first.click()
    expect(wang.locator("#wrong")).to_contain_text("有 2 处要改正")
    expect(wang.locator('[name="visits"]')).to_have_value("两次")
    expect(wang.locator('[name="description"]')).to_have_value('"><script>alert(1)</script>')
    expect(wang.locator('[data-wrong="visits"]')).to_have_text("请填写整数")
    wang.locator("#wrong").get_by_role("link", name="到办事现场次数").click()
    expect(wang.locator('[name="visits"]')).to_be_focused()
    assert newest(county, record).record == record
    forget(wang, record)


def test_findings_appear_while_typing(wang: Page) -> None:
    record = service()
    wang.goto(url(record, "/edit"))
    wang.locator('[name="description"]').fill("身份证号 11010519491231002X")
    expect(wang.locator('[data-said="description"]')).to_contain_text("像是公民身份号码", timeout=SLOWLY)
    wang.locator('[name="description"]').fill("好的")
    expect(wang.locator('[data-said="description"]')).to_be_empty(timeout=SLOWLY)


def test_the_kiosk_draws_what_is_typed(county: RunningDesk, browser: Browser) -> None:
    record = service()
    with county.context(browser, "wang") as context:
        page = context.new_page()
        page.goto(url(record, "/edit"))
        picture = page.locator(".records-preview img:not(.records-old)")
        expect(picture).to_be_visible(timeout=SLOWLY)
        before = picture.get_attribute("src")
        page.locator('[name="title"]').fill("预览里的新名称")
        expect(picture).not_to_have_attribute("src", before or "", timeout=SLOWLY)
        expect(picture).to_have_js_property("naturalHeight", 1920, timeout=SLOWLY)
        phone = page.request.get(url(record, "/phone"))
        assert "预览里的新名称" in phone.text()
        forget(page, record)


def test_others_may_look_and_not_touch(county: RunningDesk) -> None:
    record = service()
    with county.client("li") as li:
        page = li.get(url(record))
        assert page.status_code == 200
        assert f'href="{url(record, "/edit")}"' not in page.text
        assert li.get(url(record, "/edit")).status_code == 409
        answer = li.submit(
            url(record, "/edit"), title="别人的", based_on=str(newest(county, record).number), end="1"
        )
        assert answer.status_code in (409, 422)
        assert (
            li.submit(url(record), act="withdraw", based_on=str(newest(county, record).number)).status_code
            == 409
        )
    assert newest(county, record).record == record


def test_a_form_that_did_not_arrive_whole_changes_nothing(county: RunningDesk) -> None:
    record = service()
    with county.client("wang") as wang:
        answer = wang.submit(
            url(record, "/edit"), title="半张表", based_on=str(newest(county, record).number)
        )
        assert answer.status_code == 409
        assert "没有完整送达" in answer.text
    assert newest(county, record).record == record


@pytest.mark.parametrize(
    "path",
    [
        "/admin/records/nothing/x",
        "/admin/records/service/no-such",
        "/admin/new/nothing",
        "/admin/previews/..%2fcounty.db",
        "/admin/previews/x.png",
    ],
)
def test_what_is_not_there(county: RunningDesk, path: str) -> None:
    with county.client("wang") as wang:
        assert wang.get(path).status_code == 404


def test_the_countys_findings_and_their_workbook(county: RunningDesk, browser: Browser) -> None:
    check_now(county.engine, datetime.now(UTC))
    with county.client("reviewer") as reviewer:
        page = reviewer.get("/admin/findings?severity=error")
        assert page.text.count("records-error") > 3
        book = reviewer.get("/admin/findings.xlsx?severity=error")
        assert book.content.startswith(b"PK")
        assert reviewer.get("/admin/findings?q=%25%00&page=99999999999999999999").status_code == 200
    with county.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(check_run)) == 1


def test_every_page_of_a_record_for_everybody(county: RunningDesk, wang: Page) -> None:
    """Fits both sizes, both languages; axe finds nothing serious."""
    paths = [url(service()), url(service(), "/edit"), url(service(), "/compare"), "/admin/new/policy"]
    paths += [url(COUNTY, "/edit"), "/admin/records?q=zzz"]
    for language in ("zh", "en"):
        with county.client("wang") as client:
            client.submit("/admin/language", language=language, back="/admin/")
        for path in paths:
            answer = wang.goto(path, wait_until="load")
            assert answer is not None
            assert answer.status == 200, path
            assert too_wide(wang) == {}, path
            assert grave(wang) == [], path
    with county.client("wang") as client:
        client.submit("/admin/language", language="zh", back="/admin/")
