"""Route → page: which screen shows a route, what is on it, and where it stands in the trail.

A route is text: `home`, `home/business`, `stage/<id>`, `event/<id>`, `events/<audience>`, `service/<id>`,
`service/<id>/<part>`, `handoff/<kind>/<id>`, `basket`, `search`, `bulletin/<id>`, `notice/<name>`, `attract`.
A route that leads nowhere shows a notice, never nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from catalog.links import host, phone_url
from catalog.records import Bulletin, LifeEvent, LifeStage, PublicService
from catalog.records.base import Audience
from catalog.search import Hit
from kiosk.catalogue import Catalogue
from kiosk.handoff import qr_matrix
from kiosk.visit import Visit
from screens.attract.page import attract_page
from screens.basket.page import basket_page
from screens.event.page import event_page
from screens.events.page import events_page
from screens.handoff.page import handoff_page
from screens.home.page import home_page
from screens.notice.page import NoticePage, bulletin_page
from screens.search.page import search_page
from screens.service.page import service_page
from screens.shared.item import Handoff, Tile
from screens.shared.words import Words
from screens.stage.page import event_tile, service_tile, stage_page

ICONS = {
    "guide": "hand-wave",
    "accessibility": "human-handsup",
    "policy-match": "text-box-check",
    "map": "map-marker-radius",
    "disclosure": "book-open-variant",
    "request-guide": "file-question",
}
FOUND = 20
"""Search results on a page."""

RECORDS: dict[str, type[PublicService] | type[LifeEvent]] = {
    "service": PublicService,
    "life_event": LifeEvent,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The name of the screen and what it shows; `title` is its name in the breadcrumb."""

    screen: str
    page: Any
    title: str = ""
    handoff: Handoff | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a page depends on besides its route."""

    catalogue: Catalogue
    visit: Visit
    now: datetime
    words: Words
    other: Words


def shown(route: str, asked: Asked) -> Shown:
    """What the kiosk shows for `route`."""
    name, _, rest = route.partition("/")
    view = _VIEWS.get(name)
    found = view(rest, asked) if view else None
    if found is None:
        found = notice("unknown", asked)
    assert found is not None
    return found


def waiting(words: Words) -> Shown:
    """What the kiosk shows while there is no edition."""
    title = words("notice-waiting-title")
    text = words("notice-waiting-text", desk=words("desk"))
    return Shown("notice", NoticePage(icon="timer-sand", title=title, text=text), title)


def notice(name: str, asked: Asked) -> Shown | None:
    """The notice called `name`, or None."""
    words = asked.words
    try:
        title = words(f"notice-{name}-title")
        text = words(f"notice-{name}-text", desk=desk(asked))
    except KeyError:
        return None
    page = NoticePage(ICONS.get(name, "information"), title, text, words("to-home"), "home")
    return Shown("notice", page, title)


def desk(asked: Asked) -> str:
    """Where the guide desk is, in words."""
    found = asked.catalogue.guide_desk
    return asked.words("desk-where", floor=found[0], title=found[1]) if found else asked.words("desk")


def handoff(kind: str, record_id: str, asked: Asked) -> Handoff:
    """The code of one record, and its buttons. Empty when the county has no address."""
    county, words = asked.catalogue.county, asked.words
    if county is None:
        return Handoff()
    url = phone_url(county.public_url, kind, record_id, asked.catalogue.manifest.edition)
    chosen = asked.visit.has_chosen(kind, record_id)
    return Handoff(
        url=url,
        matrix=qr_matrix(url),
        host=host(county.public_url),
        title=words("scan-to-take"),
        text=words("scan-text"),
        choose_label=words("in-basket" if chosen else "add-to-basket"),
        choose_icon="playlist-check" if chosen else "playlist-plus",
        choose_route=f"do/choose/{kind}/{record_id}",
        larger_label=words("larger-code"),
        larger_route=f"handoff/{kind}/{record_id}",
    )


def _attract(_: str, asked: Asked) -> Shown | None:
    county = asked.catalogue.county
    if county is None:
        return None
    records = asked.catalogue
    return Shown(
        "attract", attract_page(county, records.events, records.policies, asked.now, asked.words, asked.other)
    )


def _home(rest: str, asked: Asked) -> Shown:
    audience: Audience = "business" if rest == "business" else "person"
    page = home_page(audience, asked.catalogue.stages, asked.catalogue.bulletins, asked.now, asked.words)
    return Shown("home", page, asked.words("home"))


def _stage(rest: str, asked: Asked) -> Shown | None:
    records = asked.catalogue
    stage = records.store.get(LifeStage, rest)
    if stage is None:
        return None
    page = stage_page(stage, records.events, records.services, records.offices, asked.words)
    return Shown("stage", page, page.title)


def _events(rest: str, asked: Asked) -> Shown:
    page = events_page("business" if rest == "business" else "person", asked.catalogue.events, asked.words)
    return Shown("events", page, page.title)


def _event(rest: str, asked: Asked) -> Shown | None:
    store = asked.catalogue.store
    event = store.get(LifeEvent, rest)
    if event is None:
        return None
    page = event_page(event, store.many(PublicService, event.services), asked.catalogue.offices, asked.words)
    return Shown("event", page, page.title, handoff("life_event", rest, asked))


def _service(rest: str, asked: Asked) -> Shown | None:
    record_id, _, part = rest.partition("/")
    store = asked.catalogue.store
    service = store.get(PublicService, record_id)
    if service is None:
        return None
    office = next((o for o in asked.catalogue.offices if o.id == service.competent_authority), None)
    page = service_page(service, office, part, asked.words, asked.now.date())
    return Shown("service", page, page.title, handoff("service", record_id, asked))


def _handoff(rest: str, asked: Asked) -> Shown | None:
    kind, _, record_id = rest.partition("/")
    tile = _choice(kind, record_id, asked)
    if tile is None:
        return None
    page = handoff_page(tile.title, handoff(kind, record_id, asked), desk(asked), asked.words)
    return Shown("handoff", page, page.title)


def _basket(_: str, asked: Asked) -> Shown:
    tiles = [tile for choice in asked.visit.choices if (tile := _choice(*choice, asked))]
    page = basket_page(tiles, asked.words)
    return Shown("basket", page, page.title)


def _choice(kind: str, record_id: str, asked: Asked) -> Tile | None:
    record_type = RECORDS.get(kind)
    record = asked.catalogue.store.get(record_type, record_id) if record_type else None
    if record is None:
        return None
    title = asked.words.either(record.title, record.title_en)
    return Tile(title, "", f"handoff/{kind}/{record_id}", "qrcode")


def _bulletin(rest: str, asked: Asked) -> Shown | None:
    bulletin = asked.catalogue.store.get(Bulletin, rest)
    if bulletin is None:
        return None
    page = bulletin_page(bulletin, asked.words)
    return Shown("notice", page, asked.words("bulletin"))


def _search(_: str, asked: Asked) -> Shown:
    query, records, words = asked.visit.query.strip(), asked.catalogue, asked.words
    hits = records.store.index.search(query, limit=FOUND, kinds=("service", "life_event")) if query else []
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
    else:
        tile = event_tile(record, asked.words)
    reason = asked.words("search-reason", reason=hit.reason) if hit.reason else ""
    return replace(tile, hint=" · ".join(part for part in (tile.hint, reason) if part))


_VIEWS = {
    "attract": _attract,
    "home": _home,
    "stage": _stage,
    "events": _events,
    "event": _event,
    "service": _service,
    "handoff": _handoff,
    "basket": _basket,
    "search": _search,
    "bulletin": _bulletin,
    "notice": notice,
}
