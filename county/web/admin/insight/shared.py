"""What the pages of insight have in common: who reads them, and the window that the address asks for."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.requests import Request

from county.accounts.roles import Role
from county.clock import local
from county.insight.window import Place, Window, places, read_window
from county.web.admin.shell import desk

READERS: tuple[Role, ...] = ("supervisor", "clerk", "reviewer", "approver")
MAKERS: tuple[Role, ...] = ("supervisor", "clerk", "reviewer")
"""Who makes synonyms and takes the hotline's statistics in."""
_QUICK = (("7", 6), ("28", 27), ("90", 89), ("365", 364))


@dataclass(frozen=True, slots=True)
class Asked:
    """The window with what the form around it needs. `query` is the address's part that asks for it again."""

    window: Window
    places: tuple[Place, ...]
    quick: tuple[tuple[str, str, bool], ...]
    query: str


def today_of(request: Request) -> date:
    """Today in the county."""
    return local(desk(request).clock()).date()


def asked(request: Request, connection: Connection) -> Asked:
    """The window that this address asks for. Raises Refused."""
    today = today_of(request)
    window = read_window(connection, request.query_params, today)
    quick = []
    for name, days in _QUICK:
        start = today - timedelta(days=days)
        chosen = (window.start, window.end) == (start, today)
        quick.append((name, query_of(Window(start, today, None, window.place)), chosen))
    return Asked(window, tuple(places(connection)), tuple(quick), query_of(window))


def query_of(window: Window) -> str:
    """The part of an address that asks for a window."""
    fields = {"from": window.start.isoformat(), "to": window.end.isoformat()}
    return urlencode(fields | ({"place": window.place} if window.place else {}))
