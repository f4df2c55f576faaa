"""Guided questions (场景式问答) as data. The engine that walks them is catalog.guided."""

from typing import Literal

from catalog.records.base import Id, Record, Value
from catalog.records.condition import Condition

QuestionKind = Literal["single", "multi", "number", "date", "place"]


class FlowOption(Value, frozen=True, kw_only=True):
    id: Id
    text: str
    text_en: str = ""
    note: str = ""
    note_en: str = ""


class FlowQuestion(Value, frozen=True, kw_only=True):
    """One screen. `ask_when` is the condition under which it is asked, None for always."""

    id: Id
    kind: QuestionKind
    text: str
    text_en: str = ""
    help: str = ""
    help_en: str = ""
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
    note_en: str = ""


class FlowEffect(Value, frozen=True, kw_only=True):
    """What holds when `when` holds; None is always."""

    do: FlowAction
    when: Condition | None = None


class FlowExample(Value, frozen=True, kw_only=True):
    """A worked example: answers with the services and papers that must, and must not, come out.

    Papers are written `service-id:title`; an answer is an option, several, a number, a date or a place, None for none.
    """

    title: str
    answers: dict[str, str | int | tuple[str, ...] | None]
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
