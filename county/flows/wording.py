"""Conditions and reasons in plain words, in the language of the desk. Pure.

`say(key, name=value)` gives a text of assets/strings/desk/flow.toml; `pick(chinese, english)` the text to show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalog.guided.answers import UNSURE
from catalog.guided.examples import Failure
from catalog.guided.wanted import Reason
from catalog.records import GuidedFlow, PublicService
from catalog.records.condition import Condition
from catalog.records.flow import FlowQuestion
from county.flows.conditions import Join, Path, is_line, join_of, parts_of
from county.flows.lines import Line, line_of


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of one language."""

    say: Callable[..., str]
    pick: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a condition: a line with its words, or the beginning of a block, whose parts stand `depth` deeper."""

    path: Path
    depth: int
    text: str
    join: Join | None = None

    @property
    def at(self) -> str:
        """The path as buttons say it."""
        return ".".join(map(str, self.path))


def rows_of(condition: Condition | None, flow: GuidedFlow, speech: Speech) -> tuple[Row, ...]:
    """The rows of a condition, from the top; none for “always”."""
    questions = {question.id: question for question in flow.questions}

    def below(part: Condition, path: Path) -> list[Row]:
        if is_line(part):
            return [Row(path, len(path), line_words(line_of(part, questions), questions, speech))]
        join = join_of(part)
        inner = [row for number, one in enumerate(parts_of(part)) for row in below(one, (*path, number))]
        return [Row(path, len(path), speech.say(f"join-{join}"), join), *inner]

    return tuple(below(condition, ())) if condition else ()


def line_words(line: Line, questions: Mapping[str, FlowQuestion], speech: Speech) -> str:
    """A line as the end of a sentence that begins with “when”."""
    question = questions.get(line.question)
    name = speech.pick(question.text, question.text_en) if question else line.question
    if line.relation in ("between", "not_between"):
        bounds = [
            speech.say(f"bound-{word}", value=text)
            for word, text in ((line.lower_word, line.lower), (line.upper_word, line.upper))
            if text
        ]
        said = speech.say("and").join(bounds)
    else:
        said = speech.say("or").join(f"“{option_words(question, value, speech)}”" for value in line.values)
    return speech.say(f"line-{line.relation}", question=name, values=said)


def option_words(question: FlowQuestion | None, option: str, speech: Speech) -> str:
    """An option as the visitor reads it."""
    for known in question.options if question else ():
        if known.id == option:
            return speech.pick(known.text, known.text_en)
    return speech.say("unsure") if option == UNSURE else option


def reason_words(reason: Reason, flow: GuidedFlow, speech: Speech) -> str:
    """Why a paper is asked for, or is not."""
    own = speech.pick(reason.text, reason.text_en)
    titles = {question.id: speech.pick(question.text, question.text_en) for question in flow.questions}
    because = speech.say("comma").join(f"“{titles[one]}”" for one in reason.questions if one in titles)
    why = (
        speech.say(f"why-{reason.why}", questions=because)
        if because
        else speech.say(f"why-{reason.why}-plain")
    )
    return f"{own}{speech.say('bracket', text=why)}" if own else why


def failure_words(
    failure: Failure, flow: GuidedFlow, services: Mapping[str, PublicService], speech: Speech
) -> str:
    """What a worked example expects and does not get."""
    about = failure.about
    if failure.fault in ("answer", "uncounted"):
        about = next((speech.pick(one.text, one.text_en) for one in flow.questions if one.id == about), about)
    else:
        service, _, paper = about.partition(":")
        title = services[service].title if service in services else service
        about = speech.say("paper-of", service=title, paper=paper) if paper else title
    return speech.say(f"fault-{failure.fault}", about=about)
