"""A page of the desk as the parts declare it. There is no other way to add a route below /admin or /desk."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from county.accounts.roles import Role

Access = Literal["roles", "signed_in", "entering", "public"]
"""Who gets through: holders of the page's roles; everybody signed in; whoever gave the right password, though a
new password or a one-time code is still to come; anybody. All but the first are for entering and for one's own
account."""

Group = Literal["", "content", "review", "publish", "supervision", "insight", "zones", "system"]
"""The menu's groups: 内容 / 审核 / 发布 / 监督 / 洞察 / 体验区 / 系统."""

Endpoint = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """One route.

    `path` stands below /admin, or below /desk when `at` says so, in Starlette's notation (`/review/{number:int}`).
    A plain function runs in the thread pool. `label` is a key of the desk's words and puts the page into the menu,
    under `group`; `icon` is a class such as `fa-solid fa-inbox`.
    """

    path: str
    endpoint: Endpoint
    roles: tuple[Role, ...] = ()
    methods: tuple[str, ...] = ("GET",)
    label: str = ""
    group: Group = ""
    icon: str = ""
    access: Access = "roles"
    at: Literal["admin", "desk"] = "admin"

    @property
    def url(self) -> str:
        """The path as a browser asks for it."""
        return f"/{self.at}{self.path}"
