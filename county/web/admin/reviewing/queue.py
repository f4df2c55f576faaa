"""The queue: what waits for a review, mine first, and several at once with one reason."""

from collections import Counter
from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import CalendarYear
from county import revisions
from county.accounts.roles import Role
from county.database.engine import writing
from county.reviewing.queue import Waiting, queue
from county.reviewing.review import review_texts
from county.reviewing.rules import rules
from county.reviewing.steps import STEPS, Verdict
from county.reviewing.texts import submitted
from county.web.admin.entry.again import proven
from county.web.admin.forms import posted, text
from county.web.admin.page import Page
from county.web.admin.records.common import names_of, number_of
from county.web.admin.shell import desk, done, flash, person, render, words

REVIEWERS: tuple[Role, ...] = ("reviewer", "approver")
READERS: tuple[Role, ...] = (*REVIEWERS, "supervisor")
SHOWN = 100
"""Texts on a page."""


def waiting(request: Request) -> list[Waiting]:
    """Every text under review, as whoever sent the request sees it."""
    at = desk(request)
    with at.engine.connect() as connection:
        return queue(
            submitted(connection),
            person(request),
            rules(connection),
            revisions.published_of(connection, CalendarYear),
            at.clock(),
        )


def show(request: Request) -> Response:
    """The queue, filtered as the address says."""
    asked = {name: request.query_params.get(name, "") for name in ("step", "kind", "urgency", "whose", "q")}
    everything = waiting(request)
    found = [each for each in everything if _matches(each, asked)]
    page = min(max(number_of(request.query_params.get("page", "1")), 1), max(1, -(-len(found) // SHOWN)))
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    with desk(request).engine.connect() as connection:
        names = names_of(connection, {each.text.author for each in shown})
    return render(
        request,
        "review/queue.html",
        title=words(request)("review.queue"),
        shown=shown,
        names=names,
        asked=asked,
        counts=counts(everything),
        steps=STEPS,
        kinds=sorted({each.text.kind for each in everything}),
        total=len(found),
        page=page,
        pages=max(1, -(-len(found) // SHOWN)),
        address=lambda **other: "/admin/review?" + urlencode({**asked, **other}),
        may_review=person(request).has(*REVIEWERS),
    )


def counts(found: Sequence[Waiting]) -> Counter[str]:
    """How many are mine, and of those how many are late or due soon."""
    mine = [each for each in found if each.mine]
    return Counter({"mine": len(mine), "all": len(found)}) + Counter(each.urgency for each in mine)


def _matches(each: Waiting, asked: dict[str, str]) -> bool:
    text = each.text
    return (
        asked["step"] in ("", text.step)
        and asked["kind"] in ("", text.kind)
        and asked["urgency"] in ("", each.urgency)
        and (asked["whose"] == "all" or each.mine)
        and asked["q"].strip().lower() in f"{text.title}\n{text.id}".lower()
    )


def finishes(request: Request, form: FormData, numbers: Collection[int]) -> bool:
    """Whether the form approves one of these texts for good."""
    with desk(request).engine.connect() as connection:
        texts = submitted(connection, numbers)
    return form.get("verdict") != "returned" and any(text.step == STEPS[-1] for text in texts)


def _final(request: Request, form: FormData) -> bool:
    return finishes(request, form, _ticked(form))


def _ticked(form: FormData) -> dict[int, str]:
    """Number → the content hash that was read, of every text that was ticked."""
    pairs = (str(value).partition(":") for value in form.getlist("text"))
    return {number_of(number): read for number, _, read in pairs}


def batch(request: Request, form: FormData) -> Response:
    """Review everything that was ticked."""
    wanted = _ticked(form)
    verdict: Verdict = "returned" if form.get("verdict") == "returned" else "approved"
    say = words(request)
    if not wanted:
        flash(request, say("review.none-ticked"), "warning")
        return done(request, "/admin/review")
    at = desk(request)
    with writing(at.engine) as connection:
        declined = review_texts(connection, wanted, verdict, person(request), text(form, "note"), at.clock())
    for each in declined[:5]:
        flash(request, say("review.declined", number=each.number, reason=say.said(each.reason)), "warning")
    if len(declined) > 5:
        flash(request, say("review.more-declined", count=len(declined) - 5), "warning")
    return done(request, "/admin/review", say(f"review.done-{verdict}", count=len(wanted) - len(declined)))


PAGES = (
    Page("/review", show, READERS, label="review.queue", group="review", icon="fa-solid fa-inbox"),
    Page("/review/batch", posted(proven(batch, _final)), REVIEWERS, methods=("POST",)),
)
