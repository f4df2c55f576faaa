"""The outlines of a county from GeoJSON (RFC 7946)."""

from typing import Any

import msgspec

from catalog.findings import Location
from catalog.importing.ledger import Ledger, Refused, refusal
from catalog.records import Outline, Record, Source

_PROPERTIES = {"kind", "id", "name", "area_code", "area_km2", "label", "seat", "checked_on", "checked_by"}
_PROPERTIES |= {"valid_from", "valid_to"}
_GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def read_outlines(text: str, name: str, ledger: Ledger) -> list[Record]:
    """The outlines in a FeatureCollection. Raises Refused when it is none."""
    at = Location(file=name)
    try:
        data = msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise _malformed(text, str(error), at) from error
    except RecursionError as error:
        raise refusal("malformed-geojson", "嵌套过深", at, "从地图软件重新导出 GeoJSON") from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise refusal(
            "malformed-geojson", "不是 GeoJSON 的 FeatureCollection", at, "从地图软件重新导出 GeoJSON"
        )
    records: list[Record] = []
    for number, feature in enumerate(data.get("features") or [], start=1):
        try:
            records.append(_outline(feature, number, name, ledger))
        except Refused as refused:
            ledger.findings.append(refused.finding)
    return records


def _malformed(text: str, problem: str, at: Location) -> Refused:
    position = problem.rpartition("byte ")[2].rstrip(")")
    before = text.encode()[: int(position)] if position.isdigit() else text.encode()
    line = before.count(b"\n") + 1
    return refusal(
        "malformed-geojson",
        f"第 {line} 行不符合 JSON 格式（{problem}）",
        Location(file=at.file, row=line),
        "从地图软件重新导出 GeoJSON",
    )


def _outline(feature: Any, number: int, name: str, ledger: Ledger) -> Outline:
    at = Location(file=name, row=number)
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise refusal(
            "malformed-geojson", f"第 {number} 个要素没有 properties", at, "从地图软件重新导出 GeoJSON"
        )
    unknown = sorted(set(properties) - _PROPERTIES)
    if unknown:
        ledger.say("warning", "unknown-key", f"没有导入的属性：{'、'.join(unknown)}", at, "检查属性名")
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in _GEOMETRIES:
        raise refusal("malformed-geojson", f"第 {number} 个要素的图形不是点、线、面", at, "改正该要素的图形")
    values = {key: value for key, value in properties.items() if key not in ("kind", "id", "name")}
    values |= {
        "id": feature.get("id", properties.get("id")),
        "outline_kind": properties.get("kind"),
        "title": properties.get("name"),
        "geometry": geometry,
    }
    try:
        record = msgspec.convert({k: v for k, v in values.items() if v is not None}, Outline)
    except msgspec.ValidationError as error:
        raise refusal(
            "bad-value", f"第 {number} 个要素有误：{error}", at, "按提示改正该要素的属性"
        ) from error
    return msgspec.structs.replace(record, source=Source(file=name, row=number))
