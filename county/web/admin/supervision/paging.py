"""One page of a long list, and the address of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

T = TypeVar("T")
SIZE = 50


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """`rows` of `count`; `page` counts from 1, of `pages`."""

    rows: Sequence[T]
    page: int
    pages: int
    count: int
    given: Mapping[str, str]

    def url(self, page: int) -> str:
        """The same list at another page."""
        return "?" + urlencode({**self.given, "page": page})


def leaf(request: Request, rows: Sequence[T], *kept: str) -> Leaf[T]:
    """The page that the request asks for; `kept` are the parameters that go along."""
    pages = max(1, -(-len(rows) // SIZE))
    asked = request.query_params.get("page", "1")
    page = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    given = {name: value for name in kept if (value := request.query_params.get(name, ""))}
    return Leaf(rows[(page - 1) * SIZE : page * SIZE], page, pages, len(rows), given)
