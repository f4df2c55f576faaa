"""The essentials of a sheet as plain text, for a code that any phone reads without a network. Pure."""

from collections.abc import Iterator

from catalog.sheet.page import Group, Line, Sheet
from catalog.sheet.words import Words

LARGEST = 997
"""Bytes of UTF-8 in a QR code of version 25 at level M (ISO/IEC 18004, table 7): what phones still read well."""


def plain_text(sheet: Sheet, words: Words, largest: int = LARGEST) -> str:
    """Title, papers, windows with hours and phones, in at most `largest` bytes of UTF-8.

    What matters least goes first, and the text says so: notes, then papers needed only in some cases, then hours of
    many windows, then the end of a long list of papers.
    """
    text = ""
    for text in _ever_shorter(sheet, words):
        if len(text.encode()) <= largest:
            return text
    return text.encode()[: largest - 3].decode(errors="ignore") + "…"


def _ever_shorter(sheet: Sheet, words: Words) -> Iterator[str]:
    more = [line for section in sheet.sections for line in section.lines]
    if not sheet.groups:
        yield _text(sheet.title, more, [sheet.edition])
        yield _text(sheet.title, more)
        return
    always = _group(sheet, "bring")
    cases = _group(sheet, "in_case")
    in_case = _list(cases, words("plain-in-case"), words)
    rest = [words("plain-in-case-count", count=len(cases.lines))] if cases.lines else []
    papers = _list(always, words("plain-bring")) or [always.title]
    yield _text(
        sheet.title,
        _list(always, words("plain-bring"), words) or [always.title],
        in_case,
        *_windows(sheet),
        [sheet.checked, sheet.edition],
    )
    yield _text(sheet.title, papers, in_case, *_windows(sheet), [sheet.checked, sheet.edition])
    yield _text(sheet.title, papers, rest, *_windows(sheet), [sheet.edition])
    brief = [[f"{stop.title} {stop.phone}"] for stop in sheet.stops]
    yield _text(sheet.title, papers, rest, *brief)
    cut = words("plain-cut", count=len(always.lines))
    for kept in range(len(always.lines) - 1, 2, -1):
        yield _text(sheet.title, [*papers[: kept + 1], cut], rest, *brief)
    titles = words.join([stop.title for stop in sheet.stops])
    for kept in range(len(always.lines) - 1, 0, -1):
        yield _text(sheet.title, [*papers[: kept + 1], cut], rest, [titles])


def _group(sheet: Sheet, name: str) -> Group:
    """All groups of that name as one; a list with answers in it has several, which may ask for the same paper."""
    found = [group for group in sheet.groups if group.name == name]
    lines = {(line.title, line.amount): line for group in found for line in group.lines}
    return Group(name, found[0].title if found else "", tuple(lines.values()))


def _text(title: str, *blocks: list[str]) -> str:
    return "\n".join(line for block in ([title], *blocks) for line in block if line)


def _list(group: Group, heading: str, noted: Words | None = None) -> list[str]:
    """Numbered lines under their heading, with their notes in the words of `noted`."""
    if not group.lines:
        return []
    return [heading, *(_line(number, line, noted) for number, line in enumerate(group.lines, 1))]


def _line(number: int, line: Line, noted: Words | None) -> str:
    note = noted("plain-note", note=line.note) if noted and line.note else ""
    return " ".join(part for part in (f"{number}.", line.title, line.amount) if part) + note


def _windows(sheet: Sheet) -> list[list[str]]:
    return [[stop.title, stop.hours, stop.phone, stop.does] for stop in sheet.stops]
