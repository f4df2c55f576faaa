"""What somebody has before them while they write a flow, and what each button does to it. Pure.

Everything is a value: the browser keeps it and sends it along, so that undo is the value of before, and the server
keeps nothing between two touches. A change that cannot be made raises Impossible or Unfinished, and changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from msgspec.structs import replace as changed

from catalog.guided.answers import UNSURE
from catalog.records import GuidedFlow
from catalog.records.condition import Condition
from catalog.records.flow import FlowAction, FlowEffect, FlowExample, FlowOption, FlowQuestion
from county.flows import conditions, parts
from county.flows.conditions import Path
from county.flows.lines import Line, condition_of, line_of
from county.flows.lines import changed as changed_line
from county.flows.parts import LISTS, Impossible, Texts

HEAD = "flow"
ADDING = ("all", "any")


@dataclass(frozen=True, slots=True)
class Work:
    """`place` is the card that is open: `flow`, `questions.<id>`, `effects.<number from 1>` or none.

    `line` is what is done to a line of its condition: `change`, or `all` or `any` to add one after `path`. `draft` is
    how that line stands. `search` looks for services and papers.
    """

    flow: GuidedFlow
    place: str = ""
    line: str = ""
    path: Path = ()
    draft: Line = field(default_factory=Line)
    search: str = ""

    @property
    def question(self) -> str:
        """The id of the open question, or nothing."""
        return self.place.removeprefix("questions.") if self.place.startswith("questions.") else ""

    @property
    def rule(self) -> int | None:
        """The place of the open rule, from 0."""
        number = self.place.removeprefix("effects.")
        return int(number) - 1 if self.place.startswith("effects.") and number.isdecimal() else None

    @property
    def condition(self) -> Condition | None:
        """The condition of the open card."""
        if self.question:
            return self.flow.questions[parts.question_number(self.flow, self.question)].ask_when
        if self.rule is not None and self.rule < len(self.flow.effects):
            return self.flow.effects[self.rule].when
        return None


@dataclass(frozen=True, slots=True)
class Names:
    """Texts that new parts begin with."""

    question: str
    option: str
    unsure: FlowOption


def told(work: Work, texts: Texts, names: Names) -> Work:
    """The work with what stands in the open card's form. Raises Impossible."""
    flow = work.flow
    if work.place == HEAD:
        own = parts.told(flow, texts, "title", "title_en")
        if not own["title"]:
            raise Impossible("no-title")
        return replace(work, flow=changed(flow, **own))
    if work.question:
        flow = parts.with_question(
            flow, work.question, lambda one: parts.told_question(one, texts, names.unsure)
        )
    elif work.rule is not None:
        flow = parts.with_rule(flow, work.rule, lambda one: parts.told_rule(one, texts))
    return replace(work, flow=flow, search=texts.get("search", work.search)[:100])


Act = Callable[[Work, str, Names], Work]


def open_card(work: Work, place: str, _: Names) -> Work:
    """Open another card. Raises Impossible when it is not there."""
    opened = Work(work.flow, place)
    if opened.question:
        parts.question_number(work.flow, opened.question)
    elif place != HEAD and (opened.rule is None or not 0 <= opened.rule < len(work.flow.effects)):
        raise Impossible("gone")
    return opened


def _close(work: Work, _: str, __: Names) -> Work:
    return Work(work.flow)


def _add_question(work: Work, after: str, names: Names) -> Work:
    new = FlowQuestion(id="q", kind="single", text=names.question, options=(names.unsure,))
    new = parts.add_option(new, f"{names.option} 1")
    flow, name = parts.add_question(work.flow, after, new)
    return Work(flow, f"questions.{name}")


def _move_question(by: int) -> Act:
    return lambda work, question, _: _question_moved(work, question, by)


def _put_question(work: Work, rest: str, _: Names) -> Work:
    question, to = _two(rest)
    return _question_moved(work, question, _number(to) - parts.question_number(work.flow, question))


def _question_moved(work: Work, question: str, by: int) -> Work:
    number = parts.question_number(work.flow, question)
    return replace(work, flow=changed(work.flow, questions=parts.moved(work.flow.questions, number, by)))


