"""Conditions changed piece by piece keep their meaning, whatever they are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guided.conditions import holds, leaves
from catalog.records import Record
from catalog.records.condition import Condition
from county.flows.conditions import Join, add, is_line, join_of, joined, moved, parts_of, paths, put
from county.flows.conditions import part_at as at
from county.flows.lines import Line, Unfinished, changed, condition_of, line_of, relations
from tests.catalog.guided.flows import ASKED, condition, conditions, flow

ABOUT = st.fixed_dictionaries({"q": st.just("many"), "has": st.sampled_from("xy")})
ANY = conditions(st.sampled_from("xy"), ABOUT, 8).map(condition)
LINES = conditions(st.sampled_from("xy"), ABOUT, 1).map(condition).filter(is_line)
FLOW = flow([{"id": name, "kind": kind, "options": options} for name, (kind, options) in ASKED.items()], [])
QUESTIONS = {question.id: question for question in FLOW.questions}
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "one": st.sampled_from(["x", "y", "unsure"]),
        "many": st.sampled_from([("x",), ("x", "y"), ("none",), ("unsure",)]),
        "age": st.sampled_from([0, 1, 2, 3, "unsure"]),
        "town": st.sampled_from("xyz"),
    },
)
JOINS: tuple[Join, ...] = ("all", "any", "none", "not_all")


def one_path(data: st.DataObject, whole: Condition) -> tuple[int, ...]:
    return data.draw(st.sampled_from(paths(whole)))


@pytest.mark.slow
@given(ANY, ANSWERS, st.data())
def test_putting_back_what_is_there_changes_nothing(whole: Condition, answers: Any, data: Any) -> None:
    path = one_path(data, whole)
    again = put(whole, path, at(whole, path))
    assert again is not None
    assert holds(again, answers) == holds(whole, answers)
    assert paths(again) == paths(whole)


@given(ANY, LINES, ANSWERS, st.sampled_from(["all", "any"]))
def test_adding_to_the_whole_joins_it(whole: Condition, new: Condition, answers: Any, join: Any) -> None:
    both = [holds(whole, answers), holds(new, answers)]
    assert holds(add(whole, (), join, new), answers) == (all(both) if join == "all" else any(both))


@given(ANY, LINES, ANSWERS, st.sampled_from(["all", "any"]), st.data())
def test_adding_to_a_part_joins_that_part(
    whole: Condition, new: Condition, answers: Any, join: Any, data: Any
) -> None:
    path = one_path(data, whole)
    part = at(whole, path)
    both = Condition(all_=(part, new)) if join == "all" else Condition(any_=(part, new))
    around = at(whole, path[:-1]) if path else None
    into_block = around is not None and join_of(around) == join and (is_line(part) or join_of(part) != join)
    if not into_block:
        wanted = put(whole, path, both)
        assert wanted is not None
        assert holds(add(whole, path, join, new), answers) == holds(wanted, answers)


@given(ANY, ANSWERS, st.sampled_from(JOINS), st.data())
def test_joining_otherwise(whole: Condition, answers: Any, join: Join, data: Any) -> None:
    path = one_path(data, whole)
    block = at(whole, path)
    other = joined(whole, path, join)
    if is_line(block):
        assert holds(other, answers) == holds(whole, answers)
    else:
        found = [holds(part, answers) for part in parts_of(block)]
        said = {"all": all(found), "any": any(found), "none": not any(found), "not_all": not all(found)}
        assert holds(joined(block, (), join), answers) == said[join]


@given(ANY, ANSWERS, st.data())
def test_an_order_changes_no_meaning_and_can_be_taken_back(whole: Condition, answers: Any, data: Any) -> None:
    inner = [path for path in paths(whole) if path]
    if not inner:
        with pytest.raises(IndexError):
            moved(whole, (), 0)
        return
    path = data.draw(st.sampled_from(inner))
    to = data.draw(st.integers(0, len(parts_of(at(whole, path[:-1]))) - 1))
    other = moved(whole, path, to)
    assert at(other, (*path[:-1], to)) == at(whole, path)
    assert holds(other, answers) == holds(whole, answers)
    assert moved(other, (*path[:-1], to), path[-1]) == moved(whole, path, path[-1])


@given(ANY, st.data())
def test_removing_leaves_no_empty_block(whole: Condition, data: Any) -> None:
    left: Condition | None = whole
    count = len(list(leaves(whole)))
    while left is not None:
        path = data.draw(st.sampled_from([path for path in paths(left) if is_line(at(left, path))]))
        left = put(left, path, None)
        count -= 1
        assert len(list(leaves(left))) == count
    assert count == 0


def test_new_lines_go_where_they_belong() -> None:
    a, b, c = (Condition(q=name, is_="x") for name in "abc")
    assert add(None, (), "all", a) == a
    assert add(a, (), "any", b) == Condition(any_=(a, b))
    assert add(Condition(all_=(a, b)), (0,), "all", c) == Condition(all_=(a, c, b))
    assert add(Condition(all_=(a, b)), (1,), "any", c) == Condition(all_=(a, Condition(any_=(b, c))))
    none = Condition(not_=Condition(any_=(a, b)))
    assert add(none, (), "all", c) == Condition(all_=(none, c))
    assert put(none, (0,), None) == Condition(not_=b)
    assert put(Condition(all_=(a, b)), (0,), None) == b


@pytest.mark.slow
@given(LINES, ANSWERS)
def test_a_line_means_what_its_condition_means(line: Condition, answers: Any) -> None:
    said = line_of(line, QUESTIONS)
    if said.relation in relations(QUESTIONS[said.question]):
        kept = changed(line, said, QUESTIONS)
        assert holds(kept, answers) == holds(line, answers)
        assert holds(condition_of(said, QUESTIONS[said.question]), answers) == holds(line, answers)


def test_every_line_of_the_demonstration_stays_as_it_was_written(sample: tuple[Record, ...]) -> None:
    checked = 0
    for record in sample:
        for effect in getattr(record, "effects", ()):
            questions = {question.id: question for question in record.questions}  # type: ignore[attr-defined]
            for path in paths(effect.when):
                part = at(effect.when, path)
                if is_line(part):
                    assert changed(part, line_of(part, questions), questions) is part
                    checked += 1
    assert checked > 300


def wrong(line: Line) -> str:
    try:
        condition_of(line, QUESTIONS[line.question])
    except Unfinished as problem:
        return str(problem)
    return ""


def test_a_line_that_cannot_be_says_why() -> None:
    assert wrong(Line("one", "chosen", ())) == "line-values"
    assert wrong(Line("one", "chosen", ("z",))) == "line-values"
    assert wrong(Line("one", "between", lower="1")) == "line-relation"
    assert wrong(Line("many", "only", ("x", "y"))) == "line-only-one"
    assert wrong(Line("age", "between")) == "line-bounds"
    assert wrong(Line("age", "between", lower="十")) == "line-number"
    assert wrong(Line("age", "between", lower="１２")) == "line-number"
    assert wrong(Line("age", "between", lower="1", lower_word="q")) == "line-relation"
    assert wrong(Line("born", "between", lower="20260131")) == "line-date"
    assert wrong(Line("born", "is", ("2026-02-30",))) == "line-date"
    assert not wrong(Line("age", "is", ("unsure",)))


def test_what_lines_become() -> None:
    said = condition_of(Line("age", "between", lower="6", upper="16"), QUESTIONS["age"])
    assert said == condition({"q": "age", "ge": 6, "lt": 16})
    said = condition_of(Line("many", "not_chosen", ("x", "y")), QUESTIONS["many"])
    assert said == condition({"not": {"q": "many", "in": ["x", "y"]}})
    said = condition_of(Line("born", "is_not", ("2026-01-31",)), QUESTIONS["born"])
    assert said == condition({"not": {"q": "born", "is": "2026-01-31"}})
