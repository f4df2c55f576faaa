"""Conditions: which forms there are, and what they mean."""

from datetime import date
from typing import Any

import msgspec
import pytest

from catalog.guided.answers import UNSURE, Answer
from catalog.guided.conditions import holds, questions_of
from catalog.importing.reading import read_files
from catalog.records import GuidedFlow
from catalog.records.condition import Condition
from catalog.text import encode
from tests.catalog.guided.flows import condition

BORN = date(1965, 1, 1)
MEANINGS: list[tuple[dict[str, Any], Answer, bool]] = [
    ({"q": "a", "is": "x"}, "x", True),
    ({"q": "a", "is": "x"}, "y", False),
    ({"q": "a", "is": 0}, 0, True),
    ({"q": "a", "is": "1965-01-01"}, BORN, True),
    ({"q": "a", "is": "x"}, ("x",), True),
    ({"q": "a", "is": "x"}, ("x", "y"), False),
    ({"q": "a", "has": "x"}, ("x", "y"), True),
    ({"q": "a", "has": "x"}, ("y",), False),
    ({"q": "a", "has": "x"}, (), False),
    ({"q": "a", "in": ["x", "y"]}, "y", True),
    ({"q": "a", "in": ["x", "y"]}, "z", False),
    ({"q": "a", "in": ["x", "y"]}, ("z", "y"), True),
    ({"q": "a", "lt": 6}, 5, True),
    ({"q": "a", "lt": 6}, 6, False),
    ({"q": "a", "le": 6}, 6, True),
    ({"q": "a", "gt": 6}, 6, False),
    ({"q": "a", "ge": 6}, 6, True),
    ({"q": "a", "ge": 6, "lt": 16}, 15, True),
    ({"q": "a", "ge": 6, "lt": 16}, 16, False),
    ({"q": "a", "ge": 6}, UNSURE, False),
    ({"q": "a", "ge": 6}, BORN, False),
    ({"q": "a", "ge": "1965-01-01"}, BORN, True),
    ({"q": "a", "gt": "1965-01-01"}, BORN, False),
    ({"q": "a", "lt": "1965-01-01"}, 3, False),
    ({"not": {"q": "a", "is": "x"}}, "y", True),
    ({"any": [{"q": "a", "is": "x"}, {"q": "a", "is": "y"}]}, "y", True),
    ({"all": [{"q": "a", "is": "x"}, {"q": "b", "is": "x"}]}, "x", False),
]


@pytest.mark.parametrize(("typed", "answer", "meaning"), MEANINGS)
def test_a_condition_means_what_it_says(typed: dict[str, Any], answer: Answer, meaning: bool) -> None:
    assert holds(condition(typed), {"a": answer}) is meaning


def test_a_condition_on_an_unanswered_question_is_false_and_its_negation_true() -> None:
    asked = condition({"q": "a", "is": "x"})
    assert not holds(asked, {})
    assert holds(Condition(not_=asked), {})
    assert holds(None, {})


WRONG: list[Any] = [
    {},
    {"q": "a"},
    {"is": "x"},
    {"q": "a", "equals": "x"},
    {"q": "a", "is": "x", "has": "x"},
    {"q": "a", "is": "x", "note": "x"},
    {"q": "a", "in": []},
    {"q": "a", "in": "x"},
    {"q": "a", "is": True},
    {"q": "a", "is": ["x"]},
    {"q": "a", "lt": 1, "le": 2},
    {"q": "a", "gt": 1, "ge": 2},
    {"q": "a", "gt": 1, "lt": "2020-01-01"},
    {"q": "a", "lt": "soon"},
    {"q": "a", "lt": "2020-02-30"},
    {"q": "a", "lt": 1.5},
    {"q": "a", "any": [{"q": "a", "is": "x"}]},
    {"any": []},
    {"all": []},
    {"any": {"q": "a", "is": "x"}},
    {"not": [{"q": "a", "is": "x"}]},
    {"not": {"not": {"q": "a"}}},
    {"q": "A b", "is": "x"},
    ["a"],
    "a",
]


@pytest.mark.parametrize("typed", WRONG)
def test_anything_else_is_refused(typed: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        condition(typed)


@pytest.mark.parametrize("typed", [typed for typed, _, _ in MEANINGS])
def test_a_condition_is_written_as_it_was_typed(typed: dict[str, Any]) -> None:
    assert encode(condition(typed)) == encode(typed)


def test_the_questions_of_a_condition() -> None:
    whole = {"any": [{"q": "a", "is": "x"}, {"not": {"all": [{"q": "b", "lt": 1}, {"q": "a", "has": "y"}]}}]}
    assert questions_of(condition(whole)) == {"a", "b"}
    assert questions_of(None) == set()


FLOW = """
- id: one
  event: birth
  title: 一
  questions:
  - {id: a, kind: single, text: 问, options: [{id: x, text: 选}]}
  effects:
  - when: {any: [{q: a, is: x}, %s]}
    do: {note: 话}
"""


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("{q: a, equals: x}", "$.effects[0].when.any[1]"),
        ("{q: a, is: x, hsa: y}", "$.effects[0].when.any[1]"),
        ("{not: {q: a}}", "$.effects[0].when.any[1].not"),
        ("{q: a, lt: soon}", "$.effects[0].when.any[1].lt"),
    ],
)
def test_an_import_says_where_a_condition_is_wrong(tmp_path: Any, typed: str, path: str) -> None:
    (tmp_path / "场景问答.yaml").write_text(FLOW % typed, encoding="utf-8")
    (finding,) = (one for one in read_files([tmp_path]).findings if one.code == "bad-value")
    assert finding.blocking
    assert path in finding.message


def test_an_import_passes_over_words_without_a_value(tmp_path: Any) -> None:
    (tmp_path / "场景问答.yaml").write_text(FLOW % "{q: a, is: null, has: x, in: null}", encoding="utf-8")
    (found,) = (one for one in read_files([tmp_path]).records if isinstance(one, GuidedFlow))
    when = found.effects[0].when
    assert when is not None
    assert when.any_[1] == Condition(q="a", has="x")
