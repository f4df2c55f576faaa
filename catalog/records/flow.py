"""Guided questions (场景式问答) as data. The engine that walks them is not here."""

from typing import Any, Literal

from catalog.records.base import Id, Record, Value

QuestionKind = Literal["single", "multi", "number", "date", "place"]
Condition = dict[str, Any]
"""A condition over answers: {q, is | has | …} or {any | all: […]} or {not: …}."""


class FlowOption(Value, frozen=True, kw_only=True):
    id: Id
    text: str
    text_en: str = ""
    note: str = ""


class FlowQuestion(Value, frozen=True, kw_only=True):
    """One screen. `ask_when` is the condition under which it is asked, None for always."""

    id: Id
    kind: QuestionKind
    text: str
    text_en: str = ""
    help: str = ""
    options: tuple[FlowOption, ...] = ()
    ask_when: Condition | None = None


class EvidenceEffect(Value, frozen=True, kw_only=True):
    """Requires or drops one paper of one service, with the reason that is shown."""

    service: Id
    evidence: str
    reason: str = ""
    reason_en: str = ""


class FlowAction(Value, frozen=True, kw_only=True):
    include_services: tuple[Id, ...] = ()
    exclude_services: tuple[Id, ...] = ()
    require_evidence: tuple[EvidenceEffect, ...] = ()
    drop_evidence: tuple[EvidenceEffect, ...] = ()
    note: str = ""


class FlowEffect(Value, frozen=True, kw_only=True):
    """What holds when `when` holds; None is always."""

    do: FlowAction
    when: Condition | None = None


class FlowExample(Value, frozen=True, kw_only=True):
    """A worked example: answers with the services and papers that must, and must not, come out.

    Papers are written `service-id:title`.
    """

    title: str
    answers: dict[str, Any]
    services: tuple[Id, ...] = ()
    evidence_must: tuple[str, ...] = ()
    evidence_must_not: tuple[str, ...] = ()


class GuidedFlow(Record, frozen=True, kw_only=True):
    event: Id
    title: str
    title_en: str = ""
    questions: tuple[FlowQuestion, ...] = ()
    effects: tuple[FlowEffect, ...] = ()
    examples: tuple[FlowExample, ...] = ()
