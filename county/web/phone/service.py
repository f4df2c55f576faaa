"""The phone page of one public service."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from catalog.records import Channel, LifeEvent, Place, ProcedureStep, PublicOrganisation, PublicService
from county.web.phone.papers import PaperGroup, paper_groups
from county.web.phone.parts import (
    NO_GUIDE,
    Fact,
    Link,
    Where,
    checked,
    duration,
    maps,
    paragraphs,
    phones,
    place_of,
    questions,
)
from county.web.phone.words import Words

_SHORT_FEE = 10
"""A fee in at most so many characters fits among the facts."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Steps before, during or after; a step is (title, what to do)."""

    title: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ServicePage:
    """What the page of a service shows. Texts are ready to draw."""

    title: str
    other_title: str
    summary: tuple[str, ...]
    tags: tuple[str, ...]
    facts: tuple[Fact, ...]
    papers: tuple[PaperGroup, ...]
    where: Where
    elsewhere: tuple[Link, ...]
    requirements: tuple[str, ...]
    phases: tuple[Phase, ...]
    costs: tuple[tuple[str, str, str], ...]
    output: str
    laws: tuple[str, ...]
    questions: tuple[tuple[str, tuple[str, ...]], ...]
    events: tuple[Link, ...]
    office: str
    checked: str
    guide: Markup


def service_page(
    service: PublicService,
    office: PublicOrganisation | None,
    places: Sequence[Place],
    events: Sequence[LifeEvent],
    words: Words,
    guide: Markup = NO_GUIDE,
) -> ServicePage:
    """`places` and `events` are all of the edition's; those that concern the service are picked.

    `guide` as of phone.guide.
    """
    title = words.pick(service.title, service.title_en)
    home = place_of(service.channel.address, places)
    return ServicePage(
        title=title,
        other_title=service.title if title != service.title else "",
        summary=paragraphs(words.pick(service.description, service.description_en)),
        tags=tuple(words.term(term) for term in (*service.modes, service.scope) if term),
        facts=facts(service, words),
        papers=paper_groups([service], words),
        where=where(service.channel, places, f"/m/service/{service.id}.ics", words),
        elsewhere=tuple(
            Link(place.title, f"/m/place/{place.id}", place.town)
            for place in places
            if service.id in place.services and place is not home
        ),
        requirements=service.requirements,
        phases=_phases(service.steps, words),
        costs=tuple((cost.title, cost.amount, cost.basis) for cost in service.costs),
        output=service.output.title,
        laws=tuple(f"{law.title}{law.clause}" for law in service.legal_resources),
        questions=questions(service.questions),
        events=tuple(
            Link(words.pick(event.title, event.title_en), f"/m/event/{event.id}")
            for event in events
            if service.id in event.services
        ),
        office=office.title if office else "",
        checked=checked(service, words),
        guide=guide,
    )


def facts(service: PublicService, words: Words) -> tuple[Fact, ...]:
    """Time, fee, visits and window, as far as they are known."""
    found = list(time_and_fee(service, words))
    if service.visits is not None:
        count = (
            words("fact.no_visit") if service.visits == 0 else words("fact.visit_count", count=service.visits)
        )
        found.append(Fact(words("fact.visits"), count))
    if window := window_of(service.channel, words):
        found.append(Fact(words("fact.window"), window))
    return tuple(found)


def time_and_fee(service: PublicService, words: Words) -> tuple[Fact, ...]:
    """The promised time, else the statutory one, when there is one; and the fee, as far as it is known."""
    fee = (Fact(words("fact.fee"), _fee(service, words)),) if service.costs or service.free else ()
    limit = service.promised_time_limit or service.statutory_time_limit
    return (Fact(words("fact.time"), duration(limit, words)), *fee) if limit else fee


def window_of(channel: Channel, words: Words) -> str:
    """Floor and window as they stand on the sign; empty when the office names none."""
    if channel.floor is None or not channel.window:
        return channel.window
    return words("where.window", floor=channel.floor, window=channel.window)


def where(channel: Channel, places: Sequence[Place], reminder: str, words: Words) -> Where:
    """Where to go for a channel, with the route when the place is known."""
    place = place_of(channel.address, places)
    return Where(
        title=place.title if place else channel.address,
        address=place.address if place else "",
        window=window_of(channel, words),
        opening_hours=channel.opening_hours,
        phones=phones(channel.phone),
        complaints=phones(channel.complaints_phone),
        maps=maps(place, words) if place else (),
        reminder=reminder,
    )


def _fee(service: PublicService, words: Words) -> str:
    if not service.costs:
        return words("fact.free")
    if len(service.costs) == 1 and len(service.costs[0].amount) <= _SHORT_FEE:
        return service.costs[0].amount
    return words("fact.priced")


def _phases(steps: Sequence[ProcedureStep], words: Words) -> tuple[Phase, ...]:
    order = ("before", "during", "after")
    ranked = sorted(steps, key=lambda step: (order.index(step.phase), step.order))
    return tuple(
        Phase(words(f"phase.{phase}"), tuple(_step(step, words) for step in found))
        for phase, found in groupby(ranked, key=lambda step: step.phase)
    )


def _step(step: ProcedureStep, words: Words) -> tuple[str, str]:
    days = words("time.step", count=step.days) if step.days else ""
    return step.title, words("list.stop").join(filter(None, [step.text.rstrip("。.;；"), days]))
