"""The catalogue in the words of CPSV-AP 3.2 (https://semiceu.github.io/CPSV-AP/releases/3.2.0/).

Services and places have the addresses of their phone pages as IRIs, everything else one below the document's own.
A class that CPSV-AP derives from another is stated with it, since not every reader infers. Working days have no
duration in ISO 8601: they are estimated at seven days for five.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar
from urllib.parse import quote

from catalog.links import PAGES
from catalog.records import (
    Cost,
    County,
    DisclosureField,
    Evidence,
    LifeEvent,
    LifeStage,
    PublicOrganisation,
    PublicService,
    Record,
    TimeLimit,
)
from catalog.text import digest
from county.opendata.files import url
from county.opendata.linked import CHINESE, Node, document, licence, links, node, text, typed

NAME = "cpsv-ap.jsonld"
R = TypeVar("R", bound=Record)


class Of(Protocol):
    """All records of a type, ordered by id."""

    def __call__(self, record_type: type[R]) -> list[R]: ...


CURRENCY = "http://publications.europa.eu/resource/authority/currency/CNY"
_AMOUNT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*元(?!至|-|—|~|到)")
_DURATIONS = {"day": "P{}D", "hour": "PT{}H", "minute": "PT{}M"}
FORMS = {
    "original": "原件",
    "copy": "复印件",
    "original_and_copy": "原件和复印件",
    "electronic": "电子文件",
}


TYPES = (County, PublicOrganisation, LifeStage, DisclosureField, LifeEvent, PublicService)
"""The types of records that stand in the document."""


def cpsv(records: Iterable[Record]) -> bytes:
    """The catalogue of services as one JSON-LD document; records of other types than TYPES are left out.

    Raises ValueError when there is no County among the records.
    """
    by_type: dict[type[Record], list[Record]] = {one: [] for one in TYPES}
    for record in records:
        by_type.get(type(record), []).append(record)

    def of(record_type: type[R]) -> list[R]:
        found = [record for record in by_type[record_type] if isinstance(record, record_type)]
        return sorted(found, key=lambda record: record.id)

    for county in of(County):
        return document(_resolved(list(_Names(county.public_url).nodes(county, of))))
    raise ValueError("no county")


def _resolved(nodes: list[Node]) -> Iterator[Node]:
    """The nodes without references to parts of the document that are not there."""
    prefix = nodes[0]["@id"].partition("#")[0] + "#"
    there = {one["@id"] for one in nodes}
    for one in nodes:
        yield {name: _known(value, prefix, there) for name, value in one.items()}


def _known(value: object, prefix: str, there: set[str]) -> object:
    if not isinstance(value, list):
        return value
    return [
        one
        for one in value
        if not isinstance(one, dict) or not str(one.get("@id", "")).startswith(prefix) or one["@id"] in there
    ]


class _Names:
    """Makes nodes whose IRIs lie below one address."""

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url

    def nodes(self, county: County, of: Of) -> Iterator[Node]:
        services = of(PublicService)
        events = of(LifeEvent)
        known = {service.id for service in services}
        yield from self._county(county)
        offices = {office.id: office for office in of(PublicOrganisation)}
        unknown = {service.competent_authority for service in services} - offices.keys()
        for name in sorted(unknown):
            offices[name] = PublicOrganisation(id=name, title=name)
        for office in offices.values():
            yield from self._organisation(office)
        yield from self._concepts(services, of)
        yield from self._laws(services)
        for event in events:
            yield self._event(event, known)
        groups: dict[str, list[str]] = {}
        for event in events:
            for member in event.services:
                groups.setdefault(member, []).append(event.id)
        for service in services:
            yield from self._service(service, groups.get(service.id, ()))

    def _own(self, kind: str, name: str) -> str:
        return url(self._public_url, f"{NAME}#{kind}-{quote(name, safe='')}")

    def _page(self, kind: str, record_id: str) -> str:
        return f"{self._public_url}/m/{PAGES[kind]}/{quote(record_id)}"

    def _concept(self, scheme: str, word: str) -> str:
        return self._own(scheme, word)

    def _county(self, county: County) -> Iterator[Node]:
        area = self._own("area", "county")
        yield node(
            area,
            ["dct:Location", "http://data.europa.eu/88u/dataset/atu-type"],
            dct_identifier=county.area_code,
            skos_prefLabel=text(county.title, county.title_en),
        )
        terms, stated = licence(county)
        if terms:
            yield node(url(self._public_url, NAME), "foaf:Document", dct_license=terms)
        yield from stated
        yield node(CHINESE, "dct:LinguisticSystem", skos_prefLabel=text("中文", "Chinese"))
        yield node(CURRENCY, "skos:Concept", skos_prefLabel=text("人民币", "Renminbi"))

    def _organisation(self, organisation: PublicOrganisation) -> Iterator[Node]:
        iri = self._own("organisation", organisation.id)
        contact = f"{iri}-contact"
        address = f"{iri}-address"
        yield node(
            iri,
            ["cv:PublicOrganisation", "org:Organization", "foaf:Agent"],
            dct_identifier=organisation.id,
            dct_title=text(organisation.title),
            skos_prefLabel=text(organisation.title),
            skos_altLabel=text(organisation.short_title),
            dct_description=text(organisation.duties),
            dct_spatial=links([self._own("area", "county")]),
            cv_contactPoint=links([contact] if organisation.phone else []),
            locn_address=links([address] if organisation.address else []),
        )
        if organisation.phone:
            yield node(contact, "cv:ContactPoint", cv_telephone=organisation.phone)
        if organisation.address:
            yield node(address, "locn:Address", locn_fullAddress=text(organisation.address))

    def _concepts(self, services: Sequence[PublicService], of: Of) -> Iterator[Node]:
        for stage in of(LifeStage):
            label = text(stage.title, stage.title_en)
            yield node(self._concept("stage", stage.id), "skos:Concept", skos_prefLabel=label)
        for field in of(DisclosureField):
            yield node(self._concept("field", field.id), "skos:Concept", skos_prefLabel=text(field.title))
        used = {
            "audience": {word for service in services for word in service.audiences},
            "type": {service.type for service in services if service.type},
            "mode": {word for service in services for word in _modes(service)},
            "output": {service.output.type for service in services if service.output.type},
            "form": {FORMS[one.form] for service in services for one in service.evidence},
        }
        for scheme, words in used.items():
            for word in sorted(words):
                yield node(self._concept(scheme, word), "skos:Concept", skos_prefLabel=text(word))

    def _laws(self, services: Sequence[PublicService]) -> Iterator[Node]:
        for title in sorted({law.title for service in services for law in service.legal_resources}):
            yield node(self._law(title), "eli:LegalResource", dct_title=text(title))

    def _law(self, title: str) -> str:
        return self._own("law", digest(title.encode())[:16])

    def _event(self, event: LifeEvent, known: set[str]) -> Node:
        kind = "cv:BusinessEvent" if event.audience == "business" else "cv:LifeEvent"
        return node(
            self._page("life_event", event.id),
            [kind, "cv:Event"],
            dct_identifier=event.id,
            dct_title=text(event.title, event.title_en),
            dct_description=text(event.summary),
            dct_type=links(self._concept("stage", stage) for stage in event.life_stages),
            cv_hasRelatedService=links(
                self._page("service", service) for service in event.services if service in known
            ),
        )

    def _service(self, service: PublicService, events: Iterable[str]) -> Iterator[Node]:
        iri = self._page("service", service.id)
        requirements = list(self._requirements(service))
        evidence = [self._evidence(service, number, one) for number, one in enumerate(service.evidence, 1)]
        costs = list(self._costs(service))
        channels = list(self._channels(service))
        output = self._output(service)
        yield node(
            iri,
            "cpsv:PublicService",
            dct_identifier=service.id,
            dct_title=text(service.title, service.title_en),
            dct_description=text(service.description or service.title, service.description_en),
            cv_hasCompetentAuthority=links([self._own("organisation", service.competent_authority)]),
            dcat_keyword=text_all([*service.aliases, *service.keywords]),
            dct_language=links([CHINESE]),
            dct_spatial=links([self._own("area", "county")]),
            dct_audience=links(self._concept("audience", word) for word in service.audiences),
            dct_modified=typed(service.checked_on.isoformat(), "date") if service.checked_on else None,
            cv_thematicArea=links(self._concept("stage", stage) for stage in service.life_stages),
            cv_isClassifiedBy=links([self._concept("type", service.type)] if service.type else []),
            cv_sector=links([self._concept("field", service.field)] if service.field else []),
            cv_processingTime=duration(service.promised_time_limit or service.statutory_time_limit),
            cv_isGroupedBy=links(self._page("life_event", event) for event in events),
            cv_holdsRequirement=links(one["@id"] for one in requirements),
            cpsv_hasInput=links(one["@id"] for one in evidence),
            cpsv_produces=links([output["@id"]] if output else []),
            cv_hasCost=links(one["@id"] for one in costs),
            cv_hasChannel=links(one["@id"] for one in channels if one["@type"] == "cv:Channel"),
            cv_contactPoint=links(one["@id"] for one in channels if one["@type"] == "cv:ContactPoint"),
            cv_hasLegalResource=links(dict.fromkeys(self._law(law.title) for law in service.legal_resources)),
            foaf_page=links([iri]),
        )
        yield from (*requirements, *evidence, *([output] if output else []), *costs, *channels)

    def _requirements(self, service: PublicService) -> Iterator[Node]:
        for number, sentence in enumerate(service.requirements, 1):
            name = f"{service.id}-{number}"
            yield node(
                self._own("requirement", name),
                "cv:Requirement",
                dct_identifier=name,
                dct_title=text(sentence),
            )

    def _evidence(self, service: PublicService, number: int, evidence: Evidence) -> Node:
        name = f"{service.id}-{number}"
        told = "；".join(filter(None, (evidence.only_if, evidence.note, evidence.origin)))
        return node(
            self._own("evidence", name),
            "cv:Evidence",
            dct_identifier=name,
            dct_title=text(evidence.title),
            dct_description=text(told),
            dct_type=links([self._concept("form", FORMS[evidence.form])]),
            dct_language=links([CHINESE]),
        )

    def _output(self, service: PublicService) -> Node | None:
        output = service.output
        if not (output.title or output.type):
            return None
        return node(
            self._own("output", service.id),
            "cv:Output",
            dct_identifier=service.id,
            dct_title=text(output.title or output.type),
            dct_type=links([self._concept("output", output.type)] if output.type else []),
        )

    def _costs(self, service: PublicService) -> Iterator[Node]:
        nothing = (Cost(title="收费", amount="0 元"),) if service.free else ()
        for number, cost in enumerate(service.costs or nothing, 1):
            name = f"{service.id}-{number}"
            stated = _AMOUNT.match(cost.amount)
            yield node(
                self._own("cost", name),
                "cv:Cost",
                dct_identifier=name,
                dct_description=text(f"{cost.title}：{cost.amount}"),
                cv_hasValue=typed(stated[1], "double") if stated else None,
                cv_currency=links([CURRENCY] if stated else []),
            )

    def _channels(self, service: PublicService) -> Iterator[Node]:
        """One channel for each way; the first, at the window, with hours and telephone."""
        hours = self._own("hours", service.id)
        channel = service.channel
        for number, mode in enumerate(_modes(service), 1):
            name = f"{service.id}-{number}"
            here = number == 1
            yield node(
                self._own("channel", name),
                "cv:Channel",
                dct_identifier=name,
                dct_type=links([self._concept("mode", mode)]),
                dct_description=text(channel.address if here else mode),
                cv_ownedBy=links([self._own("organisation", service.competent_authority)]),
                cv_openingHours=links([hours] if here and channel.opening_hours else []),
            )
        if channel.opening_hours:
            yield node(hours, "time:TemporalEntity", dct_description=text(channel.opening_hours))
        if channel.phone:
            yield node(self._own("contact", service.id), "cv:ContactPoint", cv_telephone=channel.phone)


def text_all(words: Iterable[str]) -> list[Node]:
    """Chinese words, each once."""
    return [value for word in dict.fromkeys(words) for value in text(word)]


def duration(limit: TimeLimit | None) -> Node | None:
    """A time limit as an ISO 8601 duration; working days as the calendar days they take at most without holidays."""
    if limit is None:
        return None
    if limit.unit == "on_the_spot":
        return typed("PT0S", "duration")
    if limit.value is None:
        return None
    if limit.unit == "working_day":
        return typed(f"P{math.ceil(limit.value * 7 / 5)}D", "duration")
    return typed(_DURATIONS[limit.unit].format(limit.value), "duration")


def _modes(service: PublicService) -> tuple[str, ...]:
    """The ways in which the service is provided, the one at the window first."""
    modes = dict.fromkeys(service.modes)
    if "窗口" in modes or (service.channel.address and not modes):
        modes = {"窗口": None, **modes}
    return tuple(modes)