def _put_option(work: Work, rest: str, names: Names) -> Work:
    number, to = _two(rest)
    by = _number(to) - _number(number)
    return _options(lambda question, at: parts.moved(question.options, at, by))(work, number, names)


def _remove_question(work: Work, question: str, _: Names) -> Work:
    number = parts.question_number(work.flow, question)
    return Work(changed(work.flow, questions=parts.without(work.flow.questions, number)))


def _options(change: Callable[[FlowQuestion, int], Any]) -> Act:
    def act(work: Work, number: str, names: Names) -> Work:
        def with_options(question: FlowQuestion) -> FlowQuestion:
            return changed(question, options=change(question, _number(number)))

        return replace(work, flow=parts.with_question(work.flow, work.question, with_options))

    return act


def _add_option(work: Work, _: str, names: Names) -> Work:
    def add(question: FlowQuestion) -> FlowQuestion:
        known = sum(option.id not in (UNSURE, "none") for option in question.options)
        return parts.add_option(question, f"{names.option} {known + 1}")

    return replace(work, flow=parts.with_question(work.flow, work.question, add))


def _add_unsure(work: Work, _: str, names: Names) -> Work:
    def add(question: FlowQuestion) -> FlowQuestion:
        known = any(option.id == UNSURE for option in question.options)
        return question if known else changed(question, options=(*question.options, names.unsure))

    return replace(work, flow=parts.with_question(work.flow, work.question, add))


def _add_rule(work: Work, _: str, __: Names) -> Work:
    flow = parts.add_rule(work.flow, FlowEffect(do=FlowAction()))
    return Work(flow, f"effects.{len(flow.effects)}", line="all")


def _copy_rule(work: Work, number: str, _: Names) -> Work:
    effects = work.flow.effects
    if not 0 <= _number(number) < len(effects):
        raise Impossible("gone")
    flow = parts.add_rule(work.flow, effects[_number(number)])
    return Work(flow, f"effects.{len(flow.effects)}")


def _move_rule(by: int) -> Act:
    return lambda work, number, _: _rule_moved(work, _number(number), by)


def _put_rule(work: Work, rest: str, _: Names) -> Work:
    number, to = _two(rest)
    return _rule_moved(work, _number(number), _number(to) - _number(number))


def _rule_moved(work: Work, number: int, by: int) -> Work:
    effects = parts.moved(work.flow.effects, number, by)
    at = max(0, min(number + by, len(effects) - 1))
    place = f"effects.{at + 1}" if work.rule == number else ""
    return Work(changed(work.flow, effects=effects), place)


def _remove_rule(work: Work, number: str, _: Names) -> Work:
    return Work(changed(work.flow, effects=parts.without(work.flow.effects, _number(number))))


def _begin_line(line: str) -> Act:
    def act(work: Work, path: str, _: Names) -> Work:
        at, draft = _path(path), Line()
        if line == "change":
            draft = line_of(_part(work, at), {one.id: one for one in work.flow.questions})
        return replace(work, line=line, path=at, draft=draft)

    return act


def _put_line(work: Work, _: str, __: Names) -> Work:
    questions = {question.id: question for question in work.flow.questions}
    question = questions.get(work.draft.question)
    if question is None:
        raise Impossible("line-question")
    if work.line == "change":
        new = changed_line(_part(work, work.path), work.draft, questions)
        made: Condition | None = conditions.put(_part(work, ()), work.path, new)
    else:
        new = condition_of(work.draft, question)
        made = conditions.add(work.condition, work.path, "any" if work.line == "any" else "all", new)
    return replace(_with_condition(work, made), line="", path=(), draft=Line())


def _leave_line(work: Work, _: str, __: Names) -> Work:
    return replace(work, line="", path=(), draft=Line())


def _remove_line(work: Work, path: str, _: Names) -> Work:
    _part(work, _path(path))
    left = conditions.put(_part(work, ()), _path(path), None)
    return replace(_with_condition(work, left), line="", path=(), draft=Line())


