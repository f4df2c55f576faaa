"""What was looked up, where visitors gave up, and how they rated what they got."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from catalog.outbox import Answers, Rating
from catalog.records import GuidedFlow, Survey
from county.insight import counts
from county.insight.naming import offices, texts, title
from county.insight.opinions import Grades, given, questionnaires, ratings
from county.insight.window import Window
from county.web.admin.insight.shared import READERS, asked
from county.web.admin.page import Page
from county.web.admin.shell import desk, render, words
from county.web.admin.words import Words

KINDS = ("service", "life_event", "life_stage", "policy", "place", "bulletin")
TOTALS = ("page", "act", "language", "mode")
MOST = 6
"""Names of each of TOTALS that are shown."""


def looked_up(request: Request) -> Response:
    """What was looked up, by kind and week."""
    kind = request.query_params.get("kind", "")
    chosen = kind if kind in KINDS else KINDS[0]
    with desk(request).engine.connect() as connection:
        view = asked(request, connection)
        name = title(connection)
        rows = [(name(chosen, one.name), one) for one in counts.looked_up(connection, view.window, chosen)]
        visits = counts.by_week(connection, view.window, "visit")
        whole = counts.totals(connection, view.window, "visit").get("")
        sums = {sort: _sums(connection, view.window, sort, words(request)) for sort in TOTALS}
    return render(
        request,
        "insight/looked.html",
        title=words(request)("insight.looked"),
        view=view,
        kinds=KINDS,
        kind=chosen,
        rows=rows,
        weeks=counts.weeks_of(view.window),
        visits=visits,
        whole=whole,
        sums=sums,
    )


def _sums(connection: Connection, window: Window, sort: str, say: Words) -> list[tuple[str, int]]:
    """What is counted of a sort, in words where there are any."""
    found = counts.totals(connection, window, f"{sort}/")
    return [
        (say.texts.get(f"insight.counted-{sort}-{name}", name), number)
        for name, number in list(found.items())[:MOST]
    ]


def given_up(request: Request) -> Response:
    """At which questions flows were left, and what policy match had no answer for."""
    with desk(request).engine.connect() as connection:
        view = asked(request, connection)
        flows = texts(connection, GuidedFlow)
        left = [
            (flow_title(flows, one.flow), question_text(flows, one.flow, one.question), one.number)
            for one in counts.abandoned(connection, view.window)
        ]
        unmatched = counts.unmatched(connection, view.window)
    return render(
        request,
        "insight/given-up.html",
        title=words(request)("insight.given-up"),
        view=view,
        left=left,
        unmatched=unmatched,
    )


def flow_title(flows: Mapping[str, GuidedFlow], flow: str) -> str:
    """What a flow is called; one that is not known has its id."""
    return flows[flow].title if flow in flows else flow


def question_text(flows: Mapping[str, GuidedFlow], flow: str, question: str) -> str:
    """What a question asks; one that is not known has its id."""
    found = (one.text for one in flows[flow].questions if one.id == question) if flow in flows else iter(())
    return next(found, question)


def opinions(request: Request) -> Response:
    """Ratings and questionnaires."""
    with desk(request).engine.connect() as connection:
        view = asked(request, connection)
        surveys = texts(connection, Survey)
        rows = given(connection, view.window, Rating)
        tables = {by: rated(connection, rows, by) for by in ("all", "month", "office", "service")}
        filled = questionnaires((*given(connection, view.window, Answers), *rows), surveys)
    return render(
        request,
        "insight/opinions.html",
        title=words(request)("insight.opinions"),
        view=view,
        tables=tables,
        filled=filled,
    )


def rated(connection: Connection, rows: Sequence[Rating], by: str) -> list[tuple[str, Grades]]:
    """(title, grades) by all, month, office or service."""
    name, owner = title(connection), offices(connection)
    subjects: Mapping[str, Callable[[Rating], str]] = {
        "all": lambda _: "all",
        "month": lambda rating: rating.day.isoformat()[:7],
        "office": lambda rating: owner.get(rating.about.partition("/")[2], ""),
        "service": lambda rating: (
            rating.about.removeprefix("service/") if rating.about.startswith("service/") else ""
        ),
    }
    found = ratings(rows, texts(connection, Survey), subjects[by])
    if by == "month":
        return [(one.subject, one) for one in sorted(found, key=lambda one: one.subject)]
    kinds = {"office": "organisation", "service": "service"}
    return [(name(kinds[by], one.subject) if by in kinds else one.subject, one) for one in found]


PAGES = (
    Page(
        "/insight",
        looked_up,
        READERS,
        label="insight.looked",
        group="insight",
        icon="fa-solid fa-chart-column",
    ),
    Page(
        "/insight/given-up",
        given_up,
        READERS,
        label="insight.given-up",
        group="insight",
        icon="fa-solid fa-person-walking-arrow-right",
    ),
    Page(
        "/insight/opinions",
        opinions,
        READERS,
        label="insight.opinions",
        group="insight",
        icon="fa-solid fa-star-half-stroke",
    ),
)
