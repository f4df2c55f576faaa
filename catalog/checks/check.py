"""All checks over a county's records: the same at import, in review, before publishing and in supervision."""

from collections.abc import Iterator, Sequence
from datetime import date

from catalog.checks.bodies import check_bodies
from catalog.checks.coverage import check_coverage
from catalog.checks.directories import check_rows
from catalog.checks.duplicates import check_duplicates
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
from catalog.records import Record


def check(records: Sequence[Record], today: date, rules: Rules | None = None) -> list[Finding]:
    """What is wrong with the records, ordered by place. `records` are the whole catalogue.

    Without `rules`, those of config/rules.toml hold.
    """
    found = _all(records, today, load_rules() if rules is None else rules)
    return sorted(found, key=_place)


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
