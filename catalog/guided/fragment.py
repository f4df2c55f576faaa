"""Answers as text for the fragment of an address, which browsers never send; docs/fragment.md is the format. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256

from catalog.guided.answers import UNSURE, Answer, Answers, checked, option_ids
from catalog.records.flow import FlowQuestion, GuidedFlow

VERSION = "1"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
"""Five bits each: what `parseInt(digit, 32)` reads."""
FIRST_YEAR, LAST_YEAR = 1900, 2155

_BITS = 5
_MARK = 3
_NUMBER = 30
"""Bits of a number, and of year, month and day."""
_DATE = (8, 4, 5)


def choices(question: FlowQuestion, towns: Sequence[str]) -> tuple[str, ...]:
    """What one chooses from, in order: options, or towns, and always `unsure`; only that for number and date."""
    own = option_ids(question) or (towns if question.kind == "place" else ())
    return tuple(dict.fromkeys((*own, UNSURE)))


def mark(flow: GuidedFlow, towns: Sequence[str]) -> str:
    """Three digits that say which questions and choices the answers are for."""
    lines = "\n".join(
        " ".join((question.id, question.kind, *choices(question, towns))) for question in flow.questions
    )
    number = int.from_bytes(sha256(lines.encode()).digest()[:2]) >> 1
    return _digits(f"{number:015b}")


def encode(flow: GuidedFlow, towns: Sequence[str], answers: Answers) -> str:
    """The answers to questions of the flow. Raises ValueError for an answer that its question cannot have."""
    bits = "".join(_written(question, towns, answers.get(question.id)) for question in flow.questions)
    return VERSION + mark(flow, towns) + _digits(bits + "0" * (-len(bits) % _BITS))


def decode(flow: GuidedFlow, towns: Sequence[str], text: str) -> dict[str, Answer]:
    """The answers in `text`. Raises ValueError for any text that `encode` does not write for this flow."""
    if text[:1] != VERSION:
        raise ValueError("answers of another format")
    if text[1 : 1 + _MARK] != mark(flow, towns):
        raise ValueError("answers to other questions")
    bits = Bits(text[1 + _MARK :])
    answers: dict[str, Answer] = {}
    for question in flow.questions:
        if bits.take(1):
            answers[question.id] = checked(question, _read(question, choices(question, towns), bits))
    bits.finish()
    return answers


class Bits:
    """Digits, read bit by bit from the left. Raises ValueError for characters that are none, and at the end."""

    def __init__(self, digits: str) -> None:
        if not set(digits) <= set(DIGITS):
            raise ValueError("characters that stand for nothing")
        self._left = "".join(f"{DIGITS.index(digit):05b}" for digit in digits)

    def take(self, count: int) -> int:
        """The number in the next bits."""
        if count > len(self._left):
            raise ValueError("answers that break off")
        taken, self._left = self._left[:count], self._left[count:]
        return int(taken or "0", 2)

    def finish(self) -> None:
        """Nothing is left but what fills the last digit up."""
        if len(self._left) >= _BITS or "1" in self._left:
            raise ValueError("more than the answers")


def _digits(bits: str) -> str:
    return "".join(DIGITS[int(bits[at : at + _BITS], 2)] for at in range(0, len(bits), _BITS))


def _written(question: FlowQuestion, towns: Sequence[str], answer: Answer | None) -> str:
    if answer is None or answer == ():
        return "0"
    parts = _parts(question, choices(question, towns), checked(question, answer))
    return "1" + "".join(f"{value:0{width}b}" for value, width in parts if width)


def _parts(question: FlowQuestion, known: Sequence[str], answer: Answer) -> Iterator[tuple[int, int]]:
    """Numbers and the bits each is written in."""
    if isinstance(answer, tuple):
        yield from ((choice in answer, 1) for choice in known)
        return
    if question.kind in ("number", "date"):
        yield answer == UNSURE, 1
    if isinstance(answer, int):
        yield answer, _NUMBER
    elif isinstance(answer, date):
        if not FIRST_YEAR <= answer.year <= LAST_YEAR:
            raise ValueError(f"{answer} is too far away")
        yield from zip((answer.year - FIRST_YEAR, answer.month, answer.day), _DATE, strict=True)
    elif question.kind in ("single", "place"):
        yield known.index(answer), _width(known)


def _read(question: FlowQuestion, known: Sequence[str], bits: Bits) -> Answer:
    match question.kind:
        case "multi":
            return tuple(choice for choice in known if bits.take(1))
        case "number" | "date" if bits.take(1):
            return UNSURE
        case "number":
            return bits.take(_NUMBER)
        case "date":
            year, month, day = (bits.take(width) for width in _DATE)
            return date(FIRST_YEAR + year, month, day)
        case _:
            index = bits.take(_width(known))
    if index >= len(known):
        raise ValueError("a choice that there is not")
    return known[index]


def _width(known: Sequence[str]) -> int:
    """Bits that the index of a choice takes; none when there is only one."""
    return (len(known) - 1).bit_length()
