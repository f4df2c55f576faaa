"""Checking JSON-LD against the shapes in tests/data."""

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import rdflib
from pyshacl import validate

DATA = Path(__file__).parents[2] / "data"


@cache
def _shapes(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(DATA / name, format="turtle")


def graph(document: bytes) -> rdflib.Graph:
    """The statements of a JSON-LD document that carries its context."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a class that rdflib's own parser uses
        return rdflib.Graph().parse(data=document, format="json-ld")


def complaints(found: rdflib.Graph, shapes: str) -> str:
    """What the shapes say against it, nothing when it conforms. Nothing is inferred."""
    verdict: tuple[Any, Any, str] = validate(found, shacl_graph=_shapes(shapes), inference="none")
    return "" if verdict[0] else str(verdict[2])
