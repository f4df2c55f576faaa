"""The whole way of a text, each step by the one whose step it is: a workbook becomes drafts, three people review, an
edition is made, signed away from the server and published, and a box that syncs has the new text. On both databases."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from catalog.box import read_active
from catalog.exporting.workbooks import export_workbooks
from catalog.records import PublicService
from catalog.store import Store
from county import revisions
from county.__main__ import main as county
from sync.__main__ import main as sync
from tests.county.conftest import cluster
from tests.county.web.records import BIRTH, RECORDS
from tests.postgres import Cluster
from tests.web.desk import RunningDesk, running_desk

__all__ = ["cluster"]
PHONE = "0000-7654321"
LONG = 60_000
"""Milliseconds for what a busy machine may take."""


@pytest.fixture(params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningDesk]:
    database = ""
    if request.param == "postgresql":
        postgres: Cluster = request.getfixturevalue("cluster")
        database = postgres.database()
    with running_desk(tmp_path / "county", RECORDS, database) as desk:
        desk.add("second", ["reviewer"])
        desk.add("final", ["approver"])
        yield desk


def workbook(folder: Path, desk: RunningDesk) -> Path:
    """The service workbook as the desk exports it, with one number corrected."""
    with desk.engine.connect() as connection:
        records = revisions.published(connection)
    export_workbooks(records, folder, lambda record: isinstance(record, PublicService))
    (path,) = folder.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["事项"]
    column = {cell.value: cell.column or 0 for cell in sheet[1]}
    row = next(row for row in range(2, 99) if sheet.cell(row, column["事项编号"]).value == BIRTH.id)
    sheet.cell(row, column["咨询电话"]).value = PHONE
    book.save(path)
    return path


@pytest.fixture
def page(running: RunningDesk, browser: Browser) -> Iterator[Page]:
    """A browser at which one after the other signs in."""
    with running.context(browser, "clerk") as context:
        context.set_default_timeout(LONG)
        yield context.new_page()


def import_workbook(desk: RunningDesk, page: Page, path: Path) -> None:
    desk.sign_in(page.context, "clerk")
    page.goto("/admin/import")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="开始读取").click()
    offered = page.locator(".list-group-item", has=page.locator(f'[value="service/{BIRTH.id}"]'))
    offered.locator("summary").click()
    expect(offered.get_by_role("cell", name=PHONE)).to_be_visible()
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_role("checkbox", name=BIRTH.title).check()
    page.get_by_role("button", name="提交审核").click()
    page.get_by_text("已提交 1 条").wait_for()


def review(desk: RunningDesk, page: Page, name: str) -> None:
    desk.sign_in(page.context, name)
    page.goto("/admin/review")
    page.get_by_role("link", name=BIRTH.title).click()
    expect(page.locator("ins", has_text="7654321")).to_be_visible()
    page.get_by_label("意见(退回").or_(page.locator("#note")).first.fill("同意")
    page.get_by_role("button", name="同意", exact=True).click()
    page.get_by_text("已通过 1 条").wait_for()


def publish(desk: RunningDesk, page: Page, folder: Path) -> None:
    desk.sign_in(page.context, "approver")
    page.goto("/admin/publish")
    page.get_by_role("button", name="生成新版本").click()
    page.get_by_text("请批准人签名").wait_for()
    number = "".join(
        letter for letter in page.get_by_role("heading", name="待发布").inner_text() if letter.isdigit()
    )
    with page.expect_download() as sent:
        page.get_by_role("link", name=f"candidate-{number}.zip").click()
    candidate = folder / f"candidate-{number}.zip"
    sent.value.save_as(candidate)
    key = str(desk.settings.keys / "targets-1.pem")
    assert county(["sign", "--candidate", str(candidate), "--key", key, "--yes"]) == 0
    page.set_input_files("input[name=signature]", candidate.with_suffix(".signature.json"))
    page.get_by_role("button", name="上传签名").click()
    release = page.get_by_role("button", name=f"发布第 {number} 版", exact=True)
    release.wait_for()
    if page.locator("#reason").count():
        page.locator("#reason").fill("已知问题")
    release.click()
    page.get_by_text(f"第 {number} 版已发布").wait_for()


def phone_on_the_box(desk: RunningDesk, box: Path) -> str:
    url = f"{desk.address}/repository/"
    root = desk.settings.repository / "metadata" / "1.root.json"
    if not (box / "metadata").exists():
        assert sync(["--state", str(box), "trust", str(root)]) == 0
    assert sync(["--state", str(box), "--url", url, "--once"]) == 0
    active = read_active(box)
    assert active is not None
    store = Store.open(box / active.file)
    try:
        found = store.get(PublicService, BIRTH.id)
    finally:
        store.close()
    assert found is not None
    return found.channel.phone


def test_from_workbook_to_box(running: RunningDesk, page: Page, tmp_path: Path) -> None:
    box = tmp_path / "box"
    publish(running, page, tmp_path)
    assert phone_on_the_box(running, box) == BIRTH.channel.phone
    import_workbook(running, page, workbook(tmp_path / "books", running))
    for name in ("reviewer", "second", "final"):
        assert phone_on_the_box(running, box) == BIRTH.channel.phone
        review(running, page, name)
    publish(running, page, tmp_path)
    assert phone_on_the_box(running, box) == PHONE
