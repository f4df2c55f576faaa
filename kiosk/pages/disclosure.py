"""The disclosure directories."""

from dataclasses import replace

from catalog.directory import Directory, Group, item_title
from catalog.records import DisclosureItem
from kiosk.pages.asked import Asked, Shown
from kiosk.pages.reading import to_take
from screens.disclosure.page import VIEWS, group_page, item_page, overview_page
from screens.reader.policy import policy_tile
from screens.shared.item import Tile
from screens.stage.page import service_tile

RELATED = 4
"""Services, and again policies, below one item."""


def disclosure(rest: str, asked: Asked) -> Shown | None:
    """`disclosure`, `disclosure/<view>`, and below it one field, category, office, level or item."""
    group, _, key = rest.partition("/")
    if group == "item":
        return _item(key, asked)
    found, words = asked.catalogue.directory, asked.words
    view = next((view for view in VIEWS if view == (rest or "fields")), None)
    if view:
        page = overview_page(view, found, words)
        return Shown("disclosure", page, page.title)
    groups: dict[str, dict[str, Group]] = {
        "field": found.fields,
        "category": found.categories,
        "office": found.offices,
        "level": found.levels,
    }
    items = groups.get(group, {}).get(key)
    if items is None:
        return None
    titles = {"field": found.field_titles, "office": found.office_titles}.get(group, {})
    title = titles.get(key, key) or words("level-none")
    return Shown("disclosure", group_page(title, items, found, words), title)


def _item(record_id: str, asked: Asked) -> Shown | None:
    item = asked.catalogue.store.get(DisclosureItem, record_id)
    if item is None:
        return None
    found = asked.catalogue.directory
    page = item_page(
        item, found, [*_services(item, found, asked), *_policies(item, found, asked)], asked.words
    )
    rows = (*to_take("disclosure", record_id, asked), *page.rows)
    return Shown("disclosure", replace(page, rows=rows), item_title(item))


def _services(item: DisclosureItem, found: Directory, asked: Asked) -> list[Tile]:
    """Services of the same field, those of the same office first."""
    offices = found.bodies[item.id]
    names = {office.id: office.short_title or office.title for office in asked.catalogue.offices}
    same = [service for service in asked.catalogue.services if item.field and service.field == item.field]
    same.sort(key=lambda service: (service.competent_authority not in offices, service.id))
    return [service_tile(service, names, asked.words) for service in same[:RELATED]]


def _policies(item: DisclosureItem, found: Directory, asked: Asked) -> list[Tile]:
    """The newest policies of the same offices."""
    issued = dict.fromkeys(
        policy for office in found.bodies[item.id] for policy in found.policies.get(office, ())
    )
    return [policy_tile(policy, asked.words) for policy in list(issued)[:RELATED]]
