"""What stands in a handbook: chapters by stage of life, a service in the first of its stages. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalog.links import host, phone_url
from catalog.records import County, LifeStage, PublicOrganisation, PublicService
from catalog.records.base import Audience
from catalog.sheet.page import Group, Origin, Section, Sheet, Subject, sheet
from catalog.sheet.words import Words, sheet_words
from catalog.wording import Language
from county.opendata.words import text

AUDIENCES: Mapping[str, frozenset[str]] = {
    "person": frozenset({"自然人", "个人", "公民"}),
    "business": frozenset(
        {"法人", "企业", "企业法人", "非法人组织", "其他组织", "个体工商户", "社会组织法人"}
    ),
}
"""Audience → what offices write for it (服务对象)."""
TOGETHER = 20
"""Names in one paragraph of those that stand elsewhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One service on paper. `facts` and `where` are lines; `small` is the small print at its end."""

    id: str
    title: str
    also: str
    facts: str
    where: tuple[str, ...]
    groups: tuple[Group, ...]
    sections: tuple[Section, ...]
    small: str
    url: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stage of life: `names` of all its services in order (id, title), `entries` of those printed here.

    `elsewhere` are paragraphs that name the others.
    """

    title: str
    count: str
    names: tuple[tuple[str, str], ...]
    elsewhere: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A whole handbook; `name` is its title with the county's, `services` how many different ones it has."""

    language: Language
    title: str
    county: str
    name: str
    counts: str
    edition: str
    advice: tuple[str, ...]
    contents: str
    scan: str
    url: str
    notice: str
    services: int
    chapters: tuple[Chapter, ...]


def book(
    audience: Audience,
    language: Language,
    county: County,
    stages: Sequence[LifeStage],
    services: Sequence[PublicService],
    offices: Mapping[str, PublicOrganisation],
    edition: int,
    day: date,
) -> Book:
    """The handbook for an audience; a service belongs to it by its stages of life or by whom it is for."""
    words = sheet_words(language)
    own = sorted((one for one in stages if one.audience == audience), key=lambda one: (one.order, one.id))
    mine = [service for service in services if belongs(service, audience, stages)]
    used = sum(any(one.id in each.life_stages for each in mine) for one in own)
    title = text("book", audience, language)
    name = words.either(county.title, county.title_en)
    advice = (text("book", "newest", language), text("book", "chinese", language) if language == "en" else "")
    return Book(
        language=language,
        title=title,
        county=name,
        name=text("book", "name", language, county=name, title=title),
        counts=text("book", f"counts_{audience}", language, stages=used, services=len(mine)),
        edition=text("book", "edition", language, number=edition, day=f"{day:%Y-%m-%d}"),
        advice=tuple(filter(None, advice)),
        contents=text("book", "contents", language),
        scan=text("book", "whole", language),
        url=f"{county.public_url}/",
        notice=words("demonstration") if county.demonstration else "",
        services=len(mine),
        chapters=_chapters(own, mine, words, lambda one: _entry(one, county, offices, edition, day, words)),
    )


def _chapters(
    stages: Sequence[LifeStage],
    services: Sequence[PublicService],
    words: Words,
    entry: Callable[[PublicService], Entry],
) -> tuple[Chapter, ...]:
    """A chapter for each stage that has services, and one for those of no stage."""
    groups = [
        (words.either(stage.title, stage.title_en), [one for one in services if stage.id in one.life_stages])
        for stage in stages
    ]
    placed = {service.id for _, members in groups for service in members}
    others = [one for one in services if one.id not in placed]
    chapters: list[Chapter] = []
    printed: set[str] = set()
    for title, members in (*groups, (text("book", "other", words.language), others)):
        new = [one for one in members if one.id not in printed]
        if members:
            chapters.append(
                Chapter(
                    title=title,
                    count=text("book", "chapter_count", words.language, count=len(members)),
                    names=tuple((one.id, words.either(one.title, one.title_en)) for one in members),
                    elsewhere=tuple(_elsewhere([one for one in members if one.id in printed], words)),
                    entries=tuple(map(entry, new)),
                )
            )
        printed |= {one.id for one in new}
    return tuple(chapters)


def _elsewhere(services: Sequence[PublicService], words: Words) -> Iterator[str]:
    titles = [words.either(one.title, one.title_en) for one in services]
    for start in range(0, len(titles), TOGETHER):
        names = words.join(titles[start : start + TOGETHER])
        yield text("book", "elsewhere", words.language, names=names)


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
    words: Words,
) -> Entry:
    language = words.language
    address = phone_url(county.public_url, "service", service.id, edition)
    origin = Origin(county, edition, day, host(county.public_url), address, "")
    paper: Sheet = sheet(Subject(service.title, (service,)), origin, words)
    title = words.either(service.title, service.title_en)
    also = words.join([service.title if title != service.title else "", *service.aliases])
    conditions = Section(text("book", "conditions", language), service.requirements)
    return Entry(
        id=service.id,
        title=title,
        also=text("book", "also", language, names=also) if also else "",
        facts="    ".join(f"{label} {value}" for label, value in paper.facts),
        where=tuple("  ".join(filter(None, (stop.title, stop.hours, stop.phone))) for stop in paper.stops),
        groups=tuple(_noted(group, language) for group in paper.groups),
        sections=tuple(one for one in (conditions, *paper.sections) if one.lines),
        small="　".join(filter(None, (*_small(service, offices, words), paper.checked))),
        url=address,
    )


def _small(service: PublicService, offices: Mapping[str, PublicOrganisation], words: Words) -> Iterator[str]:
    language = words.language
    if office := offices.get(service.competent_authority):
        yield text("book", "office", language, office=office.title)
    if service.channel.complaints_phone:
        yield text("book", "complaints", language, phone=service.channel.complaints_phone)
    laws = [f"《{law.title.strip('《》')}》{law.clause}" for law in service.legal_resources]
    if laws:
        yield text("book", "basis", language, laws=words.join(laws))


def _noted(group: Group, language: str) -> Group:
    """The group with its notes in brackets."""
    lines = tuple(
        replace(line, note=text("book", "note", language, note=line.note)) if line.note else line
        for line in group.lines
    )
    return replace(group, lines=lines)
