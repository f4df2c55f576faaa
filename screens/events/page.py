"""The page of all life events of one audience."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import LifeEvent
from catalog.records.base import Audience
from screens.shared.item import Tile
from screens.shared.onward import onward
from screens.shared.words import Words
from screens.stage.page import event_tile


@dataclass(frozen=True, slots=True)
class EventsPage:
    """A title, one line about what this is, and the events."""

    title: str = ""
    text: str = ""
    events: tuple[Tile, ...] = ()


def events_page(audience: Audience, events: Sequence[LifeEvent], words: Words) -> EventsPage:
    """Of all events, those of `audience`."""
    own = sorted((event for event in events if event.audience == audience), key=lambda e: (e.order, e.id))
    if not own:
        return EventsPage(words("all-events"), words("nothing-here"), onward(words))
    tiles = tuple(event_tile(event, words) for event in own)
    return EventsPage(words("all-events"), words("events-text"), tiles)
