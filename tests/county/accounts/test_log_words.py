"""The audit log in words: everything that the county's code logs has them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import county
from catalog.text import encode
from county.audit import START, Entry
from county.web.admin.account.log_words import action_words, detail_words
from county.web.admin.words import load_words

ZH, EN = load_words("zh"), load_words("en")


def logged(node: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """The action and the names of the details of a call that logs; of an action that is put together, its begin."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) not in ("append", "audit.append"):
        return
    actions = [one.value for one in ast.walk(node.args[2]) if isinstance(one, ast.Constant)]
    for action in actions:
        yield str(action), [keyword.arg for keyword in node.keywords if keyword.arg]


def test_whatever_is_logged_has_words() -> None:
    sources = Path(county.__file__).parent.rglob("*.py")
    found = [
        one for path in sources for node in ast.walk(ast.parse(path.read_text())) for one in logged(node)
    ]
    assert len(found) > 50
    known = [key for key in ZH.texts if key.startswith("log.did-")]
    for action, names in found:
        assert any(key.startswith(f"log.did-{action.replace(' ', '-')}") for key in known), action
        assert {name for name in names if f"log.detail-{name}" not in ZH.texts} == set(), action


def test_an_entry_is_told_without_json() -> None:
    detail = {"name": "wang", "organisation": "", "roles": ["clerk", "guide"], "new": {"a": 1}}
    entry = Entry(
        number=1,
        at="",
        person="x",
        action="user add",
        detail=encode(detail).decode(),
        previous=START,
        hash="",
    )
    assert action_words(entry.action, ZH) == "添加人员"
    assert action_words("something new", EN) == "something new"
    told = [("名称", "wang"), ("new", "a 1"), ("角色", "编辑员、引导员")]
    assert sorted(detail_words(entry, ZH)) == sorted(told)
