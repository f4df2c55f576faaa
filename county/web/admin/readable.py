"""The address that leads back: one that can be opened, where a page stands at one that only takes what is sent."""

import re
from collections.abc import Iterable
from functools import cache

from starlette.requests import Request
from starlette.routing import compile_path

from county.web.admin.page import Page


def readable(request: Request, pages: Iterable[Page]) -> str:
    """The address of this request if it can be opened, else the nearest above it that can."""
    opened = _opened(tuple(pages))
    path, query = request.url.path, request.url.query
    if any(one.match(path) for one in opened):
        return f"{path}?{query}" if query else path
    while path:
        for above in (path, f"{path}/"):
            if any(one.match(above) for one in opened):
                return above
        path = path.rpartition("/")[0]
    return "/admin/"


@cache
def _opened(pages: tuple[Page, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(compile_path(page.url)[0] for page in pages if "GET" in page.methods)
