"""A form ready to be drawn: every field with its value, what is wrong with it, and its rows. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from county.editing.fields import Field, form_of
from county.editing.meanings import MAYBE
from county.editing.reading import Errors
from county.editing.tree import ROW, Tree


@dataclass(frozen=True, slots=True)
class Node:
    """One field at `path`. `rows` are those of a list, `blank` one to be added; `parts` those of a group.

    `wrong` is a key of words. `usual` are suggested words that are not among the items.
    """

    field: Field
    path: str
    value: str = ""
    wrong: str = ""
    parts: tuple["Node", ...] = ()
    rows: tuple["Row", ...] = ()
    blank: "Row | None" = None
    usual: tuple[str, ...] = ()
    zone: str = ""

    @property
    def id(self) -> str:
        """The element's id in the page."""
        return f"f-{self.path}"

    @property
    def picks(self) -> bool:
        """Whether it is filled by searching records."""
        return bool(self.field.refers) and self.field.words not in MAYBE

    @property
    def filled(self) -> bool:
        """Whether anything is in it."""
        return bool(self.value or self.rows) or any(part.filled for part in self.parts)

    @property
    def faulty(self) -> bool:
        """Whether anything in it is wrong."""
        return any(node.wrong for node in all_nodes((self,)))

    @property
    def brief(self) -> str:
        """The first words in it, by which a row is told from the others."""
        texts = (node.value for node in all_nodes(self.parts) if node.field.widget in ("line", "text"))
        return next((text for text in texts if text), "")[:60]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list: its key and its field, which is a group where the row has parts."""

    key: str
    node: Node


def draw(kind: str, tree: Tree, errors: Errors | None = None) -> tuple[Node, ...]:
    """The form of a kind with these texts. Raises KeyError for an unknown kind."""
    return tuple(_node(field, tree.get(field.name), field.name, errors or {}, 0) for field in form_of(kind))


def all_nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes with all that is inside them, blank rows left out."""
    for node in nodes:
        yield node
        yield from all_nodes(node.parts)
        yield from all_nodes(row.node for row in node.rows)


def picked(nodes: Iterable[Node]) -> list[str]:
    """The ids that the form refers to."""
    return [node.value for node in all_nodes(nodes) if node.field.refers and node.value]


def _node(field: Field, given: Any, path: str, errors: Mapping[str, str], depth: int) -> Node:
    wrong = errors.get(path, "")
    tree = given if isinstance(given, dict) else {}
    match field.widget:
        case "group":
            parts = tuple(
                _node(part, tree.get(part.name), f"{path}.{part.name}", errors, depth) for part in field.parts
            )
            return Node(field, path, wrong=wrong, parts=parts)
        case "items" | "rows" | "map":
            return _list(field, tree, path, errors, depth)
        case "moment":
            return Node(field, path, str(tree.get("at", "")), wrong, zone=str(tree.get("zone", "+08:00")))
        case "pair":
            longitude, latitude = str(tree.get("longitude", "")), str(tree.get("latitude", ""))
            return Node(field, path, longitude, wrong, zone=latitude)
    return Node(field, path, given if isinstance(given, str) else _first(field), wrong)


def _list(field: Field, tree: Tree, path: str, errors: Mapping[str, str], depth: int) -> Node:
    item = field.item
    assert item is not None
    keys = [key for key, row in tree.items() if key != ROW and row not in ("", {})]
    rows = tuple(Row(key, _node(item, tree[key], f"{path}.{key}", errors, depth + 1)) for key in keys)
    mark = f"__k{depth}__"
    blank = Row(mark, _node(item, None, f"{path}.{mark}", {}, depth + 1))
    values = {row.node.value for row in rows}
    usual = tuple(word for word in field.suggested if word not in values)
    return Node(field, path, wrong=errors.get(path, ""), rows=rows, blank=blank, usual=usual)


def _first(field: Field) -> str:
    """What a field shows that was never filled in: its default, where that is a choice or a tick."""
    if field.widget == "choice" and isinstance(field.default, str):
        return field.default
    return "on" if field.widget == "tick" and field.default is True else ""
