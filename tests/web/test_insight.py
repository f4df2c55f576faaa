"""Insight in a browser: with numbers to show, two clicks to a synonym, the hotline's file, what takes away."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from catalog.outbox import KIND_OF, Answers, Counts, NotFound, Rating, Row
from catalog.records import Survey
from catalog.records.base import Value
from catalog.records.county import SurveyOption, SurveyQuestion
from catalog.text import encode
from county.database.engine import writing
from county.insight.receiving import receive
from tests.county.web.records import RECORDS
from tests.county.web.state import publish
from tests.sample import COUNTY
from tests.web.desk import RunningDesk, running_desk
from tests.web.serves import complaints, grave, too_wide, unreachable

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = NOW.replace(minute=0, second=0)
TODAY = (NOW + timedelta(hours=8)).date()
HOSTILE = "新词<img src=x onerror=alert(1)>"
SURVEY = Survey(
    id="service-rating",
    survey_kind="好差评",
    title="这次办事,您满意吗",
    questions=(
        SurveyQuestion(
            id="grade",
            type="grade",
            text="总体评价",
            options=tuple(SurveyOption(value=one, label=f"{one} 星", stars=one) for one in range(5, 0, -1)),
        ),
    ),
)
COUNTED = {
    "visit": 40,
    "page/home": 30,
    "record/service/birth": 12,
    f"record/service/{HOSTILE}": 9,
    "abandoned/gone/question": 6,
    "unmatched/person/身份+年龄": 7,
}
ADDRESSES = (
    "/admin/insight",
    "/admin/insight/words",
    "/admin/insight/words/choose?words=上户口",
    "/admin/insight/given-up",
    "/admin/insight/opinions",
    "/admin/insight/topics",
    "/admin/open-data",
)


def rows(kiosk: str) -> list[Row]:
    """What a kiosk reports: counts, words, and ratings."""
    said: list[tuple[str, Value]] = [(HOUR.isoformat(), Counts(hour=HOUR, counts=COUNTED))]
    for number, words in enumerate(("娃落户", "打麻将")):
        said.append((f"word-{number}", NotFound(day=TODAY, words=words)))
    for number in range(6):
        opinion = {"day": TODAY, "survey": SURVEY.id, "edition": 1, "answers": {"grade": (5 - number % 2,)}}
        said.append((f"rating-{number}", Rating(about="service/birth", **opinion)))  # type: ignore[arg-type]
        said.append((f"answers-{number}", Answers(**opinion)))  # type: ignore[arg-type]
    return [
        Row(name, KIND_OF[type(value)], number, encode(value)) for number, (name, value) in enumerate(said, 1)
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """A published county of which three kiosks have reported."""
    folder: Path = tmp_path_factory.mktemp("county")
    with running_desk(folder, (*RECORDS, SURVEY)) as desk:
        publish(folder, (COUNTY, *RECORDS), 1)
        for kiosk in ("a", "b", "c"):
            with writing(desk.engine) as connection:
                assert receive(connection, kiosk, rows(kiosk), NOW, 1).refused == ()
        yield desk


@pytest.fixture(scope="module")
def tab(desk: RunningDesk, browser: Browser) -> Iterator[Page]:
    """A supervisor's page, the same for all tests."""
    with desk.context(browser, "supervisor") as context:
        yield context.new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """The supervisor's page; whatever the browser complains of fails the test."""
    with complaints(tab) as said:
        yield tab
    assert said == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_with_numbers_fit_and_serve_everybody(page: Page, language: str) -> None:
    page.goto("/admin/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    for address in ADDRESSES:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert too_wide(page) == {}, address
        assert unreachable(page) == [], address
        if language == "en":
            continue
        assert grave(page) == [], address
    if language == "en":
        page.get_by_role("button", name="中文").click()


def test_what_was_looked_up(page: Page) -> None:
    page.goto("/admin/insight")
    expect(page.get_by_role("row", name="出生登记")).to_contain_text("36")
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    page.select_option("#f-place", "kiosk:a")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.get_by_role("row", name="出生登记")).to_contain_text("12")
    page.get_by_role("link", name="近 7 天").click()
    expect(page).to_have_url(re.compile("place=kiosk"))
    page.goto("/admin/insight?from=2001-01-01&to=2001-01-31")
    expect(page.get_by_text("没有可以显示的数")).to_be_visible()


