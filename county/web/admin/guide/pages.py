"""The guide's desk over HTTP, for a tablet. What a visitor's codes say stands in the answer and nowhere else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, get_args
from urllib.parse import quote
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog.box import Command, CommandKind, Message
from catalog.codes import Key
from catalog.links import PAGES as KINDS
from catalog.links import kiosk_route
from catalog.sheet.draw import draw
from catalog.sheet.layout import FORMS
from catalog.sheet.page import Sheet
from catalog.sheet.words import sheet_words
from catalog.store import Store
from county.accounts.roles import Role
from county.clock import local
from county.database.engine import writing
from county.fleet import commands, kiosks
from county.guiding import calls, looking
from county.supervision.zones import zones
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, flash, person, render, words
from county.web.shelf import NothingPublished, active_store

ROLES: tuple[Role, ...] = ("guide",)
SHOWN_FOR = timedelta(minutes=5)
"""How long an item may wait for a kiosk: longer, and the visitor has gone."""
_SENT = 3
"""Newest commands to a kiosk that are listed."""
_LATELY = timedelta(hours=1)


def start(request: Request) -> Response:
    """Calls, what was sent, and the field to look something up."""
    return _start(request, "", None)


async def find(request: Request) -> Response:
    """Look up words, codes, or what a scanner reads. Nothing of it is in the address."""
    form = await request.form()
    return await run_in_threadpool(_found, request, str(form.get("q", ""))[:4000])


def waiting(request: Request) -> Response:
    """The calls and what was sent, to be put into the page again."""
    return render(request, "guide/waiting.html", **_waiting(request))


def record(request: Request) -> Response:
    """One record: what to bring, where, how long, what it costs."""
    key = _key(request)
    here = desk(request)
    with _edition(request) as store:
        found = looking.sheet_of(store, [key], request.state.language, local(here.clock()))
    if found is None:
        raise HTTPException(404)
    with here.engine.connect() as connection:
        places = kiosks.every(connection)
    return render(
        request, "guide/record.html", title=found.title, sheet=found, key=key, kiosks=places, forms=FORMS
    )


def pdf(request: Request) -> Response:
    """The printed sheet of one record."""
    return _pdf(request, [_key(request)], request.query_params.get("paper", "a4"))


async def list_pdf(request: Request) -> Response:
    """The printed sheet of a visitor's list."""
    form = await request.form()
    keys = [(kind, name) for kind, _, name in (str(one).partition("/") for one in form.getlist("key"))]
    known = [key for key in keys[: looking.MOST] if key[0] in KINDS]
    return await run_in_threadpool(_pdf, request, known, str(form.get("paper", "a4")))


async def take(request: Request) -> Response:
    """Go to whoever calls; the kiosk says so."""
    return await run_in_threadpool(_call, request, await _fields(request), "take")


async def finish(request: Request) -> Response:
    """Whoever called has been helped."""
    return await run_in_threadpool(_call, request, await _fields(request), "finish")


async def send(request: Request) -> Response:
    """Ask a kiosk to show a record or to say something."""
    return await run_in_threadpool(_send, request, await _fields(request))


def _start(request: Request, q: str, answer: looking.Answer | None, sheet: Sheet | None = None) -> Response:
    return render(
        request,
        "guide/start.html",
        title=words(request)("guide.title"),
        q=q,
        answer=answer,
        sheet=sheet,
        kinds=KINDS,
        messages=[one for one in get_args(Message) if one],
        **_waiting(request),
    )


def _waiting(request: Request) -> dict[str, Any]:
    """Calls and commands, of one zone when the address names one."""
    here, zone = desk(request), request.query_params.get("zone", "")
    now, mine = here.clock(), person(request).name
    with here.engine.connect() as connection:
        every = kiosks.every(connection)
        places = [place for place in every if zone in ("", place.zone)]
        sent = [
            (place, one)
            for place in places
            for one in commands.history(connection, place.id, _SENT)
            if one.person == mine and now - one.command.sent < _LATELY
        ]
        known = {place.zone for place in every}
        return {
            "calls": [one for one in calls.open_calls(connection, now) if zone in ("", one.zone)],
            "kiosks": places,
            "zone": zone,
            "zones": [(one.id, one.title) for one in zones(connection) if one.id in known],
            "sent": sorted(sent, key=lambda pair: pair[1].command.sent, reverse=True)[: _SENT * 2],
            "now": now,
            "clock": lambda moment: f"{local(moment):%H:%M}",
        }


