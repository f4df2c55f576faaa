"""Every code and every heading is documented, and nothing else is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from catalog.checks.rules import load_rules
from catalog.importing import lists, policies, service_profiles
from catalog.importing.directory_header import PROFILE
from catalog.importing.forms import FORMS

ROOT = Path(__file__).parents[3]
CODE = re.compile(r"[a-z]+(-[a-z]+)+")
POSITIONS = {"refusal": 0, "say": 1, "note": 1, "bad": 3}
"""Which argument of a call is the code."""


def used() -> set[str]:
    """The codes that the importers, checks and exporters give."""
    found = {rule.code for rule in load_rules().outdated}
    for folder in ("importing", "checks", "exporting", "guided/proof"):
        for path in (ROOT / "catalog" / folder).glob("*.py"):
            found |= set(_codes(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = POSITIONS.get(name)
            arguments = node.args[position : position + 1] if position is not None else []
            arguments = [*arguments, *(word.value for word in node.keywords if word.arg == "code")]
            for argument in arguments:
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and CODE.fullmatch(str(part.value)):
                        yield str(part.value)
        elif isinstance(node, ast.FunctionDef) and node.name == "bad":
            yield from (str(d.value) for d in node.args.defaults if isinstance(d, ast.Constant) and d.value)


def test_every_code_is_documented() -> None:
    text = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE))
    given = used()
    assert len(given) > 50
    assert given == documented


def test_every_heading_is_documented() -> None:
    text = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    profiles = [value for module in (lists, policies, service_profiles) for value in vars(module).values()]
    for profile in [PROFILE, *(value for value in profiles if isinstance(value, type(PROFILE)))]:
        assert f"## {profile.name}\n" in text
        assert [word for words in profile.columns.values() for word in words if word not in text] == []
    assert [key for form in FORMS for key in form.required if f"`{key}`" not in text] == []
