"""What a directory row must say: basis, deadline, body, audience and mode."""

import re
from collections.abc import Iterator, Sequence

from catalog.checks.note import note
from catalog.checks.rules import Rules
from catalog.findings import Finding
from catalog.importing.words import plain
from catalog.records import DisclosureItem, Record


def check_rows(records: Sequence[Record], rules: Rules) -> Iterator[Finding]:
    """Every row of both directories by itself."""
    for item in records:
        if isinstance(item, DisclosureItem):
            yield from _elements(item)
            yield from _modes(item)
            yield from _outdated(item, rules)


def name_of(item: DisclosureItem) -> str:
    """The deepest name of a row."""
    return item.level3 or item.level2 or item.level1


def subject_of(item: DisclosureItem) -> str:
    """Names and contents of a row, without white space."""
    return plain("；".join((item.level1, item.level2, item.level3, *item.content))).replace(";", "；")


def _words_of(item: DisclosureItem) -> str:
    parts = (*item.basis, item.deadline_text, item.note)
    return f"{subject_of(item)}；{plain('；'.join(parts)).replace(';', '；')}"


def _elements(item: DisclosureItem) -> Iterator[Finding]:
    if not item.content:
        yield note("error", "empty-content", item, "公开内容为空", "写明公开哪些要素", field="content")
    if not item.basis:
        yield note("error", "empty-basis", item, "公开依据为空", "写明法律法规或文件名称", field="basis")
    if not item.deadline_text:
        yield note(
            "warning",
            "empty-time-limit",
            item,
            "公开时限为空，无法计算应公开日期",
            "写明时限，例如“形成或者变更之日起20个工作日内”",
            field="deadline_text",
        )
    if not item.disclosing_body:
        yield note("error", "empty-body", item, "公开主体为空", "写明负责公开的机关", field="disclosing_body")
    if not item.channels:
        yield note("warning", "no-channel", item, "没有勾选公开渠道", "至少勾选一个渠道", field="channels")


def _modes(item: DisclosureItem) -> Iterator[Finding]:
    if not item.to_all_society and not item.specific_group:
        yield note(
            "warning",
            "no-audience",
            item,
            "公开对象没有勾选",
            "勾选“全社会”或写明特定群体",
            field="to_all_society",
        )
    if not item.proactive and not item.on_request:
        yield note(
            "error",
            "no-mode-ticked",
            item,
            "主动公开、依申请公开都没有勾选",
            "勾选其中一种公开方式",
            field="proactive",
        )
    elif item.proactive and item.on_request:
        yield note(
            "warning",
            "both-modes-ticked",
            item,
            "主动公开、依申请公开都勾选了",
            "只勾选一种；内容不同的分成两行",
            field="proactive",
        )
    elif item.on_request and item.to_all_society:
        yield note(
            "error",
            "all-society-but-on-request-only",
            item,
            "公开对象是“全社会”，公开方式却只有“依申请公开”",
            "改为主动公开，或把公开对象改为特定群体",
            field="on_request",
        )


def _outdated(item: DisclosureItem, rules: Rules) -> Iterator[Finding]:
    words = _words_of(item)
    on_request = item.on_request or "依申请公开" in words
    for rule in rules.outdated:
        found = re.search(rule.pattern, words)
        if found and (on_request or not rule.on_request):
            yield note(rule.severity, rule.code, item, f"{rule.message}（“{found[0]}”）", rule.advice)
