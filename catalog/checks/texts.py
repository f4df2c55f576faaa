"""What any text may contain: laws out of force, and what must not be public."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from catalog.checks.note import note
from catalog.checks.rules import RepealedLaw, Rules
from catalog.findings import Finding
from catalog.importing.words import plain
from catalog.records import (
    Bulletin,
    DisclosureItem,
    Participation,
    Policy,
    PublicService,
    Record,
)
from catalog.text import encode

_TITLE = re.compile(r"《([^《》]+)》")
_NATION = "中华人民共和国"
_PUBLIC = (PublicService, DisclosureItem, Policy, Bulletin, Participation)


def check_laws(records: Sequence[Record], today: date, rules: Rules) -> Iterator[Finding]:
    """Laws that a directory row or a service rests on and that are out of force today."""
    repealed = {law.title: law for law in rules.repealed_laws if law.since <= today}
    for record in records:
        for title in dict.fromkeys(_laws(record)):
            law = repealed.get(title)
            if law is not None:
                yield _repealed(record, law)


def check_texts(records: Sequence[Record], rules: Rules) -> Iterator[Finding]:
    """Numbers of persons and words that must not be public."""
    patterns = [(rule, re.compile(rule.pattern)) for rule in rules.sensitive]
    for record in records:
        if not isinstance(record, _PUBLIC):
            continue
        text = encode(msgspec.structs.replace(record, source=None)).decode()
        for rule, pattern in patterns:
            found = pattern.search(text)
            if found:
                yield note(
                    rule.severity,
                    "sensitive-text",
                    record,
                    f"{rule.message}（“{found[0][:3]}…”）",
                    "删除或改用公开的联系方式",
                )


def _laws(record: Record) -> Iterator[str]:
    if isinstance(record, DisclosureItem):
        for entry in record.basis:
            for title in _TITLE.findall(entry) or [entry]:
                yield _bare(title)
    elif isinstance(record, PublicService):
        for resource in record.legal_resources:
            yield _bare(resource.title.strip("《》"))


def _bare(title: str) -> str:
    return re.sub(r"\([^()]*\)$", "", plain(title)).removeprefix(_NATION)


def _repealed(record: Record, law: RepealedLaw) -> Finding:
    return note(
        "error" if isinstance(record, DisclosureItem) else "warning",
        "repealed-law",
        record,
        f"依据引用了自 {law.since} 起废止的《{law.title}》",
        f"改引{law.instead}" if law.instead else "改引现行规定",
        field="basis" if isinstance(record, DisclosureItem) else "legal_resources",
    )
