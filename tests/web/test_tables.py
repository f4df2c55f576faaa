"""Tables that are sent in the browser: template workbooks, and publications many at a time."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page
from sqlalchemy import delete, select, update

from county.database.accounts import person
from county.database.editing import template
from county.database.engine import writing
from county.database.supervision import publication
from county.supervision.bulk import PROFILE
from tests.web.desk import RunningDesk
from tests.web.serves import complaints, grave, too_wide

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUBLICATIONS = "/admin/supervision/publications/import"


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, data = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(data)
    return data.getvalue()


@pytest.fixture
def administrator(desk: RunningDesk, browser: Browser) -> Iterator[Page]:
    with desk.context(browser, "administrator") as context:
        yield context.new_page()
    with writing(desk.engine) as connection:
        connection.execute(delete(template))


@pytest.fixture
def clerk(desk: RunningDesk, browser: Browser) -> Iterator[Page]:
    with desk.context(browser, "clerk") as context:
        yield context.new_page()


def choose(page: Page, name: str, data: bytes) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": XLSX, "buffer": data})


def good(page: Page) -> None:
    """What every page owes everybody."""
    assert (grave(page), too_wide(page)) == ([], {})


def test_a_template_is_kept_and_removed(administrator: Page) -> None:
    page = administrator
    with complaints(page) as said:
        page.goto("/admin/templates")
        choose(page, "平江县.xlsx", workbook(("事项", "电话"), ("<b>登记</b>", "0730-6222111")))
        page.get_by_label("名称").fill("<script>alert(1)</script>")
        page.get_by_role("button", name="存入").click()
        page.get_by_role("cell", name="<script>alert(1)</script>", exact=True).wait_for()
        good(page)
        choose(page, "平江县.xlsx", b"PK\x03\x04broken")
        page.get_by_role("button", name="存入").click()
        assert "工作簿" in page.inner_text("body")
        page.goto("/admin/templates")
        page.get_by_role("button", name="移除").click()
        page.get_by_text("还没有模板").wait_for()
    assert [one for one in said if "409" not in one] == []


def filled_in(data: bytes, day: str) -> bytes:
    """The blank table with its first row filled in."""
    book, whole = load_workbook(BytesIO(data)), BytesIO()
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == [names[0] for names in PROFILE.columns.values()]
    sheet["E2"], sheet["G2"] = "2026-01-05", day
    book.save(whole)
    return whole.getvalue()


def test_a_clerk_enters_publications_from_the_blank_table(desk: RunningDesk, clerk: Page) -> None:
    page = clerk
    blank = desk.client("clerk").get(f"{PUBLICATIONS}/blank.xlsx").content
    page.goto("/admin/supervision/publications")
    page.get_by_role("link", name="批量登记").click()
    choose(page, "公开.xlsx", filled_in(blank, "昨天"))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("必须先改正 1 处").wait_for()
    assert "G2" in page.inner_text("body")
    assert page.get_by_role("button", name="登记", exact=True).count() == 0
    good(page)
    choose(page, "公开.xlsx", filled_in(blank, "2026-01-09"))
    page.get_by_role("button", name="上传并核对").click()
    good(page)
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_text("新登记 1 条").wait_for()
    page.goto(PUBLICATIONS)
    choose(page, "公开.xlsx", filled_in(blank, "2026-01-12"))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("2026-01-09 → 2026-01-12").wait_for()
    page.get_by_role("button", name="不登记").click()
    page.get_by_text("没有登记").wait_for()
    with desk.engine.connect() as connection:
        assert connection.scalars(select(publication.c.published)).all()


def test_a_table_with_others_items_is_refused_by_row(desk: RunningDesk) -> None:
    client = desk.client("clerk")
    theirs = workbook(("编号", "形成日期"), ("policy-elsewhere", "2026-01-05"))
    sent = client.post(PUBLICATIONS, data={"csrftoken": client.csrf}, files={"file": ("a.xlsx", theirs)})
    assert sent.status_code == 303
    page = client.get(PUBLICATIONS).text
    assert "找不到这个事项或文件" in page
    confirmed = client.submit(f"{PUBLICATIONS}/confirm")
    assert confirmed.status_code == 409


def test_both_pages_speak_english(desk: RunningDesk) -> None:
    with desk.engine.begin() as connection:
        connection.execute(update(person).where(person.c.name == "clerk").values(language="en"))
    try:
        client = desk.client("clerk")
        wrong = workbook(("编号", "形成日期"), ("other", "2026-01-05"))
        client.post(PUBLICATIONS, data={"csrftoken": client.csrf}, files={"file": ("a.xlsx", wrong)})
        page = client.get(PUBLICATIONS).text
        assert "“编号”: there is no such item or policy" in page
        assert "1 to correct; until then nothing is entered" in page
    finally:
        with desk.engine.begin() as connection:
            connection.execute(update(person).where(person.c.name == "clerk").values(language="zh"))
