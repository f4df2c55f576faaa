"""What waits for whom, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from catalog.calendar import Due, due
from catalog.records import CalendarYear
from county.accounts.people import Person
from county.clock import local
from county.reviewing.steps import Rules, obstacle, rule_for
from county.reviewing.texts import Text

Urgency = Literal["late", "soon", "later"]
SOON = timedelta(days=1)
"""A text is due soon from the day before its last day."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text in a queue: `obstacle` says why its reader may not review it, empty when they may.

    A deadline that rests on an unconfirmed calendar is estimated and never late.
    """

    text: Text
    due: Due
    urgency: Urgency
    obstacle: str

    @property
    def mine(self) -> bool:
        """Whether the reader of the queue may take the step."""
        return not self.obstacle


def queue(
    texts: Iterable[Text],
    reviewer: Person,
    rules: Rules,
    calendar: Sequence[CalendarYear],
    now: datetime,
) -> list[Waiting]:
    """The texts as `reviewer` sees them: what is theirs first, the most urgent first."""
    today = local(now).date()
    found = [_waiting(text, reviewer, rules, calendar, today) for text in texts]
    return sorted(found, key=lambda each: (not each.mine, each.due.date, each.text.number))


def _waiting(
    text: Text, reviewer: Person, rules: Rules, calendar: Sequence[CalendarYear], today: date
) -> Waiting:
    rule = rule_for(rules, text.owners, text.step)
    last = due(local(text.since).date(), rule.days, calendar)
    reason = obstacle(reviewer, text.step, rule, text.owners, text.writers, text.reviewers)
    return Waiting(text, last, _urgency(last, today), reason)


def _urgency(last: Due, today: date) -> Urgency:
    if last.date < today and not last.estimated:
        return "late"
    return "soon" if last.date - SOON <= today else "later"
