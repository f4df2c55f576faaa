"""Questions, answers, rules and conditions are put in order by dragging them, with a mouse and with a finger."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from catalog.records import GuidedFlow, LifeEvent, PublicOrganisation, PublicService
from county.flows import storing
from county.flows.conditions import parts_of
from tests.sample import sample_records
from tests.web.desk import RunningDesk, running_desk

FLOW = next(one for one in sample_records() if isinstance(one, GuidedFlow) and one.id == "flow-family-death")
AROUND = (GuidedFlow, LifeEvent, PublicOrganisation, PublicService)
Hand = Callable[[str, float, float], None]
"""Does `down`, `move` or `up` at a place."""

QUESTIONS = [one.id for one in FLOW.questions]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    records = [one for one in sample_records() if isinstance(one, AROUND)]
    with running_desk(tmp_path_factory.mktemp("dragging"), records) as desk:
        yield desk


@pytest.fixture(params=["mouse", "finger"])
def editor(county: RunningDesk, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The editor of a flow that nobody has touched yet, and what one drags with."""
    county.client("clerk").submit(f"/admin/flows/{FLOW.id}/discard")
    finger = request.param == "finger"
    with county.context(
        browser, "clerk", has_touch=finger, viewport={"width": 1024, "height": 768}
    ) as context:
        page = context.new_page()
        page.goto(f"/admin/flows/{FLOW.id}")
        expect(page.locator("#flow-sound")).to_be_visible()
        yield page
        page.evaluate("document.activeElement.blur()")  # nothing that is kept late reaches the next test
        page.locator("#flow[aria-busy]").wait_for(state="detached")


def centre(page: Page, place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, grip: Locator, onto: Locator, drop: bool = True) -> None:
    """Drag a little beyond the middle of a card, in steps; without `drop`, hold it there."""
    grip.scroll_into_view_if_needed()
    down = centre(page, onto)[1] > centre(page, grip)[1]
    grip.evaluate(f"grip => window.scrollBy(0, grip.getBoundingClientRect().top - ({100 if down else 600}))")
    hand = (_finger if page.evaluate("navigator.maxTouchPoints") else _mouse)(page)
    x, y = centre(page, grip)
    hand("down", x, y)  # from now on nothing on the page changes
    x, y = centre(page, grip)
    by = centre(page, onto)[1] - y + (20 if down else -20)
    for step in range(1, 9):
        hand("move", x, y + by * step / 8)
    if drop:
        hand("up", x, y + by)


def _mouse(page: Page) -> Hand:
    def act(kind: str, x: float, y: float) -> None:
        page.mouse.move(x, y)
        if kind != "move":
            (page.mouse.down if kind == "down" else page.mouse.up)()

    return act


def _finger(page: Page) -> Hand:
    touch, kinds = page.context.new_cdp_session(page), {"down": "Start", "move": "Move", "up": "End"}

    def act(kind: str, x: float, y: float) -> None:
        points = [] if kind == "up" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kinds[kind]}", "touchPoints": points})

    return act


def grips(page: Page, what: str) -> Locator:
    return page.locator(f'[data-drag="{what}"]')


def order(page: Page) -> list[str]:
    found: list[str] = grips(page, "question").evaluate_all("grips => grips.map(g => g.dataset.key)")
    return found


def kept(county: RunningDesk) -> GuidedFlow:
    with county.engine.connect() as connection:
        found = storing.unsaved(connection, FLOW.id, "clerk")
    return found.flow if found else FLOW


def test_a_question_is_dragged_and_the_proof_runs_again(county: RunningDesk, editor: Page) -> None:
    first, second = grips(editor, "question").nth(0), editor.locator(f'[id="card-questions.{QUESTIONS[1]}"]')
    with editor.expect_response("**/work") as answer:
        drag(editor, first, second)
    moved = [QUESTIONS[1], QUESTIONS[0], *QUESTIONS[2:]]
    expect(grips(editor, "question").first).to_have_attribute("data-key", QUESTIONS[1])
    assert order(editor) == moved
    assert 'id="proof-title"' in answer.value.json()["side"]
    assert [one.id for one in kept(county).questions] == moved
    expect(editor.locator("#flow-sound")).to_be_visible()
    editor.click("#flow-undo")
    expect(grips(editor, "question").first).to_have_attribute("data-key", QUESTIONS[0])
    assert kept(county) == FLOW
    editor.click("#flow-redo")
    expect(grips(editor, "question").first).to_have_attribute("data-key", QUESTIONS[1])


def test_an_answer_is_dragged_with_what_is_being_typed(county: RunningDesk, editor: Page) -> None:
    question = next(one for one in FLOW.questions if len(one.options) > 2)
    editor.locator(f'[data-act="open"][data-rest="questions.{question.id}"]').first.click()
    expect(editor.locator("#option-0-text")).to_be_visible()
    editor.fill("#option-0-text", "改过的答案")
    rows = editor.locator(".flow-options > li")
    last = grips(editor, "option").nth(len(question.options) - 1)
    drag(editor, last, rows.first)
    expect(editor.locator("#option-1-text")).to_have_value("改过的答案")
    found = next(one for one in kept(county).questions if one.id == question.id)
    assert [one.id for one in found.options] == [
        one.id for one in (question.options[-1], *question.options[:-1])
    ]


def test_a_rule_is_dragged_and_what_is_put_back_stays(county: RunningDesk, editor: Page) -> None:
    first, second = grips(editor, "rule").nth(0), editor.locator('[id="card-effects.2"]')
    drag(editor, first, second, drop=False)
    expect(editor.locator('[id="card-effects.1"]')).to_have_class(re.compile("flow-dragged"))
    expect(editor.locator(".flow-drop-before, .flow-drop-after")).to_have_count(1)
    editor.keyboard.press("Escape")
    expect(editor.locator(".flow-dragged, .flow-drop-before, .flow-drop-after")).to_have_count(0)
    assert kept(county) == FLOW
    if editor.evaluate("navigator.maxTouchPoints"):
        return
    editor.mouse.up()
    with editor.expect_response("**/work"):
        drag(editor, first, second)
    editor.locator("#flow:not([aria-busy])").wait_for()
    assert kept(county).effects == (FLOW.effects[1], FLOW.effects[0], *FLOW.effects[2:])


def test_a_line_of_a_condition_is_dragged_within_its_block(county: RunningDesk, editor: Page) -> None:
    place, effect = next(
        (number, one)
        for number, one in enumerate(FLOW.effects, 1)
        if one.when and len(parts_of(one.when)) > 1
    )
    editor.locator(f'[data-act="open"][data-rest="effects.{place}"]').first.click()
    expect(grips(editor, "line").first).to_be_visible()
    with editor.expect_response("**/work"):
        drag(editor, grips(editor, "line").nth(0), editor.locator('.flow-rows > [data-at="1"]'))
    editor.locator("#flow:not([aria-busy])").wait_for()
    found = kept(county).effects[place - 1].when
    assert found is not None
    assert effect.when is not None
    first, second, *rest = parts_of(effect.when)
    assert parts_of(found) == (second, first, *rest)
