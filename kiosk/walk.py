"""Guided questions half answered, as a value. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from catalog.guided.answers import Answers
from catalog.records import GuidedFlow


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions and the answers given so far; `dates` are dates that are not complete: question id → digits."""

    flow: GuidedFlow
    answers: Answers = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)


def unanswered(walk: Walk, question: str, text: str) -> Walk:
    """With the digits of a date that is not complete, and no answer to its question."""
    answers = {key: value for key, value in walk.answers.items() if key != question}
    return replace(walk, answers=answers, dates={**walk.dates, question: text})
