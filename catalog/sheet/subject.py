"""Which records a sheet is about, read from a store."""

from collections.abc import Iterable

from catalog.codes import Key
from catalog.directory import item_title
from catalog.records import RECORD_TYPES, DisclosureItem, LifeEvent, Policy, PublicService, Record
from catalog.sheet.page import Subject
from catalog.sheet.words import Words
from catalog.store import Store

_TELLING = (
    "document_number",
    "summary",
    "body",
    "place",
    "address",
    "opening_hours",
    "how",
    "deadline_text",
    "disclosing_body",
    "contact",
    "phone",
)
"""Fields of records that are no services which say in words what it is, where, when and how."""
_LONGEST = 300
"""Characters of a field; a whole regulation is for reading on a screen."""


def subject_of(keys: Iterable[Key], store: Store, words: Words) -> Subject | None:
    """One record under its own title, several as a list; None when the edition has none of them."""
    services: dict[str, PublicService] = {}
    titles: list[str] = []
    others: list[tuple[str, ...]] = []
    for kind, record_id in keys:
        record = store.get(RECORD_TYPES[kind], record_id) if kind in RECORD_TYPES else None
        if record is None:
            continue
        title = _title(record, words)
        titles.append(title)
        if isinstance(record, PublicService):
            services[record.id] = record
        elif isinstance(record, LifeEvent):
            services |= {service.id: service for service in store.many(PublicService, record.services)}
        else:
            others.append((title, *_lines(record)))
    if not titles:
        return None
    if len(titles) == 1:
        return Subject(titles[0], tuple(services.values()), tuple(lines[1:] for lines in others))
    return Subject(words("list", count=len(titles)), tuple(services.values()), tuple(others))


def _title(record: Record, words: Words) -> str:
    if isinstance(record, DisclosureItem):
        return item_title(record)
    return words.either(getattr(record, "title", record.id), getattr(record, "title_en", ""))


def _lines(record: Record) -> tuple[str, ...]:
    texts = [str(getattr(record, name, "")).strip() for name in _TELLING]
    if isinstance(record, Policy):
        granted = ((f"{one.title}：{one.support}", one.how, one.contact) for one in record.clauses)
        texts += ["\n".join(filter(None, lines)) for lines in granted]
    return tuple(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……" for text in texts if text)
