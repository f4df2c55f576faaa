"""All checks over a county's records: the same at import, in review, before publishing and in supervision."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.checks.bodies import check_bodies
from catalog.checks.coverage import check_coverage
from catalog.checks.directories import check_rows
from catalog.checks.duplicates import check_duplicates, resembling
from catalog.checks.examples import check_examples
from catalog.checks.flows import check_flows
from catalog.checks.glyphs import check_glyphs
from catalog.checks.ground import Ground, ground_of
from catalog.checks.places import check_places
from catalog.checks.policies import check_policies
from catalog.checks.references import check_links, check_references
from catalog.checks.rules import Rules, load_rules
from catalog.checks.services import check_services
from catalog.checks.templates import Templates
from catalog.checks.texts import check_laws, check_texts
from catalog.findings import Finding
from catalog.records import DisclosureItem, GuidedFlow, Record
from catalog.text import kind_of


def check(
    records: Sequence[Record], today: date, rules: Rules | None = None, templates: Templates | None = None
) -> list[Finding]:
    """What is wrong with the records, ordered by place. `records` are the whole catalogue.

    Without `rules`, those of config/rules.toml hold. `templates` are those that the county keeps.
    """
    found = _all(records, today, load_rules() if rules is None else rules, templates)
    return sorted(found, key=_place)


@dataclass(frozen=True, slots=True)
class Known:
    """A catalogue as checks of one record look at it; made once, for many records."""

    by_key: Mapping[tuple[str, str], Record]
    ground: Ground
    items: tuple[DisclosureItem, ...]


def known(records: Iterable[Record]) -> Known:
    """The catalogue made of these records."""
    by_key = {(kind_of(record), record.id): record for record in records}
    return Known(
        by_key,
        ground_of(by_key.values()),
        tuple(record for record in by_key.values() if isinstance(record, DisclosureItem)),
    )


def check_one(
    record: Record, catalogue: Known, today: date, rules: Rules, templates: Templates | None = None
) -> list[Finding]:
    """What is wrong with one record; the others are read only as far as they matter."""
    key = (kind_of(record), record.id)
    there = {**catalogue.by_key, key: record}
    found = [*_alone([record], today, rules), *_against([record], catalogue.ground, there.keys(), rules)]
    if templates:
        found += templates.check([record], catalogue.ground)
    if isinstance(record, GuidedFlow):
        found += _proven([record, *(other for other in there.values() if not isinstance(other, GuidedFlow))])
    if isinstance(record, DisclosureItem):
        others = [item for item in catalogue.items if item.id != record.id]
        found += check_duplicates([record, *resembling(record, others)], rules)
    mine = [finding for finding in found if (finding.kind, finding.record) == key]
    return sorted(mine, key=_place)


def _all(
    records: Sequence[Record], today: date, rules: Rules, templates: Templates | None
) -> Iterator[Finding]:
    yield from _alone(records, today, rules)
    there, ground = {(kind_of(record), record.id) for record in records}, ground_of(records)
    yield from _against(records, ground, there, rules)
    if templates:
        yield from templates.check(records, ground)
    yield from _proven(records)
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


def _against(
    records: Sequence[Record], ground: Ground, there: Collection[tuple[str, str]], rules: Rules
) -> Iterator[Finding]:
    """The checks that hold each record against what the county is and has."""
    yield from check_bodies(records, ground, rules)
    yield from check_places(records, ground)
    yield from check_references(records, there)


def _proven(records: Sequence[Record]) -> Iterator[Finding]:
    """The checks of the flows among the records, with the records that they lead to."""
    yield from check_flows(records)
    yield from check_examples(records)


def _place(finding: Finding) -> tuple[str, str, int, str, str, str]:
    at = finding.at
    place = (at.file, at.sheet, at.row) if at else ("", "", 0)
    return (*place, finding.code, finding.record, finding.message)
