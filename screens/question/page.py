"""One guided question, and what the answers so far come to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from catalog.guided.answers import UNSURE, Answer, Answers
from catalog.guided.engine import asked, next_question
from catalog.guided.result import Result
from catalog.records import GuidedFlow
from catalog.records.flow import FlowOption, FlowQuestion
from screens.question.days import CLEAR, day_of, further, label, month_name
from screens.shared.item import Tab
from screens.shared.words import Words

ICONS = {
    False: ("radiobox-blank", "radiobox-marked"),
    True: ("checkbox-blank-outline", "checkbox-marked"),
}
"""Whether several may be chosen → icon of an option that is not chosen, and of one that is."""

KEY_WIDTHS = {0: 220, 3: 150, 4: 150, 6: 90, 8: 90}
"""Digits of a date chosen so far → units that a key for the next needs: decades, years, months, days."""

MANY, SHORT = 6, 6
"""More options than this, of so few characters, stand beside each other; the last of them may be longer."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to touch; `state` says in words that it is chosen."""

    label: str
    route: str
    icon: str
    note: str = ""
    state: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PadKey:
    """A key of the pad."""

    label: str
    route: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question with its options, or a pad with them. `entry` is what the pad gave so far, or what to do with it while
    nothing is `entered`; `short` says that options need little room, `key_width` how many units a key needs, 0
    for three in a row.
    """

    title: str = ""
    place: str = ""
    share: float = 0.0
    warning: str = ""
    question: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    short: bool = False
    entry: str = ""
    entered: bool = False
    tabs: tuple[Tab, ...] = ()
    keys: tuple[PadKey, ...] = ()
    key_width: int = 0
    so_far_title: str = ""
    so_far: str = ""
    previous_label: str = ""
    previous_route: str = ""
    next_label: str = ""
    next_route: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page of a question is made from. `subject` is kind and id of the record, `digits` are those of a date
    that is not complete. `changing`: one answer is changed, and only what it opens is asked afterwards.
    """

    subject: str
    flow: GuidedFlow
    answers: Answers
    towns: Sequence[str] = ()
    digits: str = ""
    this_year: int = 2000
    changing: bool = False

    def route(self, question: FlowQuestion | None) -> str:
        """Where a question is asked; where the result is, for None."""
        if question is None:
            return f"result/{self.subject}"
        return f"question/{self.subject}/{question.id}{'/change' if self.changing else ''}"

    def after(self, question: FlowQuestion) -> str:
        """Where to go when a question is answered: the next one, then those left out, then the result."""
        follows = None if self.changing else next_question(self.flow, self.answers, question.id)
        return self.route(follows or next_question(self.flow, self.answers))


def question_page(asking: Asking, question: FlowQuestion, words: Words) -> QuestionPage:
    """The page of `question`, one of those that are asked; where the one before it is asked is left to the caller."""
    questions = asked(asking.flow, asking.answers)
    here = questions.index(question)
    given = asking.answers.get(question.id)
    last = next_question(asking.flow, asking.answers, question.id) is None
    page = QuestionPage(
        title=words.marked(asking.flow.title, asking.flow.title_en),
        place=words("question-crumb", number=here + 1),
        share=(here + 1) / len(questions),
        question=words.marked(question.text, question.text_en),
        hint=_hint(question, words),
        options=_options(asking, question, words),
        previous_label=words("previous"),
        next_label=words("ask-changed" if asking.changing else "ask-result" if last else "next"),
        next_route=asking.after(question) if given is not None else "",
    )
    if question.kind == "number":
        return _numbered(page, question, given, words)
    if question.kind == "date":
        return _dated(page, asking, question, words)
    short = len(page.options) > MANY and all(len(one.label) <= SHORT for one in page.options[:-1])
    return replace(page, short=short)


