"""Policies: the interpretation comes with the document (三同步), and what has expired is not in force."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from catalog.checks.note import note
from catalog.checks.rules import Rules
from catalog.findings import Finding
from catalog.records import Policy, Record


def check_policies(records: Sequence[Record], today: date, rules: Rules) -> Iterator[Finding]:
    """Every policy that is stated to be in force."""
    for policy in records:
        if isinstance(policy, Policy) and policy.in_force:
            yield from _interpretation(policy, rules)
            if policy.expires is not None and policy.expires < today:
                yield note(
                    "warning",
                    "policy-expired",
                    policy,
                    f"有效期至 {policy.expires}，已过期，有效性仍写“有效”",
                    "把有效性改为失效，或更新有效期",
                    field="in_force",
                )


def _interpretation(policy: Policy, rules: Rules) -> Iterator[Finding]:
    if not policy.interpretations:
        yield note(
            "warning",
            "interpretation-missing",
            policy,
            "三同步：政策文件没有解读材料",
            "补充解读材料",
            field="interpretations",
        )
        return
    published = min((i.published for i in policy.interpretations if i.published), default=None)
    if published is None or policy.issued is None:
        return
    if published > policy.issued + timedelta(days=rules.interpretation_grace_days):
        yield note(
            "info",
            "interpretation-late",
            policy,
            f"解读发布日 {published} 晚于文件印发日 {policy.issued}",
            "解读应与文件同步发布",
            field="interpretations",
        )
