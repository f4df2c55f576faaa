"""Answers become text and the same answers again; no other text becomes answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guided.answers import LARGEST, Answer
from catalog.guided.fragment import DIGITS, Bits, choices, decode, encode, mark
from catalog.qr import modules
from catalog.records.flow import FlowOption, FlowQuestion, GuidedFlow, QuestionKind

TOWNS = ("东河镇", "北岭乡", "城关街道")
KINDS: tuple[QuestionKind, ...] = ("single", "multi", "number", "date", "place")


def question(number: int, kind: QuestionKind, options: int = 5) -> FlowQuestion:
    """A question with so many options, if it has any; with an even number, the last is `unsure`."""
    names = [f"o{n}" for n in range(options)] if kind in ("single", "multi") else []
    if names and options % 2 == 0:
        names[-1] = "unsure"
    return FlowQuestion(
        id=f"q{number}", kind=kind, text="?", options=tuple(FlowOption(id=name, text=name) for name in names)
    )


def flow(*questions: FlowQuestion) -> GuidedFlow:
    return GuidedFlow(id="f", event="e", title="f", questions=questions)


MIXED = flow(*(question(n, kind, n + 1) for n, kind in enumerate(KINDS * 3)))


def answers_to(question: FlowQuestion) -> st.SearchStrategy[Answer]:
    known = choices(question, TOWNS)
    if question.kind == "multi":
        some = st.sets(st.sampled_from(known), min_size=1).filter(
            lambda those: "unsure" not in those or len(those) == 1
        )
        return some.map(lambda those: tuple(sorted(those, key=known.index)))
    named = st.sampled_from(known)
    if question.kind == "number":
        return st.one_of(named, st.integers(0, LARGEST))
    if question.kind == "date":
        return st.one_of(named, st.dates(date(1900, 1, 1), date(2155, 12, 31)))
    return named


WALKS = st.fixed_dictionaries({}, optional={q.id: answers_to(q) for q in MIXED.questions})


@pytest.mark.slow
@given(WALKS)
def test_answers_come_back(answers: dict[str, Answer]) -> None:
    text = encode(MIXED, TOWNS, answers)
    assert set(text) <= set(DIGITS)
    assert decode(MIXED, TOWNS, text) == answers


@pytest.mark.slow
@given(st.one_of(st.text(max_size=60), st.text(DIGITS, max_size=60).map((f"1{mark(MIXED, TOWNS)}").__add__)))
def test_any_other_text_is_refused(text: str) -> None:
    try:
        answers = decode(MIXED, TOWNS, text)
    except ValueError:
        return
    assert encode(MIXED, TOWNS, answers) == text


@pytest.mark.slow
@given(WALKS, st.data())
def test_damage_is_refused_or_says_something_else(answers: dict[str, Answer], data: st.DataObject) -> None:
    text = encode(MIXED, TOWNS, answers)
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = data.draw(
        st.sampled_from(
            [text[:at], text + "0", text[:at] + "é" + text[at:], text[:at] + "V" + text[at + 1 :]]
        )
    )
    try:
        found = decode(MIXED, TOWNS, damaged)
    except ValueError:
        return
    assert encode(MIXED, TOWNS, found) == damaged


@pytest.mark.parametrize("text", ["", "1", "2" * 9, "1000", "１０００", "1" * 10_000, "\x00", "1\ud800"])
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        decode(MIXED, TOWNS, text)


def test_changed_questions_are_noticed() -> None:
    text = encode(MIXED, TOWNS, {"q0": "unsure"})
    others = (flow(*MIXED.questions[1:]), flow(*reversed(MIXED.questions)))
    for other, towns in ((others[0], TOWNS), (others[1], TOWNS), (MIXED, TOWNS[1:])):
        with pytest.raises(ValueError, match="other questions"):
            decode(other, towns, text)


@pytest.mark.parametrize(
    "answers",
    [
        {"q0": "o7"},
        {"q1": ("o0", "unsure")},
        {"q1": ("o9",)},
        {"q2": -1},
        {"q2": LARGEST + 1},
        {"q3": date(1899, 12, 31)},
        {"q4": "柳林镇"},
    ],
)
def test_an_answer_that_cannot_be_is_not_written(answers: dict[str, Answer]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        encode(MIXED, TOWNS, answers)


def test_the_format_is_as_documented() -> None:
    """Bit by bit, as docs/fragment.md has it: one single, one multi, one number, one date, one place."""
    small = flow(*(question(n, kind) for n, kind in enumerate(KINDS)))
    said: dict[str, Answer] = {
        "q0": "o2",
        "q1": ("o0", "o3"),
        "q2": 60,
        "q3": date(1966, 3, 9),
        "q4": TOWNS[2],
    }
    bits = "1010" + "1100100" + f"10{60:030b}" + f"10{66:08b}{3:04b}{9:05b}" + "110"
    text = encode(small, TOWNS, said)
    assert text[:4] == "1" + mark(small, TOWNS)
    assert "".join(f"{DIGITS.index(digit):05b}" for digit in text[4:]) == bits + "0" * (-len(bits) % 5)
    reading = Bits(text[4:])
    assert (reading.take(1), reading.take(3), reading.take(1)) == (1, 2, 1)


def test_twenty_answers_and_eight_services_fit_a_small_code() -> None:
    many = flow(*(question(n, "multi" if n % 2 else "single", 9) for n in range(20)))
    said: dict[str, Answer] = {
        q.id: tuple(f"o{n}" for n in range(8)) if q.kind == "multi" else "o7" for q in many.questions
    }
    text = encode(many, TOWNS, said)
    url = f"https://zwgk.qinghe-county.example.gov.cn/m/list#{'.'.join(['ABCDEFGH'] * 8)}.ABCDEFGH-{text}"
    assert len(modules(url, 0)) <= 17 + 4 * 15
