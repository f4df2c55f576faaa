"""Guided questions written by somebody who does not program, in a real browser."""

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from catalog.records import GuidedFlow
from catalog.text import content_hash
from county.editing import drafting
from county.flows import storing
from tests.sample import sample_records
from tests.web.desk import RunningDesk, running_desk
from tests.web.serves import complaints, grave, too_wide

expect.set_options(timeout=20_000)
FLOWS = [record for record in sample_records() if isinstance(record, GuidedFlow)]
FLOWS_OF = {flow.id: flow for flow in FLOWS}
FLOW = "flow-family-death"
PAPER = "委托书"
SERVICE = "survivor-benefits-employee-pension"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with running_desk(tmp_path_factory.mktemp("county") / "state", sample_records()) as desk:
        yield desk


@pytest.fixture(scope="module")
def tab(county: RunningDesk, browser: Browser) -> Iterator[Page]:
    """A clerk's page, the same for all tests: a new one would read the scripts anew."""
    with county.context(browser, "clerk") as context:
        yield context.new_page()


@pytest.fixture
def editor(county: RunningDesk, tab: Page) -> Iterator[Page]:
    """The editor of a flow that nobody has touched yet, with no error in the browser's console."""
    county.client("clerk").submit(f"/admin/flows/{FLOW}/discard")
    with complaints(tab) as said:
        tab.goto(f"/admin/flows/{FLOW}")
        yield tab
        settle(tab)
    assert [line for line in said if "status of 4" not in line] == []


def quiet(page: Page) -> None:
    """Wait until nothing is under way."""
    expect(page.locator("#flow:not([aria-busy])")).to_be_attached()


def settle(page: Page) -> None:
    """Leave what is being typed, so that nothing is kept later than this."""
    page.evaluate("document.activeElement.blur()")
    page.locator("#flow[aria-busy]").wait_for(state="detached")


def add_question(page: Page, text: str, *options: str) -> None:
    page.click("#question-add")
    page.fill("#question-text", text)
    for number, option in enumerate(options):
        if number:
            page.click("#option-add")
        page.fill(f"#option-{number}-text", option)
    page.get_by_role("button", name="完成").click()
    expect(page.locator("#question-text")).to_have_count(0)


def choose(page: Page, question: str) -> None:
    line = page.locator("#line-question")
    line.select_option(line.get_by_text(question).get_attribute("value"))


def add_condition(page: Page, question: str, option: str) -> None:
    choose(page, question)
    page.get_by_role("group", name="哪些答案").get_by_label(option, exact=True).check()
    page.get_by_role("button", name="用这个条件").click()
    expect(page.locator("#line-question")).to_have_count(0)


def unsaved(county: RunningDesk) -> GuidedFlow | None:
    with county.engine.connect() as connection:
        found = storing.unsaved(connection, FLOW, "clerk")
    return found.flow if found else None


def test_when_somebody_else_comes_an_authorisation_is_needed(county: RunningDesk, editor: Page) -> None:
    expect(editor.locator("#flow-sound")).to_be_visible()
    add_question(editor, "谁来办？", "本人来", "代办人来")
    expect(editor.locator("[data-code=flow-idle-question]")).to_be_visible()
    editor.click("#rule-add")
    add_condition(editor, "谁来办？", "代办人来")
    editor.fill("#flow-search", PAPER)
    editor.locator(f'[data-rest="require_evidence {SERVICE} {PAPER}"]').click()
    editor.fill("#require_evidence-0-reason", "由代办人来办")
    editor.get_by_role("button", name="完成").click()
    expect(editor.locator("#flow-sound")).to_be_visible()
    editor.locator("#flow-try").get_by_label("代办人来").check()
    editor.locator("#flow-try [name=pension]").first.check()
    wanted = editor.locator(f'[data-paper="{PAPER}"]')
    expect(wanted).to_contain_text("由代办人来办")
    editor.fill("#example-title", "别人来办")
    editor.get_by_role("button", name="记成示例").click()
    expect(editor.get_by_text("通过 别人来办")).to_be_visible()
    editor.click("#flow-save")
    expect(editor.get_by_text("已存成草稿")).to_be_visible()
    with county.engine.connect() as connection:
        saved = drafting.current(connection, "flow", FLOW).record
    assert isinstance(saved, GuidedFlow)
    assert saved.questions[-1].text == "谁来办？"
    assert saved.effects[-1].do.require_evidence[0].reason == "由代办人来办"
    assert [example.title for example in saved.examples][-1] == "别人来办"


def test_a_name_typed_while_the_server_works_stays(editor: Page) -> None:
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    editor.locator('[data-act="open"]').first.click()
    expect(editor.locator("form[data-card]")).to_be_visible()
    quiet(editor)
    editor.route("**/work", hold)
    with editor.expect_request("**/work"):
        editor.get_by_role("button", name="完成").click()
    editor.fill("#example-title", "别人来办")
    late[0].continue_()
    editor.unroute("**/work", hold)
    expect(editor.locator("form[data-card]")).to_have_count(0)
    assert editor.input_value("#example-title") == "别人来办"
    expect(editor.locator("#example-title")).to_be_focused()