def _put_line_at(work: Work, rest: str, _: Names) -> Work:
    at, to = _two(rest)
    _part(work, _path(at))
    try:
        made = conditions.moved(_part(work, ()), _path(at), _number(to))
    except IndexError:
        raise Impossible("gone") from None
    return replace(_with_condition(work, made), line="", path=(), draft=Line())


def _join(work: Work, rest: str, _: Names) -> Work:
    join, path = _two(rest)
    if join not in ("all", "any", "none", "not_all"):
        raise Impossible("gone")
    _part(work, _path(path))
    return _with_condition(work, conditions.joined(_part(work, ()), _path(path), join))  # type: ignore[arg-type]


def _name(work: Work, rest: str, _: Names) -> Work:
    into, about = _two(rest)
    service, paper = _two(about)
    if into not in LISTS:
        raise Impossible("gone")
    return _with_action(work, lambda action: parts.named(action, into, service, paper))


def _unname(work: Work, rest: str, _: Names) -> Work:
    out_of, number = _two(rest)
    if out_of not in LISTS:
        raise Impossible("gone")
    return _with_action(work, lambda action: parts.unnamed(action, out_of, _number(number)))


def _remove_example(work: Work, number: str, _: Names) -> Work:
    return replace(work, flow=changed(work.flow, examples=parts.without(work.flow.examples, _number(number))))


def add_example(work: Work, example: FlowExample) -> Work:
    """The work with one more worked example."""
    if len(work.flow.examples) >= parts.MOST:
        raise Impossible("too-many")
    return replace(work, flow=changed(work.flow, examples=(*work.flow.examples, example)))


ACTS: Mapping[str, Act] = {
    "show": lambda work, _, __: work,
    "open": open_card,
    "close": _close,
    "question-add": _add_question,
    "question-up": _move_question(-1),
    "question-down": _move_question(1),
    "question-to": _put_question,
    "question-remove": _remove_question,
    "option-add": _add_option,
    "option-unsure": _add_unsure,
    "option-up": _options(lambda question, at: parts.moved(question.options, at, -1)),
    "option-down": _options(lambda question, at: parts.moved(question.options, at, 1)),
    "option-to": _put_option,
    "option-remove": _options(lambda question, at: parts.without(question.options, at)),
    "rule-add": _add_rule,
    "rule-copy": _copy_rule,
    "rule-up": _move_rule(-1),
    "rule-down": _move_rule(1),
    "rule-to": _put_rule,
    "rule-remove": _remove_rule,
    "line-change": _begin_line("change"),
    "line-all": _begin_line("all"),
    "line-any": _begin_line("any"),
    "line-put": _put_line,
    "line-leave": _leave_line,
    "line-to": _put_line_at,
    "line-remove": _remove_line,
    "join": _join,
    "name": _name,
    "unname": _unname,
    "example-remove": _remove_example,
}
"""What a button does, given the rest of what it says."""


def _with_condition(work: Work, condition: Condition | None) -> Work:
    if work.question:
        flow = parts.with_question(work.flow, work.question, lambda one: changed(one, ask_when=condition))
    elif work.rule is not None:
        flow = parts.with_rule(work.flow, work.rule, lambda one: changed(one, when=condition))
    else:
        raise Impossible("gone")
    return replace(work, flow=flow)


def _with_action(work: Work, change: Callable[[FlowAction], FlowAction]) -> Work:
    if work.rule is None:
        raise Impossible("gone")
    return replace(
        work, flow=parts.with_rule(work.flow, work.rule, lambda one: changed(one, do=change(one.do)))
    )


def _part(work: Work, path: Path) -> Condition:
    if work.condition is None:
        raise Impossible("gone")
    try:
        return conditions.part_at(work.condition, path)
    except IndexError:
        raise Impossible("gone") from None


def _two(text: str) -> tuple[str, str]:
    first, _, rest = text.partition(" ")
    return first, rest


def _path(text: str) -> Path:
    return tuple(_number(number) for number in text.split(".") if number)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 4:
        raise Impossible("gone")
    return int(text)
