"""What stands on a sheet: a value, made of records and words, that paper and plain text are drawn from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from catalog.papers import GROUPS, Paper, merged_papers
from catalog.records import Channel, County, PublicService, TimeLimit
from catalog.sheet.words import Words

_PHASES = ("before", "during", "after")


@dataclass(frozen=True, slots=True)
class Line:
    """One paper: its name, how many, and what else to know."""

    title: str
    amount: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Papers under a heading. `name` is one of catalog.papers.GROUPS; papers of `waived` have no box to tick."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """One window to go to, in words; `does` says which of several services."""

    title: str
    hours: str = ""
    phone: str = ""
    does: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, ready to draw, in the order of reading. Empty texts and sections are left out when drawing.

    `url` goes into the code; `code` is to be typed instead.
    """

    language: str
    kicker: str
    title: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    where: str
    stops: tuple[Stop, ...]
    sections: tuple[Section, ...]
    url: str
    scan: str
    typed: str
    code: str
    checked: str
    edition: str
    notice: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet is about: one service, or several under a title of their own.

    `others` are records that are no services, each as its lines: of a list with its title first.
    """

    title: str
    services: tuple[PublicService, ...]
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose sheet it is, from which edition, and where the same can be read; `code` may be empty."""

    county: County
    edition: int
    day: date
    host: str
    url: str
    code: str


def sheet(subject: Subject, origin: Origin, words: Words) -> Sheet:
    """The sheet of a subject. Steps stand on it only for a single service."""
    services, county = subject.services, origin.county
    alone = services[0] if len(services) == 1 else None
    zone = words.either(county.zone_title, county.zone_title_en)
    return Sheet(
        language=words.language,
        kicker=f"{zone} · {words('kicker')}",
        title=subject.title,
        facts=_facts(alone, words) if alone else (),
        groups=_groups(services, words),
        where=words("where"),
        stops=_stops(services, words),
        sections=(*_steps(alone, words), *_others(subject, words)),
        url=origin.url,
        scan=words("scan"),
        typed=words("type", host=origin.host) if origin.code else "",
        code=origin.code,
        checked=_checked(alone, words) if alone else "",
        edition=words("edition", zone=zone, number=origin.edition, day=origin.day),
        notice=words("demonstration") if county.demonstration else "",
    )


def _facts(service: PublicService, words: Words) -> tuple[tuple[str, str], ...]:
    limit = _limit(service.promised_time_limit or service.statutory_time_limit, words)
    fee = words.join([f"{cost.title} {cost.amount}" for cost in service.costs], "stop")
    fee = fee or (words("free") if service.free else "")
    visits = ""
    if service.visits is not None:
        visits = words("visit-count", count=service.visits) if service.visits else words("visit-none")
    facts = ((words("time"), limit), (words("fee"), fee), (words("visits"), visits))
    return tuple((label, value) for label, value in facts if value)


def _limit(limit: TimeLimit | None, words: Words) -> str:
    if limit is None:
        return ""
    if limit.unit == "on_the_spot":
        return words("on-the-spot")
    return limit.text if limit.value is None else words(f"limit-{limit.unit}", count=limit.value)


def _groups(services: Sequence[PublicService], words: Words) -> tuple[Group, ...]:
    papers = merged_papers(services)
    several = len(services) > 1
    groups = []
    for name in GROUPS:
        lines = tuple(paper_line(paper, several, words) for paper in papers if paper.group == name)
        if lines:
            groups.append(Group(name, words(name), lines))
    if services and not any(group.name == "bring" for group in groups):
        groups.insert(0, Group("bring", words("no-papers"), ()))
    return tuple(groups)


def paper_line(paper: Paper, several: bool, words: Words) -> Line:
    """A paper of a merged list; with `several` it says which services it is for."""
    amount = words.join(
        [
            words("originals", count=paper.originals) if paper.originals else "",
            words("copies", count=paper.copies) if paper.copies else "",
        ]
    )
    if paper.group == "waived":
        return Line(paper.title)
    notes = []
    for _, evidence in paper.needs:
        if evidence.only_if and paper.group == "in_case":
            notes.append(words("only-if", case=evidence.only_if))
        notes.append(evidence.note)
    if several:
        services = [words.either(service.title, service.title_en) for service, _ in paper.needs]
        notes.append(words("for", services=words.join(services)))
    return Line(paper.title, amount, words.join(list(dict.fromkeys(notes)), "stop"))


def _stops(services: Sequence[PublicService], words: Words) -> tuple[Stop, ...]:
    windows: dict[Channel, list[str]] = {}
    for service in sorted(services, key=lambda one: (one.channel.floor or 0, one.channel.window)):
        channel = replace(service.channel, complaints_phone="")
        windows.setdefault(channel, []).append(words.either(service.title, service.title_en))
    stops = [stop_of(channel, titles, len(services) > 1, words) for channel, titles in windows.items()]
    return tuple(stop for stop in stops if stop.title or stop.hours or stop.phone)


def stop_of(channel: Channel, titles: list[str], several: bool, words: Words) -> Stop:
    """A window; of `several` services it says which are done there."""
    return Stop(
        title=window_of(channel, words),
        hours=words("hours", hours=channel.opening_hours) if channel.opening_hours else "",
        phone=words("phone", phone=channel.phone) if channel.phone else "",
        does=words("does", services=words.join(titles)) if several else "",
    )


def window_of(channel: Channel, words: Words) -> str:
    """The office's own line, which names the window, or what is known of it."""
    if channel.address and channel.window in channel.address:
        return channel.address
    if channel.address:
        return words("window", address=channel.address, window=channel.window)
    if channel.window and channel.floor is not None:
        return words("floor-window", floor=channel.floor, window=channel.window)
    return channel.window


def _steps(service: PublicService | None, words: Words) -> tuple[Section, ...]:
    if service is None:
        return ()
    ranked = sorted(service.steps, key=lambda step: (_PHASES.index(step.phase), step.order))
    lines = [
        words("step-text" if step.text else "step", phase=words(step.phase), title=step.title, text=step.text)
        for step in ranked
    ]
    return (Section(words("steps"), tuple(lines)),) if lines else ()


def _others(subject: Subject, words: Words) -> tuple[Section, ...]:
    lines = tuple("\n".join(lines) for lines in subject.others if lines)
    return (Section(words("more") if subject.services else "", lines),) if lines else ()


def _checked(service: PublicService, words: Words) -> str:
    if service.checked_on is None:
        return words("unchecked")
    return words("checked", day=service.checked_on, office=service.checked_by)
