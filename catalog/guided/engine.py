"""Walking a flow: which questions are asked, which answers count, and where to go next.

Answers are never thrown away: one whose question is no longer asked stays, does not count, and counts again as soon
as the question is asked again. A question is asked or not by the answers to the questions before it, so a flow cannot
run in circles.
"""

from collections.abc import Iterator

from catalog.guided.answers import Answer, Answers, checked
from catalog.guided.conditions import holds
from catalog.records import GuidedFlow
from catalog.records.flow import FlowQuestion


def asked(flow: GuidedFlow, answers: Answers) -> tuple[FlowQuestion, ...]:
    """The questions that are asked, given the answers so far, in order."""
    return tuple(question for question, _ in _walk(flow, answers))


def counted(flow: GuidedFlow, answers: Answers) -> Answers:
    """The answers whose question is asked, in the order of the questions."""
    return {question.id: answer for question, answer in _walk(flow, answers) if answer is not None}


def next_question(flow: GuidedFlow, answers: Answers, after: str | None = None) -> FlowQuestion | None:
    """The first unanswered question; with `after`, the one that is asked next after it, answered or not.

    None when there is no further one, or when `after` is not a question of the flow.
    """
    if after is None:
        return next((question for question, given in _walk(flow, answers) if given is None), None)
    rest = iter(flow.questions)
    found = any(question.id == after for question in rest)
    later = {question.id for question in rest} if found else set()
    return next((question for question in asked(flow, answers) if question.id in later), None)


def answer(flow: GuidedFlow, answers: Answers, question: str, value: Answer | None) -> Answers:
    """The answers with one given or changed; None takes it back. Every other answer stays.

    Raises ValueError for an unknown question and for a value that does not fit it.
    """
    about = question_of(flow, question)
    kept = {key: given for key, given in answers.items() if key != question}
    return kept if value is None else {**kept, question: checked(about, value)}


def question_of(flow: GuidedFlow, question: str) -> FlowQuestion:
    """The question with this id. Raises ValueError when the flow has none."""
    found = next((one for one in flow.questions if one.id == question), None)
    if found is None:
        raise ValueError(f"{flow.id!r} has no question {question!r}")
    return found


def _walk(flow: GuidedFlow, answers: Answers) -> Iterator[tuple[FlowQuestion, Answer | None]]:
    """Each question that is asked, with its answer or None."""
    counting: dict[str, Answer] = {}
    for question in flow.questions:
        if not holds(question.ask_when, counting):
            continue
        given = answers.get(question.id)
        if given is not None and given != ():
            counting[question.id] = given
            yield question, given
        else:
            yield question, None
