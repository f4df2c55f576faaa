"""Two texts of a record by field, the words that differ marked. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.records import Record
from county.editing.drawing import Node, draw
from county.editing.tree import tree_of
from county.editing.wording import Piece, compare_words


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that differs: the key of its label, the place inside it in words, both texts in pieces."""

    words: str
    place: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def compare_fields(kind: str, before: Record | None, after: Record | None) -> list[Changed]:
    """The fields that differ, in the order of the form; None has no fields."""
    old = dict(_texts(draw(kind, tree_of(before)))) if before is not None else {}
    new = dict(_texts(draw(kind, tree_of(after)))) if after is not None else {}
    places = [*old, *(place for place in new if place not in old)]
    order = {node.field.name: number for number, node in enumerate(draw(kind, {}))}
    places.sort(key=lambda place: order.get(place[0], len(order)))
    return [
        Changed(f"{kind}.{name}" if name not in _COMMON else f"record.{name}", place, *compare_words(a, b))
        for (name, place) in places
        if (a := old.get((name, place), "")) != (b := new.get((name, place), ""))
    ]


_COMMON = ("id", "checked_on", "checked_by", "valid_from", "valid_to")


def _texts(nodes: tuple[Node, ...]) -> Iterator[tuple[tuple[str, str], str]]:
    for node in nodes:
        if node.rows:
            for number, row in enumerate(node.rows, 1):
                yield (node.field.name, str(number)), _text(row.node)
        elif node.parts or node.value:
            yield (node.field.name, ""), _text(node)


def _text(node: Node) -> str:
    """A field as lines of text."""
    if node.parts:
        lines = [text for part in node.parts if (text := _text(part))]
        return "\n".join(lines)
    if node.rows:
        return "\n".join(_text(row.node) for row in node.rows)
    return f"{node.value} {node.zone}".strip() if node.field.widget in ("moment", "pair") else node.value
