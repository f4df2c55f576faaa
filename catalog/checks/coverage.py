"""无遗漏: what article 20 of the regulations on disclosure obliges an authority to publish."""

import re
from collections.abc import Iterator, Sequence

from catalog.checks.directories import subject_of
from catalog.checks.rules import RequiredClass, Rules
from catalog.findings import Finding
from catalog.records import DisclosureField, DisclosureItem, Record


def check_coverage(records: Sequence[Record], rules: Rules) -> Iterator[Finding]:
    """The required classes that no row of either directory covers; nothing without any directory."""
    items = [record for record in records if isinstance(record, DisclosureItem)]
    titles = {record.id: record.title for record in records if isinstance(record, DisclosureField)}
    present = {titles.get(item.field, item.field) for item in items}
    for required in rules.required_classes if items else ():
        if present & set(required.fields) or any(_covers(item, required) for item in items):
            continue
        yield Finding(
            code="missing-required-class",
            severity="error",
            message=f"两个目录都没有《政府信息公开条例》第二十条第（{required.item}）项：{required.title}",
            advice="在补充目录里新增这一类事项",
            kind="disclosure",
            field=f"第二十条第（{required.item}）项",
        )


def _covers(item: DisclosureItem, required: RequiredClass) -> bool:
    subject = subject_of(item)
    if re.search(required.pattern, subject):
        return True
    return bool(required.broad and item.directory == "supplementary" and re.search(required.broad, subject))