def test_questions_that_wait_for_each_other_are_named_and_found(editor: Page) -> None:
    first, second = FLOWS_OF[FLOW].questions[:2]
    for here, other in ((first, second), (second, first)):
        editor.locator(f'[data-act="open"][data-rest="questions.{here.id}"]').first.click()
        editor.get_by_role("button", name="加上条件").click()
        editor.locator("#line-question").select_option(other.id)
        editor.locator("#line-value-0").check()
        editor.get_by_role("button", name="用这个条件").click()
        editor.get_by_role("button", name="完成").click()
        quiet(editor)
    loop = editor.locator("[data-code=flow-loop]").first
    expect(loop).to_contain_text("绕成了圈")
    expect(loop).to_contain_text(first.text)
    loop.get_by_role("button", name="去修改").click()
    expect(editor.locator("form[data-card]")).to_be_visible()
    editor.get_by_role("button", name=re.compile("^删条件")).click()
    expect(editor.locator("[data-code=flow-loop]")).to_have_count(0)


def test_a_dead_end_is_named_with_answers_that_lead_there(editor: Page) -> None:
    editor.locator('[data-act="rule-remove"][data-rest="0"]').click()
    flaw = editor.locator("[data-code=flow-empty-result]")
    expect(flaw).to_be_visible()
    flaw.get_by_role("button", name="照这样回答试试").click()
    expect(editor.locator("#flow-outcome")).to_contain_text("要办 0 件事")


def test_undo_redo_and_coming_back(county: RunningDesk, editor: Page) -> None:
    add_question(editor, "要撤销的题", "甲", "乙")
    quiet(editor)
    for _ in range(20):
        if editor.locator("#flow-undo").is_disabled():
            break
        editor.click("#flow-undo")
        quiet(editor)
    expect(editor.get_by_text("要撤销的题")).to_have_count(0)
    assert unsaved(county) is None
    editor.keyboard.press("Control+y")
    quiet(editor)
    while editor.locator("#flow-redo").is_enabled():
        editor.click("#flow-redo")
        quiet(editor)
    expect(editor.get_by_role("heading", name="要撤销的题")).to_be_visible()
    editor.reload()
    expect(editor.get_by_role("heading", name="要撤销的题")).to_be_visible()
    editor.get_by_role("button", name="不要了").click()
    expect(editor.get_by_text("要撤销的题")).to_have_count(0)


COUNTING = """(() => {
  const sent = window.fetch;
  localStorage.parting = 0;
  window.fetch = (where, how) => {
    localStorage.parting = Number(localStorage.parting) + Number(Boolean(how?.keepalive));
    return sent(where, how);
  };
})()"""


def test_a_page_that_is_left_keeps_what_was_typed_and_nothing_else(county: RunningDesk, editor: Page) -> None:
    def partings() -> int:
        """How often the page says something as it is left."""
        editor.evaluate(COUNTING)
        editor.goto("/admin/flows")
        return int(editor.evaluate("localStorage.parting"))

    def questions() -> list[str]:
        found = unsaved(county)
        return [one.text for one in found.questions] if found else []

    editor.click("#question-add")
    quiet(editor)
    editor.fill("#question-text", "没有写完的题")
    assert partings() == 1
    until = time.monotonic() + 20
    while "没有写完的题" not in questions():
        assert time.monotonic() < until
    editor.goto(f"/admin/flows/{FLOW}")
    editor.locator("li.flow-card", has_text="没有写完的题").locator("[data-act=open]").click()
    expect(editor.locator("#question-text")).to_have_value("没有写完的题")
    quiet(editor)
    county.client("clerk").submit(f"/admin/flows/{FLOW}/discard")  # as from another tab
    assert partings() == 0
    assert unsaved(county) is None
    editor.goto(f"/admin/flows/{FLOW}")


def test_what_cannot_be_is_said_and_what_was_typed_stays(county: RunningDesk, editor: Page) -> None:
    editor.click("#question-add")
    editor.fill("#question-text", "几岁？")
    editor.select_option("#question-kind", "number")
    expect(editor.locator("#option-0-text")).to_have_count(0)
    editor.get_by_role("button", name="完成").click()
    editor.click("#rule-add")
    choose(editor, "几岁？")
    editor.fill("#line-lower", "六十")
    editor.get_by_role("button", name="用这个条件").click()
    expect(editor.get_by_role("alert")).to_contain_text("请填整数")
    assert editor.input_value("#line-lower") == "六十"
    editor.fill("#line-lower", "60")
    editor.get_by_role("button", name="用这个条件").click()
    expect(editor.get_by_text("“几岁？”不小于 60")).to_be_visible()
    found = unsaved(county)
    assert found is not None
    assert found.effects[-1].when is not None


