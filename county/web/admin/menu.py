"""The menu: what the person may open, by groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from starlette.requests import Request

from county.web.admin.page import Group, Page
from county.web.admin.shell import words

GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    title: str
    url: str
    icon: str
    active: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the menu that is not empty; its title is empty for what stands before all groups."""

    title: str
    entries: tuple[Entry, ...]


def menu(request: Request, pages: Iterable[Page]) -> tuple[Section, ...]:
    """The menu for whoever sends this request; empty while nobody is signed in."""
    person = request.state.person
    if person is None:
        return ()
    say = words(request)
    found: dict[Group, list[tuple[str, str, str]]] = {group: [] for group in GROUPS}
    for page in pages:
        if page.label and (page.access == "signed_in" or person.has(*page.roles)):
            found[page.group].append((say(page.label), page.url, page.icon))
    here = _here(request.url.path, [url for lines in found.values() for _, url, _ in lines])
    return tuple(
        Section(
            say(f"shell.group-{group}") if group else "",
            tuple(Entry(title, url, icon, url == here) for title, url, icon in lines),
        )
        for group, lines in found.items()
        if lines
    )


def _here(path: str, urls: Sequence[str]) -> str:
    """The longest address that `path` lies below."""
    below = [url for url in urls if path == url or path.startswith(url.rstrip("/") + "/")]
    return max((url for url in below if url != "/admin/" or path == url), key=len, default="")
