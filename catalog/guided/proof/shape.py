"""What can be seen without following any answers: names that mean nothing, and questions that wait for each other."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from catalog.guided.answers import UNSURE, option_ids
from catalog.guided.conditions import leaves, questions_of
from catalog.guided.proof.flaw import Flaw, at_effect, at_question
from catalog.guided.proof.model import Model, Subject, paper_key
from catalog.guided.proof.words import condition_words, question_words
from catalog.records import GuidedFlow
from catalog.records.condition import Condition
from catalog.records.flow import FlowAction, FlowQuestion


def ambiguous(flow: GuidedFlow) -> Iterator[Flaw]:
    """Ids that are given twice: nothing else can be said about such a flow."""
    for repeated in _repeated([question.id for question in flow.questions]):
        yield Flaw(
            code="flow-repeated-id",
            at=at_question(repeated),
            message=f"问题编号“{repeated}”用了两次",
            advice="每个问题用不同的编号",
        )
    for question in flow.questions:
        for option in _repeated(option_ids(question)):
            yield Flaw(
                code="flow-repeated-id",
                at=at_question(question.id),
                message=f"问题“{question.text}”的选项编号“{option}”用了两次",
                advice="同一个问题里，每个选项用不同的编号",
            )


def misshapen(model: Model) -> Iterator[Flaw]:
    """Every flaw of names, kinds and order; with the way to a question that one cannot answer well."""
    subject, flow = model.subject, model.subject.flow
    for position, question in enumerate(flow.questions):
        yield from _choices(model, question)
        yield from _names(subject, question.ask_when, at_question(question.id))
        yield from _order(flow, position)
    for number, effect in enumerate(flow.effects):
        yield from _names(subject, effect.when, at_effect(number))
        yield from _action(subject, effect.do, at_effect(number))


def _repeated(ids: Sequence[str]) -> list[str]:
    return sorted({one for one in ids if ids.count(one) > 1})


def _choices(model: Model, question: FlowQuestion) -> Iterator[Flaw]:
    if question.kind not in ("single", "multi"):
        return
    options = option_ids(question)
    if not set(options) - {UNSURE}:
        yield Flaw(
            code="flow-no-options",
            at=at_question(question.id),
            message=f"问题“{question.text}”没有可选的答案，走到这里只能说不清",
            advice="写上选项",
            walk=model.walk(model.gates.asked[question.id]),
        )
    elif UNSURE not in options:
        yield Flaw(
            code="flow-no-unsure",
            severity="warning",
            at=at_question(question.id),
            message=f"问题“{question.text}”没有“说不清”的选项",
            advice="加上编号为 unsure 的选项，写明说不清时怎么办",
            walk=model.walk(model.gates.asked[question.id]),
        )


def _names(subject: Subject, condition: Condition | None, at: str) -> Iterator[Flaw]:
    questions = {question.id: question for question in subject.flow.questions}
    for leaf in leaves(condition):
        question = questions.get(leaf.q or "")
        if question is None:
            yield Flaw(
                code="flow-unknown-question",
                at=at,
                message=f"条件里的问题“{leaf.q}”不存在",
                advice=f"现有的问题：{'、'.join(questions)}",
            )
        elif not _fits(question, leaf):
            yield Flaw(
                code="flow-unfit-condition",
                at=at,
                message=f"条件（{condition_words(subject.flow, leaf)}）不适合这种问题（{question.kind}）",
                advice="选择题用 is、has、in 写选项；数字和日期用 lt、le、gt、ge，或 is、in 写数值",
            )
        else:
            yield from _unknown_options(subject, question, leaf, at)


def _fits(question: FlowQuestion, leaf: Condition) -> bool:
    named = _named(leaf)
    if question.kind == "number":
        return all(type(value) is int or value == UNSURE for value in (*leaf.bounds.values(), *named))
    if question.kind == "date":
        return all(isinstance(bound, date) for bound in leaf.bounds.values()) and all(map(_is_day, named))
    return not leaf.bounds and all(isinstance(value, str) for value in named)


def _is_day(value: str | int) -> bool:
    try:
        return value == UNSURE or date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


def _named(leaf: Condition) -> list[str | int]:
    return [value for value in (leaf.is_, leaf.has, *leaf.in_) if value is not None]


def _unknown_options(subject: Subject, question: FlowQuestion, leaf: Condition, at: str) -> Iterator[Flaw]:
    if question.kind in ("number", "date"):
        return
    options = option_ids(question)
    if question.kind == "place" and not options:
        options = tuple(subject.towns)
    for value in _named(leaf):
        if options and value not in (*options, UNSURE):
            yield Flaw(
                code="flow-unknown-option",
                at=at,
                message=f"条件里的“{value}”不是问题“{question.text}”的选项",
                advice=f"可以写的：{'、'.join(options)}",
            )


def _order(flow: GuidedFlow, position: int) -> Iterator[Flaw]:
    """A question can only wait for the answers to earlier ones."""
    question = flow.questions[position]
    here = [one.id for one in flow.questions]
    for other in sorted(questions_of(question.ask_when) & set(here[position:])):
        circle = _circle(flow, question.id, other)
        if circle:
            yield Flaw(
                code="flow-loop",
                at=at_question(question.id),
                message="问题互相等待，绕成了圈",
                advice="去掉其中一个条件",
                conflict=tuple(
                    f"{question_words(flow, one)}要等{question_words(flow, two)}"
                    for one, two in pairwise(circle)
                ),
            )
        else:
            yield Flaw(
                code="flow-asked-too-early",
                at=at_question(question.id),
                message=f"{question_words(flow, question.id)}要看{question_words(flow, other)}的回答，那一题却排在后面",
                advice="把要看的问题移到前面",
            )


def _circle(flow: GuidedFlow, start: str, second: str) -> list[str]:
    """The shortest way from a question over `second` back to itself, by what each waits for; empty when none."""
    waits = {question.id: sorted(questions_of(question.ask_when)) for question in flow.questions}
    ways, seen = [[start, second]], {second}
    for way in ways:
        if way[-1] == start:
            return way
        for following in waits.get(way[-1], ()):
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _action(subject: Subject, action: FlowAction, at: str) -> Iterator[Flaw]:
    papers = (*action.require_evidence, *action.drop_evidence)
    named = (*action.include_services, *action.exclude_services, *(paper.service for paper in papers))
    if not named and not action.note:
        yield Flaw(
            code="flow-empty-effect",
            severity="warning",
            at=at,
            message="这条规则什么也不做",
            advice="写上要列入或排除的事项、要带或不带的材料、提示，或删去这条规则",
        )
    for unknown in dict.fromkeys(named):
        if unknown not in subject.services:
            yield Flaw(
                code="flow-unknown-service",
                at=at,
                message=f"事项“{unknown}”不存在",
                advice="改正事项编号，或把事项一起导入",
            )
    for paper in papers:
        service = subject.services.get(paper.service)
        if service is not None and not subject.papers(paper_key(paper)):
            yield Flaw(
                code="flow-unknown-evidence",
                at=at,
                message=f"事项“{service.title}”没有材料“{paper.evidence}”",
                advice=f"这个事项的材料：{'、'.join(one.title for one in service.evidence)}",
            )
