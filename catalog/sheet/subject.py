"""Which records a sheet is about, read from a store."""

from collections.abc import Iterable

from catalog.codes import Key
from catalog.records import RECORD_TYPES, LifeEvent, PublicService
from catalog.sheet.page import Subject
from catalog.sheet.words import Words
from catalog.store import Store


def subject_of(keys: Iterable[Key], store: Store, words: Words) -> Subject | None:
    """One record under its own title, several as a list; None when the edition has none of them."""
    services: dict[str, PublicService] = {}
    titles, others = [], []
    for kind, record_id in keys:
        record = store.get(RECORD_TYPES[kind], record_id) if kind in RECORD_TYPES else None
        if record is None:
            continue
        title = words.either(getattr(record, "title", record.id), getattr(record, "title_en", ""))
        titles.append(title)
        if isinstance(record, PublicService):
            services[record.id] = record
        elif isinstance(record, LifeEvent):
            services |= {service.id: service for service in store.many(PublicService, record.services)}
        else:
            others.append(title)
    if not titles:
        return None
    if len(titles) == 1:
        return Subject(titles[0], tuple(services.values()))
    return Subject(words("list", count=len(titles)), tuple(services.values()), tuple(others))
