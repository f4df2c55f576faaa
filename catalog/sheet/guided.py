"""The sheet of what guided questions came to, alone or in a list with other things. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from catalog.guided.result import PaperDropped, PaperWanted, Result
from catalog.papers import GROUPS
from catalog.sheet.page import Group, Line, Origin, Section, Sheet, Subject, paper_line, sheet, stop_of
from catalog.sheet.words import Words


def guided_sheet(title: str, result: Result, origin: Origin, words: Words) -> Sheet:
    """The papers that the answers ask for, with the reasons, and the windows in walking order."""
    services = tuple(one.service for one in result.services)
    several = len(services) > 1
    plain = sheet(Subject(title, services), origin, words)
    stops = tuple(
        stop_of(
            stop.channel, [words.either(one.title, one.title_en) for one in stop.services], several, words
        )
        for stop in result.stops
    )
    return replace(
        plain,
        facts=_facts(result, words) if several else plain.facts,
        groups=_groups(result, several, words),
        stops=stops,
        sections=(*_sections(result, words), *plain.sections),
    )


def beside(subject: Subject, words: Words) -> Subject:
    """What stands on a list beside answers, under a title that says so."""
    return replace(subject, title=words("more"))


def joined(sheets: Sequence[Sheet], count: int, words: Words) -> Sheet:
    """Sheets of one origin as one, for `count` entries of a list; of several, groups say what they are for."""
    first = sheets[0]
    if len(sheets) == 1:
        return first
    return replace(
        first,
        title=words("list", count=count),
        facts=(),
        groups=tuple(
            replace(group, title=f"{one.title}\n{group.title}") for one in sheets for group in one.groups
        ),
        stops=tuple(dict.fromkeys(stop for one in sheets for stop in one.stops)),
        sections=tuple(section for one in sheets for section in one.sections),
        checked="",
    )


def _facts(result: Result, words: Words) -> tuple[tuple[str, str], ...]:
    visits = result.visits
    facts = []
    if visits.unknown < len(result.services):
        count = words("visit-count", count=visits.together) if visits.together else words("visit-none")
        facts.append((words("visits"), count))
    if visits.saved:
        facts.append((words("saved"), words("visit-count", count=visits.saved)))
    return tuple(facts)


def _groups(result: Result, several: bool, words: Words) -> tuple[Group, ...]:
    groups = []
    for name in GROUPS:
        lines = tuple(_line(one, several, words) for one in result.papers if one.paper.group == name)
        if lines:
            groups.append(Group(name, words(name), lines))
    if result.services and not any(group.name == "bring" for group in groups):
        groups.insert(0, Group("bring", words("no-papers"), ()))
    return tuple(groups)


def _line(wanted: PaperWanted, several: bool, words: Words) -> Line:
    line = paper_line(wanted.paper, several, words)
    reasons = dict.fromkeys(words.either(reason.text, reason.text_en) for reason in wanted.reasons)
    return replace(line, note=words.join([*reasons, line.note], "stop"))


def _sections(result: Result, words: Words) -> tuple[Section, ...]:
    sections = (
        Section(words("notes"), tuple(words.either(note.text, note.text_en) for note in result.notes)),
        Section(words("not-needed"), tuple(dict.fromkeys(_dropped(one, words) for one in result.dropped))),
        Section(
            words("left-out"),
            tuple(words.either(one.service.title, one.service.title_en) for one in result.left_out),
        ),
    )
    return tuple(section for section in sections if section.lines)


def _dropped(one: PaperDropped, words: Words) -> str:
    why = words.either(one.reason.text, one.reason.text_en)
    return words("because", title=one.title, why=why) if why else one.title
