"""A reminder for the phone's calendar, as iCalendar text (RFC 5545)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from catalog.records import CalendarYear
from county.web.phone.event import EventPage
from county.web.phone.papers import PaperGroup
from county.web.phone.parts import Where
from county.web.phone.service import ServicePage
from county.web.phone.words import Words

_LINE = 72
"""Octets after which a line is folded; the limit is 75."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """An entry for a whole `day`, with an alarm the evening before."""

    uid: str
    title: str
    day: date
    location: str
    description: str
    url: str


def service_reminder(page: ServicePage, day: date, url: str, words: Words) -> Reminder:
    """To go and do one service."""
    return Reminder(
        uid=url,
        title=words("reminder.title", title=page.title),
        day=day,
        location=_location(page.where, words),
        description=_description(page.papers, page.where, words),
        url=url,
    )


def event_reminder(page: EventPage, day: date, url: str, words: Words) -> Reminder:
    """To go and do the services of an event, beginning in its first building."""
    first = page.buildings[0].where if page.buildings else None
    return Reminder(
        uid=url,
        title=words("reminder.title", title=page.title),
        day=day,
        location=_location(first, words) if first else "",
        description=_description(page.papers, first, words),
        url=url,
    )


def next_working_day(today: date, years: Sequence[CalendarYear]) -> date:
    """The first working day after `today`, after the years' lists; weekdays where there is no list."""
    holidays = {day for year in years for day in year.holidays}
    working_weekends = {day for year in years for day in year.working_weekends}
    day = today + timedelta(days=1)
    while day in holidays or (day.weekday() >= 5 and day not in working_weekends):
        day += timedelta(days=1)
    return day


def calendar(reminder: Reminder, stamp: datetime) -> str:
    """The reminder as a calendar file; `stamp` (UTC) is when it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OpenHall//phone page//ZH",
        "BEGIN:VEVENT",
        f"UID:{_text(reminder.uid)}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{reminder.day:%Y%m%d}",
        f"SUMMARY:{_text(reminder.title)}",
        f"LOCATION:{_text(reminder.location)}",
        f"DESCRIPTION:{_text(reminder.description)}",
        f"URL:{reminder.url}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(reminder.title)}",
        "TRIGGER:-PT4H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_fold(line) + "\r\n" for line in lines)


def _location(where: Where, words: Words) -> str:
    return words("list.space").join(filter(None, [where.title, where.window, where.address]))


def _description(groups: Sequence[PaperGroup], where: Where | None, words: Words) -> str:
    lines = []
    for group in groups:
        if group.name == "bring":
            lines += [group.title, *(f"□ {paper.title} {paper.form}" for paper in group.papers)]
    if where is not None:
        lines += [where.opening_hours, *(phone.label for phone in where.phones)]
    return "\n".join(filter(None, [*lines, words("reminder.move")]))


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _fold(line: str) -> str:
    """Break a line so that no part is longer than the limit and no character is cut."""
    parts, part, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LINE:
            parts.append(part)
            part, size = "", 0
        part += character
        size += width
    return "\r\n ".join([*parts, part])
