"""Rules of the house that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from catalog.records import KIND_OF

HOUSE = Path(__file__).parents[2]
PACKAGES = ("kiosk", "screens", "assets", "sync", "config", "catalog", "county")
MODULES = sorted(
    path for package in PACKAGES for path in (HOUSE / package).rglob("*.py") if "versions" not in path.parts
)
SETTINGS = sorted((HOUSE / "config").glob("*.toml"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def test_nobody_else_owns_our_import_names() -> None:
    owners = packages_distributions()
    assert "msgspec" in owners
    assert {package: set(owners.get(package, ())) - {"openhall"} for package in PACKAGES} == {
        package: set() for package in PACKAGES
    }


def test_files_are_small() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.slow
def test_functions_are_small() -> None:
    trees = {name(path): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    long = {(path, found.name): lines for path, tree in trees.items() for found, lines in functions(tree)}
    assert {where: lines for where, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def functions(tree: ast.AST) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Every function with its number of lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", SETTINGS, ids=name)
def test_every_setting_has_a_comment(path: Path) -> None:
    """Settings that belong together share one comment above the first of them."""
    text = path.read_text(encoding="utf-8")
    assert uncommented(text) == []
    assert tomllib.loads(text)


def uncommented(text: str) -> list[str]:
    """The blocks of lines that set something and do not begin with a comment."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return [block for block in blocks if re.search(r"^[\w\"'\[]", block, re.M) and not block.startswith("#")]


def test_an_uncommented_setting_is_noticed() -> None:
    assert uncommented("# File.\n\n# One.\na = 1\nb = 2\n\nc = 3\n") == ["c = 3"]


def test_every_glossary_term_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    words = set(re.findall(r"\w+", code))
    assert glossary_terms() - words == set()


def test_every_record_is_in_the_glossary() -> None:
    assert {record_type.__name__ for record_type in KIND_OF} - glossary_terms() == set()


def glossary_terms() -> set[str]:
    """The code names in the second column of the glossary's tables."""
    text = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    return {
        word for row in rows for term in re.findall(r"`([^`]+)`", row[2]) for word in re.findall(r"\w+", term)
    }
