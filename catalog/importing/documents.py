"""YAML documents: lists of records, recognised by their keys.

Keys are those of the records, except where the hand-over form has another word (`name` for a title). Anchors
are refused: they serve no person who types such a file, and they multiply.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
import yaml

from catalog.findings import Location
from catalog.importing.forms import FORMS, STATED, Form, struct_in
from catalog.importing.ledger import Ledger, Refused, refusal
from catalog.records import Record, Source

MAX_DEPTH = 40
_NO_SECONDS = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?=$|[+Z-])")


class _Loader(yaml.CSafeLoader):
    """Reads times as text: the record says what they are."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a document, with the line where it begins."""

    line: int
    value: Any


def read_document(text: str, name: str, ledger: Ledger) -> list[Record]:
    """The records of a YAML text. Raises Refused when it cannot be read or is of no known kind."""
    items = _items(text, name)
    keys = set().union(*(item.value for item in items if isinstance(item.value, dict)))
    form = _recognise(keys)
    if form is None:
        raise refusal(
            "unknown-document",
            f"看不出是哪一种数据，键有：{'、'.join(sorted(map(str, keys))[:12])}",
            Location(file=name, row=1),
            "按导出的同类文件检查各项的键名",
        )
    records = []
    for item in items:
        try:
            records.append(_record(item, form, name, ledger))
        except Refused as refused:
            ledger.findings.append(refused.finding)
    return records if "order" in keys or "order" not in form.keys else _in_file_order(records)


def _in_file_order(records: Sequence[Record]) -> list[Record]:
    """The records of a document that states no order: theirs is the order that they were written in."""
    return [msgspec.structs.replace(record, order=number) for number, record in enumerate(records, 1)]


def _items(text: str, name: str) -> list[Item]:
    try:
        _check_shape(text, name)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise refusal("empty-file", "文件是空的", Location(file=name), "填写内容后重试")
            _check_keys(node, name)
            nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
            return [Item(n.start_mark.line + 1, loader.construct_document(n)) for n in nodes]
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or "unreadable"
        raise refusal(
            "malformed-yaml",
            f"第 {line} 行不符合 YAML 格式（{problem}）",
            Location(file=name, row=line),
            "检查这一行的缩进、冒号和引号",
        ) from error
    except ValueError as error:
        raise refusal(
            "malformed-yaml", f"有无法读取的值（{error}）", Location(file=name), "改正这个值"
        ) from error


def _check_shape(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        at = Location(file=name, row=event.start_mark.line + 1 if event.start_mark else 0)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refusal("malformed-yaml", f"第 {at.row} 行用了引用（& 或 *）", at, "把引用的内容直接写出来")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise refusal("malformed-yaml", f"第 {at.row} 行嵌套超过 {MAX_DEPTH} 层", at, "减少嵌套")


def _check_keys(node: yaml.Node, name: str) -> None:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                at = Location(file=name, row=key.start_mark.line + 1)
                raise refusal(
                    "malformed-yaml", f"第 {at.row} 行的键“{key.value}”重复", at, "只保留一个，或改正键名"
                )
            seen.add(key.value if isinstance(key.value, str) else id(key))
            _check_keys(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _check_keys(value, name)


def _recognise(keys: set[str]) -> Form | None:
    fitting = [form for form in FORMS if form.required <= keys]
    return max(fitting, key=lambda form: len(keys & form.keys) - len(keys - form.keys), default=None)


def _record(item: Item, form: Form, name: str, ledger: Ledger) -> Record:
    at = Location(file=name, row=item.line)
    if not isinstance(item.value, dict):
        raise refusal("bad-value", f"第 {item.line} 行应是一组“键: 值”", at, "检查缩进和冒号")
    unknown = sorted(str(key) for key in item.value if key not in form.keys)
    if unknown:
        ledger.say("warning", "unknown-key", f"没有导入的键：{'、'.join(unknown)}", at, "检查键名")
    values = attributes(item.value, form.record)
    try:
        record = msgspec.convert(values, form.record)
    except msgspec.ValidationError as error:
        record_id = item.value.get("id", "")
        raise refusal(
            "bad-value", f"第 {item.line} 行起的“{record_id}”有误：{error}", at, "按提示的位置改正"
        ) from error
    return msgspec.structs.replace(record, source=Source(file=name, row=item.line))


def attributes(values: dict[Any, Any], struct: type[msgspec.Struct]) -> dict[Any, Any]:
    """The hand-over form of a struct as its attributes; None and the words that only state a unit are left out.

    Words that nobody knows are left out too, except where the struct forbids them and will say so.
    """
    renamed = STATED.get(struct, {})
    strict = struct.__struct_config__.forbid_unknown_fields
    types = _types(struct)
    result = {}
    for key, value in values.items():
        attribute = renamed.get(key, key)
        if value is not None and (strict or attribute in types):
            result[attribute] = _attribute(value, types.get(attribute))
    return result


@cache
def _types(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(struct)}


def _attribute(value: Any, wanted: Any) -> Any:
    if isinstance(value, str) and datetime in getattr(wanted, "__args__", (wanted,)):
        return _NO_SECONDS.sub(r"\1T\2:00", value)
    nested = struct_in(wanted)
    if nested is None:
        return value
    if isinstance(value, dict):
        return attributes(value, nested)
    if isinstance(value, list):
        return [attributes(item, nested) if isinstance(item, dict) else item for item in value]
    return value
