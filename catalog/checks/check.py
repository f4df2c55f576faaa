"""All checks over a county's records: the same at import, in review, before publishing and in supervision."""

from collections.abc import Iterable, Iterator, Sequence
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


def check_one(record: Record, records: Iterable[Record], today: date, rules: Rules) -> list[Finding]:
    """What is wrong with one record of the catalogue `records`; the others are read only as far as they matter."""
    others = [other for other in records if (kind_of(other), other.id) != (kind_of(record), record.id)]
    targets = {(kind, target) for _, kinds, target in references(record) for kind in kinds}
    around = [
        other for other in others if isinstance(other, _ALWAYS) or (kind_of(other), other.id) in targets
    ]
    found = list(_all([record, *around], today, rules))
    if isinstance(record, DisclosureItem):
        items = [other for other in others if isinstance(other, DisclosureItem)]
        found += check_duplicates([record, *resembling(record, items)], rules)
    mine = [finding for finding in found if (finding.kind, finding.record) == (kind_of(record), record.id)]
    return sorted(mine, key=_place)


_ALWAYS = (County, PublicOrganisation, DisclosureField, Outline, Place)
"""What checks of any record look at."""


def _all(records: Sequence[Record], today: date, rules: Rules) -> Iterator[Finding]:
    yield from check_rows(records, rules)
    yield from check_bodies(records, rules)
    yield from check_duplicates(records, rules)
    yield from check_coverage(records, rules)
    yield from check_policies(records, today, rules)
    yield from check_services(records, today, rules)
    yield from check_flows(records)
    yield from check_laws(records, today, rules)
    yield from check_texts(records, rules)
    yield from check_places(records)
    yield from check_glyphs(records)
    yield from check_references(records)
    yield from check_links(records)
    yield from check_examples(records)


def _place(finding: Finding) -> tuple[str, str, int, str, str, str]:
    at = finding.at
    place = (at.file, at.sheet, at.row) if at else ("", "", 0)
    return (*place, finding.code, finding.record, finding.message)
