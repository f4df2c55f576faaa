"""The desk put together: starlette-admin as the shell, the pages of the parts, the gate before all of them."""

import secrets
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette_admin.base import BaseAdmin
from starlette_admin.flash import FlashMiddleware
from starlette_admin.views import CustomView

from catalog.text import digest
from county.accounts.entrance import Entrance
from county.accounts.secret import load_secret
from county.errors import CountyError
from county.web.admin import site
from county.web.admin.gate import Gate, Rule, Rules
from county.web.admin.loader import desk_loader
from county.web.admin.menu import menu
from county.web.admin.page import Page
from county.web.admin.shell import Desk, render, words
from county.web.admin.translation import translated, translated_plural
from county.web.admin.view import DeskView

STATIC = Path(str(files("county.web.admin"))) / "static"
READING = frozenset({"list", "detail", "relation-lookup", "inline-edit-row"})
CHANGING = frozenset({"create", "edit", "inline-edit", "action", "row-action"})
"""Names of the library's routes that are open to the readers and the writers of a view; all others are closed."""


class DeskAdmin(BaseAdmin):
    """starlette-admin without what it brings for signing in and tokens: the gate does both. See decision 0014."""

    def __init__(self, desk: Desk, entrance: Entrance) -> None:
        key = secrets.token_hex(32)
        super().__init__(
            title=desk.settings.title,
            index_view=CustomView(add_to_menu=False),
            timezone_config=None,
            secret_key=key,
        )
        for view in site.VIEWS:
            self.add_view(view)
        views = [view for view in self._model_views if isinstance(view, DeskView)]
        environment = self.templates.env
        environment.loader = desk_loader()
        environment.install_gettext_callables(translated, translated_plural, True)  # type: ignore[attr-defined]
        environment.globals.update(
            asset=_asset_urls(), words_of=words, menu=lambda request: menu(request, site.PAGES, views)
        )
        rules = Rules()
        self.routes = [*_pages("admin", rules), *self._library_routes(rules, views)]
        flashing = Middleware(FlashMiddleware, secret_key=key)
        gate = Middleware(
            Gate, desk=desk, entrance=entrance, rules=rules, templates=self.templates, routes=self.routes
        )
        self.middlewares = [gate, flashing]

    def _init_csrf(self) -> None:
        """Nothing: the gate checks tokens, which belong to sessions."""

    def _library_routes(self, rules: Rules, views: list[DeskView]) -> list[Route | Mount]:
        assets = Mount("/assets", StaticFiles(directory=STATIC), name="assets")
        library = [
            route for route in self.routes if getattr(route, "name", "") in {"static", *READING, *CHANGING}
        ]
        for route in (assets, *library):
            name = getattr(route, "name", "")
            if name in ("assets", "static"):
                rules.add(route, Rule("public"))
                continue
            kept = {str(view.key): _view_rule(view, name in CHANGING) for view in views}
            rules.add_keyed(route, kept)
        return [assets, *library]


def mount_desk(app: Starlette, desk: Desk) -> None:
    """Serve the desk below /admin and /desk of `app`."""
    entrance = Entrance(load_secret(desk.settings.folder))
    admin = DeskAdmin(desk, entrance)
    rules = Rules()
    routes = _pages("desk", rules)
    gate, flashing = admin.middlewares
    guides = Starlette(
        routes=routes,
        middleware=[Middleware(Gate, **gate.kwargs | {"rules": rules, "routes": routes}), flashing],
    )
    guides.state.ROUTE_NAME = admin.route_name
    app.mount("/desk", guides)
    admin.mount_to(app)
    for part in (guides, admin.app):
        part.add_exception_handler(CountyError, _refused)
        part.add_exception_handler(HTTPException, _failed)
        part.add_exception_handler(Exception, _broken)


def _pages(at: str, rules: Rules) -> list[Route | Mount]:
    routes: list[Route | Mount] = []
    for page in site.PAGES:
        if page.at == at:
            route = Route(page.path, page.endpoint, methods=list(page.methods), name=_route_name(page))
            roles = frozenset(page.roles)
            rules.add(route, Rule(page.access, roles, roles))
            routes.append(route)
    return routes


def _route_name(page: Page) -> str | None:
    """The library's templates link to the start page by this name."""
    return "index" if page.url == "/admin/" else None


def _view_rule(view: DeskView, changing: bool) -> Rule:
    writers = frozenset(view.writers)
    return Rule("roles", writers if changing else writers | frozenset(view.readers), writers, library=True)


def _asset_urls() -> Any:
    """A function that gives the address of a file in `static/`, which changes with its content."""
    versions = {path.name: digest(path.read_bytes())[:12] for path in STATIC.iterdir()}
    return lambda name: f"/admin/assets/{name}?v={versions[name]}"


def _refused(request: Request, error: Exception) -> Response:
    return render(request, "error.html", 409, message=str(error))


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    say = words(request)
    known = {404: "shell.not-found", 405: "shell.wrong-method", 413: "shell.too-large"}
    message = say(known[error.status_code]) if error.status_code in known else error.detail
    return render(request, "error.html", error.status_code, message=message)


def _broken(request: Request, error: Exception) -> Response:
    return render(request, "error.html", 500, message=words(request)("shell.broken"))
