"""What an administrator does with a kiosk: take in, rename, ask, put out of service, replace, revoke."""

import secrets
from typing import cast

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.box import Command, CommandKind
from county.database.engine import writing
from county.errors import Refused
from county.fleet import commands, kiosks
from county.fleet.kiosks import Kiosk, State
from county.repository import Repository
from county.supervision.zones import zones
from county.web.admin.forms import text
from county.web.admin.shell import desk, done, person, render, words

ASKED: tuple[CommandKind, ...] = ("screenshot", "verify", "restart")
"""What can be asked from the fleet's page; pages and messages are sent from the guide desk."""


def form(request: Request) -> Response:
    """The form for a new kiosk."""
    return _form(request, Kiosk("", "", "", "", "", ""))


def enrol(request: Request, form: FormData) -> Response:
    """Make a code, and show it this once."""
    return _code(request, _place(form, ""))


def act(request: Request, form: FormData) -> Response:
    """Do with a kiosk what the address says. Raises Refused."""
    kiosk_id, action = str(request.path_params["kiosk"]), str(request.path_params["action"])
    here, me, say = desk(request), person(request).name, words(request)
    now, back = here.clock(), f"/admin/fleet/{kiosk_id}"
    if action == "replace":
        with here.engine.connect() as connection:
            place = kiosks.get(connection, kiosk_id)
        return _code(request, place)
    with writing(here.engine) as connection:
        if action == "ask":
            kind = cast(CommandKind, text(form, "kind"))
            if kind not in ASKED:
                raise Refused(f"{kind[:20]}?")
            asked = Command(id=secrets.token_hex(16), kind=kind, sent=now, expires=now + commands.LIFETIME)
            commands.send(connection, kiosk_id, asked, me, now)
            return done(request, back, say("fleet.asked"))
        if action == "rename":
            kiosks.rename(connection, kiosk_id, _place(form, kiosk_id), me, now)
        elif action == "state":
            kiosks.put_in(connection, kiosk_id, cast(State, text(form, "state")), me, now)
        elif action == "revoke" and text(form, "sure"):
            kiosks.revoke(connection, kiosk_id, me, now)
            return done(request, "/admin/fleet", say("fleet.revoked"))
        else:
            raise Refused(say("fleet.revoke-sure"))
    return done(request, back, say("fleet.kept"))


def _place(form: FormData, kiosk_id: str) -> Kiosk:
    return Kiosk(kiosk_id, text(form, "name"), text(form, "zone"), text(form, "group"), "", "")


def _code(request: Request, place: Kiosk) -> Response:
    here = desk(request)
    root = Repository(here.settings.repository).root()
    version = root.signed.version
    data = Repository(here.settings.repository).metadata(f"{version}.root.json").read_bytes()
    try:
        with writing(here.engine) as connection:
            code = kiosks.make_code(
                connection,
                place,
                (version, data),
                person(request).name,
                here.clock(),
                secrets.token_bytes,
            )
    except Refused as refusal:
        return _form(request, place, str(refusal), 409)
    say = words(request)
    return render(
        request,
        "fleet/code.html",
        title=say("fleet.code-title", name=place.name),
        code=code.text,
        url=here.settings.public_url,
    )


def _form(request: Request, place: Kiosk, wrong: str = "", status: int = 200) -> Response:
    with desk(request).engine.connect() as connection:
        known = zones(connection)
    return render(
        request,
        "fleet/enrol.html",
        status,
        title=words(request)("fleet.enrol"),
        place=place,
        zones=known,
        wrong=wrong,
    )
