"""What any text may contain: laws out of force, and what must not be public."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from catalog.checks.note import note
from catalog.checks.personal import is_card_number, is_identity_number
from catalog.checks.rules import RepealedLaw, Rules, Sensitive
from catalog.findings import Finding
from catalog.importing.words import plain
from catalog.records import DisclosureItem, Outline, PublicService, Record
from catalog.references import texts
from catalog.text import encode

_TITLE = re.compile(r"《([^《》]+)》")
_NATION = "中华人民共和国"
_BETWEEN = re.compile(r"(?<=\d{3})[ -](?=\d{3})")


def check_laws(records: Sequence[Record], today: date, rules: Rules) -> Iterator[Finding]:
    """Laws that a directory row or a service rests on and that are out of force today."""
    repealed = {law.title: law for law in rules.repealed_laws if law.since <= today}
    for record in records:
        for title in dict.fromkeys(_laws(record)):
            law = repealed.get(title)
            if law is not None:
                yield _repealed(record, law)


def check_texts(records: Sequence[Record], rules: Rules) -> Iterator[Finding]:
    """Numbers of persons and words that must not be public, in any text."""
    patterns = [(rule, re.compile(rule.pattern)) for rule in rules.sensitive]
    for record in records:
        if isinstance(record, Outline):
            continue
        whole = _joined(encode(msgspec.structs.replace(record, source=None)).decode())
        for rule, pattern in patterns:
            if pattern.search(whole):
                yield from _sensitive(record, rule, pattern)


def _sensitive(record: Record, rule: Sensitive, pattern: re.Pattern[str]) -> Iterator[Finding]:
    for path, text in texts(record):
        if path.rpartition(".")[2] in rule.belongs:
            continue
        found = next((one[0] for one in pattern.finditer(_joined(text)) if _is_one(one[0], rule)), None)
        if found is not None:
            yield note(
                rule.severity,
                "sensitive-text",
                record,
                f"{rule.message}（“{found[:3]}…”）",
                rule.advice,
                field=path,
            )


def _is_one(found: str, rule: Sensitive) -> bool:
    match rule.number:
        case "identity":
            return is_identity_number(found)
        case "card":
            return is_card_number(found)
    return True


def _joined(text: str) -> str:
    """In half-width form, the groups of a number without what is written between them."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text))


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
