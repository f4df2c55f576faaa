"""The steps of the review and who may take them. Pure.

Three different people review a text one after the other, none of whom wrote it or a draft of it (国办发〔2017〕
42号, 三审). The database refuses whatever these rules would; here the refusal gets its words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from county.accounts.people import Person
from county.accounts.roles import CHINESE

Step = Literal["初审", "复审", "终审"]
STEPS: tuple[Step, ...] = ("初审", "复审", "终审")
Verdict = Literal["approved", "returned"]
ReviewRole = Literal["reviewer", "approver"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who takes a step: `role`, only people of the text's own organisation, only `people` when named; and how many
    working days the step may take."""

    step: Step
    role: ReviewRole
    own: bool = False
    people: tuple[str, ...] = ()
    days: int = 2


Rules = Mapping[tuple[str, Step], Rule]
"""By organisation and step; the organisation "" has the rule for all without one of their own."""

DEFAULT: Rules = {
    ("", "初审"): Rule("初审", "reviewer"),
    ("", "复审"): Rule("复审", "reviewer"),
    ("", "终审"): Rule("终审", "approver"),
}


def rule_for(rules: Rules, owners: Iterable[str], step: Step) -> Rule:
    """The rule for a step of a text of these organisations: of the first that has one, in the order of ids."""
    found = (rules.get((owner, step)) for owner in sorted(owners))
    return next((rule for rule in found if rule is not None), rules.get(("", step), DEFAULT["", step]))


def next_step(approved: Iterable[str]) -> Step:
    """The step that comes after those already approved. Raises ValueError when none is left."""
    taken = set(approved)
    for step in STEPS:
        if step not in taken:
            return step
    raise ValueError("all steps are taken")


def obstacle(
    reviewer: Person,
    step: Step,
    rule: Rule,
    owners: frozenset[str],
    writers: frozenset[str],
    reviewed_by: frozenset[str],
) -> str:
    """Why the reviewer may not take the step, in words; empty when they may.

    `writers` wrote the text or a draft of it, `reviewed_by` took earlier steps.
    """
    if reviewer.name in writers:
        return "这条内容由您起草或修改过，须由他人审核"
    if reviewer.name in reviewed_by:
        return "您已审核过这条内容，三级审核须由三个人完成"
    if rule.people and reviewer.name not in rule.people:
        return f"{step}指定由 {'、'.join(rule.people)} 办理"
    if not reviewer.has(rule.role):
        return f"{step}须由{CHINESE[rule.role]}办理"
    if reviewer.organisation and reviewer.organisation not in owners:
        return "这条内容属于其他单位"
    if rule.own and reviewer.organisation not in owners:
        return f"{step}须由本单位的人办理"
    return ""
