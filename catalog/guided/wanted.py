"""Which papers one service asks for after the answers, and why.

A paper without an only-if condition is always asked for. One with a condition stands in the list unless an effect
drops it, and is one to bring when an effect requires it; a requirement beats a drop.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from catalog.guided.answers import Answers
from catalog.guided.conditions import questions_of
from catalog.records import Evidence, PublicService
from catalog.records.flow import EvidenceEffect, FlowAction, FlowEffect

Why = Literal["always", "answers", "in_case", "dropped"]
"""Asked for whatever the answers, because of them, only in the case that the paper names; or not asked for."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one service asks for a paper or not. `text` is the flow's own, empty when it gives none.

    `questions` are those whose answers decided, in the flow's order.
    """

    service: str
    why: Why
    text: str = ""
    text_en: str = ""
    questions: tuple[str, ...] = ()


Wanted = tuple[Evidence, Reason]


def papers_of(service: PublicService, effects: Sequence[FlowEffect], counting: Answers) -> tuple[Wanted, ...]:
    """Every paper of the service with its reason, in the service's order, those that are dropped too.

    `effects` are those that hold for the answers in `counting`. A paper that the answers require has no condition
    any more and is not optional.
    """
    return tuple(
        _wanted(service.id, evidence, effects, counting)
        for evidence in sorted(service.evidence, key=lambda evidence: evidence.order)
    )


def because(effects: Sequence[FlowEffect], counting: Answers) -> tuple[str, ...]:
    """The questions that the conditions of these effects are about and that are answered, in the flow's order."""
    named = frozenset[str]().union(*(questions_of(effect.when) for effect in effects))
    return tuple(question for question in counting if question in named)


def _wanted(service: str, evidence: Evidence, effects: Sequence[FlowEffect], counting: Answers) -> Wanted:
    requiring = _about(service, evidence, effects, lambda action: action.require_evidence)
    dropping = _about(service, evidence, effects, lambda action: action.drop_evidence)
    if not evidence.only_if:
        return evidence, _reason(service, "always", requiring, counting)
    if requiring:
        return required(evidence), _reason(service, "answers", requiring, counting)
    if dropping:
        return evidence, _reason(service, "dropped", dropping, counting)
    return evidence, _reason(service, "in_case", [], counting)


def required(evidence: Evidence) -> Evidence:
    """A paper in the case that it names: what the office wrote of its necessity was for all cases together."""
    necessity = "required" if evidence.necessity == "optional" else evidence.necessity
    return replace(evidence, only_if="", necessity=necessity)


_Naming = Sequence[tuple[FlowEffect, EvidenceEffect]]


def _about(
    service: str,
    evidence: Evidence,
    effects: Sequence[FlowEffect],
    papers: Callable[[FlowAction], Sequence[EvidenceEffect]],
) -> _Naming:
    """The effects that name this paper, each with what it says about it."""
    title = evidence.title.strip()
    return [
        (effect, paper)
        for effect in effects
        for paper in papers(effect.do)
        if paper.service == service and paper.evidence.strip() == title
    ]


def _reason(service: str, why: Why, naming: _Naming, counting: Answers) -> Reason:
    said = dict.fromkeys((paper.reason, paper.reason_en) for _, paper in naming if paper.reason)
    return Reason(
        service=service,
        why=why,
        text="；".join(text for text, _ in said),
        text_en="; ".join(text for _, text in said if text),
        questions=because([effect for effect, _ in naming], counting),
    )
