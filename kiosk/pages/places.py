"""The map of the county, its places, and the plan of the service hall."""

from dataclasses import replace

from catalog.records import Place, PublicService
from kiosk.pages.asked import Asked, Shown, handoff
from screens.floor.page import floor_page
from screens.map.ground import Point
from screens.map.page import (
    distance_text,
    features_page,
    group_page,
    kinds_page,
    map_page,
    parsed,
    zoom_of,
)
from screens.place.page import place_page
from screens.stage.page import service_tile


def map(rest: str, asked: Asked) -> Shown:  # noqa: A001 - named as the route
    """`map`, `map/<kind>`, `map/<kind>/<feature>`, `map/<kind>/<feature>/<zoom>`."""
    records = asked.catalogue
    plan = "floor" if records.plan else ""
    page = map_page(parsed(rest), records.places, records.ground, here(asked), plan, asked.words)
    return Shown("map", page, page.title)


def group(rest: str, asked: Asked) -> Shown | None:
    """`group/<id>+<id>…` and `group/<id>+<id>…/<zoom>`."""
    ids, _, zoom = rest.partition("/")
    places = asked.catalogue.store.many(Place, dict.fromkeys(ids.split("+")))
    if not places:
        return None
    page = group_page(places, zoom_of(zoom), asked.catalogue.ground, here(asked), asked.words)
    return Shown("map", page, page.title)


def map_kinds(rest: str, asked: Asked) -> Shown:
    """`map-kinds/<kind>/<feature>`."""
    page = kinds_page(parsed(rest), asked.catalogue.places, asked.words)
    return Shown("events", page, page.title)


def map_features(rest: str, asked: Asked) -> Shown:
    """`map-features/<kind>/<feature>`."""
    page = features_page(parsed(rest), asked.catalogue.places, asked.words)
    return Shown("events", page, page.title)


def place(rest: str, asked: Asked) -> Shown | None:
    """`place/<id>`."""
    records, words = asked.catalogue, asked.words
    found = records.store.get(Place, rest)
    if found is None:
        return None
    names = {office.id: office.short_title or office.title for office in records.offices}
    services = [service_tile(one, names, words) for one in records.store.many(PublicService, found.services)]
    far = distance_text(found, records.ground, here(asked), words)
    code = replace(
        handoff("place", rest, asked), title=words("scan-to-route"), text=words("scan-to-route-text")
    )
    return Shown("place", place_page(found, far, services, words), found.title, code)


def floor(rest: str, asked: Asked) -> Shown | None:
    """`floor`, `floor/<floor>` and `floor/<floor>/<code>` of a window, zone or facility."""
    number, _, code = rest.partition("/")
    plan, position = asked.catalogue.plan, asked.position
    if plan is None or not plan.floors:
        return None
    here = (position.floor, position.x, position.y) if position.floor else None
    first = here[0] if here and any(f.floor == here[0] for f in plan.floors) else plan.floors[0].floor
    chosen = int(number) if number.isascii() and number.isdigit() else first
    page = floor_page(plan, chosen, code, here, asked.words)
    return Shown("floor", page, asked.words("floor-plan")) if page else None


def here(asked: Asked) -> Point | None:
    """Where the kiosk stands: where its settings say, else at the service hall; None when nobody knows."""
    position, records = asked.position, asked.catalogue
    if position.latitude or position.longitude:
        return records.ground.plane.point(position.longitude, position.latitude)
    hall = records.hall
    return records.ground.plane.point(hall.longitude, hall.latitude) if hall else None
