"""The page of the search pad."""

from dataclasses import replace

from catalog.records import LifeEvent, Participation, Policy, PublicService
from catalog.search import Hit
from kiosk.pages.asked import RECORDS, Asked, Shown
from screens.participation.page import participation_tile
from screens.reader.policy import policy_tile
from screens.search.page import search_page
from screens.shared.item import Tile
from screens.stage.page import event_tile, service_tile

FOUND = 20
"""Search results on a page."""
KINDS = ("service", "life_event", "policy", "participation")


def search(_: str, asked: Asked) -> Shown:
    """`search`."""
    query, records, words = asked.visit.query.strip(), asked.catalogue, asked.words
    hits = records.store.index.search(query, limit=FOUND, kinds=KINDS) if query else []
    found = [tile for hit in hits if (tile := _found(hit, asked))]
    ordered = sorted(records.events, key=lambda event: (event.audience != "person", event.order, event.id))
    page = search_page(
        asked.visit.query, found, [event_tile(event, words) for event in ordered[:FOUND]], words
    )
    return Shown("search", page, words("search"))


def _found(hit: Hit, asked: Asked) -> Tile | None:
    record = asked.catalogue.store.get(RECORDS[hit.kind], hit.id)
    if record is None:
        return None
    names = {office.id: office.short_title or office.title for office in asked.catalogue.offices}
    if isinstance(record, PublicService):
        tile = service_tile(record, names, asked.words)
    elif isinstance(record, LifeEvent):
        tile = event_tile(record, asked.words)
    elif isinstance(record, Policy):
        tile = policy_tile(record, asked.words)
    elif isinstance(record, Participation):
        tile = participation_tile(record, asked.now.date(), asked.words)
    else:
        return None
    reason = asked.words("search-reason", reason=hit.reason) if hit.reason else ""
    return replace(tile, hint=" · ".join(part for part in (tile.hint, reason) if part))
