"""Every route of a catalogue, and what the pages behind them are made of."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from catalog.guided.engine import asked as guided_questions
from catalog.matching import groups, matches
from catalog.records import Participation
from catalog.survey import asked as asked_of
from catalog.survey import is_rating
from kiosk.catalogue import Catalogue
from kiosk.pages.asked import Asked, Shown
from kiosk.pages.matching import AUDIENCES
from kiosk.pages.router import shown
from kiosk.visit import Visit
from kiosk.walks import flow_of
from screens.bulletin.current import ordered
from screens.service.page import PARTS
from screens.shared.words import load_words

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NOTICES = ("accessibility", "unknown")


def asked(catalogue: Catalogue, language: str = "zh", visit: Visit | None = None) -> Asked:
    """A question to the pages at NOW."""
    other = "en" if language == "zh" else "zh"
    visit = visit or Visit(60, 20, language)
    return Asked(catalogue, visit, NOW, load_words(language), load_words(other))


def every_route(catalogue: Catalogue) -> list[str]:
    """One route for every page that the kiosk can show of `catalogue`."""
    routes = [
        "attract",
        "home",
        "home/business",
        "events/person",
        "events/business",
        "basket",
        "search",
        "accessibility",
    ]
    routes += ["staff", "thanks", "thanks/low", "unsaved", "guide", "guide/unkept"]
    routes += ["rating", f"rating/service/{catalogue.services[0].id}", *survey_routes(catalogue)]
    routes += [f"notice/{name}" for name in NOTICES]
    routes += guided_routes(catalogue)
    routes += ["bulletins", *(f"bulletin/{one.id}" for one in ordered(catalogue.bulletins, NOW))]
    routes += match_routes(catalogue)
    routes += [f"stage/{stage.id}" for stage in catalogue.stages]
    routes += [
        *reading_routes(catalogue),
        *disclosure_routes(catalogue),
        "request-guide",
        "request-guide/form",
    ]
    for event in catalogue.events:
        routes += [f"event/{event.id}", f"handoff/life_event/{event.id}"]
    for service in catalogue.services:
        routes += [f"service/{service.id}", f"handoff/service/{service.id}"]
        routes += [f"service/{service.id}/{part}" for part in PARTS[1:]]
    return [*routes, *map_routes(catalogue), f"handoff/service/{catalogue.services[0].id}/text"]


def map_routes(catalogue: Catalogue) -> list[str]:
    """The map by every kind and feature, crowds, places, and every window, zone and facility of the hall."""
    places = catalogue.places
    routes = ["map", "map/all/all/2", "map-kinds/all/all", "map-features/all/all", "floor"]
    routes += [f"map/{kind}" for kind in {place.category for place in places}]
    routes += [f"map/all/{feature}" for feature in {f for place in places for f in place.accessibility}]
    routes += [f"group/{'+'.join(place.id for place in places[:5])}", f"group/{places[0].id}/1"]
    for place in places:
        routes += [f"place/{place.id}", f"handoff/place/{place.id}"]
    if plan := catalogue.plan:
        routes += [f"floor/{zone.floor}/{zone.code}" for zone in plan.zones]
        routes += [f"floor/{window.floor}/{window.code}" for window in plan.windows]
        routes += [f"floor/{one.floor}/{one.id}" for one in plan.facilities]
    return routes


def reading_routes(catalogue: Catalogue) -> list[str]:
    """Policies and participation; of the first one all parts, and a place in the middle of its text."""
    kinds = {"policy": catalogue.policies, "participation": catalogue.store.all(Participation)}
    routes = ["participation"]
    for kind, records in kinds.items():
        for record in records:
            routes.append(f"{kind}/{record.id}")
        first = f"{kind}/{records[0].id}"
        routes += [f"{first}{part}" for part in ("/reading", "/contents", "/how", "/at/2")] + [
            f"handoff/{first}"
        ]
    return routes


def match_routes(catalogue: Catalogue) -> list[str]:
    """Every question of policy match, the result without answers, and every clause in force."""
    routes = []
    for audience in AUDIENCES:
        asked_for = groups(catalogue.policies, catalogue.tags, audience, NOW.date())
        routes += [f"match/{audience}/{number}" for number in range(1, len(asked_for) + 1)]
        routes += [f"matched/{audience}", f"matched/{audience}/answers"]
        found = matches(catalogue.policies, catalogue.tags, {}, audience, NOW.date())
        routes += [f"clause/{audience}/{one.policy.id}/{one.number}" for one in found]
    return ["match", *routes]


def disclosure_routes(catalogue: Catalogue) -> list[str]:
    """Every view and group of the directories and every twelfth item."""
    found = catalogue.directory
    groups = {
        "field": found.fields,
        "category": found.categories,
        "office": found.offices,
        "level": found.levels,
    }
    routes = ["disclosure", "disclosure/offices", "disclosure/levels"]
    routes += [f"disclosure/{name}/{key}" for name, keys in groups.items() for key in keys]
    return routes + [f"disclosure/item/{item.id}" for item in found.items[::12]]


def guided_routes(catalogue: Catalogue) -> list[str]:
    """The questions of every flow that no answer is needed for, answers and results; of one service, too."""
    routes = []
    about = [("life_event", event.id) for event in catalogue.events]
    own = (("service", service.id) for service in catalogue.services)
    for key in (*about, next(key for key in own if flow_of(key, catalogue))):
        if flow := flow_of(key, catalogue):
            subject = "/".join(key)
            routes += [f"question/{subject}/{one.id}" for one in guided_questions(flow, {})]
            routes += [f"question/{subject}", f"answers/{subject}", f"result/{subject}"]
    return [*routes, f"handoff/answers/{subject}"]


def survey_routes(catalogue: Catalogue) -> list[str]:
    """Every question that no answer is needed for."""
    surveys = [survey for survey in catalogue.surveys if not is_rating(survey)]
    return [f"survey/{s.id}/{question.id}" for s in surveys for question in asked_of(s, {})]


def values(value: Any, name: str = "") -> Iterator[tuple[str, object]]:
    """Every leaf of a page with the name of the field that holds it; of a code, which has a thousand, none."""
    if inside := _fields(value.__class__):
        for field in inside:
            yield from values(getattr(value, field), field)
    elif name == "matrix":
        return
    elif isinstance(value, tuple):
        for part in value:
            yield from values(part, name)
    else:
        yield name, value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def texts(found: Shown) -> set[str]:
    """All texts of a page."""
    return {value for _, value in values(found.page) if isinstance(value, str) and value}


def icons(found: Shown) -> set[str]:
    """The names of all icons of a page and of its hand-off."""
    leaves = [*values(found.page), *values(found.handoff)]
    return {str(value) for name, value in leaves if name.endswith("icon") and value}


def ways_on(route: str, question: Asked) -> set[str]:
    """Where one touch on the page behind `route` leads, bars left out."""
    leaves = values(shown(route, question).page)
    audiences = {"home", "home/business"} if route.split("/")[0] == "home" else set()
    return audiences | {str(value) for name, value in leaves if name.endswith("route") and value}
