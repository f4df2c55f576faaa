"""What supervision says at a glance, and its lists of faults, coverage and freshness."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response

from county.accounts.roles import Role
from county.supervision.entries import Entry, punctual
from county.supervision.faults import SORTS, Fault
from county.supervision.overview import OVERVIEWS, Overview
from county.web.admin.page import Page
from county.web.admin.shell import desk, render, words
from county.web.admin.supervision.paging import leaf

READERS: tuple[Role, ...] = ("supervisor", "approver", "reviewer", "auditor", "administrator")
SOON = timedelta(days=62)
AGES = ("empty", "stale", "soon", "fresh")


def seen(request: Request) -> Overview:
    """The overview at this moment."""
    here = desk(request)
    return OVERVIEWS.get(here.engine, here.clock())


def overview(request: Request) -> Response:
    """The figures."""
    found = seen(request)
    ages = Counter(aged.age for aged in found.ages)
    return render(
        request,
        "supervision/overview.html",
        title=words(request)("supervision.overview"),
        seen=found,
        punctual=punctual(found.states),
        sorts=Counter(fault.sort for fault in found.faults),
        ages=ages,
        coming=_coming(found.entries, found.ground.today)[:8],
        yearly=_yearly(found),
    )


def faults(request: Request) -> Response:
    """The list of faults."""
    found = seen(request)
    sort, office = request.query_params.get("sort", ""), request.query_params.get("organisation", "")
    rows = [fault for fault in found.faults if _wanted(fault, sort, office)]
    return render(
        request,
        "supervision/faults.html",
        title=words(request)("supervision.faults"),
        leaf=leaf(request, rows, "sort", "organisation"),
        sorts=SORTS,
        sort=sort,
        office=office,
        offices=office_choices(found, (fault.organisations for fault in found.faults)),
        titles=found.ground.office_titles,
    )


def coverage(request: Request) -> Response:
    """The figures by organisation or by field."""
    found = seen(request)
    by = "field" if request.query_params.get("by") == "field" else "organisation"
    return render(
        request,
        "supervision/coverage.html",
        title=words(request)("supervision.coverage"),
        rows=found.fields if by == "field" else found.organisations,
        by=by,
        completeness=found.completeness,
    )


def freshness(request: Request) -> Response:
    """How old everything is."""
    found = seen(request)
    age = request.query_params.get("age", "")
    rows = [aged for aged in found.ages if not age or aged.age == age]
    return render(
        request,
        "supervision/freshness.html",
        title=words(request)("supervision.freshness"),
        leaf=leaf(request, rows, "age"),
        ages=AGES,
        age=age,
        titles=found.ground.office_titles,
    )


def office_choices(found: Overview, groups: Iterable[tuple[str, ...]]) -> list[tuple[str, str]]:
    """(key, title) of the organisations that occur in `groups`."""
    keys = {key for group in groups for key in group if key}
    titles = found.ground.office_titles
    return sorted(((key, titles.get(key, key)) for key in keys), key=lambda pair: pair[1])


def _wanted(fault: Fault, sort: str, office: str) -> bool:
    return (not sort or fault.sort == sort) and (not office or office in fault.organisations)


def _coming(entries: Sequence[Entry], today: date) -> list[Entry]:
    """What is not published yet and falls due soon, overdue ones first."""
    waiting = [
        entry
        for entry in entries
        if entry.published is None and entry.due is not None and entry.due.date <= today + SOON
    ]
    return sorted(waiting, key=lambda entry: entry.due.date if entry.due else today)


def _yearly(found: Overview) -> list[tuple[str, str, date]]:
    """What is due once a year: title, basis, the next day."""
    today = found.ground.today
    rules = found.ground.rules.yearly
    days = [(rule, rule.due(today.year)) for rule in rules]
    return [(rule.title, rule.basis, day if day >= today else rule.due(today.year + 1)) for rule, day in days]


PAGES = (
    Page(
        "/supervision",
        overview,
        READERS,
        label="supervision.overview",
        group="supervision",
        icon="fa-solid fa-gauge-high",
    ),
    Page(
        "/supervision/faults",
        faults,
        READERS,
        label="supervision.faults",
        group="supervision",
        icon="fa-solid fa-triangle-exclamation",
    ),
    Page(
        "/supervision/coverage",
        coverage,
        READERS,
        label="supervision.coverage",
        group="supervision",
        icon="fa-solid fa-table-cells",
    ),
    Page(
        "/supervision/freshness",
        freshness,
        READERS,
        label="supervision.freshness",
        group="supervision",
        icon="fa-solid fa-clock-rotate-left",
    ),
)
