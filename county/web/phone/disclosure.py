"""The phone page of one entry of the disclosure directories (公开目录)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from catalog.directory import bodies, item_title
from catalog.offices import Offices
from catalog.records import DisclosureField, DisclosureItem, PublicOrganisation, PublicService
from county.web.phone.parts import Fact, Link, checked, phones
from county.web.phone.words import Words

_RELATED = 6
"""Services of the same field that are shown below an entry."""


@dataclass(frozen=True, slots=True)
class DisclosurePage:
    """What the page of an entry shows. Texts are ready to draw; `phones` are those of the offices that publish it."""

    title: str
    kicker: str
    facts: tuple[Fact, ...]
    content: tuple[str, ...]
    basis: tuple[str, ...]
    particulars: tuple[tuple[str, str], ...]
    link: str
    phones: tuple[Link, ...]
    related: tuple[Link, ...]
    directories: tuple[Link, ...]
    checked: str


def disclosure_page(
    item: DisclosureItem,
    field: DisclosureField | None,
    organisations: Sequence[PublicOrganisation],
    services: Sequence[PublicService],
    words: Words,
) -> DisclosurePage:
    """`organisations` and `services` are all of the edition's; those that concern the entry are picked."""
    offices = [one for one in organisations if one.id in bodies(item.disclosing_body, Offices(organisations))]
    title, category = item_title(item), field.title if field else item.field
    names = dict.fromkeys(name for name in (category, item.level1, item.level2) if name and name != title)
    facts = {"deadline": deadline(item, words), "body": item.disclosing_body}
    return DisclosurePage(
        title=title,
        kicker=words("list.dot").join(names),
        facts=tuple(Fact(words(f"disclosure.{name}"), text) for name, text in facts.items() if text),
        content=item.content,
        basis=item.basis,
        particulars=_particulars(item, words),
        link=item.link if item.link.startswith(("https://", "http://")) else "",
        phones=tuple(link for office in offices for link in phones(office.phone)),
        related=_related(item, services, words),
        directories=_directories(item, category, offices, words),
        checked=checked(item, words),
    )


def deadline(item: DisclosureItem, words: Words) -> str:
    """The rule read from the deadline, in words; what the office wrote when none could be read."""
    rule = item.deadline
    if rule is None or rule.kind == "unknown":
        return item.deadline_text
    if rule.kind != "within":
        return words(f"deadline.{rule.kind}")
    if rule.value is None or not rule.unit:
        return item.deadline_text
    return words("deadline.within", length=words(f"time.{rule.unit}s", count=rule.value))


def _particulars(item: DisclosureItem, words: Words) -> tuple[tuple[str, str], ...]:
    comma = words("list.comma")
    group = words("disclosure.group", group=item.specific_group) if item.specific_group else ""
    texts = {
        "written": item.deadline_text,
        "channels": comma.join(item.channels),
        "audience": comma.join(
            filter(None, [words("disclosure.society") if item.to_all_society else "", group])
        ),
        "mode": comma.join(
            words(f"disclosure.{name}") for name in ("proactive", "on_request") if getattr(item, name)
        ),
        "levels": comma.join(item.levels),
        "note": item.note,
    }
    return tuple((words(f"disclosure.{name}"), text) for name, text in texts.items() if text)


def _related(item: DisclosureItem, services: Sequence[PublicService], words: Words) -> tuple[Link, ...]:
    same = [service for service in services if item.field and service.field == item.field]
    return tuple(
        Link(words.pick(service.title, service.title_en), f"/m/service/{service.id}")
        for service in same[:_RELATED]
    )


def _directories(
    item: DisclosureItem, category: str, offices: Sequence[PublicOrganisation], words: Words
) -> tuple[Link, ...]:
    """The parts of the directory in which the entry stands."""
    kind = "field" if item.directory == "standard" else "category"
    found = [(kind, item.field, category)] if item.field else []
    found += [("office", office.id, office.title) for office in offices]
    found += [("level", level, level) for level in item.levels]
    return tuple(
        Link(title, f"/m/directory/{kind}/{quote(key, safe='')}", words(f"directory.{kind}"))
        for kind, key, title in found
    )
