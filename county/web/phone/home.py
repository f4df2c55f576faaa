"""The small page at the root: what this site is, and every life and business event."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import LifeEvent
from county.web.phone.parts import Link
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class HomePage:
    """`groups` are (who it is for, links to events)."""

    title: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


def home_page(events: Sequence[LifeEvent], words: Words) -> HomePage:
    """`events` are all of the edition's."""
    ordered = sorted(events, key=lambda event: (event.order, event.id))
    groups = tuple(
        (
            words(f"home.{audience}"),
            tuple(
                Link(words.pick(event.title, event.title_en), f"/m/event/{event.id}")
                for event in ordered
                if event.audience == audience
            ),
        )
        for audience in ("person", "business")
    )
    return HomePage(words("home.title"), tuple(group for group in groups if group[1]))
