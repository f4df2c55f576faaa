"""The attract page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.records import County, LifeEvent, Policy
from screens.shared.words import Words

LINES = 3


@dataclass(frozen=True, slots=True)
class AttractPage:
    """Clock, title, invitation, and two short lists. Texts are ready to draw."""

    clock: str = ""
    day: str = ""
    title: str = ""
    promise: str = ""
    invitation: str = ""
    invitation_other: str = ""
    often_title: str = ""
    often: tuple[str, ...] = ()
    newest_title: str = ""
    newest: tuple[str, ...] = ()
    notice: str = ""


def attract_page(
    county: County,
    events: Sequence[LifeEvent],
    policies: Sequence[Policy],
    now: datetime,
    words: Words,
    other: Words,
) -> AttractPage:
    """`events` and `policies` in any order; `other` is the other language, in which the invitation is repeated."""
    ordered = sorted(events, key=lambda event: (event.order, event.id))
    recent = sorted(
        (p for p in policies if p.issued and p.in_force), key=lambda p: (p.issued, p.id), reverse=True
    )
    return AttractPage(
        clock=f"{now:%H:%M}",
        day=words("full-day", year=now.year, day=words.day(now.date()), weekday=words.weekday(now.date())),
        title=words.either(county.zone_title, county.zone_title_en),
        promise=words("promise"),
        invitation=words("touch-to-start"),
        invitation_other=other("touch-to-start"),
        often_title=words("often") if ordered else "",
        often=tuple(words.either(event.title, event.title_en) for event in ordered[:LINES]),
        newest_title=words("newest") if recent else "",
        newest=tuple(policy.title for policy in recent[:LINES]),
        notice=words("demonstration") if county.demonstration else "",
    )
