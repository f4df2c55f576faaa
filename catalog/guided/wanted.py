"""Which papers one service asks for after the answers, and why.

A paper without an only-if condition is always asked for. One with a condition stands in the list unless an effect
drops it, and is one to bring when an effect requires it; a requirement beats a drop.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from catalog.guided.answers import Answers
from catalog.guided.conditions import questions_of
from catalog.records import Evidence, PublicService
from catalog.records.flow import EvidenceEffect, FlowEffect

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
_Saying = tuple[FlowEffect, EvidenceEffect]


class Sayings:
    """What the effects that hold say about papers. Titles are compared without blanks around them."""

    def __init__(self, effects: Sequence[FlowEffect]) -> None:
        self._requiring: dict[tuple[str, str], list[_Saying]] = {}
        self._dropping: dict[tuple[str, str], list[_Saying]] = {}
        for effect in effects:
            for paper in effect.do.require_evidence:
                self._requiring.setdefault(_key(paper.service, paper.evidence), []).append((effect, paper))
            for paper in effect.do.drop_evidence:
                self._dropping.setdefault(_key(paper.service, paper.evidence), []).append((effect, paper))

    def requiring(self, service: str, title: str) -> Sequence[_Saying]:
        """Those that require the paper."""
        return self._requiring.get(_key(service, title), ())

    def dropping(self, service: str, title: str) -> Sequence[_Saying]:
        """Those that drop the paper."""
        return self._dropping.get(_key(service, title), ())


def papers_of(service: PublicService, sayings: Sayings, counting: Answers) -> tuple[Wanted, ...]:
    """Every paper of the service with its reason, in the service's order, those that are dropped too.

    `counting` are the answers that count. A paper that they require has no condition any more and is not optional.
    """
    return tuple(
        _wanted(service.id, evidence, sayings, counting)
        for evidence in sorted(service.evidence, key=lambda evidence: evidence.order)
    )


def because(effects: Sequence[FlowEffect], counting: Answers) -> tuple[str, ...]:
    """The questions that the conditions of these effects are about and that are answered, in the flow's order."""
    if not effects:
        return ()
    named = frozenset[str]().union(*(questions_of(effect.when) for effect in effects))
    return tuple(question for question in counting if question in named)


def _wanted(service: str, evidence: Evidence, sayings: Sayings, counting: Answers) -> Wanted:
    requiring = sayings.requiring(service, evidence.title)
    dropping = sayings.dropping(service, evidence.title)
    if not evidence.only_if:
        return evidence, _reason(service, "always", requiring, counting)
    if requiring:
        return required(evidence), _reason(service, "answers", requiring, counting)
    if dropping:
        return evidence, _reason(service, "dropped", dropping, counting)
    return evidence, _reason(service, "in_case", (), counting)


def required(evidence: Evidence) -> Evidence:
    """A paper in the case that it names: what the office wrote of its necessity was for all cases together."""
    necessity = "required" if evidence.necessity == "optional" else evidence.necessity
    return replace(evidence, only_if="", necessity=necessity)


def _reason(service: str, why: Why, sayings: Sequence[_Saying], counting: Answers) -> Reason:
    said = dict.fromkeys((paper.reason, paper.reason_en) for _, paper in sayings if paper.reason)
    translated = any(english for _, english in said)
    return Reason(
        service=service,
        why=why,
        text="；".join(text for text, _ in said),
        text_en="; ".join(english or text for text, english in said) if translated else "",
        questions=because([effect for effect, _ in sayings], counting),
    )


def _key(service: str, title: str) -> tuple[str, str]:
    return service, title.strip()
