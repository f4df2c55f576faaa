"""Ratings (好差评) and questionnaires as sums; no sum under five is shown."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, select

from catalog.insight import SMALLEST
from catalog.outbox import Answers, Opinion, Rating
from catalog.records import Survey
from catalog.records.county import SurveyQuestion
from catalog.survey import GRADES, grade
from county.database.insight import report
from county.insight.window import Window

Shape = TypeVar("Shape", bound=Opinion)
_KINDS: Mapping[type[Opinion], str] = {Rating: "rating", Answers: "answers"}


@dataclass(frozen=True, slots=True)
class Grades:
    """How a subject was rated: `counts` of the grades 1 to 5 where they may be shown, else None; the share of grades
    from 3 up (基本满意 and better) is what 好差评 calls satisfied."""

    subject: str
    number: int
    counts: tuple[int | None, ...]
    average: float
    satisfied: float


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question; `number` is None when it is too small to show."""

    label: str
    label_en: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was answered; `number` is how many answered it."""

    text: str
    text_en: str
    number: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A questionnaire with its questions; `number` is how many filled it in, None when too few."""

    survey: Survey
    number: int | None
    questions: tuple[Asked, ...]


def given(connection: Connection, window: Window, shape: type[Shape]) -> Sequence[Shape]:
    """The ratings, or the answers, of a window."""
    query = select(report.c.body).where(window.holds(report), report.c.kind == _KINDS[shape])
    decoder = msgspec.json.Decoder(shape)
    return [decoder.decode(body) for body in connection.scalars(query).all()]


def ratings(
    rows: Iterable[Rating], surveys: Mapping[str, Survey], subject: Callable[[Rating], str]
) -> Sequence[Grades]:
    """Grades by what `subject` says of a rating, empty for none; most first. Only subjects with five and more."""
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for rating in rows:
        about, best = subject(rating), graded(rating, surveys)
        if about and best:
            found[about][best] += 1
    large = [_grades(about, counts) for about, counts in found.items() if counts.total() >= SMALLEST]
    return sorted(large, key=lambda row: (-row.number, row.subject))


def graded(rating: Rating, surveys: Mapping[str, Survey]) -> int:
    """The grade that a rating gives, 5 best; 0 when its survey is not known or has no such option."""
    survey = surveys.get(rating.survey)
    for question in survey.questions if survey else ():
        if question.type == "grade":
            for option in question.options:
                if option.value in rating.answers.get(question.id, ()):
                    return grade(question, option)
    return 0


def questionnaires(rows: Iterable[Opinion], surveys: Mapping[str, Survey]) -> Sequence[Answered]:
    """What questionnaires came to; options that the survey no longer has are left out."""
    by_survey: defaultdict[str, list[Opinion]] = defaultdict(list)
    for row in rows:
        by_survey[row.survey].append(row)
    return [_answered(surveys[name], of) for name, of in sorted(by_survey.items()) if name in surveys]


def _grades(about: str, counts: Counter[int]) -> Grades:
    number = counts.total()
    return Grades(
        about,
        number,
        _shown([counts[one] for one in range(1, GRADES + 1)]),
        round(sum(one * times for one, times in counts.items()) / number, 1),
        sum(times for one, times in counts.items() if one >= 3) / number,
    )


def _shown(counts: Sequence[int]) -> tuple[int | None, ...]:
    """The counts that may be shown beside their sum: so many are hidden that the hidden ones come to five or more."""
    hidden = {at for at, count in enumerate(counts) if 0 < count < SMALLEST}
    rest = sorted((count, at) for at, count in enumerate(counts) if count >= SMALLEST)
    while hidden and sum(counts[at] for at in hidden) < SMALLEST and rest:
        hidden.add(rest.pop(0)[1])
    return tuple(None if at in hidden or (hidden and not count) else count for at, count in enumerate(counts))


def _answered(survey: Survey, rows: Sequence[Opinion]) -> Answered:
    enough = len(rows) >= SMALLEST
    questions = tuple(_asked(question, rows) for question in survey.questions if question.options)
    return Answered(survey, len(rows) if enough else None, questions if enough else ())


def _asked(question: SurveyQuestion, rows: Sequence[Opinion]) -> Asked:
    chosen = [row.answers[question.id] for row in rows if row.answers.get(question.id)]
    counts = Counter(value for values in chosen for value in set(values))
    choices = tuple(
        Choice(
            option.label,
            option.label_en,
            counts[option.value] if counts[option.value] >= SMALLEST else None,
        )
        for option in question.options
    )
    return Asked(question.text, question.text_en, len(chosen) if len(chosen) >= SMALLEST else 0, choices)
