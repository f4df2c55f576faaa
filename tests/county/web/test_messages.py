"""Every refusal and finding of the desk has its English, with the same values."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from county.web.admin.messages import english

ROOT = Path(__file__).parents[3]
SAID = {
    "Refused",
    "Misused",
    "Unready",
    "note",
    "Flaw",
    "say",
    "_say",
    "refusal",
    "bad",
    "Opened",
    "_too_large",
    "Finding",
}
PLACES = ("county", "catalog/checks", "catalog/guided/proof", "catalog/importing")
ELSEWHERE = (
    "county/commands",
    "county/signing/ceremony.py",
    "county/signing/rotation.py",
    "county/web/admin/messages",
)
"""What only a command line says."""


def template(node: ast.expr) -> str:
    """A text as written, `{}` for what is filled in; empty for anything but a text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def messages() -> Iterator[str]:
    """Every Chinese message that is given where a refusal, a finding or a flaw is made."""
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*.py")):
            if str(path.relative_to(ROOT)).startswith(ELSEWHERE):
                continue
            text = path.read_text(encoding="utf-8")
            if not any(f"{name}(" in text for name in SAID):
                continue
            for call in ast.walk(ast.parse(text)):
                if isinstance(call, ast.Call) and called(call) in SAID:
                    given = [*call.args, *(word.value for word in call.keywords)]
                    yield from (text for each in given if re.search("[一-鿿]", text := template(each)))


def called(call: ast.Call) -> str:
    """The name of what is called, of a method its last part."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def test_every_message_has_its_english() -> None:
    said = sorted(set(messages()))
    assert len(said) > 200
    assert not [message for message in said if not translated(message)]


def translated(message: str) -> bool:
    """Whether its English has no Chinese left and every value that is filled in."""
    values = iter("abcdef")
    told = english(re.sub(r"\{\}", lambda _: next(values), message))
    whole = " · " in message or all(value in told for value in "abcdef"[: message.count("{}")])
    return whole and not re.search("[一-鿿]", re.sub("“[^”]*”|主题|类别", "", told))


def test_values_are_messages_too_and_unknown_words_stay() -> None:
    assert (
        english("“或者”中的一支（x）没有用，因为村里") == "One branch of “or” (x) is of no use, because 村里"
    )
    assert english("没有终端 k · no such kiosk") == "no such kiosk"
    assert english("“x”的办事指南缺少：设定依据、办理时间") == "The guide of “x” lacks: legal basis, hours"
    assert english("别的话") == "别的话"
