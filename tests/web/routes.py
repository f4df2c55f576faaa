"""The routes of the server that may change something, read from the application itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

MUTATING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

API = frozenset({"/api/v1/enrol", "/api/v1/report", "/api/v1/outbox", "/api/v1/picture"})
"""Routes for boxes, which sign every request."""


def mutating(app: Starlette) -> set[str]:
    """The paths, in Starlette's notation, that answer to more than reading."""
    return {path for path, methods in _walk(app.routes, "") if MUTATING & methods}


def _walk(routes: list[BaseRoute], prefix: str) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _walk(list(route.routes or ()), prefix + route.path)
        elif isinstance(route, Route):
            yield prefix + route.path, set(route.methods or ())


def example(path: str) -> str:
    """A path that the route answers to; what it names need not exist."""
    return re.sub(r"{\w+:int}", "1", re.sub(r"{(\w+)}", r"\1", path))


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a clerk sends to change a text of the office; `{…}` are facts that the test makes."""

    path: str
    fields: Mapping[str, str] = field(default_factory=dict)


_FORM = {
    "end": "1",
    "based_on": "{current}",
    "id": "birth",
    "title": "出生登记",
    "competent_authority": "police",
}
_ENTRY = {"kind": "disclosure", "record": "residence-1", "title": "落户", "formed": "2026-11-02"}

OWNED: dict[str, Attempt] = {
    "/admin/records/{kind}/{id}/edit": Attempt("/admin/records/service/birth/edit", _FORM),
    "/admin/records/{kind}/{id}/keep": Attempt("/admin/records/service/birth/keep", _FORM),
    "/admin/records/{kind}/{id}": Attempt(
        "/admin/records/service/birth", {"based_on": "{current}", "act": "withdraw"}
    ),
    "/admin/review/drafts/submit": Attempt("/admin/review/drafts/submit", {"draft": "{draft}"}),
    "/admin/review/{number:int}/remark": Attempt(
        "/admin/review/{submitted}/remark", {"field": "title", "text": "标题不清楚"}
    ),
    "/admin/supervision/publications/new": Attempt("/admin/supervision/publications/new", _ENTRY),
    "/admin/supervision/publications/{number:int}": Attempt(
        "/admin/supervision/publications/{publication}", _ENTRY
    ),
    "/admin/supervision/publications/{number:int}/void": Attempt(
        "/admin/supervision/publications/{publication}/void"
    ),
}
"""Routes that act on a text of an office."""

FREE = frozenset(
    {
        "/admin/new/{kind}",
        "/admin/records/{kind}/{id}/forget",
        "/admin/records/{kind}/{id}/here",
        "/admin/records/{kind}/{id}/preview",
        "/admin/findings/progress",
        "/admin/flows",
        "/admin/flows/{id}/work",
        "/admin/flows/{id}/save",
        "/admin/flows/{id}/discard",
        "/admin/import/send",
        "/admin/import/{job}/read",
        "/admin/import/{job}/cancel",
        "/admin/import/{job}/apply",
        "/admin/emergencies/{number:int}/tasks/{task:int}",
        "/admin/insight/words/make",
        "/admin/insight/words/aside",
        "/admin/insight/topics/upload",
        "/admin/insight/topics/confirm",
        "/admin/supervision/publications/import",
        "/admin/supervision/publications/import/confirm",
    }
)
"""Routes for clerks that act on what is the person's own, the county's, or nobody's."""
