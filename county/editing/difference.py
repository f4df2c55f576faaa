"""Two texts of a record by field, as people read them, the words that differ marked. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.records import Record
from county.editing.drawing import Node, draw, picked
from county.editing.tree import tree_of
from county.editing.wording import Piece, compare_words
from county.wording import Words


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that differs: the key of its label, the place inside it in words, both texts in pieces."""

    words: str
    place: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Says values as people read them: `titles` are those of the records that are referred to, by id."""

    words: Words
    titles: Mapping[str, str]

    def say(self, node: Node) -> str:
        """A field, one line for each part that is filled in."""
        if node.parts:
            return "\n".join(self._part(part) for part in node.parts if part.filled)
        if node.rows:
            return "\n".join(self.say(row.node) for row in node.rows)
        match node.field.widget:
            case "choice":
                return self.words(f"fields.choice.{node.value or 'none'}")
            case "tick":
                return self.words("records.yes" if node.value else "records.no")
            case "moment" | "pair":
                return f"{node.value} {node.zone}".strip()
        return self.titles.get(node.value, node.value) if node.field.refers else node.value

    def _part(self, part: Node) -> str:
        text = self.say(part)
        label = self.words(f"fields.{part.field.words}")
        return self.words("records.part", label=label, text=f"\n{text}" if "\n" in text else text)


def referred(kind: str, *records: Record | None) -> list[str]:
    """The ids that these texts of a record refer to."""
    return [one for record in records if record is not None for one in picked(draw(kind, tree_of(record)))]


def compare_fields(kind: str, before: Record | None, after: Record | None, reader: Reader) -> list[Changed]:
    """The fields that differ, in the order of the form; None has no fields."""
    old = dict(_texts(draw(kind, tree_of(before)), reader)) if before is not None else {}
    new = dict(_texts(draw(kind, tree_of(after)), reader)) if after is not None else {}
    places = [*old, *(place for place in new if place not in old)]
    order = {node.field.name: number for number, node in enumerate(draw(kind, {}))}
    places.sort(key=lambda place: order.get(place[0], len(order)))
    return [
        Changed(f"{kind}.{name}" if name not in _COMMON else f"record.{name}", place, *_sides(a, b))
        for (name, place) in places
        if (a := old.get((name, place), _NOTHING)) != (b := new.get((name, place), _NOTHING))
    ]


_COMMON = ("id", "checked_on", "checked_by", "valid_from", "valid_to")

_NOTHING = ("", "")
"""A field's text as it is kept, by which it differs, and as people read it."""


def _sides(before: tuple[str, str], after: tuple[str, str]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts as people read them; as they are kept where that alone tells them apart, such as two of one name."""
    shown = 1 if before[1] != after[1] else 0
    return compare_words(before[shown], after[shown])


def _texts(nodes: tuple[Node, ...], reader: Reader) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for node in nodes:
        if node.rows:
            for number, row in enumerate(node.rows, 1):
                yield (node.field.name, str(number)), (_text(row.node), reader.say(row.node))
        elif node.parts or node.value or node.field.widget == "tick":
            yield (node.field.name, ""), (_text(node), reader.say(node))


def _text(node: Node) -> str:
    """A field as it is kept, in lines."""
    if node.parts:
        lines = [text for part in node.parts if (text := _text(part))]
        return "\n".join(lines)
    if node.rows:
        return "\n".join(_text(row.node) for row in node.rows)
    return f"{node.value} {node.zone}".strip() if node.field.widget in ("moment", "pair") else node.value
