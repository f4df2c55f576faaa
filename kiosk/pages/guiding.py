"""Guided questions, their answers, and what comes out of them."""

from dataclasses import dataclass, replace

from catalog.codes import Key
from catalog.guided.engine import asked as asked_of
from catalog.guided.engine import counted, next_question
from catalog.records import LifeEvent, PublicService
from catalog.records.flow import FlowQuestion
from kiosk.pages.asked import Asked, Shown, handoff
from kiosk.visit import ANSWERS
from kiosk.walk import Walk
from kiosk.walks import key_of, outcome, outdated, walk_of
from screens.events.page import EventsPage
from screens.floor.page import window_route
from screens.question.page import Asking, answer_text, question_page, so_far
from screens.result.page import Answered, result_page
from screens.shared.item import Tile

CHANGE = "change"
"""Behind a question whose answer is changed: afterwards only what the change opens is asked."""


def question(rest: str, asked: Asked) -> Shown | None:
    """`question/<kind>/<id>` for the first, `question/<kind>/<id>/<question>` for any that is asked, or `…/change`."""
    here = standing(f"question/{rest}", asked)
    if here is None:
        return None
    walk, words = here.walk, asked.words
    asking = Asking(
        subject="/".join(here.key),
        flow=walk.flow,
        answers=walk.answers,
        towns=asked.catalogue.towns if here.question.kind == "place" else (),
        digits=walk.dates.get(here.question.id, ""),
        this_year=asked.now.year,
        changing=here.changing,
    )
    page = replace(question_page(asking, here.question, words), previous_route=before(here))
    if counted(walk.flow, walk.answers):
        line = so_far(outcome(walk, asked.catalogue), words)
        page = replace(page, so_far_title=words("ask-so-far"), so_far=line)
    if outdated(here.key, walk, asked.visit):
        page = replace(page, warning=words("ask-outdated"))
    return Shown("question", page, words("ask-papers"))


def answers(rest: str, asked: Asked) -> Shown | None:
    """`answers/<kind>/<id>`: every answer, to change one."""
    found = _found(rest, asked)
    if found is None:
        return None
    (kind, record_id), walk, _ = found
    words, subject = asked.words, f"{kind}/{record_id}"
    tiles = [
        Tile(
            words.marked(one.text, one.text_en),
            answer_text(one, walk.answers.get(one.id), words),
            f"question/{subject}/{one.id}/{CHANGE}",
            "pencil",
        )
        for one in asked_of(walk.flow, walk.answers)
    ]
    tiles.append(Tile(words("ask-again"), words("ask-again-hint"), f"do/restart/{subject}", "restart"))
    page = EventsPage(title=words("ask-change"), text=words("ask-change-text"), events=tuple(tiles))
    return Shown("events", page, page.title)


def result(rest: str, asked: Asked) -> Shown | None:
    """`result/<kind>/<id>` and `result/<kind>/<id>/<part>`."""
    found = _found(rest, asked)
    if found is None:
        return None
    key, walk, part = found
    words, outcome_ = asked.words, outcome(walk, asked.catalogue)
    plan = asked.catalogue.plan
    channels = [stop.channel for stop in outcome_.stops]
    floors = [window_route(plan, one.address, one.floor, one.window) for one in channels]
    answered = Answered("/".join(key), walk.flow, counted(walk.flow, walk.answers))
    page = result_page(answered, outcome_, asked.catalogue.offices, floors, part, words)
    if page.papers_title or not outcome_.services:
        page = replace(page, ways=_ways(key, walk, asked))
    return Shown("result", page, page.title, handoff(ANSWERS, "/".join(key), asked))


def ask_tile(key: Key, asked: Asked) -> Tile | None:
    """The way into the questions about a record: to begin, to go on, or to see what came out."""
    walk, words = walk_of(key, asked.catalogue, asked.visit), asked.words
    if walk is None:
        return None
    subject = "/".join(key)
    title = words("ask-papers") if key[0] == "service" else words("ask-event")
    if not walk.answers:
        return Tile(title, words("ask-hint"), f"question/{subject}", "comment-question")
    following = next_question(walk.flow, walk.answers)
    if following is None:
        return Tile(words("ask-see"), words("ask-see-hint"), f"result/{subject}", "clipboard-check")
    route = f"question/{subject}/{following.id}"
    return Tile(words("ask-go-on"), words("ask-go-on-hint"), route, "comment-question")


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that is on the screen, and whether only its answer is being changed."""

    key: Key
    walk: Walk
    question: FlowQuestion
    changing: bool


def standing(route: str, asked: Asked) -> Standing | None:
    """The question that stands on the route; None where there is none."""
    name, _, rest = route.partition("/")
    found = _found(rest, asked) if name == "question" else None
    if found is None:
        return None
    key, walk, question_id = found
    question = _question(walk, question_id)
    return Standing(key, walk, question, rest.endswith(f"/{CHANGE}")) if question else None


def before(here: Standing) -> str:
    """The route of the question before this one; empty for the first, and where only one answer is changed."""
    questions = asked_of(here.walk.flow, here.walk.answers)
    number = questions.index(here.question)
    if not number or here.changing:
        return ""
    return f"question/{'/'.join(here.key)}/{questions[number - 1].id}"


def _found(rest: str, asked: Asked) -> tuple[Key, Walk, str] | None:
    """The record, the walk, and the question or part, which may be empty, that `<kind>/<id>/<question>/…` names."""
    parts = rest.split("/")
    key = key_of("/".join(parts[:2]))
    walk = walk_of(key, asked.catalogue, asked.visit)
    return (key, walk, parts[2] if len(parts) > 2 else "") if walk else None


def _question(walk: Walk, question_id: str) -> FlowQuestion | None:
    """That question if it is asked; without an id the first."""
    questions = asked_of(walk.flow, walk.answers)
    return next((one for one in questions if question_id in ("", one.id)), None)


def _ways(key: Key, walk: Walk, asked: Asked) -> tuple[Tile, ...]:
    """To change an answer, to answer the rest, to the record itself."""
    words, subject = asked.words, "/".join(key)
    record = asked.catalogue.store.get(LifeEvent if key[0] == "life_event" else PublicService, key[1])
    route = f"{'event' if key[0] == 'life_event' else 'service'}/{key[1]}"
    ways = [Tile(words("ask-change"), "", f"answers/{subject}", "pencil")]
    if following := next_question(walk.flow, walk.answers):
        route_on = f"question/{subject}/{following.id}"
        ways.insert(0, Tile(words("ask-go-on"), "", route_on, "comment-question"))
    if record is not None:
        ways.append(Tile(words("result-all"), "", route, "file-document"))
    return tuple(ways)
