"""What waits for whoever signs in: texts to review with their deadlines, texts that came back, drafts to hand in."""

from dataclasses import dataclass

from sqlalchemy import func, select
from starlette.requests import Request

from county.database.editing import record_summary
from county.database.tables import revision
from county.web.admin.reviewing.queue import REVIEWERS, counts, waiting
from county.web.admin.shell import desk, person, words


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the start page."""

    text: str
    url: str
    urgent: bool = False


def tasks(request: Request) -> tuple[Task, ...]:
    """The lines that are not zero."""
    say, who = words(request), person(request)
    found: list[tuple[str, int, str, bool]] = []
    if who.has(*REVIEWERS):
        number = counts(waiting(request))
        found += [
            ("late", number["late"], "/admin/review?urgency=late", True),
            ("soon", number["soon"], "/admin/review?urgency=soon", False),
            ("mine", number["mine"], "/admin/review", False),
        ]
    if who.has("clerk"):
        states = _own_states(request)
        found += [
            ("returned", states.get("returned", 0), "/admin/review/drafts", True),
            ("draft", states.get("draft", 0), "/admin/review/drafts", False),
        ]
    return tuple(
        Task(say(f"review.task-{name}", count=number), url, urgent)
        for name, number, url, urgent in found
        if number
    )


def _own_states(request: Request) -> dict[str, int]:
    """How many of a person's texts, where nobody wrote a newer one, are in which state."""
    newest = record_summary.c.current == revision.c.number
    with desk(request).engine.connect() as connection:
        rows = connection.execute(
            select(revision.c.state, func.count())
            .join(record_summary, newest)
            .where(revision.c.author == person(request).name)
            .group_by(revision.c.state)
        ).all()
    return dict(row._tuple() for row in rows)
