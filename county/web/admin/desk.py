"""The desk put together: the pages of the parts in two applications, and the gate before both."""

import secrets
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Literal

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates
from starlette_admin.flash import FlashMiddleware

from catalog.text import digest
from county.accounts.entrance import Entrance
from county.accounts.secret import load_secret
from county.clock import local
from county.errors import CountyError
from county.web.admin import site
from county.web.admin.gate import SAFE, Gate, Rule
from county.web.admin.menu import menu
from county.web.admin.readable import readable
from county.web.admin.shell import Desk, render, words

STATIC = Path(str(files("county.web.admin"))) / "static"
TABLER = Path(str(files("starlette_admin"))) / "static"
"""Tabler and Font Awesome as starlette-admin brings them: nothing is fetched from elsewhere."""


def mount_desk(app: Starlette, desk: Desk) -> None:
    """Serve the desk below /admin and /desk of `app`."""
    templates = Jinja2Templates(env=_environment(desk.settings.title))
    entrance = Entrance(load_secret(desk.settings.folder))
    flashing = Middleware(FlashMiddleware, secret_key=secrets.token_hex(32))
    for at in ("admin", "desk"):
        rules = _rules(at)
        gate = Middleware(Gate, desk=desk, entrance=entrance, templates=templates, rules=rules)
        part = Starlette(
            routes=[route for route, _ in rules],
            middleware=[gate, flashing],
            exception_handlers={CountyError: _refused, HTTPException: _failed, Exception: _broken},
        )
        app.mount(f"/{at}", part)


def _rules(at: Literal["admin", "desk"]) -> list[tuple[Route | Mount, Rule]]:
    """The routes of one application, each with who may call it."""
    rules: list[tuple[Route | Mount, Rule]] = [
        (
            Route(page.path, page.endpoint, methods=list(page.methods)),
            Rule(page.access, frozenset(page.roles)),
        )
        for page in site.PAGES
        if page.at == at
    ]
    if at == "admin":
        rules.append((Mount("/assets", StaticFiles(directory=STATIC)), Rule("public")))
        rules.append((Mount("/static", StaticFiles(directory=TABLER)), Rule("public")))
    return rules


def _environment(title: str) -> Environment:
    environment = Environment(loader=PackageLoader("county.web.admin"), autoescape=True, auto_reload=False)
    environment.globals.update(
        app_title=title,
        asset=_asset_urls(),
        csrf_input=_csrf_input,
        local=local,
        here=lambda request: readable(request, site.PAGES),
        menu=lambda request: menu(request, site.PAGES),
        words_of=words,
    )
    return environment


def _csrf_input(request: Request) -> Markup:
    """The field with the session's token, for a form."""
    return Markup('<input type="hidden" name="csrftoken" value="{}">').format(request.state.csrf_token)


def _asset_urls() -> Callable[[str], str]:
    """A function that gives the address of a file in `static/`, which changes with its content."""
    versions = {path.name: digest(path.read_bytes())[:12] for path in STATIC.iterdir()}
    return lambda name: f"/admin/assets/{name}?v={versions[name]}"


def _refused(request: Request, error: Exception) -> Response:
    return render(request, "error.html", 409, message=str(error))


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405 and request.method in SAFE:
        return RedirectResponse(readable(request, site.PAGES), 303)
    say = words(request)
    known = {404: "shell.not-found", 405: "shell.wrong-method", 413: "shell.too-large"}
    message = say(known[error.status_code]) if error.status_code in known else error.detail
    return render(request, "error.html", error.status_code, message=message)


def _broken(request: Request, error: Exception) -> Response:
    return render(request, "error.html", 500, message=words(request)("shell.broken"))