def test_everything_can_be_done_with_keys(editor: Page) -> None:
    editor.locator("#question-add").focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("#question-text")).to_be_focused()
    editor.keyboard.press("Control+a")
    editor.keyboard.type("用键盘写的题")
    editor.keyboard.press("Enter")
    quiet(editor)
    expect(editor.locator("#question-text")).to_be_focused()
    editor.get_by_role("button", name="完成").focus()
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("heading", name="用键盘写的题")).to_be_visible()
    editor.locator("#rule-add").focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("#line-question")).to_be_focused()
    editor.keyboard.type(str(editor.locator("[id^='card-questions.']").count()))
    quiet(editor)
    expect(editor.locator("#line-value-0")).to_be_visible()
    editor.locator("#line-value-0").focus()
    editor.keyboard.press("Space")
    editor.get_by_role("button", name="用这个条件").focus()
    editor.keyboard.press("Enter")
    expect(editor.locator(".flow-line").last).to_contain_text("用键盘写的题")


def test_it_fits_and_serves_everybody(editor: Page) -> None:
    for step in ("#question-add", "#rule-add"):
        editor.click(step)
        quiet(editor)
        assert too_wide(editor) == {}
        assert grave(editor) == []


class Form(HTMLParser):
    """The fields of the open card as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._open, self._area, self._select = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in given}
        if tag == "form":
            self._open = "data-card" in told
        elif not self._open:
            return
        elif tag == "input" and "name" in told and told.get("type") != "checkbox":
            self.fields[told["name"]] = [told.get("value", "")]
        elif tag == "textarea":
            self._area = told["name"]
            self.fields[self._area] = [""]
        elif tag == "select":
            self._select = told.get("name", "")
        elif tag == "option" and "selected" in told and self._select:
            self.fields[self._select] = [told["value"]]

    def handle_endtag(self, tag: str) -> None:
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][0] += data


def test_a_flow_that_is_opened_and_left_stays_the_same(county: RunningDesk) -> None:
    client = county.client("clerk")
    headers = {"X-CSRFToken": client.csrf, "Origin": county.address}
    for flow in FLOWS:
        if flow.id == FLOW:
            continue  # others change it here
        places = [f"questions.{one.id}" for one in (flow.questions[0], flow.questions[-1])]
        places += ["effects.1", f"effects.{len(flow.effects)}", "flow"]
        sent = {"document": storing.write_flow(flow), "place": ""}
        fields: dict[str, list[str]] = {}
        for place in places:
            touch = {**sent, "fields": fields, "act": "open", "rest": place}
            told = client.post(f"/admin/flows/{flow.id}/work", json=touch, headers=headers).json()
            sent = {name: told[name] for name in ("document", "place")}
            fields = Form(told["cards"]).fields
            assert fields
        told = client.post(
            f"/admin/flows/{flow.id}/work", json={**sent, "fields": fields, "act": "close"}, headers=headers
        ).json()
        assert content_hash(storing.read_flow(told["document"])) == content_hash(flow)
        with county.engine.connect() as connection:
            assert storing.unsaved(connection, flow.id, "clerk") is None


@pytest.mark.parametrize(
    "touch",
    [
        "",
        "[]",
        '{"document":1}',
        '{"document":"{}"}',
        '{"document":"%s","act":"no-such"}',
        '{"document":"%s","act":"question-up","rest":"gone"}',
        '{"document":"%s","place":"effects.99999","act":"line-put"}',
        '{"document":"%s","place":"questions.gone","act":"show","fields":{"text":["x"]}}',
        '{"document":"%s","act":"join","rest":"all 0.0"}',
    ],
)
def test_what_no_editor_sends_is_refused(county: RunningDesk, touch: str) -> None:
    client = county.client("clerk")
    flow = FLOWS[0]
    body = touch.replace("%s", storing.write_flow(flow).replace("\\", "\\\\").replace('"', '\\"'))
    headers = {"X-CSRFToken": client.csrf, "Origin": county.address}
    answer = client.post(f"/admin/flows/{flow.id}/work", data=body.encode(), headers=headers)
    assert answer.status_code in (400, 409)
    other = client.post(f"/admin/flows/{FLOW}/save", data=body.encode(), headers=headers)
    assert other.status_code in (400, 409)


def test_who_else_writes_is_named(county: RunningDesk, editor: Page) -> None:
    county.add("wang", ["clerk", "supervisor"], "police")
    assert county.client("wang").get(f"/admin/flows/{FLOW}").status_code == 200
    editor.click("#question-add")
    expect(editor.locator("#flow-others")).to_contain_text("wang")


def test_a_flow_is_begun_for_an_event_that_has_none(county: RunningDesk) -> None:
    client = county.client("clerk")
    assert client.submit("/admin/flows", event="no-such").status_code == 409
    events = re.findall(r'<option value="([a-z0-9-]+)">', client.get("/admin/flows").text)
    assert events
    begun = client.submit("/admin/flows", event=events[0])
    assert begun.headers["location"] == f"/admin/flows/flow-{events[0]}"
    assert "已证明没有问题" in client.get(begun.headers["location"]).text
    assert "flow-" + events[0] in client.get("/admin/flows").text
    assert client.submit(f"/admin/flows/flow-{events[0]}/discard").headers["location"] == "/admin/flows"
    assert client.get(f"/admin/flows/flow-{events[0]}").status_code == 404
