"""The phone pages over HTTP: parse the address, build the page, draw it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from catalog.records import CalendarYear, County, LifeEvent, Record
from catalog.store import Store
from catalog.text import digest
from county.clock import local
from county.web.phone.event import EventPage
from county.web.phone.frame import Notice, age_notice, bare_frame, change_notice, frame
from county.web.phone.home import home_page
from county.web.phone.parts import expired
from county.web.phone.problem import problem_page
from county.web.phone.reminder import calendar, event_reminder, next_working_day, service_reminder
from county.web.phone.render import Drawing
from county.web.phone.service import ServicePage
from county.web.phone.subjects import SUBJECTS, Subject
from county.web.phone.words import Words, preferred, words
from county.web.repository import IMMUTABLE
from county.web.shelf import active_store, earlier_store

SMALLER = [Middleware(GZipMiddleware)]
ON_PAPER = {"service": "service", "event": "life_event"}
"""Part of the address below /m/ → kind of the records that have a printed sheet."""


@dataclass(frozen=True, slots=True)
class Phone:
    """The pages of the editions in a state folder. `clock` gives the present as an aware time."""

    state: Path
    drawing: Drawing
    clock: Callable[[], datetime]

    def routes(self) -> list[Route]:
        """Every address below /m/, and the root."""
        return [
            Route("/", self.home, middleware=SMALLER),
            Route("/m/", self.home, middleware=SMALLER),
            Route("/m/static/{name}", self.asset, middleware=SMALLER),
            Route("/m/{subject}/{id}.ics", self.reminder),
            Route("/m/{subject}/{id}", self.record, middleware=SMALLER),
        ]

    def home(self, request: Request) -> Response:
        """What this site is."""
        chosen = words_of(request)
        with active_store(self.state) as store:
            page = home_page(store.all(LifeEvent), chosen)
            return self.drawn(request, "home", page, store, (), chosen)

    def record(self, request: Request) -> Response:
        """The page of one record."""
        chosen = words_of(request)
        subject = _subject(request)
        now = local(self.clock())
        with active_store(self.state) as store:
            found = _record(request, subject, store)
            page = subject.build(found, store, now, chosen)
            changed = self._change(request, subject, page, store.manifest.edition, chosen)
            notices = (*changed, *age_notice(expired(found, now.date()), now.date(), chosen))
            return self.drawn(request, request.path_params["subject"], page, store, notices, chosen)

    def reminder(self, request: Request) -> Response:
        """A calendar file that reminds of one service or event on the next working day."""
        chosen = words_of(request)
        subject = _subject(request)
        now = local(self.clock())
        with active_store(self.state) as store:
            page = subject.build(_record(request, subject, store), store, now, chosen)
            day = next_working_day(now.date(), store.all(CalendarYear))
            url = county_of(store).public_url + request.url.path.removesuffix(".ics")
        if isinstance(page, ServicePage):
            entry = service_reminder(page, day, url, chosen)
        elif isinstance(page, EventPage):
            entry = event_reminder(page, day, url, chosen)
        else:
            raise HTTPException(404)
        return Response(calendar(entry, now.astimezone(UTC)), media_type="text/calendar")

    def asset(self, request: Request) -> Response:
        """The style or a script, under the name that its content has."""
        assets = {one.name: one for one in self.drawing.assets.values()}
        asset = assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        return Response(asset.body, media_type=asset.media_type, headers={"Cache-Control": IMMUTABLE})

    def problem(self, request: Request, status: int, headers: dict[str, str]) -> Response:
        """A page in the same look that says what went wrong and what to do. Reads no edition."""
        chosen = words_of(request)
        text = self.drawing.page("problem", problem_page(status, chosen), bare_frame(chosen), chosen)
        return HTMLResponse(text, status, {**headers, "Cache-Control": "no-store"})

    def _change(
        self, request: Request, subject: Subject[Any], page: Any, current: int, chosen: Words
    ) -> tuple[Notice, ...]:
        scanned = _scanned(request)
        if scanned is None or scanned >= current:
            return ()
        with earlier_store(self.state, scanned) as store:
            then = store and store.get(subject.record_type, request.path_params["id"])
            before = subject.build(then, store, local(self.clock()), chosen) if store and then else None
        notice = change_notice(scanned, current, before, page, chosen)
        return (notice,) if notice else ()

    def drawn(
        self,
        request: Request,
        template: str,
        page: Any,
        store: Store,
        notices: tuple[Notice, ...],
        chosen: Words,
    ) -> Response:
        """The page with what stands around it; 304 when the browser has it already."""
        scanned = _scanned(request)
        query = f"e={scanned}" if scanned is not None else ""
        around = frame(county_of(store), store.manifest, notices, query, chosen)
        if template in ON_PAPER:
            around = replace(around, sheet=f"{request.url.path}.pdf?lang={chosen.language}")
        body = self.drawing.page(template, page, around, chosen)
        return _answer(request, body)


def _answer(request: Request, body: str) -> Response:
    tag = f'W/"{digest(body.encode())[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers=headers) if tag in known else HTMLResponse(body, headers=headers)


def words_of(request: Request) -> Words:
    language = preferred(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
    return words(language)


def _scanned(request: Request) -> int | None:
    text = request.query_params.get("e", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _subject(request: Request) -> Subject[Any]:
    try:
        return SUBJECTS[request.path_params["subject"]]
    except KeyError:
        raise HTTPException(404) from None


def _record(request: Request, subject: Subject[Any], store: Store) -> Record:
    record: Record | None = store.get(subject.record_type, request.path_params["id"])
    if record is None:
        raise HTTPException(404)
    return record


def county_of(store: Store) -> County:
    county = store.get(County, "county")
    if county is None:
        raise HTTPException(503)
    return county