def test_two_clicks_make_a_synonym(page: Page, desk: RunningDesk) -> None:
    page.goto("/admin/insight/words")
    page.get_by_role("link", name="设为说法: 娃落户").click()
    page.fill("#f-q", "上户口")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="就是它: 出生登记").first.click()
    page.wait_for_url("**/admin/insight/words?**")
    expect(page.get_by_role("status")).to_contain_text("娃落户")
    handled = page.get_by_role("region", name="已处理")
    expect(handled.get_by_role("row", name="娃落户")).to_contain_text("待审核")
    with desk.client("reviewer") as reviewer:
        assert "娃落户" in reviewer.get("/admin/review").text


def test_words_are_put_aside_by_keyboard(page: Page) -> None:
    page.goto("/admin/insight/words")
    page.get_by_role("button", name="无需处理: 打麻将").focus()
    page.keyboard.press("Enter")
    row = page.get_by_role("region", name="已处理").get_by_role("row", name="打麻将")
    expect(row).to_contain_text("无需处理")
    row.get_by_role("button").click()
    expect(page.get_by_role("region", name="待处理").get_by_role("row", name="打麻将")).to_be_visible()


def test_the_hotlines_file_is_tried_and_taken_over(page: Page) -> None:
    page.goto("/admin/insight/topics")
    text = f"年度,类别,件数\n{TODAY.year},{HOSTILE},12\n{TODAY.year},供水,\n{TODAY.year - 1},供水,8\n"
    page.set_input_files(
        "#f-file", {"name": "热线.csv", "mimeType": "text/csv", "buffer": text.encode("gb18030")}
    )
    page.get_by_role("button", name="先试读").click()
    expect(page.get_by_text("1 行不能用")).to_be_visible()
    expect(
        page.get_by_text(f"{TODAY.year} 年:新增 1").or_(page.get_by_text(f"{TODAY.year} 年：新增 1"))
    ).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_role("region", name="热线热点").get_by_role("row")).to_have_count(2)
    page.goto("/admin/insight/topics")


@pytest.mark.parametrize("name", ["x.exe", "../../x.csv", "x.xlsx"])
def test_a_file_that_is_no_table_changes_nothing(desk: RunningDesk, name: str) -> None:
    with desk.client("supervisor") as supervisor:
        answer = supervisor.post(
            "/admin/insight/topics/upload",
            data={"csrftoken": supervisor.csrf},
            files={"file": (name, b"MZ\0\0")},
            headers={"Origin": supervisor.address},
        )
        assert answer.status_code == 409
        nothing = supervisor.submit("/admin/insight/topics/confirm")
        assert nothing.status_code == 409


def test_tables_and_reports_are_taken_away(desk: RunningDesk) -> None:
    with desk.client("supervisor") as supervisor:
        for what in ("looked", "words", "given-up", "opinions"):
            sheet = supervisor.get(f"/admin/insight/export/{what}.csv")
            assert sheet.content.startswith(b"\xef\xbb\xbf"), what
            book = load_workbook(io.BytesIO(supervisor.get(f"/admin/insight/export/{what}.xlsx").content))
            assert book.sheetnames
        assert "出生登记" in supervisor.get("/admin/insight/export/looked.csv?kind=service").content.decode()
        assert supervisor.get("/admin/insight/topics.pdf").content.startswith(b"%PDF-")
        assert load_workbook(io.BytesIO(supervisor.get("/admin/insight/topics.xlsx").content)).sheetnames
        for nothing in ("export/other.csv", "export/looked.pdf", "topics.pdf?year=99", "topics?year=abcd"):
            assert supervisor.get(f"/admin/insight/{nothing}").status_code == 404, nothing
        assert supervisor.get("/admin/insight?from=x").status_code == 409


@pytest.mark.parametrize("words", ["", "x" * 500, HOSTILE])
def test_only_words_that_a_kiosk_keeps_are_taken(desk: RunningDesk, words: str) -> None:
    with desk.client("supervisor") as supervisor:
        answer = supervisor.submit(
            "/admin/insight/words/make", words=words, target="gone", back="//evil.example"
        )
        assert answer.status_code == 409
        answer = supervisor.submit(
            "/admin/insight/words/aside", words="好词", back="//evil.example?x=1&from=a"
        )
        assert answer.headers["location"] == "/admin/insight/words?from=a"
