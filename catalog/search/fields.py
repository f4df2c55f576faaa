"""Which texts of a record are searched, and how much a match in each is worth."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from catalog.records import (
    Bulletin,
    DisclosureItem,
    EmergencyPlan,
    LifeEvent,
    LifeStage,
    Participation,
    Place,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
    ServicePackage,
)

Field = Literal["title", "alias", "synonym", "keyword", "question", "material", "text"]

WEIGHT: dict[Field, float] = {
    "title": 1.0,
    "alias": 0.85,
    "synonym": 0.9,
    "keyword": 0.5,
    "question": 0.6,
    "material": 0.6,
    "text": 0.6,
}

FIELDS: tuple[Field, ...] = tuple(WEIGHT)
"""The index keeps a field as its place in here."""

FIELD_BITS = 3
FIELD_MASK = (1 << FIELD_BITS) - 1
"""An owner of a text is a document's number, shifted by `FIELD_BITS`, and a field in the bits of `FIELD_MASK`."""

NAMES: frozenset[Field] = frozenset({"title", "alias", "synonym", "keyword", "material"})
"""Fields that are also found by single characters and by their sound."""

KIND_WEIGHT = {
    "service": 1.0,
    "policy": 0.9,
    "place": 0.9,
    "life_event": 0.65,
    "package": 0.7,
    "participation": 0.7,
    "bulletin": 0.7,
    "organisation": 0.7,
    "emergency_plan": 0.6,
    "disclosure": 0.5,
    "life_stage": 0.5,
}
"""How much a kind is what visitors look for; a kind that is not here is not searched."""

Phrase = tuple[Field, str]


def title(record: Record) -> str:
    """The title under which a found record is listed; empty when its kind is not searched."""
    if isinstance(record, DisclosureItem):
        return (
            " ".join(dict.fromkeys(part for part in (record.level2, record.level3) if part)) or record.level1
        )
    return getattr(record, "title", "")


def phrases(record: Record) -> list[Phrase]:
    """The record's own texts. Synonyms are added by the index, which knows what they point to."""
    own = _PHRASES.get(type(record))
    found = [] if own is None else [("title", title(record)), *own(record)]
    return [(field, text) for field, text in found if text]


def _service(service: PublicService) -> Iterator[Phrase]:
    yield "title", service.title_en
    yield from _each("alias", service.aliases)
    yield from _each("keyword", service.keywords)
    yield from _each("material", [evidence.title for evidence in service.evidence])
    yield "material", service.output.title
    yield from _each("question", [question.text for question in service.questions])
    yield "text", service.description
    yield "text", service.description_en
    yield "text", "\n".join(service.requirements)
    yield "text", "\n".join(question.answer for question in service.questions)
    yield "text", "\n".join(f"{e.only_if} {e.note}" for e in service.evidence)
    yield "text", "\n".join(f"{step.title} {step.text}" for step in service.steps)


def _life_event(event: LifeEvent) -> Iterator[Phrase]:
    yield "title", event.title_en
    yield from _each("alias", event.aliases)
    yield "text", event.summary


def _life_stage(stage: LifeStage) -> Iterator[Phrase]:
    yield "title", stage.title_en
    yield "text", stage.hint


def _package(package: ServicePackage) -> Iterator[Phrase]:
    yield "title", package.title_en
    yield "text", package.intro
    yield "text", package.intro_en


def _policy(policy: Policy) -> Iterator[Phrase]:
    yield "alias", policy.document_number
    yield "question", policy.summary
    yield from _each("question", [question.text for i in policy.interpretations for question in i.questions])
    for clause in policy.clauses:
        yield "alias", clause.title
        yield "text", "\n".join((clause.support, *clause.conditions))
    yield "text", policy.text


def _place(place: Place) -> Iterator[Phrase]:
    yield "keyword", place.category
    yield "keyword", place.town
    yield "text", place.address


def _organisation(organisation: PublicOrganisation) -> Iterator[Phrase]:
    yield "alias", organisation.short_title
    yield "text", organisation.duties


def _disclosure(item: DisclosureItem) -> Iterator[Phrase]:
    yield "keyword", item.level1
    yield "text", "\n".join(item.content)


def _bulletin(bulletin: Bulletin) -> Iterator[Phrase]:
    yield "text", bulletin.body


def _participation(participation: Participation) -> Iterator[Phrase]:
    yield "text", participation.summary


def _emergency_plan(plan: EmergencyPlan) -> Iterator[Phrase]:
    yield "keyword", plan.event_type


def _each(field: Field, texts: Sequence[str]) -> Iterator[Phrase]:
    return ((field, text) for text in texts)


_PHRASES: dict[type[Record], Callable[[Any], Iterator[Phrase]]] = {
    PublicService: _service,
    LifeEvent: _life_event,
    LifeStage: _life_stage,
    ServicePackage: _package,
    Policy: _policy,
    Place: _place,
    PublicOrganisation: _organisation,
    DisclosureItem: _disclosure,
    Bulletin: _bulletin,
    Participation: _participation,
    EmergencyPlan: _emergency_plan,
}
