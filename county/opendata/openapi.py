"""The public interface as OpenAPI 3.1. `PATHS` is compared with the routes by a test."""

import json
from collections.abc import Mapping
from typing import Any

from catalog.records import County
from county.opendata.files import Listing
from county.opendata.words import name_of

NAME = "openapi.json"
PATHS: Mapping[str, str] = {
    "/open-data/": "Page that lists the files",
    "/open-data/listing.json": "The files with their sizes, SHA-256 digests and numbers of records",
    "/open-data/{name}": "One of the files that listing.json names",
}
"""Path → what is there."""


def openapi(county: County, listing: Listing) -> bytes:
    """The description; the names that `/open-data/{name}` takes are those of the listing and its own."""
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": f"Open data of {county.title_en or county.title}",
            "version": str(listing.edition),
            "description": f"{county.title}政务公开数据。文件在每一版发布后更新，可以缓存，无需注册。",
            **_licence(county),
        },
        "servers": [{"url": county.public_url}],
        "paths": {path: {"get": _operation(path, summary, listing)} for path, summary in PATHS.items()},
        "components": {"schemas": {"Listing": _listing_schema()}},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _licence(county: County) -> dict[str, Any]:
    name = county.licence_en or county.licence or county.licence_url
    if not name:
        return {}
    return {"license": {"name": name} | ({"url": county.licence_url} if county.licence_url else {})}


def _operation(path: str, summary: str, listing: Listing) -> dict[str, Any]:
    found: dict[str, Any] = {"description": "The current edition's", "headers": _headers()}
    operation: dict[str, Any] = {
        "summary": summary,
        "responses": {
            "200": found,
            "304": {"description": "Not changed since the ETag or the date that was asked with"},
            "503": {"description": "No edition has been published, or its files are still being made"},
        },
    }
    if path.endswith("{name}"):
        names = [*(entry.name for entry in listing.files), NAME]
        operation["parameters"] = [
            {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "enum": names}}
        ]
        operation["responses"]["404"] = {"description": "There is no such file in this edition"}
        media = sorted({entry.media_type.partition(";")[0] for entry in listing.files})
        found["content"] = {name: {} for name in media}
        operation["description"] = "\n".join(
            f"- `{entry.name}`: {name_of(entry, 'en')}" for entry in listing.files
        )
    elif path.endswith(".json"):
        schema = {"$ref": "#/components/schemas/Listing"}
        found["content"] = {"application/json": {"schema": schema}}
    else:
        operation["parameters"] = [
            {"name": "lang", "in": "query", "schema": {"type": "string", "enum": ["zh", "en"]}}
        ]
        found["content"] = {"text/html": {}}
    return operation


def _headers() -> dict[str, Any]:
    return {name: {"schema": {"type": "string"}} for name in ("ETag", "Last-Modified", "Cache-Control")}


def _listing_schema() -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("name", "group", "kind")}
    licence = {name: {"type": "string"} for name in ("licence", "licence_en", "licence_url")}
    numbers = {name: {"type": "integer", "minimum": 0} for name in ("records", "size")}
    sha256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    own: dict[str, Any] = {**texts, "language": {"type": "string", "enum": ["zh", "en"]}, **numbers}
    entry = {"type": "object", "required": ["name", "group", "size", "digest"]}
    return {
        "type": "object",
        "required": ["edition", "digest", "effective", "files"],
        "properties": {
            "edition": {"type": "integer", "minimum": 1},
            "digest": sha256,
            "effective": {"type": "string", "format": "date-time"},
            **licence,
            "files": {
                "type": "array",
                "items": entry | {"properties": {**own, "digest": sha256}},
            },
        },
    }
