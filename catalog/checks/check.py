"""All checks over a county's records: the same at import, in review, before publishing and in supervision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.checks.bodies import check_bodies
from catalog.checks.coverage import check_coverage
from catalog.checks.directories import check_rows
from catalog.checks.duplicates import check_duplicates, resembling
from catalog.checks.examples import check_examples
from catalog.checks.flows import check_flows
from catalog.checks.glyphs import check_glyphs
from catalog.checks.places import check_places
from catalog.checks.policies import check_policies
from catalog.checks.references import check_links, check_references
from catalog.checks.rules import Rules, load_rules
from catalog.checks.services import check_services
from catalog.checks.texts import check_laws, check_texts
from catalog.findings import Finding
from catalog.records import (
    County,
    DisclosureField,
    DisclosureItem,
    Outline,
    Place,
    PublicOrganisation,
    Record,
)
from catalog.references import references
from catalog.text import kind_of


def check(records: Sequence[Record], today: date, rules: Rules | None = None) -> list[Finding]:
    """What is wrong with the records, ordered by place. `records` are the whole catalogue.

    Without `rules`, those of config/rules.toml hold.
    """
    found = _all(records, today, load_rules() if rules is None else rules)
    return sorted(found, key=_place)


@dataclass(frozen=True, slots=True)
class Known:
    """A catalogue as checks of one record look at it; made once, for many records."""

    by_key: Mapping[tuple[str, str], Record]
    always: tuple[Record, ...]
    """What checks of any record look at: the county, its offices, fields and places."""
    items: tuple[DisclosureItem, ...]


def known(records: Iterable[Record]) -> Known:
    """The catalogue made of these records."""
    by_key = {(kind_of(record), record.id): record for record in records}
    always = (County, PublicOrganisation, DisclosureField, Outline, Place)
    return Known(
        by_key,
        tuple(record for record in by_key.values() if isinstance(record, always)),
        tuple(record for record in by_key.values() if isinstance(record, DisclosureItem)),
    )


def check_one(record: Record, catalogue: Known, today: date, rules: Rules) -> list[Finding]:
    """What is wrong with one record; the others are read only as far as they matter."""
    key = (kind_of(record), record.id)
    targets = {(kind, target) for _, kinds, target in references(record) for kind in kinds}
    named = {target: catalogue.by_key[target] for target in targets if target in catalogue.by_key}
    named |= {(kind_of(other), other.id): other for other in catalogue.always}
    named.pop(key, None)
    around = [record, *named.values()]
    found = [*_alone([record], today, rules), *_together(around, rules)]
    if isinstance(record, DisclosureItem):
        others = [item for item in catalogue.items if item.id != record.id]
        found += check_duplicates([record, *resembling(record, others)], rules)
    mine = [finding for finding in found if (finding.kind, finding.record) == key]
    return sorted(mine, key=_place)


def _all(records: Sequence[Record], today: date, rules: Rules) -> Iterator[Finding]:
    yield from _alone(records, today, rules)
    yield from _together(records, rules)
    yield from check_duplicates(records, rules)
    yield from check_coverage(records, rules)


def _alone(records: Sequence[Record], today: date, rules: Rules) -> Iterator[Finding]:
    """The checks that look at each record by itself."""
    yield from check_rows(records, rules)
    yield from check_policies(records, today, rules)
    yield from check_services(records, today, rules)
    yield from check_laws(records, today, rules)
    yield from check_texts(records, rules)
    yield from check_glyphs(records)
    yield from check_links(records)


def _together(records: Sequence[Record], rules: Rules) -> Iterator[Finding]:
    """The checks that look from one record at others."""
    yield from check_bodies(records, rules)
    yield from check_flows(records)
    yield from check_examples(records)
    yield from check_places(records)
    yield from check_references(records)


def _place(finding: Finding) -> tuple[str, str, int, str, str, str]:
    at = finding.at
    place = (at.file, at.sheet, at.row) if at else ("", "", 0)
    return (*place, finding.code, finding.record, finding.message)
