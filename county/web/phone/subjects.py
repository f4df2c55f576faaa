"""Which kinds of record have a page, and how each page is put together from a store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from catalog.guided.automatic import automatic
from catalog.guided.towns import towns_of
from catalog.records import (
    Bulletin,
    DisclosureField,
    DisclosureItem,
    FloorPlan,
    GuidedFlow,
    LifeEvent,
    Outline,
    Participation,
    Place,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
)
from catalog.store import Store
from county.web.phone.bulletin import BulletinPage, bulletin_page
from county.web.phone.disclosure import DisclosurePage, disclosure_page
from county.web.phone.event import EventPage, event_page
from county.web.phone.guide import guide
from county.web.phone.participation import ParticipationPage, participation_page
from county.web.phone.parts import NO_GUIDE
from county.web.phone.place import PlacePage, place_page
from county.web.phone.policy import PolicyPage, policy_page
from county.web.phone.service import ServicePage, service_page
from county.web.phone.words import Words

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Subject(Generic[R]):
    """`build` makes the page of a record as of `now` (aware), reading what belongs to it from the store."""

    record_type: type[R]
    build: Callable[[R, Store, datetime, Words], Any]


def _service(service: PublicService, store: Store, now: datetime, words: Words) -> ServicePage:
    office = store.get(PublicOrganisation, service.competent_authority)
    places = store.all(Place)
    flow = automatic(service)
    asked = _guide(flow, {service.id: service}, places, store, words) if flow else NO_GUIDE
    return service_page(service, office, places, store.all(LifeEvent), words, asked)


def _event(event: LifeEvent, store: Store, now: datetime, words: Words) -> EventPage:
    places = store.all(Place)
    flow = store.get(GuidedFlow, event.flow) if event.flow else None
    asked = NO_GUIDE
    if flow:
        named = (service for effect in flow.effects for service in effect.do.include_services)
        services = {service.id: service for service in store.many(PublicService, dict.fromkeys(named))}
        asked = _guide(flow, services, places, store, words)
    return event_page(event, store.many(PublicService, event.services), places, words, asked)


def _guide(
    flow: GuidedFlow,
    services: Mapping[str, PublicService],
    places: Sequence[Place],
    store: Store,
    words: Words,
) -> Markup:
    plan = next(iter(store.all(FloorPlan)), None)
    return guide(flow, services, plan, towns_of(store.all(Outline), places), words)


def _policy(policy: Policy, store: Store, now: datetime, words: Words) -> PolicyPage:
    return policy_page(policy, now.date(), words)


def _place(place: Place, store: Store, now: datetime, words: Words) -> PlacePage:
    return place_page(place, store.many(PublicService, place.services), words)


def _bulletin(bulletin: Bulletin, store: Store, now: datetime, words: Words) -> BulletinPage:
    return bulletin_page(bulletin, now, words)


def _participation(one: Participation, store: Store, now: datetime, words: Words) -> ParticipationPage:
    return participation_page(one, now, words)


def _disclosure(item: DisclosureItem, store: Store, now: datetime, words: Words) -> DisclosurePage:
    field = store.get(DisclosureField, item.field)
    return disclosure_page(item, field, store.all(PublicOrganisation), store.all(PublicService), words)


SUBJECTS: Mapping[str, Subject[Any]] = MappingProxyType(
    {
        "service": Subject(PublicService, _service),
        "event": Subject(LifeEvent, _event),
        "policy": Subject(Policy, _policy),
        "place": Subject(Place, _place),
        "bulletin": Subject(Bulletin, _bulletin),
        "participation": Subject(Participation, _participation),
        "disclosure": Subject(DisclosureItem, _disclosure),
    }
)
"""Part of the address below /m/ (as in catalog.links.PAGES), which is the template's name too → subject."""
