"""The form of every kind of record, made from the record's type. Pure.

A kind that gains an attribute gains a field, which a test then asks to have words in assets/strings/desk/fields.toml.
What a type cannot say, such as what an id refers to, stands in county.editing.meanings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args

import msgspec
from msgspec import inspect

from catalog.records import RECORD_TYPES, Record
from catalog.records.condition import Condition
from catalog.references import REFERENCES, type_word
from county.editing.meanings import LONG, SUGGESTIONS

Widget = Literal[
    "line",
    "text",
    "whole",
    "decimal",
    "scalar",
    "tick",
    "choice",
    "date",
    "moment",
    "pair",
    "json",
    "group",
    "items",
    "rows",
    "map",
]
"""`scalar` is a whole number or words, `pair` a longitude and a latitude, `group` the parts of one value, `items` a
list of single values, `rows` a list of values with parts, `map` rows of a key with its values, `json` what has no
form of its own."""

COMMON = tuple(Record.__struct_fields__)
"""What every record has."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `words` is the key of its label; `item` is what a list holds, `parts` what a value is made of.

    `most` is how many items there may be: 1 for a value that may be absent. `refers` are the kinds of record whose id
    it holds, `suggested` words that usually stand here.
    """

    name: str
    words: str
    widget: Widget
    required: bool = False
    nullable: bool = False
    default: Any = None
    choices: tuple[Any, ...] = ()
    item: "Field | None" = None
    parts: tuple["Field", ...] = ()
    most: int | None = None
    refers: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()


@cache
def form_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind, its own first and those that every record has last. Raises KeyError."""
    shape = inspect.type_info(RECORD_TYPES[kind])
    assert isinstance(shape, inspect.StructType)
    fields = {field.name: field for field in _parts(shape, kind) if field.name != "source"}
    own = [field for name, field in fields.items() if name not in COMMON]
    return (fields["id"], *own, *(fields[name] for name in COMMON if name in fields and name != "id"))


def all_fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields with all that is inside them."""
    for field in fields:
        yield field
        yield from all_fields(field.parts)
        if field.item is not None:
            yield from all_fields((field.item,))


def _parts(shape: inspect.StructType, owner: str) -> tuple[Field, ...]:
    declared = {field.name: get_args(field.type) for field in msgspec.structs.fields(shape.cls)}
    fields = (_field(part, owner) for part in shape.fields)
    # inspect sorts the words of a Literal; people know them in the order in which they were declared
    return tuple(replace(f, choices=declared[f.name]) if f.choices else f for f in fields)


def _field(part: inspect.Field, owner: str) -> Field:
    words = f"record.{part.name}" if owner in RECORD_TYPES and part.name in COMMON else f"{owner}.{part.name}"
    default = part.default
    if default is msgspec.NODEFAULT and part.default_factory is not msgspec.NODEFAULT:
        default = part.default_factory()
    default = None if default is msgspec.NODEFAULT else default
    return _of_type(part.type, part.name, words, required=part.required, default=default)


def _of_type(
    shape: inspect.Type, name: str, words: str, required: bool = False, default: Any = None
) -> Field:
    nullable = isinstance(shape, inspect.UnionType) and shape.includes_none
    if isinstance(shape, inspect.UnionType):
        rest = [one for one in shape.types if not isinstance(one, inspect.NoneType)]
        if len(rest) > 1:
            simple = {type(one) for one in rest} == {inspect.IntType, inspect.StrType}
            return Field(name, words, "scalar" if simple else "json", required, nullable, default)
        shape = rest[0]
    match shape:
        case inspect.StructType(cls=cls) if cls is Condition:
            return Field(name, words, "json", required, nullable, default)
        case inspect.StructType():
            parts = _parts(shape, type_word(shape.cls))
            group = Field(name, words, "group", required, default=default, parts=parts)
            return Field(name, words, "rows", item=group, most=1) if nullable else group
        case inspect.VarTupleType(item_type=item_type):
            item = _of_type(item_type, name, words, required=True)
            suggested = SUGGESTIONS.get(words, ())
            widget: Widget = "rows" if item.widget == "group" else "items"
            return Field(name, words, widget, required, item=item, default=default, suggested=suggested)
        case inspect.DictType(value_type=inspect.VarTupleType() as values):
            key = Field("key", f"{words}_key", "line", required=True)
            items = _of_type(values, "values", words)
            group = Field(name, words, "group", required=True, parts=(key, items))
            return Field(name, words, "map", required, item=group, default=default)
    return _simple(shape, Field(name, words, "line", required, nullable, default))


def _simple(shape: inspect.Type, field: Field) -> Field:
    match shape:
        case inspect.LiteralType(values=values):
            return replace(field, widget="choice", choices=tuple(values))
        case inspect.StrType():
            return replace(
                field,
                widget="text" if field.words in LONG else "line",
                refers=REFERENCES.get(field.words, ()),
                suggested=SUGGESTIONS.get(field.words, ()),
            )
        case inspect.IntType():
            return replace(field, widget="whole")
        case inspect.FloatType():
            return replace(field, widget="decimal")
        case inspect.BoolType():
            return replace(field, widget="tick")
        case inspect.DateType():
            return replace(field, widget="date")
        case inspect.DateTimeType():
            return replace(field, widget="moment")
        case inspect.TupleType(item_types=(inspect.FloatType(), inspect.FloatType())):
            return replace(field, widget="pair")
    return replace(field, widget="json")
