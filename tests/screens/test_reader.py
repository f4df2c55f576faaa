"""Long texts, policies, participation and the request guide as values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.calendar import Due
from catalog.records import Interpretation, Participation, Policy, PolicyClause, Question
from catalog.records.county import Feedback
from screens.participation.page import one_participation_page, participation_page, state
from screens.reader.page import INDENT, contents, document, reader_page
from screens.reader.policy import policy_page
from screens.request.page import RequestDesk, request_page
from screens.shared.item import Paragraph, Tile
from screens.shared.words import load_words

ZH, EN = load_words("zh"), load_words("en")
TODAY = date(2026, 11, 22)
LAW = "第一章 总则\n第一条 为了规范公开，制定本办法。\n第二条 适用于本县。\n第二章 办理\n第三条 受理。\n第三章 附则"
POLICY = Policy(
    id="p",
    title="办法",
    issuer="县民政局",
    issued=date(2026, 8, 20),
    expires=date(2026, 11, 22),
    text=LAW,
    clauses=(
        PolicyClause(title="津贴", support="每月 100 元", service="known"),
        PolicyClause(title="餐补", service="gone"),
    ),
    interpretations=(
        Interpretation(
            title="解读",
            questions=(Question(text="乙", answer="二", order=2), Question(text="甲", answer="一", order=1)),
        ),
    ),
)


def texts(blocks: tuple[Paragraph | Tile, ...]) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else block.route for block in blocks]


def test_chapters_are_headings_and_articles_are_indented() -> None:
    looks = [(paragraph.look, paragraph.text[:5].strip()) for paragraph in document(LAW)]
    assert looks[:2] == [("heading", "第一章 总"), ("body", "第一条")]
    assert document("\n 一、总体要求\n　一、发放对象。凡是八十岁的老人。\n")[0].look == "heading"
    assert document("一、发放对象。")[0] == Paragraph(f"{INDENT}一、发放对象。")


def test_the_contents_are_chapters_or_else_articles() -> None:
    assert contents(document(LAW)) == (("第一章 总则", 0), ("第二章 办理", 3), ("第三章 附则", 5))
    articles = contents(document("第一条 总的来说，很好。\n空话。\n第二条 " + "长" * 60))
    assert [(title[:6], number) for title, number in articles] == [("第一条 总的", 0), ("第二条 长长", 2)]
    assert all(len(title) <= 28 for title, _ in articles)


@given(st.text(alphabet="第一二章条、。附件 \n\t\u3000字A1", max_size=200))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    drawn = "".join(paragraph.text for paragraph in document(text))
    assert "".join(drawn.split()) == "".join(text.split())
    assert all(number < len(document(text)) for _, number in contents(document(text)))


@given(st.text(max_size=12))
def test_any_part_of_a_route_shows_the_text(part: str) -> None:
    page = reader_page(
        "policy/p", "原文", (Paragraph("字"),), {"reading": ("解读", (Paragraph("问"),))}, part
    )
    assert page.body
    assert page.aside == (part == "reading")
    assert page.start >= 0


def test_a_policy_has_its_parts_best_first() -> None:
    page = policy_page(POLICY, "", ["known"], TODAY, ZH)
    assert [tab.label for tab in page.tabs] == ["原文", "解读", "能得到什么", "目录"]
    assert [tab.chosen for tab in page.tabs] == [True, False, False, False]
    assert [tab.chosen for tab in page.side_tabs] == [True, False, False]
    assert texts(page.side)[1:] == ["问：甲", "一", "问：乙", "二"]
    assert "2026-08-20" in page.about


def test_what_a_policy_grants_leads_only_to_services_that_are_there() -> None:
    page = policy_page(POLICY, "grants", ["known"], TODAY, ZH)
    assert page.aside
    assert [text for text in texts(page.side) if "/" in text] == ["service/known"]


def test_a_chapter_is_opened_with_the_contents_beside_it() -> None:
    entry = policy_page(POLICY, "contents", [], TODAY, ZH).side[1]
    assert isinstance(entry, Tile)
    page = policy_page(POLICY, entry.route.removeprefix("policy/p/"), [], TODAY, ZH)
    assert (page.start, page.aside) == (3, False)
    assert texts(page.side)[1] == entry.route
    assert policy_page(POLICY, "at/99999999999", [], TODAY, ZH).start == 0


@pytest.mark.parametrize(("today", "warned"), [(TODAY, False), (date(2026, 11, 23), True)])
def test_a_policy_out_of_force_says_so(today: date, warned: bool) -> None:
    assert bool(policy_page(POLICY, "", [], today, ZH).warning) == warned


def draft(record_id: str, kind: str = "意见征集", **given: object) -> Participation:
    return Participation(id=record_id, participation_kind=kind, title=record_id, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (None, None, "open"),
        (TODAY, TODAY, "open"),
        (date(2026, 11, 23), None, "soon"),
        (None, date(2026, 11, 21), "over"),
    ],
)
def test_the_days_decide_whether_one_can_take_part(
    opens: date | None, closes: date | None, said: str
) -> None:
    assert state(draft("a", opens=opens, closes=closes), TODAY) == said


def test_what_closes_first_comes_first_and_what_is_over_last() -> None:
    found = [
        draft("late", closes=date(2026, 12, 9)),
        draft("old", closes=date(2026, 9, 2), feedback=Feedback(received=412, adopted=96)),
        draft("visit", kind="政府开放日"),
        draft("soon", closes=TODAY),
    ]
    rows = participation_page(found, TODAY, ZH).rows
    assert texts(rows) == [
        "正在征求意见",
        "participation/soon",
        "participation/late",
        "政府开放日",
        "participation/visit",
        "已经结束",
        "participation/old",
    ]
    hints = {row.route: row.hint for row in rows if isinstance(row, Tile)}
    assert hints["participation/soon"] == "今天截止"
    assert hints["participation/late"] == "还剩 17 天"
    assert "412" in hints["participation/old"]


def test_nothing_to_take_part_in_says_what_to_do() -> None:
    text, *ways = participation_page([], TODAY, EN).rows
    assert text == Paragraph(EN("participation-none"))
    assert [way.route for way in ways if isinstance(way, Tile)] == ["search", "guide"]


def test_when_all_is_over_it_says_so_before_what_was() -> None:
    old = Participation(id="old", participation_kind="open_day", title="旧", closes=date(2026, 1, 1))
    texts = [row.text for row in participation_page([old], TODAY, EN).rows if isinstance(row, Paragraph)]
    assert texts == [EN("participation-none"), EN("participation-over")]


def test_one_says_how_to_take_part_and_what_came_of_it() -> None:
    one = draft("a", body="正文", how="来信", phone="0000-1", closes=TODAY, feedback=Feedback(received=3))
    page = one_participation_page(one, "how", TODAY, ZH)
    assert [tab.label for tab in page.tabs] == ["内容", "意见采纳情况", "怎么参与"]
    assert {"来信", "0000-1"} <= set(texts(page.side))
    assert one_participation_page(one, "", date(2026, 11, 23), ZH).warning


def test_the_guide_says_when_an_answer_is_due_and_marks_an_estimate() -> None:
    sure = texts(request_page(False, RequestDesk(), Due(date(2026, 12, 18), False), ZH).rows)
    guessed = texts(request_page(False, RequestDesk(), Due(date(2026, 12, 18), True), ZH).rows)
    assert any("12月18日" in text and "预估" not in text for text in sure)
    assert any("12月18日" in text and "预估" in text for text in guessed)
    assert any("20 个工作日" in text for text in sure)
    assert not any("15" in text for text in sure)


def test_the_guide_names_the_window_or_says_where_to_ask() -> None:
    due = Due(TODAY, True)
    named = request_page(False, RequestDesk(window="D12", floor=1, hall="大厅"), due, ZH)
    assert any("D12" in text for text in texts(named.rows))
    assert ZH("request-where-ask") in texts(request_page(False, RequestDesk(), due, ZH).rows)


def test_the_form_is_only_shown() -> None:
    page = request_page(True, RequestDesk(), Due(TODAY, True), EN)
    assert page.form
    assert len(page.boxes) == 5
    assert not any(hasattr(box, "route") for box in page.boxes)
