"""Reading a form: a tree of texts becomes a record, or errors at their places. Pure.

A text that the record had before is kept as it is; white space around new texts is left out.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from catalog.records import RECORD_TYPES, Record
from county.editing.fields import Field, form_of
from county.editing.tree import ROW, Tree, place_in, texts_of, tree_of

LONGEST = 200_000
"""Characters of one text."""

_LARGEST = 2**53
ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,95}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Errors = dict[str, str]
"""Path in the form → key of the words that say what is wrong; "" is the form as a whole."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a form says: a record, or `errors` where there are any. `detail` is what a whole form is refused for."""

    record: Record | None
    errors: Errors
    detail: str = ""


def read_form(kind: str, tree: Tree, base: Record | None = None) -> Read:
    """Read the form of a record; `base` is the text that was edited, from which the source is kept.

    Raises KeyError for an unknown kind.
    """
    reader = _Reader(texts_of(tree_of(base)) if base is not None else set())
    values = {part.name: reader.value(part, tree.get(part.name), part.name) for part in form_of(kind)}
    if reader.errors:
        return Read(None, reader.errors)
    try:
        record = msgspec.convert(
            {name: one for name, one in values.items() if one is not _DEFAULT}, RECORD_TYPES[kind]
        )
    except msgspec.ValidationError as error:
        text = str(error)
        return Read(None, {_place(text, tree): "refused"}, text.rpartition(" - at `$")[0] or text)
    source = base.source if base is not None else None
    return Read(msgspec.structs.replace(record, source=source), {})


_DEFAULT: Any = object()
"""Stands for a value that was left out."""


@dataclass(slots=True)
class _Reader:
    known: set[str]
    errors: Errors = field(default_factory=dict)

    def value(self, asked: Field, given: Any, path: str) -> Any:
        """The plain value of one field, or _DEFAULT; errors are noted."""
        match asked.widget:
            case "group":
                return self._parts(asked, given, path)
            case "rows" | "items" | "map":
                return self._list(asked, given, path)
            case "moment":
                return self._moment(asked, _branch(given), path)
            case "pair":
                return self._pair(_branch(given), path)
            case "tick":
                return bool(given)
        return self._single(asked, given if isinstance(given, str) else "", path)

    def _parts(self, asked: Field, given: Any, path: str) -> dict[str, Any]:
        tree = _branch(given)
        values = {
            part.name: self.value(part, tree.get(part.name), f"{path}.{part.name}") for part in asked.parts
        }
        return {name: value for name, value in values.items() if value is not _DEFAULT}

    def _list(self, asked: Field, given: Any, path: str) -> Any:
        item = asked.item
        assert item is not None
        rows = {key: row for key, row in _branch(given).items() if row not in ("", {}) and key != ROW}
        values = [self.value(item, row, f"{path}.{key}") for key, row in rows.items()]
        if asked.most == 1:
            return values[0] if values else None
        if asked.required and not values:
            self.errors[path] = "required"
        return values if asked.widget != "map" else self._map(values, path)

    def _map(self, values: list[Any], path: str) -> dict[str, Any]:
        pairs = {value["key"]: value.get("values", []) for value in values if "key" in value}
        if len(pairs) < len(values) and path not in self.errors:
            self.errors[path] = "repeated"
        return pairs

    def _single(self, asked: Field, text: str, path: str) -> Any:
        if text not in self.known:
            text = text.strip()
        if _CONTROL.search(text) or len(text) > LONGEST:
            self.errors[path] = "control" if len(text) <= LONGEST else "long"
            return _DEFAULT
        if text == "" and not (asked.widget == "choice" and "" in asked.choices):
            if asked.required:
                self.errors[path] = "required"
            return None if asked.nullable else "" if asked.required else _DEFAULT
        return self._read(asked, text, path)

    def _read(self, asked: Field, text: str, path: str) -> Any:
        reader = _READERS.get(asked.widget)
        if reader is None:
            if asked.name == "id" and not ID.fullmatch(text):
                self.errors[path] = "id"
            return text
        try:
            return reader(asked, text)
        except (ValueError, msgspec.DecodeError):
            self.errors[path] = asked.widget
            return _DEFAULT

    def _moment(self, asked: Field, given: Mapping[str, Any], path: str) -> Any:
        at, zone = str(given.get("at", "")).strip(), str(given.get("zone", "")).strip()
        if not at:
            return None
        try:
            return datetime.fromisoformat(at + zone)
        except ValueError:
            self.errors[path] = "moment"
            return _DEFAULT

    def _pair(self, given: Mapping[str, Any], path: str) -> Any:
        texts = [str(given.get(name, "")).strip() for name in ("longitude", "latitude")]
        if texts == ["", ""]:
            return None
        try:
            return [_number(text) for text in texts]
        except ValueError:
            self.errors[path] = "pair"
            return _DEFAULT


def _branch(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, dict) else {}


def _whole(asked: Field, text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,16}", text) or abs(int(text)) > _LARGEST:
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    if not re.fullmatch(r"[+-]?[0-9]{0,20}(\.[0-9]{0,20})?([eE][+-]?[0-9]{1,2})?", text):
        raise ValueError(text)
    return float(text)


def _choice(asked: Field, text: str) -> str:
    if text not in asked.choices:
        raise ValueError(text)
    return text


def _scalar(asked: Field, text: str) -> int | str:
    if text.startswith('"'):
        return msgspec.json.decode(text, type=str)
    return _whole(asked, text) if re.fullmatch(r"-?[0-9]+", text) else text


_READERS: dict[str, Callable[[Field, str], Any]] = {
    "whole": _whole,
    "decimal": lambda asked, text: _number(text),
    "choice": _choice,
    "scalar": _scalar,
    "date": lambda asked, text: date.fromisoformat(text),
    "json": lambda asked, text: msgspec.json.decode(text),
}


def _place(message: str, tree: Tree) -> str:
    """The place in the form that a message such as `… - at `$.evidence[1].order`` is about."""
    return place_in(tree, message.rpartition("`$")[2].rstrip("`"))
