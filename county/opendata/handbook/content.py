"""What stands in a handbook: chapters by stage of life, a service in the first of its stages. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.links import host, phone_url
from catalog.records import County, LifeStage, PublicOrganisation, PublicService
from catalog.records.base import Audience
from catalog.sheet.page import Group, Origin, Sheet, Subject, sheet
from catalog.sheet.words import sheet_words
from county.opendata.words import text

LANGUAGE = "zh"
AUDIENCES: Mapping[str, frozenset[str]] = {
    "person": frozenset({"自然人", "个人", "公民"}),
    "business": frozenset(
        {"法人", "企业", "企业法人", "非法人组织", "其他组织", "个体工商户", "社会组织法人"}
    ),
}
"""Audience → what offices write for it (服务对象)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One service on paper. `facts` and `where` are lines; `small` is the small print at its end."""

    id: str
    title: str
    also: str
    facts: str
    where: tuple[str, ...]
    groups: tuple[Group, ...]
    conditions: tuple[str, ...]
    steps: tuple[str, ...]
    small: str
    url: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stage of life: `names` of all its services in order (id, title), `entries` of those printed here."""

    title: str
    names: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A whole handbook; `services` is how many different ones it has."""

    title: str
    county: str
    counts: str
    edition: str
    advice: str
    scan: str
    url: str
    notice: str
    services: int
    chapters: tuple[Chapter, ...]


def book(
    audience: Audience,
    county: County,
    stages: Sequence[LifeStage],
    services: Sequence[PublicService],
    offices: Mapping[str, PublicOrganisation],
    edition: int,
    day: date,
) -> Book:
    """The handbook for an audience; a service belongs to it by its stages of life or by whom it is for."""
    own = sorted((one for one in stages if one.audience == audience), key=lambda one: (one.order, one.id))
    mine = [service for service in services if belongs(service, audience, stages)]
    used = sum(any(one.id in each.life_stages for each in mine) for one in own)
    return Book(
        title=text("book", audience, LANGUAGE),
        county=county.title,
        counts=text("book", f"counts_{audience}", LANGUAGE, stages=used, services=len(mine)),
        edition=text("book", "edition", LANGUAGE, number=edition, day=f"{day:%Y-%m-%d}"),
        advice=text("book", "newest", LANGUAGE),
        scan=text("book", "whole", LANGUAGE),
        url=f"{county.public_url}/",
        notice=sheet_words(LANGUAGE)("demonstration") if county.demonstration else "",
        services=len(mine),
        chapters=_chapters(own, mine, lambda one: _entry(one, county, offices, edition, day)),
    )


def _chapters(
    stages: Sequence[LifeStage], services: Sequence[PublicService], entry: Callable[[PublicService], Entry]
) -> tuple[Chapter, ...]:
    """A chapter for each stage that has services, and one for those of no stage."""
    groups = [(stage.title, [one for one in services if stage.id in one.life_stages]) for stage in stages]
    placed = {service.id for _, members in groups for service in members}
    groups.append((text("book", "other", LANGUAGE), [one for one in services if one.id not in placed]))
    chapters: list[Chapter] = []
    printed: set[str] = set()
    for title, members in groups:
        new = [one for one in members if one.id not in printed]
        printed |= {one.id for one in new}
        if members:
            names = tuple((one.id, one.title) for one in members)
            chapters.append(Chapter(title, names, tuple(map(entry, new))))
    return tuple(chapters)


def belongs(service: PublicService, audience: Audience, stages: Sequence[LifeStage]) -> bool:
    """Whether a service is for an audience. One that nothing says it of is for persons."""
    for_whom = {stage.audience for stage in stages if stage.id in service.life_stages}
    for_whom |= {name for name, words in AUDIENCES.items() if words & set(service.audiences)}  # type: ignore[misc]
    return audience in (for_whom or {"person"})


def _entry(
    service: PublicService,
    county: County,
    offices: Mapping[str, PublicOrganisation],
    edition: int,
    day: date,
) -> Entry:
    words = sheet_words(LANGUAGE)
    address = phone_url(county.public_url, "service", service.id, edition)
    origin = Origin(county, edition, day, host(county.public_url), address, "")
    paper: Sheet = sheet(Subject(service.title, (service,)), origin, words)
    office = offices.get(service.competent_authority)
    small = [text("book", "office", LANGUAGE, office=office.title)] if office else []
    if service.channel.complaints_phone:
        small.append(text("book", "complaints", LANGUAGE, phone=service.channel.complaints_phone))
    laws = "、".join(f"《{law.title.strip('《》')}》{law.clause}" for law in service.legal_resources)
    if laws:
        small.append(text("book", "basis", LANGUAGE, laws=laws))
    small.append(paper.checked)
    return Entry(
        id=service.id,
        title=service.title,
        also=text("book", "also", LANGUAGE, names="、".join(service.aliases)) if service.aliases else "",
        facts="    ".join(f"{label} {value}" for label, value in paper.facts),
        where=tuple("  ".join(filter(None, (stop.title, stop.hours, stop.phone))) for stop in paper.stops),
        groups=paper.groups,
        conditions=service.requirements,
        steps=tuple(line for section in paper.sections for line in section.lines),
        small="　".join(filter(None, small)),
        url=address,
    )
