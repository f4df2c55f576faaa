"""YAML documents and GeoJSON, in the keys of the hand-over forms."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from catalog.importing.forms import CONSTANT, STATED, Form
from catalog.importing.header import KEPT_FOR_ALL
from catalog.records import Outline, Record


def write_document(form: Form, records: Sequence[Record], folder: Path) -> None:
    """One file for all records of a kind; a single hall plan is not put into a list."""
    values = [_top(record) for record in records]
    content = values[0] if form.single and len(values) == 1 else values
    text = yaml.dump(content, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
    (folder / form.file).write_text(text, encoding="utf-8")


def write_outlines(outlines: Sequence[Outline], folder: Path) -> None:
    """县域轮廓.geojson."""
    features = [
        {
            "type": "Feature",
            "id": outline.id,
            "properties": {
                "kind": outline.outline_kind,
                "name": outline.title,
                **{key: value for key in _PROPERTIES if (value := getattr(outline, key)) not in (None, "")},
            },
            "geometry": outline.geometry,
        }
        for outline in outlines
    ]
    data = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    (folder / "县域轮廓.geojson").write_bytes(data)


_PROPERTIES = ("area_code", "area_km2", "label", "seat", *KEPT_FOR_ALL)


def _top(record: Record) -> dict[str, Any]:
    values = _stated(record, complete=True)
    for key in KEPT_FOR_ALL:
        if values[key] in (None, ""):
            del values[key]
    return values | CONSTANT.get(type(record), {})


def _stated(struct: msgspec.Struct, *, complete: bool = False) -> dict[str, Any]:
    """A struct in the words of its form; `complete` keeps what has its default value."""
    words = {attribute: word for word, attribute in STATED.get(type(struct), {}).items()}
    return {
        words.get(field.name, field.encode_name): _value(getattr(struct, field.name))
        for field in msgspec.structs.fields(struct)
        if field.name != "source" and (complete or getattr(struct, field.name) not in (field.default, {}))
    }


def _value(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return _stated(value)
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value
