"""A form's content as a tree of texts: of a record, and of what a browser sent. Pure.

A place in a form is a path such as `evidence.r2.title`. What stands between the names of a list and of a part is the
row's key: it says only which texts belong together. The order of rows is the order in which they were sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from catalog.records import Record
from catalog.text import encode, kind_of
from county.editing.fields import Field, form_of

Tree = dict[str, Any]
"""Name or row key → text, or the tree below it."""

ROW = "_"
"""Below a row: sent with every row, so that a row of which nothing is filled in is there."""


def tree_of(record: Record) -> Tree:
    """The texts of a record's form."""
    return {field.name: _value(field, getattr(record, field.name)) for field in form_of(kind_of(record))}


def unfold(sent: Iterable[tuple[str, str]]) -> Tree:
    """The tree of what was sent, names and texts; line ends become those of records.

    A name that is no path, or contradicts another, is left out.
    """
    tree: Tree = {}
    for path, text in sent:
        *above, name = path.split(".")
        place = tree
        for part in above:
            below = place.setdefault(part, {})
            if not isinstance(below, dict):
                break
            place = below
        else:
            if not isinstance(place.get(name), dict):
                place[name] = text.replace("\r\n", "\n").replace("\r", "\n")
    return tree


def fold(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Names and texts of a tree, as a browser sends them."""
    for name, value in tree.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from fold(value, path)
        else:
            yield path, value


def texts_of(tree: Mapping[str, Any]) -> set[str]:
    """Every text of a tree."""
    return {text for _, text in fold(tree)}


def scalar_text(value: int | str) -> str:
    """A whole number or words, told apart: words that look like a number stand in quotes."""
    if isinstance(value, int):
        return str(value)
    looks = value.startswith('"') or value.strip().removeprefix("-").isdecimal()
    return encode(value).decode() if looks else value


def place_in(tree: Mapping[str, Any], path: str) -> str:
    """The place in a form that a path such as `evidence[1].title` names, as far as it is there."""
    parts: list[str] = []
    below: Any = tree
    for name, number in _steps(path):
        if not isinstance(below, Mapping):
            break
        keys = [key for key in below if key != ROW]
        part = name or (keys[number] if number < len(keys) else "")
        if part not in below:
            break
        parts.append(part)
        below = below[part]
    return ".".join(parts)


def _steps(path: str) -> Iterator[tuple[str, int]]:
    for part in path.replace("[", ".[").split("."):
        if part.startswith("[") and part[1:-1].isdigit():
            yield "", int(part[1:-1])
        elif part:
            yield part, 0


def _value(field: Field, value: Any) -> Any:
    match field.widget:
        case "group":
            return {part.name: _value(part, getattr(value, part.name)) for part in field.parts}
        case "items" | "rows":
            assert field.item is not None
            values = value if field.most is None else () if value is None else (value,)
            return {f"r{place}": _row(field.item, one) for place, one in enumerate(values)}
        case "map":
            assert field.item is not None
            key, items = field.item.parts
            pairs = ({"key": _value(key, one), "values": _value(items, value[one])} for one in sorted(value))
            return {f"r{place}": {ROW: "1", **pair} for place, pair in enumerate(pairs)}
        case "moment":
            return _moment(value)
        case "pair":
            longitude, latitude = value or ("", "")
            return {"longitude": str(longitude), "latitude": str(latitude)}
    return _text(field, value)


def _row(item: Field, value: Any) -> Any:
    below = _value(item, value)
    return {ROW: "1", **below} if item.widget == "group" else below


def _text(field: Field, value: Any) -> str:
    if field.widget == "json":
        return _json(field, value)
    if value is None:
        return ""
    match field.widget:
        case "tick":
            return "on" if value else ""
        case "scalar":
            return scalar_text(value)
        case "date":
            assert isinstance(value, date)
            return value.isoformat()
    return str(value)


def _json(field: Field, value: Any) -> str:
    if value is None and field.nullable:
        return ""
    text = encode(value)
    return msgspec.json.format(text, indent=2).decode() if len(text) < 2000 else text.decode()


def _moment(value: datetime | None) -> Tree:
    if value is None:
        return {"at": "", "zone": "+08:00"}
    text, zone = value.isoformat(), ""
    if value.tzinfo is not None:
        text, zone = text[:-6], text[-6:]
    return {"at": text, "zone": zone}
