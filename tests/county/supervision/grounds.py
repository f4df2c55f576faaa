"""Grounds for supervision in tests: any records on any day, and a calendar of the confirmed years."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from catalog.records import DisclosureItem, DisclosureRule, PublicOrganisation, Record
from catalog.text import kind_of
from county.seeds import calendar_years
from county.supervision.ground import Ground
from county.supervision.publications import Publication
from county.supervision.rules import SupervisionRules, default_rules
from tests.county.catalogue import NOW

TODAY = date(2026, 11, 22)
CALENDAR = tuple(calendar_years(TODAY))
OFFICE = PublicOrganisation(id="civil-affairs", title="测试县民政局", short_title="民政局")


def within(value: int, unit: Any = "working_day", **more: Any) -> DisclosureRule:
    """A deadline of so many units."""
    return DisclosureRule(kind="within", value=value, unit=unit, **more)


def item(name: str, rule: DisclosureRule | None, **more: Any) -> DisclosureItem:
    """A row of the standard directory."""
    given = {
        "field": "social-assistance",
        "level1": name,
        "disclosing_body": "县民政局",
        "proactive": True,
        **more,
    }
    return DisclosureItem(id=name, directory="standard", deadline=rule, **given)


def publication(record: str, formed: date, published: date | None = None, **more: Any) -> Publication:
    """An entry about an item, or about a policy when `kind` says so."""
    given = {"kind": "disclosure", "title": record, "number": 1, "author": "clerk", "at": NOW, **more}
    return Publication(record=record, formed=formed, published=published, **given)


def ground(
    records: Sequence[Record],
    publications: Sequence[Publication] = (),
    today: date = TODAY,
    approved: date = TODAY,
    rules: SupervisionRules | None = None,
    **more: Any,
) -> Ground:
    """A ground in which everything was approved on the same day."""
    found = {(kind_of(record), record.id): record for record in (*records, OFFICE, *CALENDAR)}
    days = dict.fromkeys(found, approved)
    given = {"shown": {}, "opened": approved, **more}
    return Ground(
        records=found,
        first=days,
        last=days,
        publications=tuple(publications),
        rules=rules or default_rules(),
        today=today,
        **given,
    )
