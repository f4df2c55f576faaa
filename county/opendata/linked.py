"""Parts of JSON-LD documents. Every document carries its context, so nobody has to fetch one."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.records import County
from county.opendata.files import url

Node = dict[str, Any]

CONTEXT: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
CHINESE, ENGLISH = f"{LANGUAGES}ZHO", f"{LANGUAGES}ENG"
CHECKSUM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def document(nodes: Iterable[Node]) -> bytes:
    """A JSON-LD document; the same nodes give the same bytes."""
    whole = {"@context": dict(CONTEXT), "@graph": list(nodes)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def node(iri: str, types: str | list[str], **properties: Any) -> Node:
    """A thing; `_` in a property's name stands for the colon. Empty properties are left out."""
    named = {name.replace("_", ":", 1): value for name, value in properties.items()}
    return {"@id": iri, "@type": types} | {
        name: value for name, value in named.items() if value not in ("", [], None)
    }


def text(chinese: str, english: str = "") -> list[Node]:
    """A text with its languages, none for an empty one."""
    both = (("zh", chinese), ("en", english))
    return [{"@value": value, "@language": language} for language, value in both if value.strip()]


def licence(county: County) -> tuple[list[Node], list[Node]]:
    """Reference to the county's licence, and what it is; both empty while the county states none."""
    if not (county.licence or county.licence_url):
        return [], []
    iri = county.licence_url or url(county.public_url, "#licence")
    title = text(county.licence or county.licence_url, county.licence_en)
    return links([iri]), [node(iri, "dct:LicenseDocument", dct_title=title)]


def typed(value: str, datatype: str) -> Node:
    """A value of an XML Schema datatype such as `date`."""
    return {"@value": value, "@type": f"xsd:{datatype}"}


def links(iris: Iterable[str]) -> list[Node]:
    """References to other things."""
    return [{"@id": iri} for iri in iris]