def so_far(result: Result, words: Words) -> str:
    """Services, papers and visits in one line."""
    visits = result.visits
    parts = [
        words("count-services", count=len(result.services)),
        words("count-papers", count=sum(one.paper.group == "bring" for one in result.papers)),
        words("count-visits", count=visits.together) if visits.separate else "",
    ]
    return words("dot").join(part for part in parts if part)


def answer_text(question: FlowQuestion, answer: Answer | None, words: Words) -> str:
    """An answer in words."""
    if answer is None or answer == ():
        return words("ask-unanswered")
    if isinstance(answer, date):
        return words("date-said", year=answer.year, day=words.day(answer))
    chosen = answer if isinstance(answer, tuple) else (str(answer),)
    names = {option.id: words.marked(option.text, option.text_en) for option in question.options}
    names.setdefault(UNSURE, words("ask-unsure"))
    return words("list-comma").join(names.get(one, one) for one in chosen)


def _hint(question: FlowQuestion, words: Words) -> str:
    several = words("several") if question.kind == "multi" else ""
    return words("dot").join(
        part for part in (several, words.marked(question.help, question.help_en)) if part
    )


def _options(asking: Asking, question: FlowQuestion, words: Words) -> tuple[Option, ...]:
    """Every option, towns for a place, and not sure in any case."""
    offered = list(question.options)
    if question.kind == "place" and not offered:
        offered = [FlowOption(id=town, text=town, text_en=town) for town in asking.towns]
    if all(option.id != UNSURE for option in offered):
        offered.append(FlowOption(id=UNSURE, text=words("ask-unsure"), text_en=words("ask-unsure")))
    given = asking.answers.get(question.id)
    chosen = given if isinstance(given, tuple) else (given,)
    return tuple(_option(question, option, option.id in chosen, words) for option in offered)


def _option(question: FlowQuestion, option: FlowOption, chosen: bool, words: Words) -> Option:
    return Option(
        label=words.marked(option.text, option.text_en),
        route=f"do/answer/{question.id}/{option.id}",
        icon=ICONS[question.kind == "multi"][chosen],
        note=words.marked(option.note, option.note_en),
        state=words("ask-chosen") if chosen else "",
        chosen=chosen,
    )


def _numbered(page: QuestionPage, question: FlowQuestion, given: Answer | None, words: Words) -> QuestionPage:
    act = f"do/answer/{question.id}"
    keys = [PadKey(str(digit), f"{act}/{digit}") for digit in range(1, 10)]
    keys += [
        PadKey(words("ask-clear"), f"{act}/clear"),
        PadKey("0", f"{act}/0"),
        PadKey(words("ask-delete"), f"{act}/delete"),
    ]
    entry = str(given) if isinstance(given, int) else ""
    return replace(page, keys=tuple(keys), entry=entry or words("ask-number"), entered=bool(entry))


def _dated(page: QuestionPage, asking: Asking, question: FlowQuestion, words: Words) -> QuestionPage:
    act, given = f"do/answer/{question.id}", asking.answers.get(question.id)
    digits = f"{given:%Y%m%d}" if isinstance(given, date) else asking.digits
    day = day_of(digits)
    year, month = digits[:4], digits[4:6]
    tabs = (
        Tab(label(year, words) if len(year) == 4 else words("ask-year"), f"{act}/{CLEAR}", len(digits) < 4),
        Tab(
            month_name(int(month), words) if month else words("ask-month"), f"{act}/{year}", len(digits) == 4
        ),
        Tab(words("ask-day"), f"{act}/{digits[:6]}", len(digits) > 4),
    )
    keys = [
        PadKey(label(one, words), f"{act}/{one}", one == digits) for one in further(digits, asking.this_year)
    ]
    known = 1 if len(digits) < 4 else 2 if len(digits) == 4 else 3
    entry = answer_text(question, day, words) if day else words("ask-date")
    return replace(
        page,
        tabs=tabs[:known],
        keys=tuple(keys),
        key_width=KEY_WIDTHS[len(digits)],
        entry=entry,
        entered=day is not None,
    )
