"""The audit log: read, filter, take away, verify."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from county.accounts.log import Wanted, all_entries, page, people_and_actions
from county.audit import Entry
from county.auditing import Verdict, verify
from county.clock import local
from county.delimited import delimited
from county.web.admin.account.log_words import action_words, detail_words
from county.web.admin.forms import day, number, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, render, words

SIZE = 50


def log(request: Request) -> Response:
    """One page of the log, newest first."""
    return _page(request)


def verified(request: Request) -> Response:
    """The log, and whether it is whole."""
    with desk(request).engine.connect() as connection:
        verdict = verify(connection, desk(request).settings.repository)
    return _page(request, verdict)


def export(request: Request) -> Response:
    """Everything that the filter lets through, as CSV."""
    say = words(request)
    heads = [say(f"account.log-{name}") for name in ("number", "at", "person", "action", "detail", "hash")]
    named = 'attachment; filename="audit.csv"'
    lines = _lines(desk(request).engine, _wanted(request), heads)
    return StreamingResponse(lines, media_type="text/csv", headers={"Content-Disposition": named})


def _lines(engine: Engine, wanted: Wanted, heads: list[str]) -> Iterator[bytes]:
    yield delimited([heads])
    with engine.connect() as connection:
        cells = (_cells(entry) for entry in all_entries(connection, wanted))
        while some := list(islice(cells, 500)):
            yield delimited(some).removeprefix(BOM_UTF8)


def _page(request: Request, verdict: Verdict | None = None) -> Response:
    wanted = _wanted(request)
    before = number(request.query_params, "before") if request.query_params.get("before") else None
    with desk(request).engine.connect() as connection:
        entries = page(connection, wanted, before, SIZE + 1)
        people, actions = people_and_actions(connection)
    query = {name: value for name, value in request.query_params.items() if name != "before" and value}
    return render(
        request,
        "account/log.html",
        title=words(request)("account.log"),
        entries=entries[:SIZE],
        older=entries[SIZE - 1].number if len(entries) > SIZE else None,
        newer=before is not None,
        people=people,
        actions=actions,
        wanted=wanted,
        query=query,
        moment=_moment,
        did=action_words,
        details=detail_words,
        verdict=verdict,
    )


def _wanted(request: Request) -> Wanted:
    given = request.query_params
    return Wanted(text(given, "person"), text(given, "action"), day(given, "first"), day(given, "last"))


def _moment(entry: Entry) -> str:
    """When it happened, in the server's time zone, to the second."""
    return local(datetime.fromisoformat(entry.at)).strftime("%Y-%m-%d %H:%M:%S")


def _cells(entry: Entry) -> tuple[int, str, str, str, str, str]:
    return (entry.number, _moment(entry), entry.person, entry.action, entry.detail, entry.hash)


PAGES = (
    Page("/log", log, ("auditor",), label="account.log", group="system", icon="fa-solid fa-book"),
    Page("/log/verify", verified, ("auditor",)),
    Page("/log.csv", export, ("auditor",)),
)