def _found(request: Request, q: str) -> Response:
    here = desk(request)
    with _edition(request) as store:
        answer = looking.look(store, q, request.state.language)
        keys = [(one.kind, one.id) for one in answer.found]
        listed = answer.by_code and len(keys) > 1
        sheet = looking.sheet_of(store, keys, request.state.language, local(here.clock())) if listed else None
    return _start(request, q, answer, sheet)


def _pdf(request: Request, keys: Sequence[Key], paper: str) -> Response:
    if paper not in FORMS or not keys:
        raise HTTPException(404)
    here = desk(request)
    with _edition(request) as store:
        found = looking.sheet_of(store, keys, request.state.language, local(here.clock()))
        made = store.manifest.effective
    if found is None:
        raise HTTPException(404)
    body = draw(found, paper, sheet_words(found.language), made)
    name = f"{keys[0][1]}.pdf" if len(keys) == 1 else "list.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(body, media_type="application/pdf", headers=headers)


async def _fields(request: Request) -> dict[str, str]:
    form = await request.form()
    return {name: value[:200] for name, value in form.items() if isinstance(value, str)}


def _call(request: Request, fields: dict[str, str], what: str) -> Response:
    here, who = desk(request), person(request)
    kiosk, call = fields.get("kiosk", ""), fields.get("call", "")
    act = calls.take if what == "take" else calls.finish
    with writing(here.engine) as connection:
        act(connection, kiosk, call, who.name, here.clock())
        if what == "take":
            asked = _command(request, "message", message="coming")
            commands.send(connection, kiosk, asked, who.name, here.clock())
    return done(request, "/desk/", words(request)(f"guide.{what}-done"))


def _send(request: Request, fields: dict[str, str]) -> Response:
    here, say = desk(request), words(request)
    kiosk, kind, name, message = (fields.get(key, "") for key in ("kiosk", "kind", "id", "message"))
    if kind in KINDS:
        with _edition(request) as store:
            known = looking.sheet_of(store, [(kind, name)], "zh", local(here.clock())) is not None
        if not known:
            raise HTTPException(404)
        asked = _command(request, "show", route=kiosk_route(kind, name))
        target = f"/desk/record/{kind}/{quote(name)}"
    elif message and message in get_args(Message):
        asked, target = _command(request, "message", message=message), "/desk/"
    else:
        raise HTTPException(404)
    with writing(here.engine) as connection:
        commands.send(connection, kiosk, asked, person(request).name, here.clock())
        place = kiosks.get(connection, kiosk)
    flash(request, say("guide.sent-to", kiosk=place.name))
    return done(request, target)


@contextmanager
def _edition(request: Request) -> Iterator[Store]:
    """The edition that the kiosks show."""
    try:
        with active_store(desk(request).settings.folder) as store:
            yield store
    except NothingPublished:
        raise HTTPException(503, words(request)("guide.nothing")) from None


def _command(request: Request, kind: CommandKind, route: str = "", message: str = "") -> Command:
    now = desk(request).clock()
    said: Message = message  # type: ignore[assignment]  # one of them, by who calls
    return Command(id=uuid4().hex, kind=kind, sent=now, expires=now + SHOWN_FOR, route=route, message=said)


def _key(request: Request) -> Key:
    kind, name = request.path_params["kind"], request.path_params["id"]
    if kind not in KINDS:
        raise HTTPException(404)
    return kind, name


PAGES = (
    Page("/", start, ROLES, label="guide.title", group="zones", icon="fa-solid fa-hand", at="desk"),
    Page("/waiting", waiting, ROLES, at="desk"),
    Page("/find", find, ROLES, methods=("POST",), at="desk"),
    Page("/record/{kind}/{id}", record, ROLES, at="desk"),
    Page("/record/{kind}/{id}/sheet.pdf", pdf, ROLES, at="desk"),
    Page("/list.pdf", list_pdf, ROLES, methods=("POST",), at="desk"),
    Page("/calls/take", take, ROLES, methods=("POST",), at="desk"),
    Page("/calls/finish", finish, ROLES, methods=("POST",), at="desk"),
    Page("/send", send, ROLES, methods=("POST",), at="desk"),
)
