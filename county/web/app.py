"""The county server's web application: composition root."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from catalog.box import read_active
from county.web.admin.desk import mount_desk
from county.web.admin.shell import Desk
from county.web.api.endpoints import Api
from county.web.demo import demo_routes
from county.web.headers import SECURITY_HEADERS, SecurityHeaders
from county.web.opendata import Maker, OpenData
from county.web.phone.carried import Carried
from county.web.phone.listings import Listings
from county.web.phone.render import load_drawing
from county.web.phone.views import Phone
from county.web.repository import Repository
from county.web.shelf import NothingPublished

_log = logging.getLogger(__name__)


def create_app(
    state: Path, clock: Callable[[], datetime], picture: Path | None = None, desk: Desk | None = None
) -> Starlette:
    """Serve the signed repository and the phone pages of the county whose state folder this is, its `desk`
    for people and the desk's /api for boxes.

    Outside these nothing is written but an empty repository folder where there is none, and no database is
    asked. `clock` gives the present as an aware time; `picture` is shown below /demo when given. Call `state.prepare`
    every now and then, and the open data of a new edition are made before somebody asks for them. Before the server
    ends call `state.let_go`, or it has to wait for boxes that wait for the bell.
    """
    repository = state / "repository"
    repository.mkdir(parents=True, exist_ok=True)
    phone = Phone(state, load_drawing(), clock)
    maker = Maker(state)
    api = Api(desk.engine, state, clock) if desk else None

    def healthz(request: Request) -> Response:
        active = read_active(state)
        if active is None:
            return JSONResponse({"status": "empty"}, 503)
        return JSONResponse({"status": "ok", "edition": active.edition, "digest": active.digest})

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if request.url.path.startswith("/repository/"):
            return PlainTextResponse(error.detail, error.status_code, headers)
        return phone.problem(request, error.status_code, headers)

    def empty(request: Request, error: Exception) -> Response:
        _log.warning("no edition to show: %s", error)
        return phone.problem(request, 503, {})

    def broken(request: Request, error: Exception) -> Response:
        return phone.problem(request, 500, SECURITY_HEADERS)

    app = Starlette(
        routes=[
            Mount("/repository", Repository(directory=repository)),
            Route("/healthz", healthz),
            *Carried(phone).routes(),
            *Listings(phone).routes(),
            *phone.routes(),
            *OpenData(phone, maker).routes(),
            *(api.routes() if api else []),
            *(demo_routes(picture) if picture else []),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={HTTPException: refused, NothingPublished: empty, Exception: broken},
    )
    app.state.prepare = maker.prepare
    app.state.let_go = partial(_let_go, maker, api)
    if desk:
        mount_desk(app, desk)
    return app


def _let_go(maker: Maker, api: Api | None) -> None:
    """End what would hold up the end of the server."""
    maker.end()
    if api:
        api.waiting.let_go()
